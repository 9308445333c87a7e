"""Custom values of rows: filled in, shown, kept in history, changed by the rules of every other value."""

from decimal import Decimal
from typing import Any

import pytest

from kernel.surfaces.reading import WORKSHOPS, page, words
from kernel.surfaces.test_forms import fill
from shanhai.kernel import actions, context
from shanhai.kernel.amendments.deciding import accept
from shanhai.kernel.amendments.proposing import propose_values
from shanhai.kernel.amendments.reading import changes_of
from shanhai.kernel.custom import managing
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.models import CustomField
from shanhai.kernel.workflow import SUBMIT, VERIFY
from toys.models import Workshop

NEW = f"{WORKSHOPS}new/"


@pytest.fixture
def every_kind(add: Any) -> dict[str, CustomField]:
    """A field of every kind, by kind."""
    said: dict[str, dict[str, Any]] = {
        "text": {"is_personal": True}, "long_text": {}, "integer": {"measure_unit": "台"},
        "decimal": {"measure_unit": "亩", "decimals": 3}, "money": {}, "date": {}, "boolean": {},
        "choice": {"options": ["甲等", "乙等"]},
    }  # fmt: skip
    return {kind: add(f"自填{kind}", kind, **more) for kind, more in said.items()}


VALUES: dict[str, tuple[str, Any, str]] = {
    # As typed, as stored, as shown.
    "text": (" 张三 ", "张三", "张三"),
    "long_text": ("甲\n乙", "甲\n乙", "甲 乙"),
    "integer": ("1,200", 1200, "1,200"),
    "decimal": ("1.5万", "15000.000", "15,000.000"),
    "money": ("12.5", "12.50", "12.50"),
    "date": ("2021年3月5日", "2021-03-05", "2021-03-05"),
    "boolean": ("否", False, "否"),
    "choice": ("乙等", "乙等", "乙等"),
}


def test_a_form_takes_every_kind_as_it_takes_national_fields(
    every_kind: Any, sign_in: Any, stored: Any
) -> None:
    client = sign_in("alice")
    typed = {f"custom_{field.key}": VALUES[kind][0] for kind, field in every_kind.items()}
    answer = fill(client, NEW, code="A1", name="一号", **typed)
    assert answer.status_code == 303, words(answer)
    with context.unscoped("look"):
        row = Workshop.objects.get()
    assert stored(row) == {field.key: VALUES[kind][1] for kind, field in every_kind.items()}

    shown = client.get(answer["Location"])
    facts = {dt.get_text(strip=True): words_of(dt.find_next("dd")) for dt in page(shown).select("dt")}
    assert facts["自填decimal（亩）"] == "15,000.000" and facts["自填money（元）"] == "12.50"
    assert all(facts[one] for one in facts if one.startswith("自填"))

    again = fill(client, f"{answer['Location']}edit/")
    assert again.status_code == 303, words(again)
    assert stored(row) == {field.key: VALUES[kind][1] for kind, field in every_kind.items()}
    emptied = fill(client, f"{answer['Location']}edit/", **dict.fromkeys(typed, ""))
    assert emptied.status_code == 303
    assert stored(row) == {}


def words_of(tag: Any) -> str:
    return " ".join(tag.get_text(" ").split())


@pytest.mark.parametrize(
    ("kind", "typed"), [("integer", "1.5"), ("decimal", "约三"), ("date", "三月"), ("choice", "丙")]
)
def test_what_cannot_be_read_is_told_at_its_field(
    kind: str, typed: str, every_kind: Any, sign_in: Any
) -> None:
    name = f"custom_{every_kind[kind].key}"
    answer = fill(sign_in("alice"), NEW, code="A1", name="一号", **{name: typed})
    assert answer.status_code == 422
    assert page(answer).select_one(f"#id_{name}-error")


def test_a_required_field_is_asked_of_new_rows_and_of_forms_alone(
    cast: Any, ledger: Any, add: Any, make: Any, sign_in: Any
) -> None:
    old = make("A1")
    field = add("车间主任", is_required=True)
    name = f"custom_{field.key}"
    with pytest.raises(RuleViolated) as refused:
        make("A2")
    assert list(refused.value.problems) == [name]
    client = sign_in("alice")
    assert fill(client, NEW, code="A3", name="三号").status_code == 422
    assert fill(client, f"{WORKSHOPS}{old.pk}/edit/").status_code == 422
    assert "本单位必填的“车间主任”还没有填。" in words(client.get(f"{WORKSHOPS}{old.pk}/"))
    with context.acting(cast.actor("alice")) as current:
        actions.step_row(ledger, old, SUBMIT, actor=current.actor)


def test_fields_of_other_units_are_neither_offered_nor_taken(add: Any, make: Any, sign_in: Any) -> None:
    finance, west = add("财政备注", unit="dm_finance"), add("西部备注", unit="mt_labour")
    form = words(sign_in("alice").get(NEW))
    assert "财政备注" not in form and "西部备注" not in form
    for field in (finance, west):
        with pytest.raises(RuleViolated):
            make("A1", {field: "别人的"})


def test_a_coordinator_fills_in_the_fields_of_the_unit_that_has_the_row(
    add: Any, make: Any, sign_in: Any, stored: Any
) -> None:
    field, row = add("车间主任"), make("A1")
    client = sign_in("carol")
    assert "车间主任" not in words(client.get(NEW))
    assert fill(client, f"{WORKSHOPS}{row.pk}/edit/", **{f"custom_{field.key}": "李四"}).status_code == 303
    assert stored(row) == {field.key: "李四"}


def test_history_tells_the_difference_field_by_field(
    cast: Any, ledger: Any, add: Any, make: Any, sign_in: Any
) -> None:
    area, other = add("面积", "decimal", decimals=2, measure_unit="亩"), add("评级", "choice", options=["甲"])
    row = make("A1", {area: Decimal("1.50")})
    with context.acting(cast.actor("alice"), reason="量过了") as current:
        values = {f"custom_{area.key}": Decimal("1200.00"), f"custom_{other.key}": "甲"}
        actions.save_row(ledger, row, values, actor=current.actor, row_version=1)
    told = words(sign_in("alice").get(f"{WORKSHOPS}{row.pk}/history/"))
    assert "面积（亩） 1.50 1,200.00" in told.replace("→ ", "") and "评级" in told and "量过了" in told


def test_two_who_change_one_field_are_shown_both_values(
    cast: Any, ledger: Any, add: Any, make: Any, sign_in: Any, stored: Any
) -> None:
    field, other = add("车间主任"), add("评级")
    row = make("A1", {field: "甲", other: "一"})
    client, name = sign_in("alice"), f"custom_{field.key}"
    opened = client.get(f"{WORKSHOPS}{row.pk}/edit/")
    with context.acting(cast.actor("carol")) as current:
        actions.save_row(ledger, row, {name: "乙"}, actor=current.actor, row_version=1)
    with context.acting(cast.actor("alice")) as current, pytest.raises(Conflict) as conflict:
        values = {name: "丙", f"custom_{other.key}": "一"}
        actions.save_row(ledger, row, values, actor=current.actor, row_version=1)
    assert [(one.label, one.yours, one.theirs) for one in conflict.value.fields] == [("车间主任", "丙", "乙")]
    typed = {one["name"]: one.get("value", "") for one in page(opened).select("main form input[type=hidden]")}
    unit = page(opened).select_one("#id_owner_unit option[selected]")["value"]  # type: ignore[index]
    sent = {**typed, "code": "A1", "name": "A1车间", "kind": "factory", "owner_unit": unit, name: "丙"}
    sent |= {f"custom_{other.key}": "一", "workers": "0"}
    answer = client.post(f"{WORKSHOPS}{row.pk}/edit/", sent)
    assert answer.status_code == 409 and f"take-{name}" in answer.content.decode()
    now = page(answer).select_one("input[name=row_version]")["value"]  # type: ignore[index]
    kept = {**sent, "row_version": now, f"take-{name}": "theirs"}
    assert client.post(f"{WORKSHOPS}{row.pk}/edit/", kept).status_code == 303
    assert stored(row) == {field.key: "乙", other.key: "一"}


def test_a_verified_row_changes_by_amendment(
    cast: Any, ledger: Any, add: Any, make: Any, stored: Any
) -> None:
    field = add("面积", "decimal", decimals=1)
    row = make("A1", {field: Decimal("1.0")})
    for step, who in ((SUBMIT, "alice"), (VERIFY, "victor")):
        with context.acting(cast.actor(who)) as current:
            row = actions.step_row(ledger, row, step, actor=current.actor)
    values = {f"custom_{field.key}": Decimal("2.5")}
    told = {"reason": "量错了", "row_version": row.row_version}
    with context.acting(cast.actor("alice")) as current:
        with pytest.raises(RuleViolated):
            actions.save_row(ledger, row, values, actor=current.actor, row_version=row.row_version)
        amendment = propose_values(ledger, row, values, actor=current.actor, **told)  # type: ignore[arg-type]
        (change,) = changes_of(ledger, [amendment])[amendment.pk]
    assert change == {"label": "面积", "before": "1.0", "after": "2.5"}
    with context.acting(cast.actor("victor")) as current:
        accept(amendment, ledger, row, actor=current.actor)
    assert stored(row) == {field.key: "2.5"}


def test_a_retired_field_is_read_and_no_longer_filled_in(
    cast: Any, ledger: Any, add: Any, make: Any, sign_in: Any, stored: Any
) -> None:
    field = add("车间主任")
    row, carol = make("A1", {field: "张三"}), cast.actor("carol")
    with context.acting(carol):
        managing.retire_field(ledger, field, actor=carol, reason="不再要求")
    client = sign_in("alice")
    assert "车间主任（停用）" in words(client.get(f"{WORKSHOPS}{row.pk}/"))
    assert "车间主任" not in words(client.get(f"{WORKSHOPS}{row.pk}/edit/"))
    assert fill(client, f"{WORKSHOPS}{row.pk}/edit/", name="改名").status_code == 303
    assert stored(row) == {field.key: "张三"}


def test_a_row_handed_over_keeps_what_its_former_unit_said(
    cast: Any, ledger: Any, add: Any, make: Any, sign_in: Any
) -> None:
    field, row, carol = add("车间主任"), None, cast.actor("carol")
    add("财政备注", unit="dm_finance")
    row = make("A1", {field: "张三"})
    with context.acting(carol) as current:
        values = {"owner_unit": cast.dm_finance}
        actions.save_row(ledger, row, values, actor=current.actor, row_version=1)
    shown = words(sign_in("anna").get(f"{WORKSHOPS}{row.pk}/"))
    assert "区人力资源和社会保障局·车间主任 张三" in shown and "财政备注" in shown


def test_readers_of_a_shared_row_see_what_is_not_personal(
    cast: Any, ledger: Any, add: Any, make: Any, sign_in: Any
) -> None:
    plain, personal = add("设备"), add("车间主任", is_personal=True)
    row = make("A1", {plain: "缝纫机", personal: "欧阳小明"})
    with context.acting(cast.actor("alice")) as current:
        actions.step_row(ledger, row, SUBMIT, actor=current.actor)
    shown = words(sign_in("bob").get(f"{WORKSHOPS}{row.pk}/"))
    assert "缝纫机" in shown and "欧阳小明" not in shown
