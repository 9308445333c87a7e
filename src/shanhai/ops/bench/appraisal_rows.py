"""Rows of the benchmark of indicators, kept by five hundred units in turn."""

from datetime import date

from shanhai.kernel import clock, context
from shanhai.registers.parties.models import Unit

from . import indicator_rows
from .appraisal import UNITS
from .ground import TODAY


def fill(rows: str) -> None:
    """Units first, under the western government."""
    with clock.at(TODAY), context.unscoped("benchmark"):
        above = Unit.objects.filter(side="west").earliest("path")
        units = [
            Unit(
                code=f"bench{number:03}",
                name=f"演示单位{number}",
                kind=Unit.Kind.DEPARTMENT,
                parent=above,
                path=f"{above.path}.bench{number:03}",
                side="west",
                valid_from=date(2017, 1, 1),
            )
            for number in range(UNITS)
        ]
        Unit.objects.bulk_create(units)
    indicator_rows.fill(rows, [one.pk for one in units])
