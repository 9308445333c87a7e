"""The worked example of the field as rows: insured in Meitan, treated in Doumen."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from shanhai.domains.insurance.models import (
    BenefitRule,
    CatalogueItem,
    Category,
    CategoryFavour,
    Entitlement,
    FeeLine,
    Filing,
    FilingTerm,
    Fund,
    MedicalVisit,
)
from shanhai.kernel import context
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Body, Person

SINCE = date(2021, 1, 1)
NUMBER = demo_identity(area=328, born_on=date(1990, 1, 1), serial=77)


@pytest.fixture
def example(cast: Any) -> SimpleNamespace:
    """Bill of 42,000: 3,200 own-pay, 300 over the price, 2,500 paid first; long-term filing."""
    with context.unscoped("example"):
        return _example(cast)


def _rules(west: dict[str, Any]) -> None:
    """How long a filing lasts, three layers, and what monitored households have better in the second."""
    for kind, months, cut in (("residence", None, 0), ("referral", 6, 10), ("other", 6, 20)):
        FilingTerm.objects.create(
            kind=kind, valid_months=months, change_after=6, cut=cut, valid_from=SINCE, source="演示"
        )
    for turn, (fund, line, cap) in enumerate(
        ((Fund.POOL, 1500, 250_000), (Fund.SERIOUS, 7000, None), (Fund.ASSISTANCE, 2000, None)), 1
    ):
        BenefitRule.objects.create(
            insurance="390",
            care="inpatient",
            code=f"G{turn}",
            fund=fund,
            turn=turn,
            line=line,
            share=60,
            cap=cap,
            is_cut=fund == Fund.POOL,
            is_yearly=fund == Fund.SERIOUS,
            valid_from=SINCE,
            source="演示",
            **west,
        )
    CategoryFavour.objects.create(
        category=Category.MONITORED,
        fund=Fund.SERIOUS,
        line_percent=50,
        points=5,
        valid_from=SINCE,
        source="演示",
    )


def _example(cast: Any) -> SimpleNamespace:
    west = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing, "state": State.VERIFIED}
    east = {"side": "east", "owner_unit": cast.dm_labour, "state": State.VERIFIED}
    there = Person.objects.create(name="李演示", identity_number=NUMBER, sharing="private", **west)
    here = Person.objects.create(name="李演示", identity_number=NUMBER, sharing="private", **east)
    _rules(west)
    entitlement = Entitlement.objects.create(person=there, valid_from=SINCE, **west)
    filing = Filing.objects.create(
        person=there,
        kind="residence",
        care_place=cast.yongxing,
        filed_on=SINCE,
        standing=Filing.Standing.EFFECTIVE,
        valid_from=SINCE,
        **west,
    )
    hospital = Body.objects.create(name="演示医院", credit_code=demo_credit_code(91), kind="hospital", **east)
    made = SimpleNamespace(cast=cast, east=east, here=here, there=there, hospital=hospital)
    made.items = [_item(east, *known) for known in ITEMS]
    made.entitlement, made.filing = entitlement, filing
    made.visit = visit(made, "ZY1")
    return made


#: Code, grade, first-pay share, limit; and what is charged of it.
ITEMS = (("A", "none", 0, 0), ("B", "full", 0, 1700), ("C", "part", 25, 10_000), ("D", "full", 0, 26_800))
CHARGED = ((1, 3200), (1, 2000), (1, 10_000), (1, 26_800))


def _item(east: Any, code: str, grade: str, prepay: int, limit: int) -> CatalogueItem:
    return CatalogueItem.objects.create(
        code=code,
        name=f"演示项目{code}",
        kind="drug",
        grade=grade,
        prepay=prepay,
        price_limit=limit,
        valid_from=SINCE,
        source="演示",
        **east,
    )


def visit(
    made: Any, number: str, first: date = date(2021, 8, 1), last: date = date(2021, 8, 12)
) -> MedicalVisit:
    """Another visit with the same bill."""
    with context.unscoped("example"):
        row = MedicalVisit.objects.create(
            number=number,
            person=made.here,
            hospital=made.hospital,
            hospital_level="3",
            care="inpatient",
            admitted_on=first,
            discharged_on=last,
            billed=Decimal(42_000),
            diagnosis="演示诊断",
            sharing="private",
            **made.east,
        )
        for ordinal, (item, (quantity, price)) in enumerate(zip(made.items, CHARGED, strict=True), 1):
            FeeLine.objects.create(
                visit=row,
                ordinal=ordinal,
                item=item,
                used_on=first,
                quantity=quantity,
                price=price,
                **made.east,
            )
    return row
