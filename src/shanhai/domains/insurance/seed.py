"""The demonstration year of insurance: rules, catalogue, filings of workers, visits settled layer by layer.

The western bureau keeps who is insured and filed, the eastern one what was charged and settled. Every rate is
a value of the demonstration, from no document.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shanhai.kernel import context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_credit_code
from shanhai.registers.parties.models import Body, NumberAskingRule, Person, Unit
from shanhai.registers.seeding import Filed, Seeding, morning

from . import claims_seed, clearing_seed
from .actions import settle_visit
from .declaring import MEDICAL_INSURANCE
from .models import (
    BenefitRule,
    Care,
    CatalogueItem,
    Category,
    CategoryFavour,
    Entitlement,
    FeeLine,
    Filing,
    FilingTerm,
    Fund,
    HospitalLevel,
    Insurance,
    MedicalVisit,
    Threshold,
)
from .rules import valid_until

SOURCE = "演示数据（示例数值，非政策原文）"
SINCE = date(2020, 1, 1)
OPENING = date(2020, 10, 26)
VISITS = 48
#: How many people an account may look up by number a day.
A_DAY = 300
#: Months a filing holds, months before it may be changed, points it costs.
TERMS = {
    Filing.Kind.RESIDENCE: (None, 6, 0),
    Filing.Kind.REFERRAL: (6, 0, 10),
    Filing.Kind.EMERGENCY: (6, 0, 10),
    Filing.Kind.OTHER: (6, 0, 20),
}
#: Line and share of the pool by level of hospital.
POOL = {HospitalLevel.FIRST: (300, 80), HospitalLevel.SECOND: (600, 70), HospitalLevel.THIRD: (1500, 60)}
ITEMS = (
    ("YP001", "演示抗菌药甲", "drug", "full", 0, "38.00"),
    ("YP002", "演示降压药乙", "drug", "part", 10, "52.50"),
    ("YP003", "演示营养药", "drug", "none", 0, "0"),
    ("ZL001", "演示床位费", "treatment", "full", 0, "60.00"),
    ("ZL002", "演示手术费", "treatment", "part", 10, "6800.00"),
    ("ZL003", "演示检查费", "treatment", "part", 5, "320.00"),
    ("HC001", "演示进口耗材", "material", "part", 20, "4500.00"),
)
DIAGNOSES = ("演示诊断甲", "演示诊断乙", "演示诊断丙", "演示诊断丁")


def seed(ctx: Seeding) -> None:
    """Everything of the chapter, both sides."""
    west, east = ctx.units["mt_insurance"], ctx.units["dm_insurance"]
    with context.unscoped("演示数据"):
        _policy()
    items = [_item(east, *known) for known in ITEMS]
    hospitals = [_hospital(east, number) for number in (1, 2)]
    for rows in (list(_layers(west)), items, hospitals):
        ctx.file(Filed(row, OPENING) for row in rows)
    patients = _patients(ctx)
    known = list(_insured(ctx, west, patients))
    for model in (Entitlement, Filing):
        ctx.file(one for one in known if isinstance(one.row, model))
    visits = list(_visits(ctx, east, [here for here, _there in patients], hospitals, items))
    ctx.file(
        Filed(visit, _known_on(ctx, visit), _state(number)) for number, (visit, _lines) in enumerate(visits)
    )
    ctx.file(Filed(line, _known_on(ctx, visit), State.VERIFIED) for visit, lines in visits for line in lines)
    verified = {visit.pk for number, (visit, _lines) in enumerate(visits) if _state(number) == State.VERIFIED}
    for number, (visit, _lines) in enumerate(sorted(visits, key=lambda one: one[0].discharged_on or SINCE)):
        if number % 8 and visit.pk in verified:
            _settle(ctx, east, visit)
    clearing_seed.seed(ctx, east, hospitals)
    clearing_seed.clear(ctx, east, west)
    claims_seed.seed(ctx, west, hospitals[0], items[0], patients)


def _known_on(ctx: Seeding, visit: MedicalVisit) -> date:
    return min((visit.discharged_on or visit.admitted_on) + timedelta(days=2), ctx.today)


def _state(number: int) -> State:
    return State.SUBMITTED if number % 8 == 7 else State.VERIFIED  # noqa: PLR2004 -- one in eight waits


def _policy() -> None:
    NumberAskingRule.objects.bulk_create(
        NumberAskingRule(
            unit=unit, purpose=MEDICAL_INSURANCE.code, a_day=A_DAY, valid_from=SINCE, source=SOURCE
        )
        for unit in ("dm_insurance", "mt_insurance")
    )
    FilingTerm.objects.bulk_create(
        FilingTerm(
            kind=kind, valid_months=months, change_after=after, cut=cut, valid_from=SINCE, source=SOURCE
        )
        for kind, (months, after, cut) in TERMS.items()
    )
    favoured = {"valid_from": SINCE, "source": SOURCE}
    CategoryFavour.objects.bulk_create(
        [
            *(
                CategoryFavour(
                    category=category,
                    fund=Fund.SERIOUS,
                    line_percent=50,
                    points=5,
                    is_uncapped=True,
                    **favoured,
                )
                for category in Category.values[2:]
            ),
            CategoryFavour(
                category=Category.MINIMUM_LIVING, fund=Fund.ASSISTANCE, line_percent=0, **favoured
            ),
            CategoryFavour(
                category=Category.DESTITUTE, fund=Fund.ASSISTANCE, line_percent=0, points=40, **favoured
            ),
        ]
    )
    for code, value in ((Threshold.Code.HIGH_SELF_PAY, 5000), (Threshold.Code.YEAR_MONTHS, 6)):
        Threshold.objects.create(code=code, value=value, valid_from=SINCE, source=SOURCE)


def _layers(unit: Unit) -> Iterator[BenefitRule]:
    """Residents: the pool by level, then serious illness over the year, then assistance."""
    for level, (line, share) in POOL.items():
        yield _layer(
            unit, Fund.POOL, hospital_level=level, line=line, share=share, cap=250_000, again=50, is_cut=True
        )
    yield _layer(
        unit,
        Fund.SERIOUS,
        line=7000,
        share=60,
        second_from=30_000,
        second_share=65,
        third_from=80_000,
        third_share=70,
        cap=300_000,
        is_yearly=True,
    )
    yield _layer(unit, Fund.ASSISTANCE, line=2000, share=60, cap=50_000, is_yearly=True)


def _layer(unit: Unit, fund: Fund, **values: Any) -> BenefitRule:
    return BenefitRule(
        side=unit.side,
        owner_unit=unit,
        place=unit.place,
        insurance=Insurance.RESIDENT,
        care=Care.INPATIENT,
        fund=fund,
        code=f"YS-{fund}{values.get('hospital_level', '')}",
        turn=Fund.values.index(fund) + 1,
        valid_from=SINCE,
        source=SOURCE,
        **values,
    )


def _item(unit: Unit, code: str, name: str, kind: str, grade: str, prepay: int, limit: str) -> CatalogueItem:
    return CatalogueItem(
        side=unit.side,
        owner_unit=unit,
        place=unit.place,
        code=code,
        name=name,
        kind=kind,
        grade=grade,
        prepay=prepay,
        price_limit=Decimal(limit),
        valid_from=SINCE,
        source=SOURCE,
    )


def _hospital(unit: Unit, number: int) -> Body:
    return Body(
        side=unit.side,
        owner_unit=unit,
        place=unit.place,
        name=f"演示第{'一二'[number - 1]}医院",
        credit_code=demo_credit_code(8800 + number),
        kind=Body.Kind.HOSPITAL,
    )


def _patients(ctx: Seeding) -> list[tuple[Person, Person]]:
    """People known to both sides, the eastern row first."""
    there = {person.name: person for person in ctx.people[Side.WEST]}
    known = [(here, there[here.name]) for here in ctx.people[Side.EAST] if here.name in there]
    return known[: ctx.count(VISITS * 2 // 3, 4)]


def _insured(ctx: Seeding, unit: Unit, patients: Sequence[tuple[Person, Person]]) -> Iterator[Filed]:
    rng = ctx.random("insurance", "people")
    for number, (_here, person) in enumerate(patients):
        own = {"side": unit.side, "owner_unit": unit, "place": person.place, "person": person}
        category = rng.choices(Category.values, (40, 20, 25, 12, 3))[0]
        yield Filed(Entitlement(category=category, valid_from=SINCE, sharing="private", **own), OPENING)
        kind = rng.choices(Filing.Kind.values, (60, 15, 10, 15))[0]
        filed_on = OPENING + timedelta(days=rng.randrange(60))
        filing = Filing(
            kind=kind, care_place=ctx.places["440403"], filed_on=filed_on, sharing="private", **own
        )
        if number % 9 != 8:  # noqa: PLR2004 -- one in nine is not accepted yet
            filing.standing, filing.valid_from = Filing.Standing.EFFECTIVE, filed_on + timedelta(days=2)
            filing.valid_to = valid_until(filing.valid_from, TERMS[Filing.Kind(kind)][0])
        yield Filed(filing, filed_on)


def _visits(
    ctx: Seeding,
    unit: Unit,
    people: Sequence[Person],
    hospitals: Sequence[Body],
    items: Sequence[CatalogueItem],
) -> Iterator[tuple[MedicalVisit, list[FeeLine]]]:
    rng = ctx.random("insurance", "visits")
    for number in range(ctx.count(VISITS, 5)):
        admitted_on = date(2021, 1, 6) + timedelta(days=rng.randrange(240))
        days = rng.randrange(3, 18)
        hospital = rng.randrange(2)
        visit = MedicalVisit(
            side=unit.side,
            owner_unit=unit,
            place=unit.place,
            sharing="private",
            number=f"ZY{admitted_on:%Y%m%d}{number:03}",
            person=people[number % len(people)],
            hospital=hospitals[hospital],
            hospital_level=(HospitalLevel.THIRD, HospitalLevel.SECOND)[hospital],
            care=Care.INPATIENT,
            admitted_on=admitted_on,
            discharged_on=admitted_on + timedelta(days=days),
            diagnosis=rng.choice(DIAGNOSES),
        )
        lines = [_line(rng, visit, place, item) for place, item in enumerate(items, 1) if rng.random() < 0.8]  # noqa: PLR2004
        lines = lines or [_line(rng, visit, 1, items[0])]
        visit.billed = sum((line.quantity * line.price for line in lines), Decimal(0))
        yield visit, lines


def _line(rng: Any, visit: MedicalVisit, ordinal: int, item: CatalogueItem) -> FeeLine:
    dear = item.price_limit > 1000  # noqa: PLR2004 -- charged once or twice
    price = (item.price_limit or Decimal(120)) * rng.randrange(92, 108) / 100
    return FeeLine(
        side=visit.side,
        owner_unit=visit.owner_unit,
        place=visit.place,
        sharing="private",
        visit=visit,
        ordinal=ordinal,
        item=item,
        used_on=visit.admitted_on + timedelta(days=1),
        quantity=Decimal(rng.randrange(1, 4) if dear else rng.randrange(3, 40)),
        price=price.quantize(Decimal("0.01")),
    )


def _settle(ctx: Seeding, unit: Unit, visit: MedicalVisit) -> None:
    """As the bureau does, where nothing stands against it; the others wait with their reasons."""
    actor = ctx.reporter(unit)
    with ctx.acting(actor, morning(_known_on(ctx, visit) + timedelta(days=1)), "结算"):
        version = MedicalVisit.objects.values_list("row_version", flat=True).get(pk=visit.pk)
        try:
            settle_visit(visit.pk, actor=actor, row_version=version)
        except RuleViolated:
            return
