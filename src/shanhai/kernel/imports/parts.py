"""The parts of a file: which ledgers it may hold, and in which order they are planned and written."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.problems import Notice, SheetRefused
from shanhai.kernel.sheets.reading import SheetTable

from .columns import import_fields

#: Sheets by their ledger.
type Tables = dict[Ledger[Any], SheetTable]


@cache
def linked(ledger: Ledger[Any]) -> tuple[Ledger[Any], ...]:
    """The ledger and all that hang together with it by references, in either direction; itself first."""
    around: dict[str, set[str]] = {one.key: set() for one in registry}
    for one in registry:
        for key in referred(one, import_fields(one)):
            around[one.key].add(key)
            around[key].add(one.key)
    found = [ledger.key]
    for key in found:
        found.extend(sorted(around[key] - set(found)))
    rest = [one for one in registry if one.key in found and one is not ledger]
    return (ledger, *rest)


def referred(ledger: Ledger[Any], names: Iterable[str]) -> set[str]:
    """Keys of other ledgers at which the fields `names` point."""
    fields = import_fields(ledger)
    related = (fields[name].related for name in names if name in fields)
    keys = {model._meta.label_lower for model in related if model is not None}
    return {key for key in keys if key in registry and key != ledger.key}


def permitted(tables: Tables, actor: Actor) -> Tables:
    """What the actor may import; of the rest it is told that it was left out.

    Errors: SheetRefused when nothing remains.
    """
    kept = {one: table for one, table in tables.items() if actor.allows(Verb.IMPORT, one.key)}
    told = [
        _("工作表“%(sheet)s”是“%(ledger)s”的，您没有导入它的权限，未导入。")
        % {"sheet": layout.sheet, "ledger": one.label}
        for one, table in tables.items()
        if one not in kept
        for layout in table.layouts
    ]
    if not kept:
        raise SheetRefused("sheet_not_permitted", "".join(told))
    first = next(iter(kept.values()))
    first.notices += [Notice("sheet_not_permitted", sentence) for sentence in told]
    return kept


def in_order(tables: Tables) -> Tables:
    """The same, what is referred to before what refers to it.

    Errors: SheetRefused for ledgers that refer to each other.
    """
    by_key = {one.key: one for one in tables}
    needs = {one.key: referred(one, table.values) & by_key.keys() for one, table in tables.items()}
    order, circle = ordered(needs)
    if circle:
        sheets = "、".join(f"“{layout.sheet}”" for key in circle for layout in tables[by_key[key]].layouts)
        sentence = _("工作表%(sheets)s互相引用，分不出先后。请分成几个文件，先导入被引用的一个。")
        raise SheetRefused("circular_sheets", sentence % {"sheets": sheets})
    return {by_key[key]: tables[by_key[key]] for key in order}


def ordered(needs: Mapping[str, Collection[str]]) -> tuple[list[str], list[str]]:
    """Keys with those they need before them, else as they come; and those that wait for each other."""
    order: list[str] = []
    waiting = list(needs)
    while ready := [key for key in waiting if set(needs[key]) <= set(order)]:
        order.append(ready[0])
        waiting.remove(ready[0])
    while behind := [key for key in waiting if not any(key in needs[other] for other in waiting)]:
        waiting = [key for key in waiting if key not in behind]
    return order, waiting
