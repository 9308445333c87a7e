"""Interface files in the national field names: written from our rows, read and checked from others'.

Files, no live link: what the national platform exchanges as 5203 (settlements) and 3203 (clearing) is written
to a workbook or CSV, and a file of that shape is read with its identities checked row by row. Field names and
identities are those of public implementations of the interface; codes of persons are left out, settlements
are known by their number.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.reading import SheetRow, read_table
from shanhai.kernel.sheets.writing import write_csv, write_xlsx

type Values = Mapping[str, Any]

#: Items of which `fund_pay_sumamt` is the sum; those we do not pay may be left out of a file.
FUND_ITEMS = (
    "hifp_pay",
    "cvlserv_pay",
    "hifes_pay",
    "hifmi_pay",
    "hifob_pay",
    "hifdm_pay",
    "maf_pay",
    "oth_pay",
)
_OUT_OF_SCOPE = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt")
_LABELS = {
    "setl_id": "结算编号",
    "mdtrt_id": "就诊编号",
    "setl_time": "结算日期",
    "insu_admdvs": "参保地区划",
    "insutype": "险种",
    "medfee_sumamt": "医疗费总额",
    "fulamt_ownpay_amt": "全自费",
    "overlmt_selfpay": "超限价",
    "preselfpay_amt": "先行自付",
    "inscp_scp_amt": "符合范围",
    "act_pay_dedc": "实际起付",
    "hifp_pay": "统筹支付",
    "cvlserv_pay": "公务员补助",
    "hifes_pay": "企业补充",
    "hifmi_pay": "大病支付",
    "hifob_pay": "职工大额",
    "hifdm_pay": "伤残人员",
    "maf_pay": "救助支付",
    "oth_pay": "其他支付",
    "fund_pay_sumamt": "基金支付总额",
    "hosp_part_amt": "医院负担",
    "psn_part_amt": "个人负担总额",
    "acct_pay": "个人账户支付",
    "acct_mulaid_pay": "账户共济支付",
    "psn_cash_pay": "个人现金支付",
    "clr_no": "清算编号",
    "clr_ym": "清算月份",
    "clr_optins": "清算经办机构",
}
_OPTIONAL = frozenset({*FUND_ITEMS, "hosp_part_amt", "acct_mulaid_pay", "act_pay_dedc"}) - {"hifp_pay"}
#: What is not a sum of money.
_KINDS = {
    "setl_id": Kind.TEXT,
    "mdtrt_id": Kind.TEXT,
    "setl_time": Kind.DATE,
    "insu_admdvs": Kind.CODE,
    "insutype": Kind.CODE,
    "clr_no": Kind.TEXT,
    "clr_ym": Kind.CODE,
    "clr_optins": Kind.TEXT,
}


def _columns(names: Iterable[str]) -> tuple[SheetColumn, ...]:
    return tuple(
        SheetColumn(
            name,
            name,
            _KINDS.get(name, Kind.MONEY),
            required=name not in _OPTIONAL,
            help=_LABELS[name],
            aliases=(_LABELS[name],),
        )
        for name in names
    )


_SETTLED = ("setl_id", "mdtrt_id", "setl_time", "insu_admdvs", "insutype")
_MONEY = tuple(name for name in _LABELS if name not in _KINDS)
#: Settlements of a month, as 5203 tells them.
SETTLEMENTS = _columns((*_SETTLED, *_MONEY))
#: Settlements of a clearing, as 3203 asks for them.
CLEARING = _columns(("clr_no", "clr_ym", "clr_optins", *_SETTLED, *_MONEY))


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a file: where, and how to mend it."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}：{self.sentence}"


@dataclass(frozen=True)
class FileRead:
    """A file as it was understood. Shape: rows that are right, by their number; amounts in yuan."""

    rows: dict[str, Values]
    wrong: list[Wrong]

    def sums(self) -> tuple[int, Decimal, Decimal, Decimal]:
        """Count, fee, funds, patients. A reversal counts below nought."""
        rows = self.rows.values()
        count = sum(-1 if one["medfee_sumamt"] < 0 else 1 for one in rows)
        names = ("medfee_sumamt", "fund_pay_sumamt", "psn_part_amt")
        fee, fund, patient = (sum((one[name] for one in rows), Decimal(0)) for name in names)
        return count, fee, fund, patient


def read(content: bytes, columns: Sequence[SheetColumn]) -> FileRead:
    """Errors: SheetRefused for what is no table of this shape."""
    table = read_table(content, columns)
    wrong = [Wrong(one.place, one.message) for one in table.problems]
    rows: dict[str, Values] = {}
    for row in table.rows:
        if row.problems:
            continue
        values = _filled(row.values, columns)
        found = list(_of_row(row, values, rows))
        wrong += found
        if not found:
            rows[values["setl_id"]] = values
    return FileRead(rows, wrong)


def _filled(values: Values, columns: Sequence[SheetColumn]) -> dict[str, Any]:
    """Money that a file leaves out is nought."""
    nothing = {one.name: Decimal("0.00") for one in columns if one.kind is Kind.MONEY}
    return nothing | {name: value for name, value in values.items() if value is not None}


def _of_row(row: SheetRow, values: Values, rows: Mapping[str, Values]) -> Iterator[Wrong]:
    place = _("第 %(row)s 行") % {"row": row.number}
    if values["setl_id"] in rows:
        sentence = _("结算编号 %(number)s 前面已经有一行，请删去重复的。")
        yield Wrong(place, sentence % {"number": values["setl_id"]})
    for sentence in broken_identities(values):
        yield Wrong(place, sentence)


def broken_identities(values: Values) -> Iterator[str]:
    """The four sums every settlement must give; what is off by a fen is told with the figures."""
    for names, total, sentence in _identities():
        parts = sum((values.get(name, Decimal(0)) * sign for name, sign in names), Decimal(0))
        if parts != values[total]:
            told = {"name": total, "written": said(values[total]), "computed": said(parts)}
            gap = _("%(name)s 写的是 %(written)s，按式应为 %(computed)s。") % told
            yield f"{gap}{sentence}"


def _identities() -> Iterator[tuple[tuple[tuple[str, int], ...], str, str]]:
    """Parts with their sign, the field that is their sum, and how to mend it."""
    plus: Callable[[str], tuple[str, int]] = lambda name: (name, 1)  # noqa: E731
    scope = (plus("medfee_sumamt"), *((name, -1) for name in _OUT_OF_SCOPE))
    yield (
        scope,
        "inscp_scp_amt",
        _("符合范围＝总额－全自费－超限价－先行自付，请核对这四项。"),
    )
    yield (
        tuple(map(plus, FUND_ITEMS)),
        "fund_pay_sumamt",
        _("基金支付总额＝各项基金支付之和，请核对各项。"),
    )
    whole = ("fund_pay_sumamt", "psn_part_amt", "hosp_part_amt")
    yield tuple(map(plus, whole)), "medfee_sumamt", _("总额＝基金＋个人＋医院负担，请核对三项。")
    own = ("acct_pay", "acct_mulaid_pay", "psn_cash_pay")
    yield tuple(map(plus, own)), "psn_part_amt", _("个人负担＝账户＋共济＋现金，请核对三项。")


def written(
    columns: Sequence[SheetColumn], rows: Iterable[Values], note: str, *, is_csv: bool = False
) -> bytes:
    """The file; `read` gives the same rows back."""
    out = io.BytesIO()
    write = write_csv if is_csv else write_xlsx
    write(columns, [dict(one) for one in rows], note, out)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one settlement: on one side only, or a field that says something else; "" for the whole."""

    number: str
    kind: str
    national_field: str = ""
    ours: str = ""
    theirs: str = ""


#: What is compared of a settlement that both sides have.
COMPARED = (
    "mdtrt_id",
    "setl_time",
    "medfee_sumamt",
    "inscp_scp_amt",
    *FUND_ITEMS,
    "acct_pay",
    "psn_cash_pay",
)


def differences(ours: Mapping[str, Values], theirs: Mapping[str, Values]) -> list[Difference]:
    """Everything in which the two differ, by number. Shape: none of equal files, whatever their order."""
    found = []
    for number in sorted(ours.keys() | theirs.keys()):
        if number not in theirs:
            found.append(Difference(number, "only_here", ours=said(ours[number]["medfee_sumamt"])))
        elif number not in ours:
            found.append(Difference(number, "only_there", theirs=said(theirs[number]["medfee_sumamt"])))
        else:
            found += _of_both(number, ours[number], theirs[number])
    return found


def _of_both(number: str, ours: Values, theirs: Values) -> Iterator[Difference]:
    for name in COMPARED:
        one, other = ours.get(name) or Decimal(0), theirs.get(name) or Decimal(0)
        if one != other:
            yield Difference(number, "differs", name, said(one), said(other))


def said(value: Any) -> str:
    """A value as a difference tells it."""
    return f"{value:,.2f}" if isinstance(value, Decimal) else str(value)[:60]


def label(name: str) -> str:
    """What a national field name means."""
    return _LABELS.get(name, name)


def day_of(value: Any) -> date:
    """The day of a settlement as the file has it."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))
