"""Which numbers of a draft are no longer what they were when they were taken."""

from dataclasses import dataclass
from decimal import Decimal

from shanhai.kernel.documents.numbers import format_number

from .bulletin_figures import evaluate, ref_of
from .composing import Parts, used_keys
from .models import BulletinFigure
from .rules import exact, is_open, is_stale


@dataclass(frozen=True)
class Stale:
    """A printed number whose value is another now; `is_open` until it is refreshed or kept for a reason."""

    figure: BulletinFigure
    now: Decimal | None
    is_open: bool

    @property
    def before_text(self) -> str:
        return self._text(self.figure.value)

    @property
    def now_text(self) -> str:
        return self._text(self.now)

    def _text(self, value: Decimal | None) -> str:
        """As printed; with all decimals where the difference lies behind those in print."""
        figure = self.figure
        both = {_printed(one, figure.decimals) for one in (figure.value, self.now)}
        if len(both) > 1 or value is None:
            return f"{_printed(value, figure.decimals)}{figure.unit if value is not None else ''}"
        return f"{format_number((exact(value) or Decimal(0)).normalize())}{figure.unit}"


def _printed(value: Decimal | None, decimals: int) -> str:
    return format_number(value, decimals=decimals)


def stale_figures(parts: Parts) -> list[Stale]:
    """Every printed number that has changed, as whoever is acting is told it, in the order of figures."""
    used = used_keys(parts)
    printed = {one: ref_of(one) for one in parts.figures if one.key in used}
    values = evaluate(printed.values())
    found = []
    for figure, ref in printed.items():
        now = values[ref]
        if is_stale(figure.value, now):
            waits = is_open(figure.value, now, kept=figure.kept_value, kept_reason=figure.kept_reason)
            found.append(Stale(figure, now, waits))
    return found
