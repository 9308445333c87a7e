"""Lines that documents draw for rows of labour: wages one can believe, the age from which one may work."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.sealing import revealing
from shanhai.registers.parties.fields import parse_identity
from shanhai.registers.parties.models import Person

from . import rules
from .models import MonthlyFact, Threshold

type Lines = dict[str, Threshold]


def lines_in_force() -> Lines:
    """Every threshold of today, by its code. One query."""
    return {one.code: one for one in Threshold.objects.in_force(clock.today())}


def lines_of(row: Any) -> Lines:
    """Those that `keep_lines` gave the row, else asked for now."""
    if not hasattr(row, "lines_in_force"):
        keep_lines([row])
    found: Lines = row.lines_in_force
    return found


def keep_lines(rows: Sequence[Any]) -> None:
    """For all rows of a file at once."""
    lines = lines_in_force()
    for row in rows:
        row.lines_in_force = lines


def born_on(person: Person) -> date | None:
    """The day a person was born, as registered, else as the identity number says; None when neither tells."""
    if person.born_on or not person.identity_number:
        return person.born_on
    # Compared here, shown to nobody: there is no reading to record.
    with revealing("按身份证号核对年龄", lambda reading: None):
        return parse_identity(person.identity_number.reveal(), clock.today()).born_on


def age_problems(row: Any, day: date) -> list[Any]:
    """Sentences about a person who was too young to work on `day`."""
    line, born = lines_of(row).get(Threshold.Code.LEAST_AGE), born_on(row.person)
    if line is None or born is None or rules.age_on(born, day) >= line.value:
        return []
    told = {"day": day, "age": int(line.value), "source": line.source}
    return [_("到 %(day)s 未满 %(age)s 周岁，不得就业（%(source)s）。请核对出生日期和这一天。") % told]


def wage_problems(row: MonthlyFact) -> list[Any]:
    """A wage so small that it is one in 万元."""
    line = lines_of(row).get(Threshold.Code.LOW_WAGE)
    if line is None or not row.wage or row.wage >= line.value:
        return []
    told = {
        "wage": f"{row.wage.normalize():f}",
        "line": f"{line.value:,.0f}",
        "yuan": f"{row.wage * 10_000:,.0f}",
    }
    sentence = _("%(wage)s 元不到 %(line)s 元，像是按万元填的。单位是元：如为 %(wage)s 万元，请填 %(yuan)s。")
    return [sentence % told]


def wage_warnings(row: MonthlyFact) -> list[Any]:
    """A wage that is missing, or has a nought too many."""
    if row.is_in_post and row.wage is None:
        return [_("在岗而没有工资，请补填。")]
    line = lines_of(row).get(Threshold.Code.HIGH_WAGE)
    if line is not None and row.wage is not None and row.wage > Decimal(line.value):
        return [_("月工资超过 %(line)s 元，请核对。") % {"line": f"{line.value:,.0f}"}]
    return []
