"""What pages of a chapter's own are made of: see `templates/web/board.html`."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

Drawn = dict[str, Any]


def page(title: Any, **more: Any) -> Drawn:
    """A page. Shape: whatever it does not have is empty."""
    empty: Drawn = {
        "sub": "",
        "crumbs": [],
        "actions": [],
        "note": "",
        "tabs": [],
        "asked": [],
        "figures": [],
        "charts": [],
    }
    return {**empty, "title": str(title), "sections": [], **more}


def section(
    title: Any,
    table: Drawn | None = None,
    *,
    note: str = "",
    url: str = "",
    empty: str = "",
    forms: Sequence[Drawn] = (),
) -> Drawn:
    """A table with the forms that belong to it."""
    shown = {"title": str(title), "note": note, "url": url, "empty": empty, "forms": list(forms)}
    return {**shown, "table": table or {"rows": []}}


def form(
    action: str,
    button: str,
    *,
    fields: Sequence[Drawn] = (),
    hidden: Mapping[str, Any] | None = None,
    note: str = "",
    is_main: bool = False,
    takes_file: bool = False,
) -> Drawn:
    """A form that is sent by POST."""
    return {
        "action": action,
        "button": button,
        "fields": list(fields),
        "hidden": [{"name": name, "value": value} for name, value in (hidden or {}).items()],
        "note": note,
        "is_main": is_main,
        "takes_file": takes_file,
    }


def field(name: str, label: str, kind: str = "text", value: Any = "", **more: Any) -> Drawn:
    """A field of a form; its identifier is its name unless said."""
    return {"name": name, "id": name, "label": label, "kind": kind, "value": value, "errors": [], **more}


def choice(name: str, label: str, options: Iterable[tuple[str, str]], value: str = "", **more: Any) -> Drawn:
    """A field with (value, label) to choose from."""
    shown = [{"value": one, "label": told, "selected": one == value} for one, told in options]
    return field(name, label, "select", value, options=shown, **more)


def amount(value: Decimal | None) -> Drawn:
    """A cell of money."""
    return {"text": "" if value is None else f"{value:,.2f}", "kind": "number"}


def long(text: str) -> Drawn:
    """A cell of a sentence."""
    return {"text": text, "kind": "long"}


def number(value: int | None) -> Drawn:
    """A cell of a count."""
    return {"text": "" if value is None else f"{value:,}", "kind": "number"}
