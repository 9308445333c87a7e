"""Working days by a dated calendar, and a bank's return against what was sent. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

_FRIDAY = 4
_DAY = timedelta(days=1)
#: What banks write for a payment that arrived, and for one that did not.
PAID_WORDS = frozenset({"成功", "已发放", "交易成功", "入账成功"})
FAILED_WORDS = frozenset({"失败", "未成功", "交易失败", "退票"})


def last_day(start: date, working_days: int, arranged: Mapping[date, bool]) -> date:
    """The day on which so many working days are over, `start` being the first where it is one.

    Shape: `arranged` says of a day whether it is worked, against what its weekday says.
    """
    day, left = start, working_days
    while True:
        left -= arranged.get(day, day.weekday() <= _FRIDAY)
        if left <= 0:
            return day
        day += _DAY


@dataclass(frozen=True)
class Told:
    """One line of a bank's file. `row`: its number in the sheet."""

    row: int
    number: str
    amount: Decimal
    result: str
    why: str = ""

    @property
    def is_paid(self) -> bool:
        return self.result in PAID_WORDS


class Why(StrEnum):
    """Why a line does not fit; `ABSENT` stands in no way of the others."""

    SEVERAL = "several"
    UNKNOWN = "unknown"
    AMOUNT = "amount"
    RESULT = "result"
    ABSENT = "absent"


@dataclass(frozen=True)
class Leftover:
    """One line that does not fit, or one sent that the file does not name (`row` 0). Unit: yuan."""

    row: int
    number: str
    why: Why
    what: str
    todo: str
    told: Decimal | None = None
    sent: Decimal | None = None


def leftovers_of(told: Sequence[Told], sent: Mapping[str, Decimal]) -> Iterator[Leftover]:
    """What matches nothing, line by line, and what to do about it; then what was sent and is not named.

    Shape: `sent` is what still waits, by our own number.
    """
    several = {number for number, times in Counter(one.number for one in told).items() if times > 1}
    for one in told:
        expected = sent.get(one.number)
        for why, what, todo in _wrong(one, expected, is_several=one.number in several):
            yield Leftover(one.row, one.number, why, what, todo, one.amount, expected)
    named = {one.number for one in told}
    for number in sorted(set(sent) - named):
        what, todo = "文件里没有这一笔", "等下一次回盘；不再等的，先退出批次"
        yield Leftover(0, number, Why.ABSENT, what, todo, None, sent[number])


def _wrong(one: Told, expected: Decimal | None, *, is_several: bool) -> Iterator[tuple[Why, str, str]]:
    if is_several:
        yield Why.SEVERAL, "编号在文件里不止一行", "请与银行核对后只留一行"
    elif expected is None:
        yield Why.UNKNOWN, "不在本批次等待回盘的名单里", "请核对是否传错批次或已经回过"
    elif one.amount != expected:
        yield Why.AMOUNT, f"金额 {one.amount:.2f} 元，应为 {expected:.2f} 元", "请与银行核对"
    if one.result not in PAID_WORDS | FAILED_WORDS:
        yield Why.RESULT, f"结果“{one.result}”读不懂", "请写“成功”或“失败”"


def problems_of(told: Sequence[Told], sent: Mapping[str, Decimal], total: Decimal) -> Iterator[str]:
    """Where, what and how to mend; nothing when the file fits what was sent.

    Shape: `sent` is what still waits, by our own number; `total` what the bank says it paid, in yuan.
    """
    for one in leftovers_of(told, sent):
        if one.why is not Why.ABSENT:
            yield f"第 {one.row} 行 {one.number}：{one.what}，{one.todo}。"
    paid = sum((one.amount for one in told if one.is_paid), Decimal(0))
    if paid != total:
        told_so = f"文件各行相加 {paid:.2f} 元，您填的是 {total:.2f} 元"
        yield f"成功合计：{told_so}，相差 {paid - total:.2f} 元，请核对。"
