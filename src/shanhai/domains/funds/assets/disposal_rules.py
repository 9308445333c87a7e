"""Rules over disposals: what may go, who decides, what was got for it and where that went. Pure."""

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from shanhai.engines.findings import Finding

from .rules import DISPOSED, UNTITLED

UNDECIDED, BELOW_VALUE, PRICE_OPEN, NOT_SETTLED = "undecided", "below_value", "price_open", "not_settled"
#: Why a disposal cannot be decided on.
GONE, NO_TITLE, WRONG_UNIT, NO_MEETING = "gone", "no_title", "wrong_unit", "no_meeting"


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides, as a dated rule says it. Shape: without a kind whoever verifies for the keeper."""

    kind: str = ""
    needs_meeting: bool = False


def lacks(
    standing: str, authority: Authority, kinds: Collection[str], *, has_meeting: bool, is_titled: bool
) -> Iterator[str]:
    """Everything that keeps a disposal from being decided on by somebody of units of these `kinds`."""
    if standing == DISPOSED:
        yield GONE
    if standing == UNTITLED or not is_titled:
        yield NO_TITLE
    if authority.kind and authority.kind not in kinds:
        yield WRONG_UNIT
    if authority.needs_meeting and not has_meeting:
        yield NO_MEETING


@dataclass(frozen=True, slots=True)
class Disposed:
    """A disposal as the rules see it. Unit: yuan; `settled`: given out or handed over of what came."""

    id: Hashable
    asked_on: date
    disposed_on: date
    is_decided: bool
    is_sale: bool
    appraised: Decimal
    price: Decimal
    received: Decimal = Decimal(0)
    settled: Decimal = Decimal(0)


def check_disposals(disposals: Iterable[Disposed], today: date, days: int | None) -> Iterator[Finding]:
    """Disposals nobody decides on, sold below their value, not paid for, or whose money went nowhere."""
    for one in disposals:
        if not one.is_decided:
            if days is not None and today > one.asked_on + timedelta(days=days):
                waited = (today - one.asked_on).days
                yield Finding(UNDECIDED, f"{one.asked_on} 提交，{waited} 天没有决定。", (one.id,))
            continue
        if one.is_sale and one.price < one.appraised:
            sentence = (
                f"评估 {one.appraised:,} 元，出售 {one.price:,} 元，低 {one.appraised - one.price:,} 元。"
            )
            yield Finding(BELOW_VALUE, sentence, (one.id,))
        yield from _money(one, today, days)


def _money(one: Disposed, today: date, days: int | None) -> Iterator[Finding]:
    """What is still to come in and, of what came, to be given out or handed over."""
    if days is None or today <= one.disposed_on + timedelta(days=days):
        return
    if one.received < one.price:
        sentence = f"应收 {one.price:,} 元，到账 {one.received:,} 元，差 {one.price - one.received:,} 元。"
        yield Finding(PRICE_OPEN, sentence, (one.id,))
    if one.settled < one.received:
        left = one.received - one.settled
        yield Finding(NOT_SETTLED, f"到账 {one.received:,} 元，还有 {left:,} 元没有分配或上缴。", (one.id,))
