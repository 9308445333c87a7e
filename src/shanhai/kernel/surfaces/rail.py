"""Panels beside a row that other packages contribute: evidence, indicators, obligations.

A contributor calls `register_panel` from the `contributions` module of its application.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from shanhai.kernel.history import known
from shanhai.kernel.ledger import Ledger


@dataclass(frozen=True)
class RailPanel:
    """One panel: a template that renders its own `<section class="panel">`, and what it needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    #: Stands with the state and the next step, which on a phone come before the fields.
    is_first: bool = False


#: Called with request, ledger and row; None when there is nothing to show for this row.
type PanelBuilder = Callable[[HttpRequest, Ledger[Any], Any], RailPanel | None]

_builders: dict[str, tuple[int, PanelBuilder]] = {}
#: Panels that can tell how things stood on a past day.
_of_the_past: set[PanelBuilder] = set()


def register_panel(
    key: str, order: int = 100, *, has_past: bool = False
) -> Callable[[PanelBuilder], PanelBuilder]:
    """Decorator: `@register_panel("evidence", order=10)`. Errors: ValueError when the key is taken.

    `has_past`: the panel is also shown beside a row as it was known on a past day.
    """

    def registered(builder: PanelBuilder) -> PanelBuilder:
        if key in _builders:
            raise ValueError(f"rail panel {key} is registered already")
        _builders[key] = (order, builder)
        if has_past:
            _of_the_past.add(builder)
        return builder

    return registered


def panels_of(request: HttpRequest, ledger: Ledger[Any], row: Any) -> tuple[list[str], list[str]]:
    """The rail of one row, rendered, in order: panels that stand with the next step, and the others."""
    ordered = [builder for _order, builder in sorted(_builders.values(), key=lambda b: b[0])]
    shown = [one for one in ordered if known.known_on() is None or one in _of_the_past]
    built = [panel for builder in shown if (panel := builder(request, ledger, row))]

    def drawn(*, is_first: bool) -> list[str]:
        wanted = [panel for panel in built if panel.is_first is is_first]
        return [render_to_string(panel.template, panel.context, request=request) for panel in wanted]

    return drawn(is_first=True), drawn(is_first=False)
