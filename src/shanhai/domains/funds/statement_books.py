"""流水核对: entries of a bank or treasury file beside the rows of one's own books, all of either told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.sheets.reading import ABSENT, read_table

from .chain_rules import Entry, Fit, Pair, match, voucher_key
from .lookup import threshold
from .models import Payment, Threshold, TransferReceived, TransferSent
from .statements import Statement, StatementLine, is_mt940, line_of, read_mt940

#: A voucher shorter than this is found in too many texts. Unit: signs.
_LEAST_KEY = 5
_MOST_TOLD = 30
COLUMNS = (
    SheetColumn(
        "day",
        "交易日期",
        Kind.DATE,
        required=True,
        aliases=("日期", "记账日期", "入账日期", "交易时间", "业务日期", "支付日期"),
    ),
    SheetColumn("credit", "收入", Kind.MONEY, aliases=("贷方发生额", "贷方金额", "收入金额", "贷方")),
    SheetColumn("debit", "支出", Kind.MONEY, aliases=("借方发生额", "借方金额", "支出金额", "借方")),
    SheetColumn("amount", "金额", Kind.MONEY, aliases=("交易金额", "发生额", "支付金额")),
    SheetColumn("sign", "借贷标志", Kind.TEXT, aliases=("收支标志", "借贷", "借贷方向")),
    SheetColumn(
        "reference", "凭证号", Kind.TEXT, aliases=("流水号", "交易流水号", "凭证号码", "支付令号", "凭证编号")
    ),
    SheetColumn("text", "摘要", Kind.TEXT, aliases=("用途", "附言", "备注", "交易摘要", "对方户名")),
)


@dataclass(frozen=True)
class Checked:
    """A file held against the books. Shape: in a pair, `sent` is of the books, `received` of the file."""

    statement: Statement
    pairs: Sequence[Pair]

    @property
    def matched(self) -> int:
        return sum(one.fit is Fit.EQUAL for one in self.pairs)

    @property
    def left(self) -> list[Pair]:
        return [one for one in self.pairs if one.fit is not Fit.EQUAL]


def read_statement(data: bytes) -> Statement:
    """MT940-like text or a table. Errors: RuleViolated for a file nobody can read."""
    text = _text_of(data)
    if text is not None and is_mt940(text):
        return read_mt940(text)
    try:
        table = read_table(data, COLUMNS)
    except SheetRefused as refused:
        raise RuleViolated(str(refused), code="bad_statement") from None
    lines: list[StatementLine] = []
    problems = [str(one.message) for one in table.problems]
    for row in table.rows:
        values: dict[str, Any] = {name: value for name, value in row.values.items() if value != ABSENT}
        found = line_of(row.number, values)
        if isinstance(found, StatementLine):
            lines.append(found)
        else:
            problems.append(found)
    if not lines:
        told = problems[:_MOST_TOLD] or [_("文件里没有一行流水。")]
        raise RuleViolated(problems={"": told}, code="bad_statement")
    return Statement(lines, problems=problems)


def _text_of(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def check_statement(data: bytes, actor: Actor) -> Checked:
    """Hold a file against the books of the reader's own side. Nothing is written. Errors: RuleViolated."""
    statement = read_statement(data)
    days = [one.day for one in statement.lines]
    if not days:
        raise RuleViolated(problems={"": list(statement.problems)[:_MOST_TOLD]}, code="bad_statement")
    transit = int(threshold(Threshold.Code.TRANSIT_DAYS) or 0)
    first, last = min(days), max(days)
    around = first - timedelta(days=transit), last + timedelta(days=transit)
    came, left = _books(actor, *around)
    credits_of, debits_of = (
        [_entry(one, book) for one in statement.lines if (one.amount > 0) is is_credit]
        for is_credit, book in ((True, came), (False, left))
    )
    # Money comes before it is entered, and is entered before it goes.
    incoming = [Pair(one.received, one.sent, _turned(one.fit)) for one in match(credits_of, came, transit)]
    pairs = [*incoming, *match(left, debits_of, transit)]
    shown = [one for one in pairs if one.received or (one.sent and first <= one.sent.day <= last)]
    shown.sort(key=lambda pair: (pair.received or pair.sent or _NOBODY).day)
    return Checked(statement, shown)


_NOBODY = Entry("", "", Decimal(0), date.max)


def _turned(fit: Fit) -> Fit:
    return {Fit.ONLY_SENT: Fit.ONLY_RECEIVED, Fit.ONLY_RECEIVED: Fit.ONLY_SENT}.get(fit, fit)


def _books(actor: Actor, first: date, last: date) -> tuple[list[Entry], list[Entry]]:
    """What came in and what went out by the books of the reader's side; negative where it went out."""
    sides, days = actor.sides, (first, last)
    came: Any = TransferReceived.objects.reported().filter(side__in=sides - {Side.EAST})
    left: Any = Payment.objects.reported().filter(side__in=sides, paid_on__range=days)
    sent: Any = TransferSent.objects.reported().filter(side__in=sides, sent_on__range=days)
    incoming = came.filter(received_on__range=days)
    return _entries(incoming, "received_on", 1), [
        *_entries(left, "paid_on", -1),
        *_entries(sent, "sent_on", -1),
    ]


def _entries(rows: Any, day: str, sign: int) -> list[Entry]:
    """Shape: `level` of each is the ledger of its row."""
    ledger = rows.model.ledger_key()
    found = rows.values_list("id", "voucher_number", "amount", day)
    return [Entry(key, voucher, sign * amount, on, ledger) for key, voucher, amount, on in found]


def _entry(line: StatementLine, book: Iterable[Entry]) -> Entry:
    """An entry of the file, under the voucher of the books that its reference or text names."""
    told = voucher_key(line.reference + " " + line.text)
    keys = ((voucher_key(one.voucher), one.voucher) for one in book)
    named = [voucher for key, voucher in keys if len(key) >= _LEAST_KEY and key in told]
    voucher = max(named, key=len) if named else line.reference
    return Entry(line, voucher, line.amount, line.day)
