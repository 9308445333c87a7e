"""Which figures of a bulletin are ratios of which others, so that print can be checked against its parts."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from shanhai.engines.values import Period
from shanhai.kernel.documents.model import RatioOf
from shanhai.kernel.documents.numbers import SCALES
from shanhai.kernel.indicators.declare import Ratio
from shanhai.kernel.indicators.registry import registry

from .models import BulletinFigure
from .rules import Measure

#: Indicator, measure, and the scope: side, period, unit, place, members.
type Key = tuple[object, ...]


def ratios_of(figures: Sequence[BulletinFigure]) -> dict[str, RatioOf]:
    """Keys of ratios → part and whole, where the bulletin has both."""
    known = {_key(one, one.code, one.measure): one for one in figures}
    found = {}
    for one in figures:
        for part, whole in _parts(one):
            if part in known and whole in known:
                found[one.key] = _ratio(known[part], known[whole])
    return found


def _ratio(part: BulletinFigure, whole: BulletinFigure) -> RatioOf:
    """Per cent, whatever units the two are printed in."""
    apart = SCALES.get(part.unit, 0) - SCALES.get(whole.unit, 0)
    return RatioOf(str(part.pk), str(whole.pk), Decimal(100).scaleb(apart))


def _key(one: BulletinFigure, code: str, measure: str, *, is_whole: bool = False) -> Key:
    only = () if is_whole else tuple((dimension, member) for dimension, member in one.only)
    return code, str(measure), one.side, one.period, one.unit_scope_id, one.place_scope_id, only


def _parts(one: BulletinFigure) -> Iterable[tuple[Key, Key]]:
    value = Measure.VALUE
    match one.measure:
        case Measure.RATE:
            yield _key(one, one.code, value), _key(one, one.code, Measure.TARGET)
        case Measure.SHARE:
            yield _key(one, one.code, value), _key(one, one.code, value, is_whole=True)
        case Measure.VALUE if one.code in registry:
            measure = registry.get(one.code, Period.parse(one.period)).measure
            if isinstance(measure, Ratio):
                yield _key(one, measure.numerator, value), _key(one, measure.denominator, value)
