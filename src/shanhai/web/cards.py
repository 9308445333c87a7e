"""The workbench is made of cards that chapters and the kernel contribute; this module knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string


@dataclass(frozen=True)
class Card:
    """One card: a template for the inside of a `<section class="panel">`, and what it needs.

    `url` leads to all of it, with `note` as the words of the link.
    """

    title: Any
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    note: Any = ""
    url: str = ""
    #: A table, in the broad column of the workbench; otherwise among the to-dos.
    is_wide: bool = False


type CardBuilder = Callable[[HttpRequest], Card | None]

_builders: list[tuple[int, CardBuilder]] = []


def register_card(order: int) -> Callable[[CardBuilder], CardBuilder]:
    """Decorator: `@register_card(20)`. The builder answers None when the reader has nothing to see there."""

    def registered(builder: CardBuilder) -> CardBuilder:
        _builders.append((order, builder))
        return builder

    return registered


@dataclass(frozen=True)
class RenderedCard:
    """A card as the page places it."""

    title: str
    note: str
    url: str
    is_wide: bool
    html: str


def columns_for(request: HttpRequest) -> list[list[RenderedCard]]:
    """The cards of this reader, in order: to-dos and tables, each a column unless it is empty."""
    built = [builder(request) for _order, builder in sorted(_builders, key=lambda pair: pair[0])]
    cards = [_render(request, card) for card in built if card is not None]
    columns = [[card for card in cards if card.is_wide is is_wide] for is_wide in (False, True)]
    return [column for column in columns if column]


def _render(request: HttpRequest, card: Card) -> RenderedCard:
    html = render_to_string(card.template, card.context, request=request)
    return RenderedCard(str(card.title), str(card.note), card.url, card.is_wide, html)
