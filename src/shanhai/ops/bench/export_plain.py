"""The rival of the export: model instances, `select_related`, and a text for each cell."""

from collections.abc import Iterator
from typing import Any


def heading() -> list[str]:
    return ["人员", "身份证号", "户籍", "就业地", "用工单位", "岗位", "到岗日期"]


def lines(rows: Any) -> Iterator[list[str]]:
    """A line for each spell; identity numbers masked, as printing a sealed value does."""
    related = ("person__place__parent__parent__parent", "employer")
    for spell in rows.select_related(*related).iterator(chunk_size=2_000):
        yield [
            spell.person.name,
            str(spell.person.identity_number),
            spell.person.place.reference_text(),
            spell.get_destination_display(),
            spell.employer_label,
            spell.post,
            spell.started_on.isoformat(),
        ]
