"""From readings to points."""

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from .model import Item, Kind, Line, Reading, Result, Scheme, Standing, Step, Why

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
_NOTHING = Reading()


def rounded(value: Fraction) -> Decimal:
    """To the hundredth, halves away from nought; exact."""
    whole = abs(value) * 100
    cents = (2 * whole.numerator + whole.denominator) // (2 * whole.denominator)
    return (Decimal(cents) * CENT).copy_sign(Decimal(1 if value >= 0 else -1)) if cents else ZERO


def score[K: Hashable](scheme: Scheme, readings: Mapping[K, Mapping[int, Reading]]) -> list[Result]:
    """Every unit scored, in the order given."""
    ranked = {
        item.number: places_of(
            {who: given.get(item.number, _NOTHING).figure for who, given in readings.items()},
            is_down=item.is_down,
        )
        for item in scheme.items
        if item.kind is Kind.RANK
    }
    found: dict[K, tuple[Line, ...]] = {}
    for who, given in readings.items():
        places = {number: placed.get(who) for number, placed in ranked.items()}
        found[who] = _lines(scheme, given, places)
    totals = {who: sum((line.points for line in lines), ZERO) for who, lines in found.items()}
    placed = places_of(dict(totals))
    return [
        Result(
            who,
            lines,
            totals[who],
            placed[who],
            grade_of(scheme.grades, totals[who]),
            {line.number: line for line in lines},
        )
        for who, lines in found.items()
    ]


def places_of[K: Hashable](values: Mapping[K, Decimal | None], *, is_down: bool = False) -> dict[K, int]:
    """Places, the best first; equal values share one and the next is skipped. What has no value has none."""
    known = sorted((one for one in values.values() if one is not None), reverse=not is_down)
    first: dict[Decimal, int] = {}
    for place, value in enumerate(known, 1):
        first.setdefault(value, place)
    return {who: first[value] for who, value in values.items() if value is not None}


def grade_of(grades: Sequence[Step], total: Decimal) -> str:
    """The word of the highest grade that the total reaches."""
    return next((str(one.mark) for one in grades if total >= one.points), "")


def _lines(
    scheme: Scheme, given: Mapping[int, Reading], places: Mapping[int, int | None]
) -> tuple[Line, ...]:
    lines = [
        line_of(item, given.get(item.number, _NOTHING), places.get(item.number)) for item in scheme.items
    ]
    total, taken = sum((line.points for line in lines), ZERO), list[Line]()
    for item, line in zip(scheme.items, lines, strict=True):
        if item.kind is Kind.VETO and line.standing is Standing.COUNTED and total > item.most:
            taken.append(_whole("veto", item.most - total, item.number))
            total = item.most
    if total < 0:
        taken.append(_whole("floor", -total, 0))
    return (*lines, *taken)


def _whole(code: str, points: Decimal, number: int) -> Line:
    return Line(0, points + ZERO, Standing.COUNTED, (Why(code, str(number)),))


def line_of(item: Item, reading: Reading, place: int | None = None) -> Line:
    """One item of one unit. `place` is asked of a rank only."""
    best = _best(item)
    if reading.ruled is not None:
        return Line(item.number, reading.ruled + ZERO, Standing.RULED, (Why("ruled", reading.ruled),), best)
    points, standing, why = _KINDS[item.kind](item, reading, place)
    lacks = item.needs_evidence and not reading.has_evidence and item.kind in _BY_EVIDENCE
    if lacks and standing is Standing.COUNTED:
        return Line(item.number, ZERO, Standing.NO_EVIDENCE, (*why, Why("without", points)), best)
    return Line(item.number, points, standing, why, best)


#: A deduction or a veto is not escaped by withholding papers.
_BY_EVIDENCE = frozenset({Kind.TARGET, Kind.STEPS, Kind.RANK, Kind.GRADE, Kind.BONUS})

type Found = tuple[Decimal, Standing, tuple[Why, ...]]


def _best(item: Item) -> Decimal:
    match item.kind:
        case Kind.BONUS:
            return item.most
        case Kind.DEDUCTION | Kind.VETO:
            return ZERO
        case _:
            return item.weight


def _target(item: Item, reading: Reading, _place: int | None) -> Found:
    if reading.figure is None:
        return ZERO, Standing.NO_FIGURE, ()
    target = reading.target if item.aim is None else item.aim
    if target is None or target < 0 or (target == 0 and not item.is_down):
        return ZERO, Standing.NO_TARGET, (Why("figure", reading.figure),)
    share = _share(reading.figure, target, is_down=item.is_down)
    points = rounded(Fraction(item.weight) * share)
    why = (
        Why("figure", reading.figure),
        Why("target", target),
        Why("share", rounded(share * 100)),
        Why("weight", item.weight),
    )
    return points, Standing.COUNTED, why


def _share(figure: Decimal, target: Decimal, *, is_down: bool) -> Fraction:
    done, aim = Fraction(figure), Fraction(target)
    if is_down:
        return Fraction(1) if done <= aim else aim / done
    return min(Fraction(1), max(Fraction(0), done / aim))


def _steps(item: Item, reading: Reading, _place: int | None) -> Found:
    if reading.figure is None:
        return ZERO, Standing.NO_FIGURE, ()
    figure = reading.figure
    reached = [one for one in item.steps if (figure <= one.mark if item.is_down else figure >= one.mark)]  # type: ignore[operator]
    best = max(reached, key=lambda one: one.points, default=None)
    why = (
        Why("figure", figure),
        *((Why("at_most" if item.is_down else "at_least", best.mark),) if best else ()),
    )
    return (best.points + ZERO if best else ZERO), Standing.COUNTED, why


def _rank(item: Item, reading: Reading, place: int | None) -> Found:
    if reading.figure is None or place is None:
        return ZERO, Standing.NO_FIGURE, ()
    step = next((one for one in item.steps if Decimal(place) <= one.mark), None)  # type: ignore[operator]
    why = (Why("figure", reading.figure), Why("place", Decimal(place)))
    return (step.points + ZERO if step else ZERO), Standing.COUNTED, why


def _grade(item: Item, reading: Reading, _place: int | None) -> Found:
    step = next((one for one in item.steps if one.mark == reading.grade), None)
    if step is None:
        return ZERO, Standing.NOT_GRADED, ()
    return step.points + ZERO, Standing.COUNTED, (Why("grade", reading.grade),)


def _each(item: Item, reading: Reading) -> tuple[Decimal, tuple[Why, ...]]:
    """Unit: points, rounded; never below nought and never above `most`."""
    figure = reading.figure or ZERO
    raw = Fraction(item.each) * max(Fraction(0), Fraction(figure))
    points = min(rounded(raw), item.most + ZERO)
    return points, (Why("figure", figure), Why("each", item.each), Why("most", item.most))


def _deduction(item: Item, reading: Reading, _place: int | None) -> Found:
    points, why = _each(item, reading)
    return (-points, Standing.COUNTED, why) if points else (ZERO, Standing.NOT_MET, why[:1])


def _bonus(item: Item, reading: Reading, _place: int | None) -> Found:
    points, why = _each(item, reading)
    return (points, Standing.COUNTED, why) if points else (ZERO, Standing.NOT_MET, why[:1])


def _veto(item: Item, reading: Reading, _place: int | None) -> Found:
    figure = reading.figure or ZERO
    is_met = item.aim is not None and figure >= item.aim
    why = (
        Why("figure", figure),
        *((Why("at_least", item.aim), Why("most", item.most)) if is_met and item.aim is not None else ()),
    )
    return ZERO, Standing.COUNTED if is_met else Standing.NOT_MET, why


_KINDS = {
    Kind.TARGET: _target,
    Kind.STEPS: _steps,
    Kind.RANK: _rank,
    Kind.GRADE: _grade,
    Kind.DEDUCTION: _deduction,
    Kind.VETO: _veto,
    Kind.BONUS: _bonus,
}
