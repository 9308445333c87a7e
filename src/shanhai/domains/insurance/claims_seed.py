"""The demonstration of claims by hand: one paid, one between the reviews, one sent back, one that waits."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from shanhai.kernel import context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.registers.parties.models import Body, Person, Unit
from shanhai.registers.seeding import Filed, Seeding, morning

from . import claims
from .models import Care, CatalogueItem, FeeLine, HospitalLevel, ManualClaim, MedicalVisit, Threshold

SOURCE = "演示数据（示例数值，非政策原文）"
Status = ManualClaim.Status
#: How far each claim goes.
WAYS: tuple[tuple[ManualClaim.Status, ...], ...] = (
    (Status.FIRST_PASSED, Status.PASSED, Status.PAID),
    (Status.FIRST_PASSED,),
    (Status.SENT_BACK,),
    (),
)
BACK = "缺少医疗收费票据原件，请补齐后再申请。"
PRICE, QUANTITY = Decimal("36.00"), Decimal(200)


def seed(
    ctx: Seeding, unit: Unit, hospital: Body, item: CatalogueItem, patients: Sequence[tuple[Person, Person]]
) -> None:
    """Treated before any filing took effect: the visits stand with the insured place."""
    with context.unscoped("演示数据"):
        Threshold.objects.create(
            code=Threshold.Code.MANUAL_MONTHS, value=12, valid_from=date(2020, 1, 1), source=SOURCE
        )
    for number, (way, (_here, person)) in enumerate(zip(WAYS, patients, strict=False), 1):
        visit, line = _visit(unit, hospital, item, person, number)
        applied_on = date(2021, 2, 2) + timedelta(days=9 * number)
        own = {"side": unit.side, "owner_unit": unit, "place": unit.place, "sharing": "private"}
        claim = ManualClaim(number=f"SG2021{number:03}", visit=visit, applied_on=applied_on, **own)
        for row in (visit, line, claim):
            ctx.file([Filed(row, applied_on)])
        _go(ctx, claim, applied_on + timedelta(days=8), way, unit)


def _visit(
    unit: Unit, hospital: Body, item: CatalogueItem, person: Person, number: int
) -> tuple[MedicalVisit, FeeLine]:
    own = {"side": unit.side, "owner_unit": unit, "place": unit.place, "sharing": "private"}
    admitted_on = date(2020, 10, 12) + timedelta(days=number)
    visit = MedicalVisit(
        number=f"SGZY{number:03}",
        person=person,
        hospital=hospital,
        hospital_level=HospitalLevel.SECOND,
        care=Care.INPATIENT,
        admitted_on=admitted_on,
        discharged_on=admitted_on + timedelta(days=6),
        billed=PRICE * QUANTITY,
        **own,
    )
    line = FeeLine(
        visit=visit,
        ordinal=1,
        item=item,
        used_on=admitted_on,
        quantity=QUANTITY,
        price=PRICE,
        **own,
    )
    return visit, line


def _go(ctx: Seeding, claim: ManualClaim, day: date, way: Sequence[ManualClaim.Status], unit: Unit) -> None:
    """Step by step; the second review is the coordinator's."""
    for step in way:
        actor: Actor = ctx.reporter(unit)
        if step is Status.PASSED:
            actor = ctx.actors[("mt_coordinator", "coordinator")]
        with ctx.acting(actor, morning(day)):
            version = ManualClaim.objects.values_list("row_version", flat=True).get(pk=claim.pk)
            reason = BACK if step is Status.SENT_BACK else ""
            try:
                claims.advance_claim(claim.pk, status=step, actor=actor, row_version=version, reason=reason)
            except RuleViolated:
                return  # as the bureau would: what cannot be paid waits with its number
        day += timedelta(days=3)
