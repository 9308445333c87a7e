"""Assets leave the books: on a document, by two persons, decided by who may; what was got is followed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from samples.papers import blank_pdf
from shanhai.domains.funds.assets import actions, checking, disposal_rules, disposing, rents, reports
from shanhai.domains.funds.models import (
    Asset,
    AssetDisposal,
    AssetDistribution,
    AssetIncome,
    AssetInspection,
    AssetLease,
)
from shanhai.kernel import context
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.evidence.attach import upload
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_credit_code
from shanhai.registers.parties.models import Body

from .test_assets import make_asset

D = Decimal
TODAY = date(2021, 12, 1)


@pytest.mark.parametrize(
    ("standing", "kind", "meeting", "given", "expected"),
    [
        ("in_use", "", False, {}, []),
        ("leased", "coordinator", False, {"kinds": {"coordinator"}}, []),
        ("idle", "coordinator", False, {}, [disposal_rules.WRONG_UNIT]),
        ("idle", "", True, {}, [disposal_rules.NO_MEETING]),
        ("idle", "", True, {"has_meeting": True}, []),
        ("disposed", "", False, {}, [disposal_rules.GONE]),
        ("untitled", "", False, {"is_titled": False}, [disposal_rules.NO_TITLE]),
        ("damaged", "", False, {"is_titled": False}, [disposal_rules.NO_TITLE]),
    ],
)
def test_what_keeps_a_disposal_from_its_decision_is_told_at_once(
    standing: str, kind: str, meeting: bool, given: dict[str, Any], expected: list[str]
) -> None:
    known: dict[str, Any] = {"kinds": {"department"}, "has_meeting": False, "is_titled": True} | given
    authority = disposal_rules.Authority(kind, meeting)
    assert list(disposal_rules.lacks(standing, authority, known.pop("kinds"), **known)) == expected


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({}, []),
        ({"is_decided": False}, [disposal_rules.UNDECIDED]),
        ({"is_sale": True, "appraised": 101}, [disposal_rules.BELOW_VALUE]),
        ({"received": 99, "settled": 99}, [disposal_rules.PRICE_OPEN]),
        ({"settled": 40}, [disposal_rules.NOT_SETTLED]),
        ({"disposed_on": date(2021, 11, 20), "received": 0, "settled": 0}, []),
    ],
)
def test_money_of_a_disposal_is_followed_to_its_end(values: dict[str, Any], codes: list[str]) -> None:
    given: dict[str, Any] = {
        "asked_on": date(2021, 8, 1),
        "disposed_on": date(2021, 9, 1),
        "is_decided": True,
        "is_sale": False,
        "appraised": 100,
        "price": 100,
        "received": 100,
        "settled": 100,
    }
    one = disposal_rules.Disposed("d", **given | values)
    assert [found.code for found in disposal_rules.check_disposals([one], TODAY, 30)] == codes
    assert disposal_rules.UNDECIDED not in [
        found.code for found in disposal_rules.check_disposals([one], TODAY, None)
    ]


def test_the_year_has_as_many_parts_as_inspections() -> None:
    assert rents.part_of_year(date(2021, 9, 24), 2) == (date(2021, 7, 1), date(2021, 12, 31))
    assert rents.part_of_year(date(2021, 9, 24), 4) == (date(2021, 7, 1), date(2021, 9, 30))
    assert rents.part_of_year(date(2021, 9, 24), 1) == (date(2021, 1, 1), date(2021, 12, 31))


@pytest.fixture
def asked(cast: Any) -> AssetDisposal:
    """A let village asset whose disposal bob submitted and vera verified; without minutes of the village."""
    asset = make_asset(cast, "ZC8", standing="leased", titled_on=date(2021, 3, 20))
    own = {"side": "west", "owner_unit": cast.mt_labour, "state": State.VERIFIED, "place": cast.yongxing}
    with context.unscoped("test"):
        body = Body.objects.create(**own, name="演示合作社", credit_code=demo_credit_code(6))
        AssetLease.objects.create(
            **own,
            asset=asset,
            contract_number="JY8",
            lessee=body,
            starts_on=date(2021, 4, 1),
            leased_until=date(2022, 3, 31),
            rent=D(1000),
            rent_interval="1",
            first_due_on=date(2021, 4, 30),
        )
        return AssetDisposal.objects.create(
            **own,
            asset=asset,
            disposal_number="CZ8",
            disposal_way="sale",
            disposed_on=date(2021, 8, 1),
            disposal_cause="经营主体退出，设备淘汰",
            appraised_value=D(50_000),
            price=D(48_000),
            recipient="演示公司",
            submitted_by=cast.actor("bob").key,
        )


def decide(cast: Any, person: str, row: AssetDisposal, **values: Any) -> AssetDisposal:
    told: dict[str, Any] = {"accept": True, "reason": "同意出售", "row_version": row.row_version} | values
    with context.acting(cast.actor(person)) as current:
        return disposing.decide(row.pk, actor=current.actor, **told)


def add_minutes(cast: Any, row: AssetDisposal) -> None:
    """As if they had been there before it was verified."""
    with context.acting(cast.actor("bob")) as current:
        row.state = State.DRAFT
        row.save(update_fields=["state"])
        ledger = registry.get("funds.assetdisposal")
        upload(ledger, row, blank_pdf(), "会议.pdf", "meeting", actor=current.actor)
    with context.unscoped("test"):
        row.state = State.VERIFIED
        row.save(update_fields=["state"])


def test_a_disposal_waits_for_everything_the_rule_asks_for(asked: AssetDisposal, cast: Any) -> None:
    with pytest.raises(RuleViolated, match="缺少村民会议记录"):
        decide(cast, "vera", asked)
    with pytest.raises(RuleViolated, match="意见"):
        decide(cast, "vera", asked, reason=" ")
    with pytest.raises(Conflict):
        decide(cast, "vera", asked, accept=False, row_version=9)
    with context.unscoped("test"):
        Asset.objects.filter(pk=asked.asset_id).update(owner_level="county")
    with pytest.raises(RuleViolated, match="须由统筹部门决定"):
        decide(cast, "vera", asked)
    with context.acting(cast.actor("bob")) as current, pytest.raises(RuleViolated, match="资产处置"):
        actions.move_asset(
            asked.asset_id,
            standing="disposed",
            since=date(2021, 8, 1),
            reason="卖了",
            actor=current.actor,
            row_version=1,
        )
    assert decide(cast, "wang", asked).decided_on == date(2021, 9, 24)


def test_who_asked_for_a_disposal_never_decides_on_it(asked: AssetDisposal, cast: Any) -> None:
    add_minutes(cast, asked)
    with context.unscoped("test"):
        AssetDisposal.objects.filter(pk=asked.pk).update(submitted_by=cast.actor("vera").key)
    with pytest.raises(RuleViolated, match="由他人决定"):
        decide(cast, "vera", asked)
    assert decide(cast, "wang", asked, accept=False).state == State.RETURNED


def test_a_decided_disposal_takes_the_asset_out_of_the_books_and_ends_its_contracts(
    asked: AssetDisposal, cast: Any, client_of: Any
) -> None:
    kept = make_asset(cast, "ZC9")
    add_minutes(cast, asked)
    with context.acting(cast.actor("wang")) as current:
        before = reports.count_assets(reports.asked_assets(current.actor, {}))
    decided = decide(cast, "vera", asked)
    assert decided.deciding_note == "同意出售"
    with context.acting(cast.actor("wang")) as current:
        asset = Asset.objects.get(pk=asked.asset_id)
        assert (asset.standing, asset.standing_since) == ("disposed", date(2021, 8, 1))
        assert AssetLease.objects.get().ended_early_on == date(2021, 8, 1)
        found = reports.asked_assets(current.actor, {})
        after = reports.count_assets(found)
        assert before.every.value - after.every.value == asset.original_value
        lines = {row.cells[:2]: row.cells[2] for row in reports.totals_paper(found).tables[0].rows}
        assert (lines["不计入", "处置"], lines["合计", ""]) == (1, 1)
        assert kept.original_value == after.every.value
        codes = [one.code for one in checking.findings()]
    assert {disposal_rules.BELOW_VALUE, disposal_rules.PRICE_OPEN} <= set(codes)
    with pytest.raises(RuleViolated, match="没有在等决定"):
        decide(cast, "wang", asked, row_version=decided.row_version)
    wang = client_of("wang")
    page = wang.get("/funds/assets/checks/?code=price_open").content.decode()
    assert "督办" in page  # a slip in one step
    details = wang.get("/api/v1/funds/assets/reports/details/").json()["rows"]
    assert [row[0] for row in details[:-1]] == ["ZC9"]


def test_proceeds_reach_the_distribution_and_the_book_opens_to_them(
    asked: AssetDisposal, cast: Any, client_of: Any
) -> None:
    add_minutes(cast, asked)
    decide(cast, "vera", asked)
    own = {"side": "west", "owner_unit": cast.mt_labour, "state": State.VERIFIED, "place": cast.yongxing}
    with context.unscoped("test"):
        income = AssetIncome.objects.create(
            **own,
            asset=asked.asset,
            disposal=asked,
            income_kind="disposal",
            income_voucher="SK8",
            amount=D(48_000),
            earned_on=date(2021, 8, 5),
        )
        AssetDistribution.objects.create(
            **own,
            asset_income=income,
            decision_number="FP8",
            decision_day=date(2021, 8, 9),
            village_meeting="永兴村民代表会议",
            amount=D(40_000),
        )
    bob = client_of("bob")
    answer = bob.get("/api/v1/funds/assets/reports/disposals/").json()
    assert answer["rows"][0][5:10] == ["300000.00", "50000.00", "48000.00", "48000.00", "40000.00"]
    for url in filter(None, answer["opens"][0]):
        assert bob.get(url).status_code == 200
    assert "处置台账" in bob.get("/funds/assets/disposals/").content.decode()
    assert bob.get("/funds/assets/disposals/?format=docx").content[:2] == b"PK"
    found = {one["code"] for one in bob.get("/api/v1/funds/assets/checks/").json()["items"]}
    assert disposal_rules.NOT_SETTLED in found
    assert disposal_rules.PRICE_OPEN not in found
    beside = bob.get(f"/funds/asset/{asked.asset_id}/").content.decode()
    assert "资产处置（CZ8）" in beside


def test_the_form_beside_a_disposal_decides_it_and_the_api_says_what_is_missing(
    asked: AssetDisposal, cast: Any, client_of: Any
) -> None:
    vera = client_of("vera")
    url = f"/funds/assetdisposal/{asked.pk}/"
    assert "缺少村民会议记录" in vera.get(url).content.decode()
    sent = {"accept": True, "reason": "同意", "row_version": asked.row_version}
    api = f"/api/v1/funds/assetdisposal/{asked.pk}/decide/"
    refused = vera.post(api, sent, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "disposal_closed")
    add_minutes(cast, asked)
    assert "同意处置" in vera.get(url).content.decode()
    form = {"decision": "accept", "reason": "同意", "row_version": asked.row_version}
    assert "已登记" in vera.post(f"{url}decide/", form, follow=True).content.decode()


def test_who_still_owes_an_inspection_stands_by_unit(cast: Any, client_of: Any) -> None:
    seen, unseen = make_asset(cast, "ZC1"), make_asset(cast, "ZC2", caretaker="永兴村委会")
    own = {"side": "west", "owner_unit": cast.mt_labour, "state": State.VERIFIED}
    with context.unscoped("test"):
        AssetInspection.objects.create(**own, asset=seen, inspected_on=date(2021, 9, 1), condition="good")
    bob = client_of("bob")
    answer = bob.get("/api/v1/funds/assets/reports/inspections/").json()
    unit, owing = answer["rows"]
    assert unit[:6] == ["县人力资源和社会保障局", "小计", "", "", 2, 1]
    assert owing[1:] == [unseen.name, "永兴镇", "永兴村委会", None, None, None, "2021-09-01", 23]
    page = bob.get("/funds/assets/inspections/").content.decode()
    assert "还欠巡查 1 项" in page
    assert bob.get("/funds/assets/inspections/?format=xlsx").status_code == 200
