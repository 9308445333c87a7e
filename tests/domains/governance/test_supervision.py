"""A slip is given out from a finding in one step, answered by its unit, verified by the office."""

from datetime import date
from typing import Any

import pytest

from shanhai.domains.governance import supervision_actions as actions
from shanhai.domains.governance.models import SupervisionEntry, SupervisionSlip
from shanhai.domains.governance.supervision_reports import effects
from shanhai.kernel.actions import get_row, step_row
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import RETURN, WITHDRAW
from shanhai.web.deeds import Subject, deeds_of

DUE = date(2021, 9, 30)


@pytest.fixture
def slip(cast: Any, as_actor: Any) -> SupervisionSlip:
    """Given out by Meitan's coordinator to its labour bureau."""
    with as_actor("wang") as wang:
        return actions.raise_slip(unit=cast.mt_labour, cause="月报逾期", due_on=DUE, actor=wang)


def do(slip: SupervisionSlip, as_actor: Any, who: str, what: str, text: str = "说明") -> SupervisionSlip:
    with as_actor(who) as actor:
        now = SupervisionSlip.objects.get(pk=slip.pk)
        return actions.act(slip.pk, what, text=text, actor=actor, row_version=now.row_version)


def test_a_slip_goes_its_way_and_every_act_is_in_the_log(slip: Any, as_actor: Any) -> None:
    for who, what in (
        ("bob", "receive"),
        ("bob", "reply"),
        ("wang", "send_back"),
        ("wang", "escalate"),
        ("bob", "reply"),
        ("wang", "close"),
    ):
        done = do(slip, as_actor, who, what)
    assert (done.supervision_stage, done.times_sent_back, done.escalations) == ("closed", 1, 1)
    assert done.closing_note == "说明"
    with as_actor("wang"):
        kinds = SupervisionEntry.objects.filter(slip=slip).order_by("id").values_list("entry_kind", flat=True)
        assert list(kinds) == ["receive", "reply", "send_back", "escalate", "reply", "close"]
        (line,) = effects(2021)
        assert (line.effect.in_time, line.effect.sent_back) == (1, 1)


def test_the_unit_neither_closes_nor_takes_its_slip_away(slip: Any, as_actor: Any) -> None:
    do(slip, as_actor, "bob", "receive")
    do(slip, as_actor, "bob", "reply")
    with pytest.raises(NotAllowed):
        do(slip, as_actor, "bob", "close")
    ledger = registry.get(SupervisionSlip.ledger_key())
    for who, step in (("bob", WITHDRAW), ("vera", RETURN)):
        with as_actor(who) as actor, pytest.raises(RuleViolated):
            step_row(ledger, get_row(ledger, slip.pk, actor=actor), step, actor=actor, reason="不想办")


def test_the_other_county_sees_nothing_of_it(slip: Any, as_actor: Any, sign_in: Any) -> None:
    with as_actor("carol") as carol, pytest.raises(NotVisible):
        get_row(registry.get(SupervisionSlip.ledger_key()), slip.pk, actor=carol)
    assert sign_in("carol").get(f"/governance/supervisionslip/{slip.pk}/paper/").status_code == 404


@pytest.mark.parametrize(
    ("what", "text", "why"),
    [("close", "好", "待签收"), ("escalate", " ", "请写明"), ("burn", "x", "没有这种")],
)
def test_what_does_not_fit_is_refused_in_words(
    slip: Any, as_actor: Any, what: str, text: str, why: str
) -> None:
    with pytest.raises(RuleViolated, match=why):
        do(slip, as_actor, "wang", what, text)


def test_two_at_once_are_told(slip: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob, pytest.raises(Conflict):
        actions.act(slip.pk, "receive", actor=bob, row_version=99)


def test_who_may_give_out_slips_is_offered_it_about_anything(cast: Any, as_actor: Any, sign_in: Any) -> None:
    about = Subject("labour.employmentspell", None, "务工就业", "逾期未报", str(cast.mt_labour.pk))
    with as_actor("bob") as bob:
        assert not deeds_of(bob, about)
        with pytest.raises(NotAllowed):
            actions.raise_slip(unit=cast.mt_labour, cause="x", due_on=DUE, actor=bob)
    with as_actor("wang") as wang:
        (deed,) = deeds_of(wang, about)
    browser = sign_in("wang")
    assert "发督办单" in browser.get("/governance/checks/").content.decode()
    form = browser.get(deed.url).content.decode()
    assert "逾期未报" in form
    sent = browser.post("/governance/slips/raise/", {"unit": "", "cause": "", "due_on": "x"})
    assert sent.status_code == 422
    assert all(
        word in sent.content.decode() for word in ("请选择督办的单位", "请写明督办事由", "请填写完成期限")
    )
    given = {
        "unit": str(cast.mt_labour.pk),
        "cause": "逾期未报",
        "due_on": "2021-09-30",
        "origin": "务工就业",
    }
    made = browser.post("/governance/slips/raise/", given)
    assert made.status_code == 302
    paper = browser.get(f"{made.url}paper/")
    assert paper["Content-Type"].endswith("wordprocessingml.document")
    assert "督办成效" in browser.get("/governance/effect/").content.decode()
    assert browser.get("/governance/effect/?format=xlsx").status_code == 200
    assert "待办督办单" in sign_in("bob").get("/").content.decode()


def test_a_unit_of_the_other_side_is_not_pressed(cast: Any, sign_in: Any) -> None:
    given = {"unit": str(cast.dm_labour.pk), "cause": "逾期未报", "due_on": "2021-09-30"}
    assert sign_in("wang").post("/governance/slips/raise/", given).status_code == 422
