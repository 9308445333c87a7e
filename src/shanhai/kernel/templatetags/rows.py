"""The rows of components/table.html in one pass: deciding per cell in a template outweighs the query."""

import html
from collections.abc import Iterator, Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

_CLASSES = {
    "number": "n hold",
    "date": "hold",
    "quiet": "quiet",
    "long": "wrap",
    "code": "hash",
    "bar": "barred",
    "state": "stated hold",
}
_NOTHING = '<span class="quiet">—</span>'


def escape(text: Any) -> str:
    """`conditional_escape`, which asks of every text whether it is a lazy one."""
    return html.escape(text) if type(text) is str else conditional_escape(text)


@register.simple_tag
def table_rows(table: Mapping[str, Any]) -> SafeString:
    """Rows of the table as its head comment describes them."""
    picks = bool(table.get("pick"))
    return mark_safe("".join(_row(row, picks=picks) for row in table["rows"]))  # noqa: S308 -- escaped below


def _row(row: Mapping[str, Any], *, picks: bool) -> str:
    opened = '<tr class="bad-row">' if row.get("bad") else "<tr>"
    return "".join([opened, _tick(row) if picks else "", *_cells(row), "</tr>\n"])


def _tick(row: Mapping[str, Any]) -> str:
    label = escape(_("选择 %(name)s") % {"name": row["label"]})
    disabled = "" if row.get("selectable") else " disabled"
    return (
        '<td class="tick"><input type="checkbox" class="form-check-input" name="ids"'
        f' value="{escape(row["id"])}" form="bulk" data-shanhai-pick aria-label="{label}"{disabled}></td>'
    )


def _cells(row: Mapping[str, Any]) -> Iterator[str]:
    for position, cell in enumerate(row["cells"]):
        named = _CLASSES.get(cell.get("kind", ""), "")
        classes = f' class="{named}"' if named else ""
        url = cell.get("url") or (row.get("url") if position == 0 else "")
        shown = _shown(cell)
        inner = f'<a href="{escape(url)}">{shown}</a>' if url else shown
        if position == 0:
            yield f'<th scope="row"{classes}>{inner}</th>'
        else:
            yield f'<td data-label="{escape(cell["label"])}"{classes}>{inner}</td>'


def _shown(cell: Mapping[str, Any]) -> str:
    kind = cell.get("kind", "")
    if kind == "state":
        state = cell.get("state")
        return (
            f'<span class="state {escape(state["kind"])}">{escape(state["label"])}</span>' if state else "—"
        )
    if kind == "bar":
        return _bar(cell["bar"]) if cell.get("bar") else "—"
    text = cell.get("text")
    return _NOTHING if text is None or text == "" else escape(text)


def _bar(bar: Mapping[str, Any]) -> str:
    low = " low" if bar.get("low") else ""
    value, most, label = (escape(bar[name]) for name in ("value", "max", "label"))
    return f'<progress class="bar{low}" value="{value}" max="{most}" aria-label="{label}"></progress>'
