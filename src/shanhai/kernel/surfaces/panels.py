"""The panels of a row's page: groups of fields, rows that point at it, a chapter's own templates."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from shanhai.kernel.history import known
from shanhai.kernel.ledger import Fields, Ledger, Related, Template
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.sheets.columns import Kind

from .customs import customs_of_row
from .display import text_of
from .fields import COMMON, ResolvedColumn, relations_of, resolve, resolve_field
from .links import link, row_link, with_query
from .tables import draw_rows

Drawn = dict[str, Any]

#: Whose row it is and where it stands: a group of its own, after those of the declaration.
_FILED = frozenset(COMMON) - {"state"}
#: Rows of another ledger shown on a row's page; the rest is one click away.
_RELATED_ROWS = 12


def field_groups(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> list[Drawn]:
    """Every `Fields` panel with what it holds."""
    panels = [panel for panel in ledger.panels if isinstance(panel, Fields)]
    _compute(ledger, row)
    named = {name for panel in panels for name in panel.names}
    groups = []
    for panel in panels:
        columns = _columns(ledger, panel, named)
        label = str(panel.title) or _("内容")
        groups.append(
            {"label": label, "note": "", "fields": [_fact(column, row, actor) for column in columns]}
        )
    filed = [_fact(column, row, actor) for column in resolve(ledger).columns if column.name in _FILED - named]
    groups += _custom_groups(ledger, row, actor)
    groups.append({"label": _("填报与核实"), "note": "", "fields": [fact for fact in filed if fact["text"]]})
    return groups


def _compute(ledger: Ledger[Any], row: LedgerModel) -> None:
    """What the list computes, on the row itself: a page says of it what the list says."""
    computed = {
        name: value for name, value in resolve(ledger).annotations.items() if name not in row.__dict__
    }
    found = ledger.rows_with_units().filter(pk=row.pk).values(**computed).first() if computed else None
    for name, value in (found or {}).items():
        setattr(row, name, value)


def _custom_groups(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> list[Drawn]:
    """What the row's unit asks for, then what earlier units left, each under the unit's name."""
    by_unit: dict[Any, list[ResolvedColumn]] = {}
    for column in customs_of_row(ledger, row):
        by_unit.setdefault(column.custom and column.custom.unit, []).append(column)
    return [
        {
            "label": _("自定义字段"),
            "note": unit,
            "fields": [_fact(column, row, actor) for column in columns],
        }
        for unit, columns in by_unit.items()
    ]


def _columns(ledger: Ledger[Any], panel: Fields, named: set[str]) -> list[ResolvedColumn]:
    if panel.names:
        return [resolve_field(ledger.model, name) for name in panel.names]
    resolved = resolve(ledger)
    placed = named | _FILED | {"state"}
    rest = [column for column in resolved.fields if column.name not in placed]
    placed |= {column.name for column in rest}
    return rest + [c for c in resolved.columns if c.name not in placed]


def _fact(column: ResolvedColumn, row: LedgerModel, actor: Actor) -> Drawn:
    value = column.value(row)
    is_coded = column.is_sensitive or column.kind in {Kind.CODE, Kind.IDENTITY}
    text = text_of(column, row, actor)
    return {
        "name": column.name,
        "label": str(column.label),
        "text": text,
        "unit": str(column.unit),
        "unmask": _unmask(column, row, actor) if text else None,
        "url": _target(value, actor) if text else "",
        "kind": "long" if column.kind is Kind.LONG_TEXT else "code" if is_coded else "",
        "source": column.source,
    }


def _unmask(column: ResolvedColumn, row: LedgerModel, actor: Actor) -> Drawn | None:
    """The form by which a masked value of the row itself is read, for who may."""
    key = row.ledger_key()
    if not column.is_sensitive or "__" in column.name or known.known_on():
        return None
    url = link(registry.get(key), "unmask", pk=row.pk)
    if not url or not covers(actor, Verb.UNMASK, key, row):
        return None
    return {"url": url, "hidden": [{"name": "field", "value": column.name}]}


def _target(value: Any, actor: Actor) -> str:
    """Where a reference leads, if its row is one the reader may see by side at least."""
    if not isinstance(value, LedgerModel) or not actor.allows(Verb.VIEW, value.ledger_key()):
        return ""
    return row_link(value)


def related_panels(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> list[Drawn]:
    """Every `Related` panel: its first rows, and how many there are."""
    found = [_related(panel, row, actor) for panel in ledger.panels if isinstance(panel, Related)]
    return [panel for panel in found if panel is not None]


def _related(panel: Related, row: LedgerModel, actor: Actor) -> Drawn | None:
    other = registry.get(panel.ledger)
    if not actor.allows(Verb.VIEW, other.key):
        return None
    resolved = resolve(other)
    columns = [resolve_field(other.model, name) for name in panel.columns] or resolved.defaults
    columns = [resolved.column(column.name) or column for column in columns]
    rows = _related_rows(other, panel, row, columns)
    number = rows.order_by().aggregate(number=Count("pk"))["number"]
    shown = [column for column in columns if column.name != panel.field]
    return {
        "label": str(panel.title) or other.label,
        "note": _("全部 %(number)s 条") % {"number": number} if number else "",
        "url": with_query(link(other, "list"), {panel.field: row.pk, **known.query()}) if number else "",
        "table": {
            "columns": [_heading(column) for column in shown],
            "rows": draw_rows(other, shown, rows[:_RELATED_ROWS], actor),
        },
        "add_url": with_query(link(other, "create"), {panel.field: row.pk})
        if actor.allows(Verb.CREATE, other.key) and not known.known_on()
        else "",
    }


def _related_rows(
    other: Ledger[Any], panel: Related, row: LedgerModel, columns: list[ResolvedColumn]
) -> QuerySet[Any]:
    computed = {column.name: column.expression for column in columns if column.expression is not None}
    rows = other.model._default_manager.filter(**{panel.field: row.pk})
    found: QuerySet[Any] = rows.annotate(**computed).select_related("owner_unit", *relations_of(columns))
    return found.order_by(*panel.order, "id")


def _heading(column: ResolvedColumn) -> Drawn:
    kind = "number" if column.is_number else ""
    return {"label": str(column.label), "unit": str(column.unit), "kind": kind}


def own_panels(request: HttpRequest, ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> list[Drawn]:
    """Every `Template` panel, rendered."""
    panels = [panel for panel in ledger.panels if isinstance(panel, Template)]
    context = {"row": row, "ledger": ledger, "actor": actor}
    return [
        {"title": str(panel.title), "html": render_to_string(panel.template, context, request=request)}
        for panel in panels
    ]
