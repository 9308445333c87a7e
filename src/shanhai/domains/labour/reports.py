"""Checks over all employment a reader may see. A fixed number of queries, then the rules."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from shanhai.engines.findings import Finding
from shanhai.kernel import clock

from . import rules
from .models import Destination, EmploymentSpell, MonthlyFact, Threshold


def threshold(code: Threshold.Code) -> Decimal | None:
    """The number in force today; None when nobody set one."""
    rows = Threshold.objects.in_force(clock.today()).filter(code=code)
    value: Decimal | None = rows.values_list("value", flat=True).first()
    return value


def spells() -> list[rules.Spell]:
    """Every spell within the scope in force that is not voided."""
    rows = (
        EmploymentSpell.objects.live()
        .order_by()
        .values_list(
            "id",
            "person__identity_number_index",
            "side",
            "owner_unit_id",
            "owner_unit__short_name",
            "owner_unit__name",
            "employer__name",
            "employer_name",
            "destination",
            "started_on",
            "ended_on",
        )
    )
    return [
        rules.Spell(pk, person, side, unit, short or name, employer or written, place, started_on, ended_on)
        for pk, person, side, unit, short, name, employer, written, place, started_on, ended_on in rows
    ]


def doubtful_months(line: Decimal | None) -> list[rules.Month]:
    """Months in post that have no wage or one above the line; the database leaves the others out."""
    doubtful = Q(wage__isnull=True) | (Q(wage__gt=line) if line is not None else Q())
    rows = MonthlyFact.objects.live().filter(doubtful, is_in_post=True).order_by("-period", "id")
    return [rules.Month(*row) for row in rows.values_list("id", "spell_id", "period", "is_in_post", "wage")]


def employment_findings(sides: Sequence[str]) -> list[Finding]:
    """Everything that looks wrong in rows of these sides, gravest first."""
    line = threshold(Threshold.Code.HIGH_WAGE)
    known = spells()
    side_of = {spell.id: spell.side for spell in known}
    found = [
        *rules.simultaneous(known),
        *rules.differing_sides(known, {code: str(label) for code, label in Destination.choices}),
        *rules.wages(doubtful_months(line), line),
    ]
    # The last row of a finding on wages is its spell; that of the others is a spell as well.
    return [one for one in found if _own_side(one, side_of) in sides]


def _own_side(finding: Finding, side_of: dict[Any, str]) -> str:
    return side_of.get(finding.rows[0]) or side_of.get(finding.rows[-1], "")


def people_of(spell_ids: Sequence[Any]) -> dict[Any, dict[str, Any]]:
    """Name, unit and side of spells, by id: what a page says about a finding."""
    rows = EmploymentSpell.objects.filter(pk__in=spell_ids).values(
        "id", "side", unit=F("owner_unit_id"), name=F("person__name")
    )
    return {row["id"]: row for row in rows}
