"""Working days by a dated calendar, and a bank's return against what was sent. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

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


def problems_of(told: Sequence[Told], sent: Mapping[str, Decimal], total: Decimal) -> Iterator[str]:
    """Where, what and how to mend; nothing when the file fits what was sent.

    Shape: `sent` is what still waits, by our own number; `total` what the bank says it paid, in yuan.
    """
    several = {number for number, times in Counter(one.number for one in told).items() if times > 1}
    for one in told:
        where = f"第 {one.row} 行 {one.number}"
        if one.number in several:
            yield f"{where}：编号在文件里不止一行，请与银行核对后只留一行。"
        elif one.number not in sent:
            yield f"{where}：不在本批次等待回盘的名单里，请核对是否传错批次或已经回过。"
        elif one.amount != sent[one.number]:
            yield f"{where}：金额 {one.amount:.2f} 元，应为 {sent[one.number]:.2f} 元，请与银行核对。"
        if one.result not in PAID_WORDS | FAILED_WORDS:
            yield f"{where}：结果“{one.result}”读不懂，请写“成功”或“失败”。"
    paid = sum((one.amount for one in told if one.is_paid), Decimal(0))
    if paid != total:
        told_so = f"文件各行相加 {paid:.2f} 元，您填的是 {total:.2f} 元"
        yield f"成功合计：{told_so}，相差 {paid - total:.2f} 元，请核对。"
