"""Statements of banks and treasuries, MT940-like text or tables of common forms, no line lost. Pure.

Text: the tags :25: account, :60F: and :62F: balances, :61: entries, :86: what they are for. A line that no
tag begins goes on the one before. Everything that cannot be read is told by line; balances must add up.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

NOTHING = Decimal(0)
_TAG = re.compile(r"^:(\d{2}[A-Z]?):(.*)$")
_ENTRY = re.compile(
    r"^(?P<day>\d{6})(?P<booked>\d{4})?(?P<sign>R?[CD])[A-Z]?(?P<amount>\d[\d.]*,\d{0,2})"
    r"(?P<kind>[NSF][A-Z0-9]{3})?(?P<reference>[^/]*)(?://(?P<bank>.*))?$"
)
_BALANCE = re.compile(r"^(?P<sign>[CD])(?P<day>\d{6})[A-Z]{3}(?P<amount>\d[\d.]*,\d{0,2})$")
#: Tags that say nothing of entries or balances.
_ASIDE = frozenset({"20", "21", "25", "28", "28C", "64", "65", "60M", "62M"})


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One entry. Unit: yuan; what comes in is positive, what goes out negative. `row`: line of the file."""

    row: int
    day: date
    amount: Decimal
    reference: str
    text: str = ""


@dataclass(frozen=True)
class Statement:
    """A file as read. `opening`, `closing`: None where it names none. `problems`: what could not be read."""

    lines: Sequence[StatementLine]
    opening: Decimal | None = None
    closing: Decimal | None = None
    problems: Sequence[str] = field(default_factory=tuple)

    @property
    def total(self) -> Decimal:
        return sum((one.amount for one in self.lines), NOTHING)


def is_mt940(text: str) -> bool:
    """Whether a text has the tags of such a statement."""
    tags = {found.group(1) for found in map(_TAG.match, text.splitlines()) if found}
    return bool(tags & {"60F", "61", "62F"})


def read_mt940(text: str) -> Statement:
    """Shape: also several statements one after the other, as long as each goes on where the last ended."""
    reading = _Reading()
    for row, tag, content in _tags(text):
        reading.take(row, tag, content)
    return checked(Statement(reading.lines, reading.opening, reading.closing, reading.problems))


class _Reading:
    """A text on its way into a statement."""

    def __init__(self) -> None:
        self.lines: list[StatementLine] = []
        self.problems: list[str] = []
        self.opening: Decimal | None = None
        self.closing: Decimal | None = None

    def take(self, row: int, tag: str, content: str) -> None:
        match tag:
            case "61":
                self._entry(row, content)
            case "86":
                self._text(content)
            case "60F" | "62F":
                self._balance(row, tag, content)
            case _ if tag not in _ASIDE:
                self.problems.append(f"第 {row} 行 :{tag}: 不认识，没有读入。")

    def _entry(self, row: int, content: str) -> None:
        line = _entry(row, content)
        if line is not None:
            self.lines.append(line)
        else:
            told = content.splitlines()[0] if content else ""
            self.problems.append(f"第 {row} 行 :61:{told} 读不懂，请核对日期、借贷和金额。")

    def _text(self, content: str) -> None:
        if self.lines:
            last = self.lines[-1]
            told = " ".join(filter(None, (last.text, " ".join(content.split()))))
            self.lines[-1] = StatementLine(last.row, last.day, last.amount, last.reference, told)

    def _balance(self, row: int, tag: str, content: str) -> None:
        balance = _balance(content)
        if balance is None:
            self.problems.append(f"第 {row} 行 :{tag}:{content} 余额读不懂。")
        elif tag == "62F":
            self.closing = balance
        elif self.opening is None:
            self.opening = balance
        elif self.closing is not None and balance != self.closing:
            told = f"第 {row} 行期初余额 {balance:.2f} 元，与上一张对账单"
            self.problems.append(told + f"期末 {self.closing:.2f} 元不符。")


def checked(statement: Statement) -> Statement:
    """With what the balances say: opening and all entries come to the closing, or a line is missing."""
    if statement.opening is None or statement.closing is None:
        return statement
    gap = statement.closing - statement.opening - statement.total
    if not gap:
        return statement
    told = (
        f"期初 {statement.opening:.2f} 元加各行 {statement.total:.2f} 元，"
        f"与期末 {statement.closing:.2f} 元相差 {gap:.2f} 元，文件可能缺行。"
    )
    problems = (*statement.problems, told)
    return Statement(statement.lines, statement.opening, statement.closing, problems)


def _tags(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, tag and everything up to the next tag."""
    found: list[tuple[int, str, list[str]]] = []
    for row, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if match := _TAG.match(bare):
            found.append((row, match.group(1), [match.group(2)]))
        elif bare in {"", "-", "-}"} or bare.startswith("{"):
            continue
        elif found:
            found[-1][2].append(bare)
    for row, tag, parts in found:
        yield row, tag, "\n".join(parts)


def _entry(row: int, content: str) -> StatementLine | None:
    first, *more = content.splitlines() or [""]
    match = _ENTRY.match(first)
    day = _day(match["day"]) if match else None
    if match is None or day is None:
        return None
    amount = _amount(match["amount"])
    # A reversed credit takes out what a credit brought.
    sign = 1 if match["sign"] in {"C", "RD"} else -1
    return StatementLine(row, day, sign * amount, match["reference"].strip(), " ".join(more))


def _balance(content: str) -> Decimal | None:
    match = _BALANCE.match(content.strip())
    if match is None:
        return None
    return _amount(match["amount"]) * (1 if match["sign"] == "C" else -1)


def _amount(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", ".")).quantize(Decimal("0.01"))


def _day(text: str) -> date | None:
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return None


def line_of(row: int, values: Mapping[str, object]) -> StatementLine | str:
    """A line of a table, or what is wrong with it.

    Shape: `day`; either `credit` and `debit`, or `amount` with `sign` (借、贷) where it is not signed itself.
    """
    day, found = values.get("day"), _signed(values)
    if not isinstance(day, date):
        return f"第 {row} 行没有日期，没有读入。"
    if isinstance(found, str):
        return f"第 {row} 行{found}，没有读入。"
    reference, text = (str(values.get(name) or "").strip() for name in ("reference", "text"))
    return StatementLine(row, day, found, reference, text)


def _signed(values: Mapping[str, object]) -> Decimal | str:
    credit, debit, amount = (_number(values.get(name)) for name in ("credit", "debit", "amount"))
    if credit and debit:
        return "收入和支出都有金额"
    if credit or debit:
        return credit - debit
    return _by_sign(amount, str(values.get("sign") or "").strip().upper()) if amount else "没有金额"


def _number(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else NOTHING


def _by_sign(amount: Decimal, sign: str) -> Decimal | str:
    if sign in {"借", "D", "支", "支出", "付"}:
        return -abs(amount)
    if sign in {"贷", "C", "收", "收入"}:
        return abs(amount)
    return "借贷标志读不懂" if sign else amount
