"""Who prints an unreconciled figure says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.documents.inline import line
from shanhai.kernel.documents.model import Block, Code, Number, Paragraph, Text
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.indicators.declare import Indicator
from shanhai.kernel.indicators.figures import breakdown
from shanhai.kernel.indicators.reconcile import is_reconciled
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.rows import own
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Side
from shanhai.kernel.surfaces.links import link_to, with_query

from ..shared_part import shared_part
from .standing import standing

#: The slot of the paragraph: no template may lose it.
SLOT = "两侧未核对"
#: With what the binds of the paragraph's numbers begin.
_BIND = "sides."


@dataclass(frozen=True)
class Unreconciled:
    """An indicator with open differences in a period."""

    indicator: Indicator
    period: Period
    open: int

    @property
    def sentence(self) -> str:
        return _("两侧未核对：%(indicator)s有 %(open)s 处差异。") % {
            "indicator": self.indicator,
            "open": f"{self.open:,}",
        }


def unreconciled(codes: Sequence[tuple[str, str]]) -> list[Unreconciled]:
    """Of (code, period) those with open differences, each once; a ratio is that of its numerator.

    Nothing for who may not be told of both sides, nor where nobody is in force to be told.
    """
    if context.current() is None:
        return []
    found: dict[tuple[str, str], Unreconciled] = {}
    for code, period_code in codes:
        if code not in registry:
            continue
        period = Period.parse(period_code)
        version = own(code, period)
        key = (version.code, period_code)
        if key in found or not is_reconciled(version, period):
            continue
        try:
            number = standing(version.code, period, _shared(version, period)).open
        except NotAllowed:
            continue
        if number:
            found[key] = Unreconciled(version, period, number)
    return list(found.values())


def said_of_text(text: Mapping[str, Any], year: int) -> str:
    """What is to be said with what a scheme makes of a year; "" where all its figures are reconciled."""
    codes = [(one["indicator"], str(year)) for one in text["items"] if one["indicator"]]
    return "".join(one.sentence for one in unreconciled(codes))


def _shared(version: Indicator, period: Period) -> tuple[tuple[str, str], ...]:
    """The part both sides file, as the page of the two sides compares it."""
    splits = list(version.all_dimensions())
    east, west = (breakdown(version, IndicatorScope(side), period, splits).splits for side in Side)
    return shared_part(east, west).only


def said_in_document(codes: Sequence[tuple[str, str]]) -> Iterator[Block]:
    """The paragraph of a document that prints them; none where all are reconciled."""
    found = unreconciled(codes)
    if not found:
        return
    words = line(Text(_("两侧未核对：")))
    for position, one in enumerate(found):
        bind = f"{_BIND}{one.indicator.code}.{one.period.code}"
        number = Number.of(one.open, bind=bind, unit=_("处"))
        words = (*words, *([Text("；")] if position else []), _named(str(one.indicator)), number)
    yield Paragraph((*words, Text("。")), slot=SLOT)


def sides_address(bind: str, side: Side) -> str | None:
    """Where the differences lie that a number of the paragraph counts; None for another number."""
    if not bind.startswith(_BIND):
        return None
    code, period = bind.removeprefix(_BIND).rsplit(".", 1)
    page = link_to("appraisal:indicator_sides", code=code)
    return with_query(page, {"period": period, "side": side.value})


def _named(name: str) -> Text | Code:
    return Code(name) if any(sign.isdigit() for sign in name) else Text(name)
