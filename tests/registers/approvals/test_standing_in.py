"""While somebody is away a colleague signs in their place: never twice, never for who filed the row."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from shanhai.engines.approval import Ending
from shanhai.kernel import context
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.registers.accounts.models import Membership
from shanhai.registers.approvals.models import ApprovalAct, StandIn
from shanhai.registers.approvals.standing_in import (
    MOST_DAYS,
    Named,
    colleagues,
    end_stand_in,
    name_stand_in,
    own_stand_in,
)

from .rows import chain, turn

TODAY = date(2021, 9, 24)
#: Alice files and victor verifies in one bureau, carol coordinates the whole side.
ONE_STEP = "科室审核：或签 本单位·核实"


def away(cast: Any, absent: str, other: str, first: date = TODAY, days: int = 3) -> StandIn:
    with context.acting(cast.actor(absent)) as current:
        last = first + timedelta(days=days - 1)
        return name_stand_in(Named(cast.actor(other).key, first, last, "外出学习"), actor=current.actor)


def test_a_colleague_signs_in_the_place_of_who_is_away_and_the_act_names_both(
    cast: Any, submit: Any, sign: Any
) -> None:
    chain(ONE_STEP)
    row = submit()
    assert turn(cast) == {"victor"}
    away(cast, "victor", "carol")
    assert turn(cast) == {"victor", "carol"}, "who is away may still sign"
    assert sign("carol", row).ending is Ending.APPROVED
    (act,) = ApprovalAct.objects.all()
    assert (act.handled_by, act.in_place_of) == (cast.actor("carol").key, cast.actor("victor").key)


def test_before_after_and_once_ended_nobody_stands_in(cast: Any, submit: Any, sign: Any) -> None:
    chain(ONE_STEP)
    row = submit()
    away(cast, "victor", "carol", TODAY + timedelta(days=1))
    assert "carol" not in turn(cast)
    with pytest.raises(NotAllowed):
        sign("carol", row)
    now = away(cast, "victor", "carol", days=1)
    assert "carol" in turn(cast)
    with context.acting(cast.actor("victor")) as current:
        end_stand_in(own_stand_in(now.pk, current.actor))
    assert "carol" not in turn(cast)


def test_who_filed_the_row_has_nobody_sign_for_them(cast: Any, submit: Any, sign: Any) -> None:
    chain("科室审核：或签 本单位·填报")
    row = submit()
    away(cast, "alice", "carol")
    assert turn(cast) == set()
    with pytest.raises(NotAllowed):
        sign("carol", row)


def test_one_person_signs_a_step_once_also_through_another(cast: Any, submit: Any, sign: Any) -> None:
    chain("会签：会签 本单位·核实、区乡村振兴局·统筹")
    row = submit()
    away(cast, "victor", "carol")
    assert sign("carol", row).ending is None
    assert ApprovalAct.objects.get().in_place_of == "", "her own seat first"
    assert turn(cast) == {"victor"}, "carol has signed this step"


def test_who_stands_in_lends_nothing_on(cast: Any, submit: Any) -> None:
    chain(ONE_STEP)
    submit()
    away(cast, "victor", "carol")
    away(cast, "carol", "lily")
    assert turn(cast) == {"victor", "carol"}, "not lily, who stands in for carol as carol"


def test_a_seat_ends_with_the_duty_it_came_from(cast: Any, submit: Any) -> None:
    chain(ONE_STEP)
    submit()
    away(cast, "victor", "carol")
    with context.unscoped("duty over"):
        Membership.objects.filter(user=cast.users["victor"]).update(valid_to=TODAY - timedelta(days=1))
    assert turn(cast) == set()


def _named(cast: Any, **changed: Any) -> Named:
    values = {"stands_in": cast.actor("carol").key, "valid_from": TODAY, "valid_to": TODAY, "reason": "出差"}
    return Named(**{**values, **changed})


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"stands_in": "wang"}, "stands_in"),
        ({"stands_in": "anna"}, "stands_in"),
        ({"stands_in": "dave"}, "stands_in"),
        ({"stands_in": "root"}, "stands_in"),
        ({"stands_in": "victor"}, "stands_in"),
        ({"valid_from": None}, "valid_from"),
        ({"valid_from": TODAY - timedelta(days=1)}, "valid_from"),
        ({"valid_to": TODAY - timedelta(days=1)}, "valid_from"),
        ({"valid_to": TODAY + timedelta(days=MOST_DAYS)}, "valid_to"),
        ({"reason": " 病 "}, "reason"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cast: Any, changed: dict[str, Any], field: str) -> None:
    if "stands_in" in changed:
        changed = {"stands_in": cast.actor(changed["stands_in"]).key}
    with context.acting(cast.actor("victor")) as current, pytest.raises(RuleViolated) as refused:
        name_stand_in(_named(cast, **changed), actor=current.actor)
    assert set(refused.value.problems) == {field}


def test_two_at_once_are_refused_and_another_cannot_end_it(cast: Any) -> None:
    first = away(cast, "victor", "carol")
    with pytest.raises(RuleViolated):
        away(cast, "victor", "carol", TODAY + timedelta(days=2))
    for who in ("carol", "wang"):
        with context.acting(cast.actor(who)) as current, pytest.raises(NotVisible):
            own_stand_in(first.pk, current.actor)


def test_only_people_who_see_the_same_rows_are_offered(cast: Any) -> None:
    def offered(who: str) -> set[str]:
        actor: Actor = cast.actor(who)
        with context.acting(actor):
            return {user.username for user in colleagues(actor)}

    assert offered("victor") == {"alice", "carol", "lily"}, "not who audits, nor another unit or side"
    assert offered("carol") == {"lily"}, "victor sees one unit, carol coordinates the side"


def test_it_is_named_and_ended_on_the_page(cast: Any, client_of: Any) -> None:
    browser, url = client_of("victor"), reverse("approvals:standing_in")
    sent = {"stands_in": cast.actor("carol").key, "valid_from": "2021-09-24", "valid_to": "2021-09-30"}
    refused = browser.post(url, sent)
    assert refused.status_code == 422
    assert "请写明离岗原因" in refused.text
    assert 'value="2021-09-30"' in refused.text, "what was typed stays"
    assert browser.post(url, {**sent, "reason": "外出学习"}).status_code == 303
    page = browser.get(url).text
    assert "2021-09-24 至 2021-09-30" in page
    assert client_of("wang").get(url).text.count("外出学习") == 0
    end = reverse("approvals:stand_in_end", args=[StandIn.objects.get().pk])
    assert client_of("carol").post(end).status_code == 404
    assert browser.post(end).status_code == 303
    assert not StandIn.objects.exists()
