"""One claim at a time, with the reason of every amount."""

from collections.abc import Iterable
from dataclasses import dataclass

from .model import FUNDS, NOTHING_YET, WHOLE, Accumulators, Claim, Favour, Fund, Layer, Rules


@dataclass(frozen=True, slots=True)
class Part:
    """An amount above the line and the share paid of it."""

    amount: int
    share: int


@dataclass(frozen=True, slots=True)
class Step:
    """What one layer did. Shape: base − paid = left; `over` is what of the base lies above the line.

    `counted` is what the layer had counted in the year before, where its line is yearly; `computed` what the
    shares gave before the cap; `room` what the cap left in the year, None without one.
    """

    fund: Fund
    base: int
    line: int
    counted: int
    over: int
    parts: tuple[Part, ...]
    points: int
    cut: int
    computed: int
    room: int | None
    paid: int
    left: int


@dataclass(frozen=True, slots=True)
class Settled:
    """A settled claim. Shape: total = fund_total + patient; patient = account + cash."""

    claim: Claim
    steps: tuple[Step, ...]
    before: Accumulators
    account: int
    cash: int

    @property
    def paid(self) -> tuple[int, ...]:
        return self._by_fund("paid")

    @property
    def counted(self) -> tuple[int, ...]:
        return self._by_fund("base")

    @property
    def fund_total(self) -> int:
        return sum(step.paid for step in self.steps)

    @property
    def patient(self) -> int:
        return self.account + self.cash

    @property
    def deductible(self) -> int:
        """What of the in-scope amount the pool's line took."""
        return sum(step.base - step.over for step in self.steps if step.fund is Fund.POOL)

    @property
    def after(self) -> Accumulators:
        return self.before.plus(self.counted, self.paid)

    def _by_fund(self, name: str) -> tuple[int, ...]:
        found = [0] * FUNDS
        for step in self.steps:
            found[step.fund] = getattr(step, name)
        return tuple(found)


def settle(claim: Claim, rules: Rules, before: Accumulators = NOTHING_YET) -> Settled:
    """The claim as it comes after what the person's year holds. Errors: SettlementError."""
    left, steps = claim.in_scope, []
    for layer in rules.layers:
        cut = rules.cut(claim.manner) if layer.is_cut else 0
        step = _step(layer, rules.favour(claim.category, layer.fund), cut, left, before)
        steps.append(step)
        left = step.left
    patient = claim.total - sum(step.paid for step in steps)
    account = min(claim.account, patient)
    settled = Settled(claim, tuple(steps), before, account, patient - account)
    _assert_identities(settled)
    return settled


def settle_in_turn(
    claims: Iterable[tuple[Claim, Rules]], before: Accumulators = NOTHING_YET
) -> list[Settled]:
    """Claims of one person and year in the order that counts; after a late or a reversed claim, all anew."""
    found = []
    for claim, rules in claims:
        settled = settle(claim, rules, before)
        found.append(settled)
        before = settled.after
    return found


def _step(layer: Layer, favour: Favour, cut: int, base: int, before: Accumulators) -> Step:
    line = _line(layer, favour, before.claims)
    counted = before.counted[layer.fund] if layer.is_yearly else 0
    low, high = max(0, counted - line), max(0, counted + base - line)
    parts = _parts(layer, favour.points - cut, low, high)
    computed = layer.rounding.of(sum(part.amount * part.share for part in parts))
    room = None
    if layer.cap is not None and not favour.is_uncapped:
        room = max(0, layer.cap - before.paid[layer.fund])
    paid = computed if room is None else min(computed, room)
    return Step(
        fund=layer.fund,
        base=base,
        line=line,
        counted=counted,
        over=high - low,
        parts=parts,
        points=favour.points,
        cut=cut,
        computed=computed,
        room=room,
        paid=paid,
        left=base - paid,
    )


def _line(layer: Layer, favour: Favour, claims: int) -> int:
    """A line that is a share of another is rounded to the nearest fen, half up."""
    again = layer.again if claims and not layer.is_yearly else WHOLE
    line = (layer.line * again + WHOLE // 2) // WHOLE
    return (line * favour.line + WHOLE // 2) // WHOLE


def _parts(layer: Layer, points: int, low: int, high: int) -> tuple[Part, ...]:
    """The stretch from `low` to `high` above the line, cut by the bands it crosses."""
    parts = []
    for band in layer.bands:
        end = high if band.up_to is None else min(high, band.up_to)
        if end > low:
            parts.append(Part(end - low, max(0, min(WHOLE, band.share + points))))
            low = end
    return tuple(parts)


def _assert_identities(settled: Settled) -> None:
    """What holds of every bill by the national interface; broken, the engine is wrong, not the claim."""
    claim = settled.claim
    sums = claim.own_pay + claim.over_price + claim.pre_pay + claim.in_scope
    if sums != claim.total or settled.fund_total + settled.patient != claim.total:
        raise AssertionError(f"parts do not sum to the bill: {settled}")
    if settled.fund_total > claim.in_scope or min(settled.account, settled.cash) < 0:
        raise AssertionError(f"paid beyond the scope: {settled}")
