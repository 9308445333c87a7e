"""Every night the rest is matched around what people decided, where something changed."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from shanhai.domains.labour import matching_changed as changed
from shanhai.domains.labour import matching_run, rolling
from shanhai.domains.labour.matching_acts import advance
from shanhai.domains.labour.models import MatchRun, Placement, RollingMatch
from shanhai.domains.labour.tasks import match_again
from shanhai.kernel import context
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.jobs import runner
from shanhai.kernel.models import Job

from .market import Market

JSON: dict[str, Any] = {"content_type": "application/json"}


@pytest.fixture
def market(cast: Any) -> Market:
    found = Market(cast)
    found.order("A", wage=Decimal(7500))
    found.order("B")
    for name in "甲乙":
        found.worker(name)
    return found


def night() -> list[Job]:
    """The task, and the jobs it queued run to their end."""
    match_again(0)
    with context.unscoped("jobs"):
        queued = list(Job.objects.filter(kind="labour_rolling", state=Job.State.QUEUED))
    for job in queued:
        runner.run(job.pk)
    return queued


def runs() -> list[MatchRun]:
    with context.unscoped("runs"):
        return list(MatchRun.objects.order_by("id"))


def setting() -> RollingMatch:
    with context.unscoped("setting"):
        found: RollingMatch = RollingMatch.objects.get(side="west")
        return found


def test_it_runs_only_where_something_changed_and_keeps_what_was_accepted(
    market: Market, as_actor: Any
) -> None:
    assert night() == []  # nobody switched it on
    with as_actor("wang") as wang:
        rolling.switch(wang, is_on=True)
    night()
    (first,) = runs()
    assert (first.is_nightly, first.matched) == (True, 2)
    assert set(first.causes) == set(changed.PARTS)
    night(), night()
    assert len(runs()) == 1
    assert "没有变化" in setting().said
    with as_actor("wang") as wang:
        kept = Placement.objects.filter(match_state="proposed").order_by("pk")[0]
        standing = Placement.Standing.ACCEPTED
        advance(kept.pk, standing=standing, actor=wang, row_version=kept.row_version)
    night()
    assert [set(one.causes) for one in runs()[1:]] == [{"decisions"}]
    market.order("C", wage=Decimal(9900))
    night(), night()
    third = runs()[-1]
    assert (len(runs()), third.causes, third.fixed) == (3, ["orders"], 1)
    assert third.regret >= 0
    with as_actor("wang") as wang:
        kept.refresh_from_db()
        assert kept.match_state == "accepted"
        rolling.switch(wang, is_on=False)
    market.order("D", wage=Decimal(9900))
    assert night() == []
    assert len(runs()) == 3


def test_who_may_no_longer_run_it_runs_nothing_and_the_page_says_so(market: Market, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        account = rolling.switch(wang, is_on=True).account
    with context.unscoped("left the county"):
        type(account).objects.filter(pk=account.pk).update(is_active=False)
    assert night() == []
    assert "重新开启" in setting().said


def test_only_who_manages_placements_switches_it(market: Market, as_actor: Any) -> None:
    with as_actor("bob") as bob, pytest.raises(NotAllowed):
        rolling.switch(bob, is_on=True)


def test_a_birthday_counts_only_where_it_crosses_a_limit(cast: Any, as_actor: Any) -> None:
    market = Market(cast)
    market.order("A", age_from=18, age_to=45)
    market.worker("甲", born=1990)
    with as_actor("wang"):
        found = matching_run.read("west")
        before = changed.fingerprint(*found)
        for age, is_changed in ((46, True), (32, False), (45, False), (17, True)):
            workers = found[1].workers
            older = replace(found[1], workers=workers._replace(age=workers.age * 0 + age))
            assert (changed.causes(before, changed.fingerprint(found[0], older)) != []) is is_changed, age


def test_the_page_and_the_api_switch_it_and_say_when_and_why(
    market: Market, as_actor: Any, sign_in: Any
) -> None:
    browser = sign_in("wang")
    assert "没有开启" in browser.get("/labour/matching/").content.decode()
    page = browser.post("/labour/matching/rolling/", {"is_on": "1"}, follow=True).content.decode()
    assert "已开启" in page
    with as_actor("wang") as wang:
        run = matching_run.rematch("west", wang)
        assert run is not None
        assert matching_run.rematch("west", wang) is None
    page = browser.get("/labour/matching/").content.decode()
    assert "每夜自动" in page
    assert "第一次自动匹配" in browser.get(f"/labour/matching/{run.pk}/").content.decode()
    root = "/api/v1/labour/placement/rolling/"
    assert browser.get(root).json()["is_on"] is True
    answer = browser.post(root, '{"is_on": false}', **JSON)
    assert answer.json()["is_on"] is False
