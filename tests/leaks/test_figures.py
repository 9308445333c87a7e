"""Figures open no row of others; bulletins and jobs are their owners'. With the first wall and without it."""

from typing import Any

import pytest

from leaks.reading import shown
from leaks.test_payloads import WALLS, Send, same_for_nothing
from samples.pages import api
from samples.rows import Planted
from shanhai.domains.appraisal.bulletin_drafts import draft_bulletin
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.jobs import runner
from shanhai.kernel.models import Job
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Side

OUTPUT, WORKSHOP = registry.get("toys.output"), registry.get("toys.workshop")
FIGURE = "side=east&period=2021Q3"
_TOLD = ("figure", "rows", "evidence", "since", "pack", "amended", "sides")

pytestmark = [pytest.mark.usefixtures("standing"), WALLS]


@pytest.fixture
def private(plant: Any) -> Planted:
    """An output that counts and that nobody beyond its unit may open."""
    made: Planted = plant(OUTPUT, state="verified", sharing="private")
    return made


def doors_of_a_figure() -> list[str]:
    whole = "/api/v1/indicators/TOY-1/"
    pages = [
        f"{whole}?{FIGURE}",
        *(
            f"{whole}{what}/?{FIGURE}&day=2021-09-01"
            for what in ("rows", "evidence", "since", "sides", "amended", "pack")
        ),
    ]
    return [
        *pages,
        f"/indicators/TOY-1/?{FIGURE}",
        f"/indicators/TOY-1/rows/?{FIGURE}",
        f"/indicators/?{FIGURE}",
        f"/indicators/export/?{FIGURE}",
    ]


@pytest.mark.parametrize("who", ["bob", "wang", "anna"])
def test_a_figure_opens_no_row_of_others(private: Planted, client_of: Any, who: str, walls: str) -> None:
    browser, secrets = client_of(who), private.texts | private.names | private.sealed | private.keys
    statuses = {}
    for url in doors_of_a_figure():
        answer = browser.get(url)
        statuses[url] = answer.status_code
        found = [word for word in secrets if word in shown(answer)]
        assert not found, (url, found)
    assert sum(status == 200 for status in statuses.values()) > 4, statuses


def test_a_bulletin_of_the_other_side_is_not_there(
    cast: Any, client_of: Any, private: Planted, walls: str
) -> None:
    with context.acting(cast.actor("carol")) as current:
        bulletin = draft_bulletin(Side.EAST, Period.parse("2021Q3"), actor=current.actor)
    whole = "/api/v1/bulletins/"
    for who in ("bob", "wang", "ruth"):
        browser = client_of(who)
        for what in ("", "word/", "pdf/"):
            send = _read(browser, f"{whole}{{}}/{what}")
            assert same_for_nothing(send, str(bulletin.pk)) == (True, 404), (who, what)
        assert str(bulletin.pk) not in shown(browser.get(whole))


def _read(browser: Any, address: str) -> Send:
    return lambda one: browser.get(address.format(one))


@pytest.mark.parametrize("who", ["bob", "wang", "anna", "carol"])
def test_the_result_of_a_job_holds_what_its_requester_may_see_and_is_nobody_elses(
    plant: Any, client_of: Any, who: str, walls: str
) -> None:
    others = {"bob": "alice", "wang": "alice", "anna": "alice", "carol": "bob"}
    made = plant(WORKSHOP, others[who], state="draft", sharing="private")
    browser = client_of(who)
    for form in ("csv", "xlsx"):
        started = browser.post(f"{api(WORKSHOP)}exports/", {"format": form}, content_type="application/json")
        assert started.status_code == 202
        job = started.json()["id"]
        runner.run(job)
        file = browser.get(f"/api/v1/jobs/{job}/file/")
        assert file.status_code == 200, file.content
        text = shown(file)
        assert not [word for word in made.texts | made.names | made.sealed | made.keys if word in text], form
        stranger = client_of("vera" if who != "wang" else "victor")
        for url in ("/api/v1/jobs/{}/", "/api/v1/jobs/{}/file/", "/jobs/{}/", "/jobs/{}/file/"):
            assert same_for_nothing(_read(stranger, url), job) == (True, 404), url
    assert Job.objects.count() == 2
