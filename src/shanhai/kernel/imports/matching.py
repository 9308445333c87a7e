"""Which row a line is about: by the key our exports carry, else by `import_key` within one's own side."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shanhai.kernel.bulk import unique_constraints
from shanhai.kernel.exports.cells import ROW_KEY
from shanhai.kernel.fields import SealedField
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.sealing import Sealed
from shanhai.kernel.surfaces.fields import ResolvedColumn
from shanhai.kernel.surfaces.fields import relations_of as shown_relations

from .columns import import_fields
from .lines import Line, Unread

_MOST_NAMED = 5


def match_by_key_of_row(
    ledger: Ledger[Any], lines: Sequence[Line], relations: Sequence[str], *, lock: bool
) -> None:
    """Lines of an edited export find their rows; a hidden key is refused like one that does not exist."""
    keyed = [(line, key) for line in lines if (key := line.values.pop(ROW_KEY, None)) and line.is_right]
    by_key: dict[UUID, list[Line]] = {}
    for line, text in keyed:
        try:
            by_key.setdefault(UUID(str(text)), []).append(line)
        except ValueError:
            line.refuse(ROW_KEY, "not_a_key", _("这不是系统编号。请从导出的文件里原样保留，新增的行请留空。"))
    if not by_key:
        return
    rows = _queried(ledger.model._default_manager.filter(pk__in=by_key), relations, lock=lock)
    found = {row.pk: row for row in rows}
    for key, its_lines in by_key.items():
        _refuse_repeated(its_lines, _("系统编号"))
        for line in its_lines:
            if key in found:
                line.stored = found[key]
            else:
                line.refuse(
                    ROW_KEY, "no_such_row", _("没有这个系统编号的记录，或您无权查看。新增的行请留空。")
                )


def match_by_import_key(
    ledger: Ledger[Any],
    lines: Sequence[Line],
    fields: Mapping[str, ResolvedColumn],
    defaults: Mapping[str, Any],
    actor: Actor,
    *,
    lock: bool,
) -> None:
    """Lines without a row's key find their rows among those of the actor's own side."""
    names = key_names(ledger)
    if not names:
        return
    by_key: dict[tuple[Any, ...], list[Line]] = {}
    for line in lines:
        if line.stored is None and line.is_right and (key := _key_of_line(line, names, defaults, ledger)):
            by_key.setdefault(key, []).append(line)
    label = "、".join(str(fields[name].label) for name in ledger.import_key if name in fields)
    for its_lines in by_key.values():
        _refuse_repeated(its_lines, label)
    for key, row in _candidates(ledger, by_key, names, actor, lock=lock).items():
        for line in by_key[key]:
            line.stored = row
            if not covers(actor, Verb.VIEW, ledger.key, row):
                line.refuse_out_of_scope()


def key_names(ledger: Ledger[Any]) -> list[str]:
    """Fields that tell rows apart: the import key, and the unit where rows are unique only within one."""
    names = list(ledger.import_key)
    for constraint in unique_constraints(ledger.model):
        covered = {name.removesuffix("_index") for name in constraint.fields}
        if set(names) <= covered and "owner_unit" in covered - set(names):
            return [*names, "owner_unit"]
    return names


def _key_of_line(
    line: Line, names: Sequence[str], defaults: Mapping[str, Any], ledger: Ledger[Any]
) -> tuple[Any, ...] | None:
    """Side and key values; None when a part is missing or wrong, which is told elsewhere."""
    unit = line.values.get("owner_unit") or defaults.get("owner_unit")
    if unit is None or isinstance(unit, Unread):
        return None
    parts = []
    for name in names:
        value = unit if name == "owner_unit" else line.values.get(name, defaults.get(name))
        if isinstance(value, Unread) or value is None:
            return None
        parts.append(_comparable(value))
    return (str(unit.side), *parts)


def _comparable(value: Any) -> Any:
    if isinstance(value, Sealed):
        return value.blind_index
    return getattr(value, "pk", value)


def _candidates(
    ledger: Ledger[Any],
    wanted: Iterable[tuple[Any, ...]],
    names: Sequence[str],
    actor: Actor,
    *,
    lock: bool,
) -> dict[tuple[Any, ...], Any]:
    """Stored rows by their key. One query: rows that fit in every part, then put together here."""
    wanted = set(wanted)
    if not wanted:
        return {}
    attributes = ["side", *(_attribute(ledger, name) for name in names)]
    condition = {f"{a}__in": {key[n] for key in wanted} for n, a in enumerate(attributes)}
    condition["side__in"] &= {str(side) for side in actor.sides}
    # Beyond the scope as well: a key taken elsewhere on the side must be refused, in words that tell nothing.
    rows = _queried(ledger.model._base_manager.filter(**condition), relations_of(ledger), lock=lock)
    found = {}
    for row in rows:
        key = tuple(getattr(row, attribute) for attribute in attributes)
        if key in wanted:
            found[key] = row
    return found


def _attribute(ledger: Ledger[Any], name: str) -> str:
    field = ledger.model._meta.get_field(name)
    return f"{name}_index" if isinstance(field, SealedField) else str(field.attname)  # type: ignore[union-attr]


def relations_of(ledger: Ledger[Any]) -> list[str]:
    """References of a row that comparing and validating look at."""
    own = {field.name for field in ledger.model._meta.concrete_fields if field.is_relation}
    return sorted(own.union(shown_relations(import_fields(ledger).values())))


def _queried(rows: QuerySet[Any], relations: Sequence[str], *, lock: bool) -> Iterable[Any]:
    rows = rows.select_related(*relations)
    # In a fixed order, so that two imports never wait for each other.
    return rows.select_for_update(of=("self",)).order_by("pk") if lock else rows.order_by()


def _refuse_repeated(lines: Sequence[Line], label: str) -> None:
    """Which of two lines counts is for the sender to say."""
    if len(lines) == 1:
        return
    for line in lines:
        others = [str(other.number) for other in lines if other is not line]
        named = "、".join(others[:_MOST_NAMED]) + (" 等" if len(others) > _MOST_NAMED else "")
        sentence = _("与第 %(rows)s 行重复（%(label)s相同）。请只留一行。")
        line.refuse("", "repeated", sentence % {"rows": named, "label": label})
