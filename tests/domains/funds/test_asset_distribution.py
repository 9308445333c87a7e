"""What assets earned is given out: never more than came in, the monitored first, a notice without names."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shanhai.domains.funds.assets import checking, distributing
from shanhai.domains.funds.models import (
    AssetDistribution,
    AssetIncome,
    DistributionPayment,
    DistributionShare,
)
from shanhai.kernel import context
from shanhai.kernel.workflow import State

from .test_assets import make_asset

D = Decimal


@pytest.mark.parametrize(
    ("shares", "paid", "today", "codes"),
    [
        ({"monitored": 60, "collective": 40}, 100, date(2021, 12, 1), []),
        ({"monitored": 60}, 100, date(2021, 12, 1), [distributing.SHARES_DIFFER]),
        ({"ex_poor": 100}, 100, date(2021, 12, 1), [distributing.NOT_FIRST]),
        ({"collective": 100}, 100, date(2021, 12, 1), []),
        ({"monitored": 100}, 99, date(2021, 9, 1), []),
        ({"monitored": 100}, 99, date(2021, 9, 2), [distributing.PAYOUT_LATE]),
    ],
)
def test_distributions_are_checked(shares: dict[str, int], paid: int, today: date, codes: list[str]) -> None:
    held = {kind: D(amount) for kind, amount in shares.items()}
    one = distributing.Decided("d", D(100), date(2021, 8, 1), held, D(paid))
    assert [found.code for found in distributing.check_distributions([one], today, 31)] == codes


@pytest.fixture
def given_out(cast: Any) -> dict[str, Any]:
    """10,000 yuan came in, 8,000 of it were decided on, 5,000 for monitored households, 2,000 paid."""
    asset = make_asset(cast, "ZC7")
    own = {"side": "west", "owner_unit": cast.mt_labour, "state": State.VERIFIED, "place": cast.yongxing}
    with context.unscoped("test"):
        income = AssetIncome.objects.create(
            **own, asset=asset, income_voucher="SK7", amount=D(10_000), earned_on=date(2021, 7, 1)
        )
        decided = AssetDistribution.objects.create(
            **own,
            asset_income=income,
            decision_number="FP7",
            decision_day=date(2021, 7, 20),
            village_meeting="永兴村民代表会议",
            amount=D(8000),
        )
        share = DistributionShare.objects.create(
            **own, distribution=decided, share_kind="monitored", share_households=12, amount=D(5000)
        )
        DistributionPayment.objects.create(
            **own,
            distribution_share=share,
            payout_voucher="DF7",
            amount=D(2000),
            paid_out_on=date(2021, 8, 1),
        )
    return {"own": own, "asset_income": income, "decided": decided, "distribution_share": share}


def test_never_more_is_given_than_came_in_nor_paid_than_was_given(given_out: dict[str, Any]) -> None:
    own = given_out["own"]
    day = date(2021, 8, 2)
    tries: list[Any] = [
        AssetDistribution(
            **own,
            asset_income=given_out["asset_income"],
            decision_number="FP8",
            decision_day=day,
            village_meeting="会议",
            amount=D("2000.01"),
        ),
        DistributionShare(**own, distribution=given_out["decided"], share_kind="posts", amount=D("3000.01")),
        DistributionPayment(
            **own,
            distribution_share=given_out["distribution_share"],
            payout_voucher="DF8",
            amount=D("3000.01"),
            paid_out_on=day,
        ),
    ]
    with context.unscoped("test"):
        for row in tries:
            with pytest.raises(IntegrityError, match="more than there is"), transaction.atomic():
                row.save(force_insert=True)
            row.amount -= D("0.01")
            row.save(force_insert=True)


def test_the_notice_tells_kinds_and_numbers_and_no_names(given_out: dict[str, Any], client_of: Any) -> None:
    bob = client_of("bob")
    answer = bob.get("/api/v1/funds/assets/reports/distributions/").json()
    assert answer["title"] == "收益分配公示"
    assert answer["rows"][0][5:] == ["监测户", 12, "5000.00", "2000.00", "3000.00"]
    for url in filter(None, answer["opens"][0]):
        assert bob.get(url).status_code == 200
    assert "监测户" in bob.get("/funds/assets/distributions/").content.decode()
    assert bob.get("/funds/assets/distributions/?format=docx").content[:2] == b"PK"
    codes = {one["code"] for one in bob.get("/api/v1/funds/assets/checks/").json()["items"]}
    assert {distributing.SHARES_DIFFER, distributing.PAYOUT_LATE} <= codes
    assert checking.LABELS[distributing.NOT_FIRST]
