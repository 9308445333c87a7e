"""The candidates that a process keeps of one indicator and side, and how they follow what is written."""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shanhai.engines.stretches import Ints
from shanhai.engines.values import Period
from shanhai.kernel.indicators.onepass.again import ONE, Few, as_array, objects_asked, planned, tallies_again
from shanhai.kernel.indicators.onepass.changes import MOST, Change
from shanhai.kernel.indicators.onepass.columns import Array, as_columns, read_lots
from shanhai.kernel.indicators.onepass.counted import Rows, literal
from shanhai.kernel.indicators.onepass.derived import Columns, Derivations, Rules, tallies, tally_columns
from shanhai.kernel.indicators.onepass.following import Touched
from shanhai.kernel.indicators.onepass.held import as_bytes
from shanhai.kernel.indicators.onepass.involved import Involved
from shanhai.kernel.indicators.onepass.summing import Months
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.indicators.windows import Window
from shanhai.kernel.prepared import Planned, lines

from .block import Block, Lexicons, Unreadable, Words, as_keys, joined, words_of_keys
from .counting import Counted, Part, count, members_of
from .shape import Shape, involved_in_roll
from .verdict import Verdict, verdict

#: Windows whose verdicts stay, and scopes whose numbers do.
_WINDOWS, _SCOPES = 6, 64
#: Rows read again that stand apart; more are sorted in among the others.
_APART = 8192


@dataclass(frozen=True)
class RollOf:
    """Which roll."""

    shape: Shape

    @property
    def involved(self) -> Involved:
        return involved_in_roll(self.shape.term)


class Roll:
    """Candidates with what decides on each.

    Shape: `pending` is known to be written, and not yet in it; `block` holds what was read first, without the
    rows that are not `alive`, `later` the objects that were read again.
    """

    def __init__(self, shape: Shape, months: Months, lexicons: Lexicons, rules: Rules, block: Block) -> None:
        self.shape, self.months, self.lexicons, self.rules = shape, months, lexicons, rules
        self.pending: list[Change] = []
        self._set(block)

    def _set(self, block: Block) -> None:
        self.block, self.alive = block, np.ones(len(block), np.bool_)
        self.later = block.without_rows()
        self._verdicts = OrderedDict[Period, Verdict]()
        self._counted = OrderedDict[Any, tuple[Period, Part, Counted]]()

    @property
    def nbytes(self) -> int:
        own = self.block.nbytes + self.alive.nbytes + self.later.nbytes
        kept = sum(one.nbytes for one in self._verdicts.values())
        return own + kept + sum(one.nbytes for _, _, one in self._counted.values())

    def parts(self, period: Period) -> list[tuple[Block, Ints, Verdict]]:
        """Blocks with the rows that stand, and what becomes of each in the period."""
        if period not in self._verdicts:
            self._verdicts[period] = self._judged(self.block, period)
            if len(self._verdicts) > _WINDOWS:
                self._verdicts.popitem(last=False)
        self._verdicts.move_to_end(period)
        found = [(self.block, np.flatnonzero(self.alive), self._verdicts[period])]
        if len(self.later):
            found.append((self.later, np.arange(len(self.later)), self._judged(self.later, period)))
        return found

    def counted(self, scope: IndicatorScope, period: Period) -> Counted:
        """Numbers of the part of the roll that the scope is about."""
        part = self.part(scope, period)
        first, *later = self.parts(period)
        key = (period, part.key)
        if key not in self._counted:
            self._counted[key] = (period, part, self._count(part, *first))
            if len(self._counted) > _SCOPES:
                self._counted.popitem(last=False)
        self._counted.move_to_end(key)
        whole = self._counted[key][2]
        for one in later:
            whole = whole + self._count(part, *one)
        return whole

    def members(self, found: Counted, code: str, period: Period) -> list[tuple[str, int, int]]:
        """Members of a dimension with counted rows and their weight; of "" the whole."""
        rows, weights = found.rows[code].tolist(), found.weights[code].tolist()
        if not code:
            return [("", rows[0], weights[0])]
        window = Window(period, self.shape.term.indicator.span)
        sums: dict[str, tuple[int, int]] = {}
        named = members_of(self.shape, self.lexicons, code, window)
        for member, number, weight in zip(named, rows, weights, strict=False):
            own = sums.get(member, (0, 0))
            sums[member] = own[0] + number, own[1] + weight
        return [(member, *numbers) for member, numbers in sums.items() if numbers[0]]

    def part(self, scope: IndicatorScope, period: Period) -> Part:
        return Part(self.shape, self.lexicons, scope, Window(period, self.shape.term.indicator.span))

    def objects_of(self, keys: Collection[str]) -> set[str]:
        """The objects that rows were of."""
        if not self.shape.term.is_distinct or not keys:
            return set(keys)
        wanted = words_of_strings(keys)
        found = [one.objects_of(wanted) for one in (self.block, self.later)]
        return {key.tobytes().hex() for one in found for key in as_keys(one)}

    def replace(self, objects: Words, block: Block) -> None:
        """In place of these objects stand those of the block, all that they have."""
        dying = self.block.rows_of(objects)
        dying = dying[self.alive[dying]]
        for key, (period, part, own) in list(self._counted.items()) if len(dying) else ():
            if period in self._verdicts:
                left = self._count(part, self.block, dying, self._verdicts[period])
                self._counted[key] = (period, part, own - left)
            else:
                del self._counted[key]
        self.alive[dying] = False
        kept = np.ones(len(self.later), np.bool_)
        kept[self.later.rows_of(objects)] = False
        self.later = joined([(self.later, kept), (block, np.ones(len(block), np.bool_))])
        if len(self.later) > _APART:
            self._set(joined([(self.block, self.alive), (self.later, np.ones(len(self.later), np.bool_))]))

    def _judged(self, block: Block, period: Period) -> Verdict:
        return verdict(self.shape, block, self.lexicons, self.months, period)

    def _count(self, part: Part, block: Block, rows: Ints, found: Verdict) -> Counted:
        return count(self.shape, block, self.lexicons, found, part.of(block, rows))


def words_of_strings(keys: Collection[str]) -> Words:
    return words_of_keys(np.frombuffer(b"".join(as_bytes(key) for key in keys), "V16"))


def read_roll(of: RollOf, months: Months) -> Roll:
    """All candidates, in lots. Errors: Unreadable."""
    shape, term = of.shape, of.shape.term
    lexicons, rules = Lexicons(shape), Rules(term)
    lots = [lexicons.compact(lot) for lot in read_lots(literal(shape.rows()), shape.columns)]
    lots = lots or [lexicons.compact(as_columns([], _kinds(shape)))]
    block = Block.of(shape, {name: np.concatenate([lot[name] for lot in lots]) for name in lots[0]})
    if term.indicator.derived:
        _derive(shape, block, tallies(term), rules, months)
    return Roll(shape, months, lexicons, rules, block)


def _kinds(shape: Shape) -> dict[str, str]:
    return {name: one.kind for name, one in shape.columns.items()}


def _derive(shape: Shape, block: Block, tallied: Mapping[str, Columns], rules: Rules, months: Months) -> None:
    rows = Rows({"key": as_keys(block.keys)}, np.empty(0, np.bool_))
    derivations = Derivations(shape.term, rows, tallied, rules)
    block.columns["line"] = derivations.line.astype(np.int32)
    lots = [derivations.kept_by(lot) for lot in months.arrays()]
    block.allowed = {code: [lot[code] for lot in lots] for code in (lots[0] if lots else ())}


def follow_rolls(stale: Mapping[RollOf, Roll]) -> dict[RollOf, Roll]:
    """Those of the rolls whose changes were few enough, now with them: one trip to the server, mostly."""
    touched = {of: Touched(of.shape.term, of.involved, roll.pending).few(roll) for of, roll in stale.items()}
    near = {of: few for of, few in touched.items() if len(few) < 4 * MOST}
    asked = {of: few for of, few in near.items() if few}
    answers = iter(_read_again([(of.shape, few) for of, few in asked.items()])) if asked else iter(())
    caught_up = {}
    for of, few in near.items():
        roll = stale[of]
        if few and not _replaced(roll, few, next(answers)):
            continue
        roll.pending = []
        caught_up[of] = roll
    return caught_up


def _read_again(asked: Sequence[tuple[Shape, Few]]) -> list[list[dict[str, Array]]]:
    """Of each shape the rows of its objects, and what is tallied for these."""
    wanted, kinds = [], []
    for shape, few in asked:
        keys = [as_array(few.objects), as_array(few.rows)]
        own = _plans(shape)
        wanted += [(plan, keys) for plan in own]
        tallied = [tally_columns(one) for one in shape.term.tallies.values()]
        kinds.append([{name: one.kind for name, one in each.items()} for each in (shape.columns, *tallied)])
    sent = iter(lines(wanted, has_one_plan=True))
    return [[_columns(next(sent), each) for each in own] for own in kinds]


def _columns(answer: Sequence[tuple[Any, ...]], kinds: Mapping[str, str]) -> dict[str, Array]:
    ((sent, rows),) = answer
    return as_columns([(sent or b"", rows)], kinds)


_planned: dict[Shape, list[Planned]] = {}


def _plans(shape: Shape) -> list[Planned]:
    if shape not in _planned:
        rows = shape.rows().filter(**{f"{shape.term.object_path}__in": [ONE]})
        _planned[shape] = [
            planned(rows, objects_asked(shape.term), shape.columns),
            *tallies_again(shape.term),
        ]
    return _planned[shape]


def _replaced(roll: Roll, few: Few, read: list[dict[str, Array]]) -> bool:
    """Whether the rows read again could be written as the others are; then they stand in their place."""
    shape = roll.shape
    try:
        block = Block.of(shape, roll.lexicons.compact(read[0]))
    except Unreadable:
        return False
    if shape.term.indicator.derived:
        tallied = dict(zip(shape.term.tallies, read[1:], strict=True))
        _derive(shape, block, tallied, roll.rules, roll.months)
    objects = [words_of_strings(few.objects)] if few.objects else []
    roll.replace(np.unique(np.concatenate([*objects, block.objects]), axis=0), block)
    return True
