"""Custom fields in files: read like national ones, then one value of `extra` for each line.

Each line is judged by the fields of the unit its row is to have. Where no unit added any, nothing is done.
"""

from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.custom.definitions import book
from shanhai.kernel.custom.judging import missing
from shanhai.kernel.custom.values import merged
from shanhai.kernel.sheets.coded import Coded
from shanhai.kernel.sheets.reading import ABSENT

from .batch import NEW, Batch

#: The column of the row that holds them.
EXTRA = "extra"


def fold_customs(batch: Batch) -> None:
    """What each line says becomes its `extra`; which fields it changes joins the others."""
    for name in [name for name in batch.customs if name in batch.values]:
        batch.custom_values[name] = batch.values.pop(name)
    if not batch.custom_values:
        return
    stored: list[dict[str, Any]] = batch.stored.columns[EXTRA]
    folded: list[Any] = [ABSENT] * len(batch)
    columns = [(name, list(column)) for name, column in batch.custom_values.items()]
    for line, position in enumerate(batch.match):
        said = {name: values[line] for name, values in columns if values[line] is not ABSENT}
        before = {} if position == NEW else stored[position]
        after = merged(before, said)
        if after == before:
            continue
        folded[line] = after
        if position != NEW:
            keys = {name: batch.customs[name].custom_key for name in said}
            names = [name for name, key in keys.items() if before.get(key) != after.get(key)]
            batch.changed[line] = (*batch.changed.get(line, ()), EXTRA, *names)
    batch.values[EXTRA] = Coded.each(folded)


def judge_customs(batch: Batch) -> None:
    """Fields belong to the rows of their unit, and what it requires is asked of new rows and not emptied."""
    definitions = book().of_ledger(batch.ledger.key)
    if not definitions:
        return
    lines = batch.writes()
    required: dict[Any, list[Any]] = {}
    for one in definitions:
        if one.is_required and not one.is_retired:
            required.setdefault(one.unit_id, []).append(one)
    extras = batch.finals(EXTRA, lines)
    for line, unit, extra in zip(lines, batch.units(lines), extras, strict=True):
        _judge_owner(batch, line, unit)
        for one in required.get(unit.pk, ()):
            is_emptied = one.name in batch.changed.get(line, ())
            if one.key not in extra and (batch.match[line] == NEW or is_emptied):
                batch.refuse(line, one.name, "required", missing(one))


def _judge_owner(batch: Batch, line: int, unit: Any) -> None:
    for name, values in batch.custom_values.items():
        definition, value = batch.customs[name].custom, values[line]
        if definition is None or value in (ABSENT, None, "") or definition.unit_id == unit.pk:
            continue
        if batch.match[line] != NEW and name not in batch.changed.get(line, ()):
            continue
        told = _("这是%(unit)s的自定义字段，只用于它自己的记录。请清空这一格。") % {"unit": definition.unit}
        batch.refuse(line, name, "not_a_field_of_the_unit", told, value)
