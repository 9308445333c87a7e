"""资金对账: both sides read the same to the cent; findings along the chain stand with whose rows they are."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shanhai.domains.funds.models import AidAgreement, BudgetItem, Project, TransferReceived, TransferSent
from shanhai.kernel import context

ADDRESS = "/funds/reconciliation/?period=2021"


@pytest.fixture
def books(cast: Any) -> None:
    """Two transfers agree, of one fifty yuan are missing, one has not arrived."""
    east = {"side": "east", "owner_unit": cast.dm_finance, "state": "verified", "period": "2021"}
    west = {"side": "west", "owner_unit": cast.mt_coordinator, "state": "verified", "period": "2021"}
    with context.unscoped("test"):
        agreement = AidAgreement.objects.create(
            **{**east, "sharing": "joint", "owner_unit": cast.dm_coordinator},
            number="协1",
            partner=cast.meitan,
            partner_unit=cast.mt_coordinator,
            amount=Decimal(2000),
            signed_on=date(2021, 4, 1),
        )
        item = BudgetItem.objects.create(
            **east,
            agreement=agreement,
            code="YS-1",
            source_level="city",
            use="industry",
            amount=Decimal(1500),
            passed_on=date(2021, 5, 6),
        )
        sent = {"YZ-1": "300.00", "YZ-2": "450.00", "YZ-3": "200.01"}
        for voucher, amount in sent.items():
            TransferSent.objects.create(
                **east,
                budget_item=item,
                voucher_number=voucher,
                amount=Decimal(amount),
                sent_on=date(2021, 6, 1),
            )
        for voucher, amount in {"YZ-1": "300.00", "YZ-2": "400.00"}.items():
            TransferReceived.objects.create(
                **west,
                agreement=agreement,
                voucher_number=voucher,
                source_level="city",
                amount=Decimal(amount),
                received_on=date(2021, 6, 3),
            )


@pytest.mark.parametrize("reader", ["carol", "wang"])
def test_both_sides_read_what_differs_by_how_much_and_for_how_long(
    books: None, sign_in: Any, reader: str
) -> None:
    page = sign_in(reader).get(ADDRESS).content.decode()
    assert "拨出 950.01 元，到账 700.00 元，相差 -250.01 元；2 笔没有对上。" in page
    assert "凭证相同，金额不同" in page
    assert "已拨出，未到账" in page


def test_the_answer_of_the_api_has_every_entry_of_both_books(books: None, sign_in: Any) -> None:
    answer = sign_in("wang").get("/api/v1/funds/reconciliation/?period=2021").json()
    assert (answer["sent"], answer["received"]) == ("950.01", "700.00")
    told = {one["sent"]["voucher_number"]: (one["fit"], one["difference"]) for one in answer["pairs"]}
    assert told == {
        "YZ-1": ("equal", "0.00"),
        "YZ-2": ("amount", "-50.00"),
        "YZ-3": ("only_sent", "-200.01"),
    }
    assert answer["by_level"]["sent"] == {"city": "950.01"}
    assert answer["chain"]["budgeted"] == "1500.00"


def test_the_report_is_taken_along(books: None, sign_in: Any) -> None:
    browser = sign_in("wang")
    assert browser.get(f"{ADDRESS}&format=xlsx").headers["Content-Disposition"]
    assert browser.get(f"{ADDRESS}&format=docx").status_code == 200
    assert browser.get("/funds/reconciliation/?period=2021-05").status_code == 422


def test_a_budget_below_the_agreement_is_told_to_both_and_gaps_to_the_county(
    books: None, project: Project, sign_in: Any
) -> None:
    ours, theirs = (sign_in(one).get("/funds/chain/checks/").content.decode() for one in ("wang", "carol"))
    assert "预算安排 0.15 万元，少 0.05 万元，自 2021-05-06 起可知。" in ours
    assert "预算安排低于协议" in theirs
    assert "没有写明来自哪条指标" in ours
    assert "没有写明来自哪条指标" not in theirs
