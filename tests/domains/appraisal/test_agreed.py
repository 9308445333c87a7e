"""What an agreement binds each side to: done, rate and quotas on one page, each number open, both ways."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shanhai.domains.appraisal.agreed_pages import CHECKS
from shanhai.domains.appraisal.agreed_reports import lines
from shanhai.domains.appraisal.models import AgreementTarget, IndicatorTarget
from shanhai.domains.funds.models import AidAgreement
from shanhai.kernel import context


@pytest.fixture
def agreed(cast: Any) -> dict[str, AgreementTarget]:
    """Two governors' visits each way are agreed; the east has given out one of two to a unit."""
    own: dict[str, Any] = {
        "side": "east", "owner_unit": cast.dm_coordinator, "sharing": "joint", "state": "verified",
        "partner_unit": cast.mt_coordinator,
    }  # fmt: skip
    with context.unscoped("example"):
        agreement = AidAgreement.objects.create(
            number="1号",
            period="2021",
            partner=cast.meitan,
            amount=Decimal(1),
            signed_on=date(2021, 4, 20),
            **own,
        )  # fmt: skip
        found = {
            side: AgreementTarget.objects.create(
                agreement=agreement, code="ORG-1", bearing_side=side, value=Decimal(2), **own
            )
            for side in ("east", "west")
        }
        IndicatorTarget.objects.create(
            code="ORG-1", side="east", year=2021, unit=cast.dm_labour, value=Decimal(1), source="分解表"
        )
        IndicatorTarget.objects.create(code="ORG-1", side="east", year=2021, value=Decimal(3), source="协议")
    return found


def test_both_sides_stand_on_one_table_and_quotas_only_of_ones_own(agreed: Any, as_actor: Any) -> None:
    with as_actor("carol") as carol:
        east, west = lines(carol, 2021)
    assert (east.row.bearing_side, east.rolled.difference("unit"), east.rolled.own_difference) == (
        "east",
        -1,
        1,
    )
    assert (west.rolled.difference("unit"), west.rolled.own_difference, west.is_own) == (None, None, False)
    assert (east.done, east.rate, east.gap) == (0, 0, -2)


def test_what_does_not_add_up_is_found_for_the_side_that_bears_it(
    cast: Any, agreed: Any, as_actor: Any
) -> None:
    with as_actor("carol") as carol:
        found = CHECKS.found(carol)
    assert {one.code for one in found} == {"quota_short", "target_differs"}
    assert {one.unit_id for one in found} == {str(cast.dm_coordinator.pk)}
    assert any("分到单位合计 1" in one.sentence and "差 −1" in one.sentence for one in found)
    with as_actor("wang") as wang:
        assert {one.code for one in CHECKS.found(wang)} == {"quota_missing"}


def test_the_page_the_files_and_the_api_tell_the_same(agreed: Any, sign_in: Any) -> None:
    browser = sign_in("carol")
    page = browser.get("/appraisal/agreed/?year=2021").content.decode()
    assert "协议完成情况表" in page and "1号" in page
    assert f"/appraisal/agreementtarget/{agreed['east'].pk}/" in page and "of=unit" in page
    for form in ("xlsx", "docx"):
        assert browser.get(f"/appraisal/agreed/?year=2021&format={form}").status_code == 200
    told = browser.get("/api/v1/agreed/?year=2021").json()
    assert [one["units_difference"] for one in told] == ["-1.0000", ""]
    opened = browser.get("/appraisal/targets/?code=ORG-1&year=2021&of=unit").content.decode()
    assert "分解表" in opened and ">协议<" not in opened
    assert browser.get("/appraisal/agreed/?year=99").status_code == 422
    years = browser.get("/appraisal/targets/years/").content.decode()
    assert "2021" in years and "分年目标" in years
