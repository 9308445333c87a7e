"""A resolution of both sides: lead units report in rows of their own side, their office closes or refuses."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shanhai.domains.governance.models import JointMeeting, Resolution, ResolutionProgress
from shanhai.domains.governance.resolution_actions import decide, report
from shanhai.domains.governance.resolution_reports import standings
from shanhai.kernel import clock, context
from shanhai.kernel.actions import create_row, get_row, step_row
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.models import EvidenceFile, EvidenceLink
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import VERIFY, State

DAY = date(2021, 4, 20)


@pytest.fixture
def resolution(cast: Any) -> Resolution:
    """Entered by Doumen, confirmed by Meitan; led by Meitan's labour bureau, supported by Doumen's."""
    own = {
        "side": "east",
        "owner_unit": cast.dm_coordinator,
        "sharing": "joint",
        "partner_unit": cast.mt_coordinator,
        "state": State.VERIFIED,
    }
    with context.unscoped("example"):
        meeting = JointMeeting.objects.create(
            number="1号",
            title="第一次",
            held_on=date(2021, 4, 20),
            venue="湄潭",
            chairs="张",
            agenda="一",
            **own,
        )
        row: Resolution = Resolution.objects.create(
            code="1号-01",
            meeting=meeting,
            content="交换岗位清单",
            lead_unit=cast.mt_labour,
            support_units=cast.dm_labour.name,
            due_on=date(2021, 12, 31),
            **own,
        )
    return row


def tell(row: Resolution, actor: Any, *, complete: bool = False) -> ResolutionProgress:
    return report(row.pk, narrative="已交换", percent=Decimal(60), is_complete=complete, actor=actor)


def prove(row: ResolutionProgress, actor: Any) -> None:
    with context.unscoped("example"):
        stored = EvidenceFile.objects.create(
            side=row.side, digest="0" * 64, size=1, content_type="image/png", stored_at=clock.now()
        )
        EvidenceLink.objects.create(
            ledger=row.ledger_key(),
            row_id=row.pk,
            file=stored,
            evidence_class="proof",
            name="x.png",
            attached_at=clock.now(),
            attached_by=actor.key,
        )


def stands(actor: Any) -> str:
    (one,) = standings(actor)
    return one.stands


def test_lead_and_support_report_each_in_rows_of_their_own_side(resolution: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        west = tell(resolution, bob)
    with as_actor("alice") as alice:
        east = tell(resolution, alice)
        assert (west.side, east.side) == ("west", "east")
        assert stands(alice) == "under_way"
        with pytest.raises(RuleViolated, match="配合单位只报进展"), clock.at(date(2021, 9, 30)):
            tell(resolution, alice, complete=True)


def test_units_without_a_part_may_not_report(resolution: Any, as_actor: Any) -> None:
    with as_actor("anna") as anna, pytest.raises(NotAllowed):
        tell(resolution, anna)


def test_the_office_closes_with_a_reason_and_papers_and_not_who_asked(resolution: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        row = tell(resolution, bob, complete=True)
        assert stands(bob) == "claimed"
        with pytest.raises(NotAllowed):
            decide(row.pk, accept=True, reason="好", actor=bob, row_version=row.row_version)
    with as_actor("wang") as wang:
        for reason, why in (("", "写明"), ("属实", "办结材料")):
            with pytest.raises(RuleViolated, match=why):
                decide(row.pk, accept=True, reason=reason, actor=wang, row_version=row.row_version)
        ledger = registry.get(row.ledger_key())
        with pytest.raises(RuleViolated, match="销号须写明意见"):
            step_row(ledger, get_row(ledger, row.pk, actor=wang), VERIFY, actor=wang)
        prove(row, wang)
        closed = decide(row.pk, accept=True, reason="材料属实", actor=wang, row_version=row.row_version)
        assert (closed.state, closed.closing_note) == (State.VERIFIED, "材料属实")
        assert stands(wang) == "done"
    with as_actor("carol") as carol:
        assert stands(carol) == "done"


def test_a_refused_completion_leaves_it_open(resolution: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        row = tell(resolution, bob, complete=True)
    with as_actor("wang") as wang:
        decide(row.pk, accept=False, reason="清单不全", actor=wang, row_version=row.row_version)
    with as_actor("bob") as bob:
        assert stands(bob) == "under_way"
        assert get_row(registry.get(row.ledger_key()), row.pk, actor=bob).return_reason == "清单不全"


def test_the_other_office_cannot_close(resolution: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        row = tell(resolution, bob, complete=True)
    with as_actor("carol") as carol, pytest.raises(NotAllowed):
        decide(row.pk, accept=True, reason="好", actor=carol, row_version=row.row_version)


def test_names_that_are_no_unit_are_refused_at_their_place(cast: Any, resolution: Any, as_actor: Any) -> None:
    with as_actor("carol") as carol, pytest.raises(RuleViolated) as refused:
        create_row(
            registry.get("governance.resolution"),
            {
                "code": "1号-02",
                "meeting": resolution.meeting,
                "content": "又一项",
                "lead_unit": cast.dm_labour,
                "support_units": f"{cast.dm_labour.name}、县茶办",
                "due_on": date(2021, 4, 1),
            },
            actor=carol,
        )
    assert "县茶办" in str(refused.value.problems["support_units"][0])
    assert "due_on" in refused.value.problems


def test_unfinished_ones_open_the_next_agenda_and_stand_on_the_workbench(
    resolution: Any, as_actor: Any, sign_in: Any
) -> None:
    form = sign_in("carol").get("/governance/jointmeeting/new/").content.decode()
    assert "1. 复议 1号-01：交换岗位清单（未启动）" in form
    browser = sign_in("bob")
    assert "我的议定事项" in browser.get("/").content.decode()
    page = browser.get(f"/governance/resolution/{resolution.pk}/").content.decode()
    assert "申请销号" in page
    sent = browser.post(
        f"/governance/resolution/{resolution.pk}/report/", {"narrative": "已交换三次", "percent": "70"}
    )
    assert sent.status_code == 302
    listed = browser.get("/governance/resolutions/?mine=1&stands=under_way").content.decode()
    assert "已交换三次" in listed
    assert browser.get("/governance/resolutions/?format=docx").status_code == 200
    assert browser.get("/governance/resolutions/?format=xlsx").status_code == 200
