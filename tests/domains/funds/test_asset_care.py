"""Care for assets: rents that fall due and are received, inspections with photos, alarms."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from samples.papers import blank_pdf
from shanhai.domains.funds.assets import care_lookup, caring, checking, rents, rules
from shanhai.domains.funds.models import AssetIncome, AssetInspection, AssetLease
from shanhai.kernel import context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_credit_code
from shanhai.registers.parties.models import Body

from .test_assets import make_asset

D = Decimal


def lease(**values: Any) -> rents.Lease:
    given: dict[str, Any] = {
        "id": "l",
        "starts_on": date(2021, 1, 1),
        "ends_on": date(2021, 12, 31),
        "rent": D(100),
        "interval": 3,
        "first_due_on": date(2021, 1, 31),
    }
    return rents.Lease(**given | values)


def test_rents_fall_due_counted_from_the_first_and_end_with_the_contract() -> None:
    days = [one.due_on for one in rents.dues(lease())]
    assert days == [date(2021, 1, 31), date(2021, 4, 30), date(2021, 7, 31), date(2021, 10, 31)]
    assert len(rents.dues(lease(ends_on=date(2021, 4, 29)))) == 1
    assert len(rents.dues(lease(interval=1))) == 12


@given(st.decimals(0, 1000, places=2), st.sampled_from([1, 3, 6, 12]))
def test_what_came_settles_the_oldest_first_and_nothing_is_lost(received: Decimal, interval: int) -> None:
    found = rents.dues(lease(received=received, interval=interval))
    assert sum(one.received for one in found) == min(received, sum(one.amount for one in found))
    opened = [bool(one.open) for one in found]
    assert opened == sorted(opened)


@pytest.mark.parametrize(
    ("received", "today", "late"),
    [
        (0, date(2021, 2, 7), 0),
        (0, date(2021, 2, 8), 1),
        (100, date(2021, 5, 7), 0),
        (100, date(2021, 5, 8), 1),
        ("100.01", date(2021, 8, 8), 2),
        (400, date(2022, 8, 8), 0),
    ],
)
def test_a_rent_is_overdue_when_its_grace_is_over(received: Any, today: date, late: int) -> None:
    held = lease(received=D(received))
    assert len(rents.overdue(held, today, 7)) == late
    assert len(list(rents.check_rents([held], today, 7))) == bool(late)
    assert not list(rents.check_rents([held], today, None))


def looked(**values: Any) -> rents.Looked:
    return rents.Looked(**{"id": "a", "formed_on": date(2021, 1, 15), "standing": "in_use"} | values)


@pytest.mark.parametrize(
    ("values", "today", "codes"),
    [
        ({}, date(2021, 7, 15), []),
        ({}, date(2021, 7, 16), [rents.UNINSPECTED]),
        ({"inspected_on": date(2021, 7, 1), "condition": "good"}, date(2021, 12, 31), []),
        ({"inspected_on": date(2021, 7, 1), "condition": "idle"}, date(2021, 8, 1), [rents.UNLIKE]),
        ({"standing": rules.DISPOSED}, date(2023, 1, 1), []),
        (
            {"standing": "idle", "condition": "idle", "inspected_on": date(2021, 7, 1)},
            date(2021, 8, 1),
            [],
        ),
    ],
)
def test_assets_are_looked_at_in_equal_steps_of_the_year(
    values: dict[str, Any], today: date, codes: list[str]
) -> None:
    assert [one.code for one in rents.check_inspections([looked(**values)], today, 2)] == codes


@pytest.fixture
def let(cast: Any) -> AssetLease:
    """An asset let since March, quarterly; the first rent came, the second of June did not."""
    asset = make_asset(cast, "ZC9", standing="leased", titled_on=date(2021, 3, 1))
    with context.unscoped("test"):
        own = {"side": "west", "owner_unit": cast.mt_labour, "state": State.VERIFIED}
        body = Body.objects.create(**own, name="演示合作社", credit_code=demo_credit_code(5))
        row = AssetLease.objects.create(
            **own,
            asset=asset,
            contract_number="JY1",
            lessee=body,
            starts_on=date(2021, 3, 1),
            leased_until=date(2022, 2, 28),
            rent=D(5000),
            rent_interval="3",
            first_due_on=date(2021, 3, 15),
        )
        AssetIncome.objects.create(
            **own,
            asset=asset,
            lease=row,
            income_voucher="SK1",
            income_kind="rent",
            amount=D(5000),
            earned_on=date(2021, 3, 10),
        )
    return row


def test_the_book_of_rents_tells_what_is_open_and_late(let: AssetLease, client_of: Any) -> None:
    bob = client_of("bob")
    answer = bob.get("/api/v1/funds/assets/reports/rents/?day=2021-07-01").json()
    assert [row[3:9] for row in answer["rows"]] == [
        [1, "2021-03-15", "5000.00", "5000.00", "0.00", None],
        [2, "2021-06-15", "5000.00", "0.00", "5000.00", 16],
        [None, None, "10000.00", "5000.00", "5000.00", None],
    ]
    page = bob.get("/funds/assets/rents/?day=2021-07-01").content.decode()
    assert "租金逾期" in page
    beside = bob.get(f"/funds/assetlease/{let.pk}/").content.decode()
    assert "逾期" in beside
    assert bob.get("/funds/assets/rents/?format=docx").content[:2] == b"PK"


def test_a_contract_that_ends_early_asks_for_no_further_rent(let: AssetLease, cast: Any) -> None:
    with context.acting(cast.actor("bob")) as current:
        told = {"actor": current.actor, "row_version": 1}
        for day, reason in ((None, "x"), (date(2021, 6, 1), " "), (date(2022, 3, 1), "x")):
            with pytest.raises(RuleViolated):
                caring.end_lease(let.pk, ended_on=day, reason=reason, **told)
        caring.end_lease(let.pk, ended_on=date(2021, 6, 1), reason="经营主体退出", **told)
        [(_row, held)] = care_lookup.leases()
        assert [one.due_on for one in rents.dues(held)] == [date(2021, 3, 15)]
        assert rents.RENT_OVERDUE not in [one.code for one in checking.findings()]


def test_an_inspection_on_the_round_is_submitted_with_its_photo(let: AssetLease, client_of: Any) -> None:
    bob = client_of("bob")
    assert let.asset.name in bob.get("/funds/assets/rounds/").content.decode()
    assert "资产巡查" in bob.get("/").content.decode()
    [due] = bob.get("/api/v1/funds/assets/rounds/").json()
    assert due["code"] == "ZC9"
    sent = {"condition": "idle", "note": "大门上锁", "inspected_on": "2021-09-20", "back": "rounds"}
    url = f"/funds/asset/{let.asset_id}/inspect/"
    refused = bob.post(url, sent, follow=True).content.decode()
    assert "请拍一张巡查照片" in refused
    picture = SimpleUploadedFile("a.pdf", blank_pdf(), "application/pdf")
    done = bob.post(url, {**sent, "photo": picture}, follow=True).content.decode()
    assert "已记下" in done
    with context.unscoped("test"):
        row = AssetInspection.objects.get()
    assert (row.state, row.condition) == (State.SUBMITTED, "idle")
    assert "a.pdf" in bob.get(f"/funds/assetinspection/{row.pk}/").content.decode()
    assert bob.get("/api/v1/funds/assets/rounds/").json() == []
    found = bob.get("/api/v1/funds/assets/checks/").json()["items"]
    assert {one["code"] for one in found} >= {rents.RENT_OVERDUE, rents.UNLIKE}
