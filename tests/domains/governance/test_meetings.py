"""A joint meeting is one row of both sides; what the year lacks is shown to the side it lacks it."""

from datetime import date
from typing import Any

import pytest

from shanhai.domains.governance.models import JointMeeting, MutualVisit
from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.actions import create_row, step_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.indicators.figures import value
from shanhai.kernel.indicators.registry import registry as indicators
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import SUBMIT, State

DAY = date(2021, 4, 20)


def hold(cast: Any, as_actor: Any, **values: Any) -> JointMeeting:
    with as_actor("carol") as carol:
        given = {
            "number": "斗湄联1号",
            "title": "第一次联席会议",
            "held_on": DAY,
            "venue": "湄潭",
            "chairs": "张演示",
            "agenda": "一、年度计划",
            "partner_unit": cast.mt_coordinator,
            **values,
        }
        ledger = registry.get("governance.jointmeeting")
        row: JointMeeting = step_row(ledger, create_row(ledger, given, actor=carol), SUBMIT, actor=carol)
        return row


def test_a_meeting_is_registered_once_for_both(cast: Any, as_actor: Any) -> None:
    hold(cast, as_actor)
    ledger = registry.get("governance.jointmeeting")
    with as_actor("wang") as wang:
        given = {
            "number": "斗湄联1号",
            "title": "又一次",
            "held_on": DAY,
            "venue": "湄潭",
            "chairs": "李演示",
            "agenda": "一",
            "partner_unit": cast.dm_coordinator,
        }
        with pytest.raises(RuleViolated, match="已由对方登记"):
            create_row(ledger, given, actor=wang)


def test_a_meeting_to_come_is_not_registered(cast: Any, as_actor: Any) -> None:
    with pytest.raises(RuleViolated, match="还没有开"):
        hold(cast, as_actor, held_on=date(2031, 1, 1))


def test_a_meeting_signed_by_both_counts_once_for_each_side(cast: Any, as_actor: Any) -> None:
    row = hold(cast, as_actor)
    with context.unscoped("example"):
        JointMeeting.objects.filter(pk=row.pk).update(state=State.VERIFIED)
        indicator = next(one for one in indicators if one.code == "ORG-2")
        told = [value(indicator, IndicatorScope(side), Period.parse("2021Q2")).display for side in Side]
    assert told == ["1", "1"]


def test_the_page_of_checks_tells_each_side_what_it_lacks(cast: Any, as_actor: Any, sign_in: Any) -> None:
    with context.unscoped("example"):
        MutualVisit.objects.create(
            code="HF1",
            purpose="调研",
            head="张演示",
            head_rank="secretary",
            delegation_size=5,
            begins_on=DAY,
            ends_on=DAY,
            places_seen="永兴镇",
            side="east",
            owner_unit=cast.dm_coordinator,
            state=State.VERIFIED,
        )
    hold(cast, as_actor)
    with clock.at(date(2021, 12, 1)):
        east = sign_in("carol").get("/governance/checks/").content.decode()
        west = sign_in("wang").get("/governance/checks/").content.decode()
    assert "党政主要负责同志互访不足" not in east
    assert "2021 年党政主要负责同志实地互访 0 次" in west
    assert "2022-01-01 起成为未达到" in west
    assert "会议纪要未双方签认" in east
    assert "会议纪要未双方签认" in west
