"""The pages of obligations and rules, as each of the cast sees them."""

from datetime import date
from typing import Any

import pytest

from kernel.periods.building import Duties
from kernel.surfaces.reading import page, words
from shanhai.kernel import context
from shanhai.kernel.models import Obligation, ObligationRule
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import GroupMember, UnitGroup

DUE = date(2021, 9, 10)
PAGE = "/obligations/"


@pytest.fixture
def year(duties: Duties) -> dict[str, Obligation]:
    """Two units of each side owe August; labour of Meitan filed it, labour of Doumen is verified."""
    cast = duties.cast
    found = {
        "mt": duties.owed(cast.mt_labour, "2021-08", DUE),
        "yongxing": duties.owed(cast.mt_yongxing, "2021-08", DUE),
        "dm": duties.owed(cast.dm_labour, "2021-08", DUE),
        "finance": duties.owed(cast.dm_finance, "2021-08", date(2021, 9, 30)),
    }
    duties.row(cast.mt_labour, "2021-08", State.SUBMITTED, DUE)
    duties.row(cast.dm_labour, "2021-08", State.VERIFIED, DUE)
    return found


def cells(response: Any) -> list[list[str]]:
    return [
        [cell.get_text(strip=True) for cell in row.select("th, td")]
        for row in page(response).select("main table.ledger tbody tr")
    ]


@pytest.mark.parametrize(
    ("who", "units"),
    [
        ("wang", {"永兴镇人民政府", "县人力资源和社会保障局"}),
        ("bob", {"县人力资源和社会保障局"}),
        ("carol", {"区人力资源和社会保障局", "区财政局"}),
        ("alice", {"区人力资源和社会保障局"}),
        ("dave", {"区人力资源和社会保障局", "区财政局"}),
    ],
)
def test_each_sees_the_duties_of_the_units_in_reach(
    year: Any, sign_in: Any, who: str, units: set[str]
) -> None:
    response = sign_in(who).get(PAGE, {"view": "items"})
    assert {row[1] for row in cells(response)} == units


@pytest.mark.parametrize("who", ["root", "eve"])
def test_who_has_no_business_rows_has_no_duties(year: Any, sign_in: Any, who: str) -> None:
    assert sign_in(who).get(PAGE).status_code == 403


def test_the_summary_counts_owed_reported_verified_and_late(year: Any, sign_in: Any) -> None:
    (west,) = cells(sign_in("wang").get(PAGE))
    assert west[0] == "玩具产值" and west[2:6] == ["2", "1", "0", "1"] and west[-1] == "逾期 14 天"
    (east,) = cells(sign_in("carol").get(PAGE))
    assert east[2:6] == ["2", "1", "1", ""] or east[2:6] == ["2", "1", "1", "—"]
    assert east[-2:] == ["09-30", "1 项未报"]


def test_a_summary_line_leads_to_exactly_its_duties(year: Any, sign_in: Any) -> None:
    client = sign_in("wang")
    summary = page(client.get(PAGE, {"view": "units"}))
    link = summary.select_one("main table.ledger tbody tr th a")
    assert link is not None
    ((_ledger, unit, *_rest),) = cells(client.get(link["href"]))
    assert unit == "永兴镇人民政府"


def test_filters_narrow_and_what_they_cannot_mean_is_left_out(year: Any, sign_in: Any) -> None:
    client = sign_in("wang")
    late = client.get(PAGE, {"view": "items", "state": "late"})
    assert [row[1] for row in cells(late)] == ["永兴镇人民政府"]
    assert cells(client.get(PAGE, {"view": "items", "quarter": "2021Q1"})) == []
    strange = {"view": "items", "unit": "x", "state": "?", "quarter": "2021-08", "page": "-1"}
    assert len(cells(client.get(PAGE, strange))) == 2


def test_htmx_gets_the_table_and_the_address_to_show(year: Any, sign_in: Any) -> None:
    response = sign_in("wang").get(PAGE, {"view": "items", "ledger": ""}, HTTP_HX_REQUEST="true")
    assert response["HX-Push-Url"] == "/obligations/?view=items"
    assert not page(response).select("html")


def test_a_duty_of_the_other_side_is_not_found(year: Any, sign_in: Any) -> None:
    client = sign_in("bob")
    assert client.get(f"{PAGE}{year['mt'].pk}/").status_code == 200
    for hidden in ("dm", "yongxing"):
        assert client.get(f"{PAGE}{year[hidden].pk}/").status_code == 404
        assert client.post(f"{PAGE}{year[hidden].pk}/nil/", {"reason": "没有"}).status_code == 404


def test_a_nil_return_is_declared_and_taken_back(year: Any, sign_in: Any) -> None:
    client, address = sign_in("anna"), f"{PAGE}{year['finance'].pk}/"
    assert client.post(f"{address}nil/", {"reason": " "}).status_code == 422
    assert client.post(f"{address}nil/", {"reason": "本月没有发生"}).status_code == 303
    shown = words(client.get(address))
    assert "零报告" in shown and "anna" in shown and "本月没有发生" in shown
    assert client.post(f"{address}nil/", {"reason": "再报"}).status_code == 422
    assert client.post(f"{address}nil/", {"withdraw": "1"}).status_code == 303
    assert client.post(f"{address}nil/", {"withdraw": "1"}).status_code == 422


def test_the_history_of_a_duty_tells_its_nil_return_to_who_sees_the_duty(year: Any, sign_in: Any) -> None:
    client, address = sign_in("anna"), f"{PAGE}{year['finance'].pk}/"
    client.post(f"{address}nil/", {"reason": "本月没有发生"})
    client.post(f"{address}nil/", {"withdraw": "1"})
    assert "?history=all" in client.get(address).content.decode()
    shown = words(client.get(f"{address}?history=all"))
    assert "零报告说明 空 → 本月没有发生" in shown
    assert "零报告说明 本月没有发生 → 空" in shown
    assert "零报告人 空 → anna" in shown
    assert sign_in("bob").get(f"{address}?history=all").status_code == 404


def test_reported_rows_refuse_a_nil_return_and_end_an_earlier_one(
    year: Any, duties: Duties, sign_in: Any
) -> None:
    client = sign_in("anna")
    address = f"{PAGE}{year['finance'].pk}/"
    client.post(f"{address}nil/", {"reason": "本月没有发生"})
    duties.row(duties.cast.dm_finance, "2021-08", State.SUBMITTED, DUE)
    shown = words(client.get(address))
    assert "后来已报记录，自动作废" in shown and "已报待核" in shown
    reported = sign_in("alice").post(f"{PAGE}{year['dm'].pk}/nil/", {"reason": "没有"})
    assert reported.status_code == 422 and "不能再报零报告" in words(reported)


@pytest.mark.parametrize("who", ["dave", "lily"])
def test_who_only_reads_declares_nothing(year: Any, sign_in: Any, who: str) -> None:
    client = sign_in(who)
    assert client.post(f"{PAGE}{year['finance'].pk}/nil/", {"reason": "没有"}).status_code == 403
    assert "零报告" not in words(client.get(f"{PAGE}{year['finance'].pk}/"))


def test_the_page_of_a_row_shows_the_duty_it_serves(year: Any, duties: Duties, sign_in: Any) -> None:
    row = duties.row(duties.cast.mt_labour, "2021-08", State.SUBMITTED, DUE)
    shown = sign_in("bob").get(f"/toys/output/{row.pk}/")
    assert page(shown).select(f"a[href='{PAGE}{year['mt'].pk}/']")
    assert not page(sign_in("alice").get(f"/toys/output/{row.pk}/")).select(
        f"a[href^='{PAGE}{year['mt'].pk}']"
    )


def test_the_workbench_shows_what_is_owed_late_and_due(year: Any, sign_in: Any) -> None:
    west, east = words(sign_in("wang").get("/")), words(sign_in("carol").get("/"))
    assert "本季应报" in west and "逾期未报" in west and "逾期 14 天" in west
    assert "七日内到期" in east and "还有 6 天" in east and "逾期未报" not in east


def rule_data(duties: Duties, **changes: Any) -> dict[str, Any]:
    data = {
        "ledger": "toys.output",
        "due_days": "10",
        "minimum_rows": "1",
        "valid_from": "2021-08-01",
        "source": "玩具方案 四",
        "units": [str(duties.cast.mt_labour.pk)],
        "then": "preview",
    }
    return data | changes


def rules() -> int:
    with context.unscoped("look"):
        return ObligationRule.objects.count()


def test_a_rule_is_tried_before_it_is_saved(duties: Duties, sign_in: Any) -> None:
    client = sign_in("wang")
    tried = client.post(f"{PAGE}rules/new/", rule_data(duties))
    assert "到今天为止产生 2 项：2021年8月 1 项、2021年9月 1 项。其中 1 项截止日已过" in words(tried)
    assert rules() == 0
    saved = client.post(f"{PAGE}rules/new/", rule_data(duties, then="save"))
    assert saved.status_code == 303 and rules() == 1
    assert "县人力资源和社会保障局" in words(client.get(saved["Location"]))
    assert len(cells(client.get(PAGE, {"view": "items", "quarter": "all"}))) == 2


def test_a_trial_tells_what_is_owed_already(duties: Duties, sign_in: Any) -> None:
    client = sign_in("wang")
    client.post(f"{PAGE}rules/new/", rule_data(duties, then="save"))
    both = [str(duties.cast.mt_labour.pk), str(duties.cast.mt_yongxing.pk)]
    tried = client.post(f"{PAGE}rules/new/", rule_data(duties, units=both, due_days="20"))
    assert "产生 2 项：2021年8月 1 项、2021年9月 1 项。" in words(tried)
    assert "原有未到期的 1 项改按本规则。原有的 1 项不变。" in words(tried)


def test_a_group_stands_for_its_members_of_the_day(duties: Duties, sign_in: Any) -> None:
    with context.unscoped("test"):
        group = UnitGroup.objects.create(name="各镇", side="west")
        GroupMember.objects.create(group=group, unit=duties.cast.mt_yongxing, valid_from=date(2020, 1, 1))
        gone = {"valid_from": date(2020, 1, 1), "valid_to": date(2021, 1, 1)}
        GroupMember.objects.create(group=group, unit=duties.cast.mt_coordinator, **gone)
    data = rule_data(duties, groups=[str(group.pk)], then="save")
    assert sign_in("wang").post(f"{PAGE}rules/new/", data).status_code == 303
    with context.unscoped("look"):
        units = set(ObligationRule.objects.get().units.values_list("unit__code", flat=True))
    assert units == {"mt_labour", "mt_yongxing"}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"units": []}, "请至少选一个单位或单位组"),
        ({"ledger": "toys.workshop"}, "选择"),
        ({"minimum_rows": "0"}, "大于"),
        ({"valid_from": "昨天"}, "日期"),
        ({"source": " "}, "必填"),
        ({"due_days": "9999"}, "小于"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_what_was_typed(
    duties: Duties, sign_in: Any, changes: dict[str, Any], why: str
) -> None:
    response = sign_in("wang").post(f"{PAGE}rules/new/", rule_data(duties, then="save", **changes))
    assert response.status_code == 422 and why in words(response)
    assert rules() == 0


def test_units_of_the_other_side_cannot_be_bound(duties: Duties, sign_in: Any) -> None:
    data = rule_data(duties, units=[str(duties.cast.dm_labour.pk)], then="save", side="east")
    assert sign_in("wang").post(f"{PAGE}rules/new/", data).status_code == 422
    assert rules() == 0


def test_an_ended_rule_takes_its_open_duties_with_it(duties: Duties, sign_in: Any) -> None:
    client = sign_in("wang")
    address = client.post(f"{PAGE}rules/new/", rule_data(duties, then="save"))["Location"]
    assert client.post(f"{address}end/", {"last_day": "2021-08-31", "reason": ""}).status_code == 422
    assert client.post(f"{address}end/", {"last_day": "soon", "reason": "改按季报"}).status_code == 422
    assert client.post(f"{address}end/", {"last_day": "2021-08-31", "reason": "改按季报"}).status_code == 303
    assert "已停用" in words(client.get(address))
    shown = words(client.get(f"{address}?history=all"))
    assert "停用日期 空 → 2021-08-31" in shown
    assert "理由：改按季报" in shown
    assert f"新增应报单位 {duties.cast.mt_labour}" in shown
    assert [row[2] for row in cells(client.get(PAGE, {"view": "items", "quarter": "all"}))] == ["2021年8月"]
    assert sign_in("carol").get(f"{address}?history=all").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("bob", 403), ("dave", 404), ("carol", 404), ("root", 404)])
def test_only_coordinators_of_the_side_manage_its_rules(
    duties: Duties, sign_in: Any, who: str, status: int
) -> None:
    rule = duties.rule(duties.cast.mt_labour)
    response = sign_in(who).post(f"{PAGE}rules/{rule.pk}/end/", {"last_day": "2021-08-31", "reason": "试"})
    assert response.status_code == status
    if who != "carol":
        assert sign_in(who).get(f"{PAGE}rules/new/").status_code == 403
