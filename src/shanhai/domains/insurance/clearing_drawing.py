"""What a 清算单 shows: figures, steps, settlements, inquiries, entries, the file to check."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link
from shanhai.registers.parties.models import Person
from shanhai.registers.tables import table_of
from shanhai.web.boards import Drawn, amount, choice, field, form, long, section

from . import bookkeeping, clearing, disputes
from .clearing_files import told_of
from .models import Clearing, ClearingLine, ClearingStep, Dispute, MedicalVisit

Kind = ClearingStep.Kind
#: Lines and entries shown on a page; the file has them all.
SHOWN = 200


def sections(row: Clearing, actor: Actor) -> list[Drawn]:
    """All of the sheet, with the forms the reader may send."""
    return [
        _steps(row, actor),
        _lines(row, actor),
        _disputes(row, actor),
        _entries_of(row),
        _checking(row),
    ]


def figures(row: Clearing) -> list[Drawn]:
    lines = row.lines.filter(is_released=False)
    owed, total = bookkeeping.outstanding(row), bookkeeping.total_of(row)
    refused = disputes.refused_of(row.disputes.all())
    return [
        _figure(_("结算次数"), f"{lines.count():,}", _("次")),
        _figure(_("基金支付合计"), f"{total:,.2f}", _("元")),
        _figure(_("协查核减"), f"{refused:,.2f}", _("元")),
        _figure(_("应收余额"), f"{owed:,.2f}", _("元")),
    ]


def _figure(name: str, value: str, unit: str, url: str = "") -> Drawn:
    return {"name": name, "value": value, "unit": unit, "url": url}


def _steps(row: Clearing, actor: Actor) -> Drawn:
    rows = [
        (
            "",
            (one.get_kind_display(), str(one.taken_on), one.handled_by, long(one.reason)),
        )
        for one in row.steps.order_by("ordinal")
    ]
    table = table_of((_("清算步骤"), _("办理日期"), _("办理人"), _("办理说明")), rows)
    now = clearing.standing(row)
    note = str(Kind(now).label) if now else _("未申请")
    return section(_("办理"), table, note=note, empty=_("还没有申请。"), forms=_next(row, now, actor))


def _next(row: Clearing, now: str, actor: Actor) -> list[Drawn]:
    """A form for each step the reader may take."""
    mine = [
        kind
        for kind in clearing.FOLLOWS.get(now, ())
        if (clearing.of_insured if kind in clearing.OF_INSURED else clearing.of_care)(row, actor)
    ]
    return [_step_form(row, kind) for kind in mine]


def _step_form(row: Clearing, kind: ClearingStep.Kind) -> Drawn:
    fields = [field("reason", _("办理说明"), id=f"reason-{kind}", maxlength=200, long=True)]
    if kind is Kind.UNDONE:
        fields[0]["required"] = True
    if kind in {Kind.PAID, Kind.COMPLETED}:
        today = clock.today().isoformat()
        fields.insert(0, field("day", _("办理日期"), "date", today, id=f"day-{kind}", required=True))
    if kind is Kind.COMPLETED:
        left = max(min(bookkeeping.advance_balance(row.side), bookkeeping.outstanding(row)), Decimal(0))
        fields.insert(1, field("from_advance", _("从预付金抵扣"), "number", f"{left}", unit=_("元")))
    hidden = {"kind": kind.value, "seen": row.steps.count()}
    url = reverse("insurance:take_clearing_step", args=[row.pk])
    return form(
        url,
        str(kind.label),
        fields=fields,
        hidden=hidden,
        note=_NOTES[kind](),
        is_main=kind is not Kind.UNDONE,
    )


_NOTES: dict[str, Callable[[], str]] = {
    Kind.REQUESTED: lambda: _("归集到这个月末还没有清算的全部结算；每次结算只进一份清算。"),
    Kind.CONFIRMED: lambda: _("参保地核对无误；有疑问的先提协查。"),
    Kind.PAID: lambda: _("参保地已拨付；协查都有结论才能办。"),
    Kind.COMPLETED: lambda: _("就医地收到清算款：先从预付金抵扣，其余从银行到账。"),
    Kind.UNDONE: lambda: _("分录逐笔冲回，结算退出，可另行清算。"),
}


def names_of(lines: list[ClearingLine]) -> dict[str, str]:
    """Names of the people, as far as the reader knows them in a register of their own."""
    wanted = {one.person_index for one in lines}
    people = Person.objects.filter(identity_number_index__in=wanted)
    return {one.identity_number_index: one.name for one in people}


def _lines(row: Clearing, actor: Actor) -> Drawn:
    lines = list(row.lines.filter(is_released=False).select_related("settlement")[:SHOWN])
    people, visits = names_of(lines), registry.get(MedicalVisit.ledger_key())
    is_ours = clearing.of_care(row, actor)
    rows = []
    for one in lines:
        told = told_of(one)
        url = link(visits, "detail", pk=one.settlement.visit_id) if is_ours else ""
        sums = ("medfee_sumamt", "hifp_pay", "hifmi_pay", "maf_pay", "fund_pay_sumamt", "psn_part_amt")
        cells = [amount(told[name]) for name in sums]
        rows.append((url, (one.number, people.get(one.person_index, ""), str(one.settled_on), *cells)))
    labels = (_("结算编号"), _("人员"), _("结算日期"), _("医疗费总额"))
    funds = (_("统筹支付"), _("大病支付"), _("救助支付"), _("基金支付"), _("个人负担"))
    forms = [_raising(row, lines)] if lines and _may_ask(row, actor) else []
    note = _("%(number)s 次") % {"number": f"{row.lines.filter(is_released=False).count():,}"}
    return section(
        _("结算明细"), table_of((*labels, *funds), rows), note=note, empty=_("没有结算。"), forms=forms
    )


def _may_ask(row: Clearing, actor: Actor) -> bool:
    return clearing.standing(row) in disputes.DISPUTABLE and clearing.of_insured(row, actor)


def _raising(row: Clearing, lines: list[ClearingLine]) -> Drawn:
    options = [(str(one.pk), f"{one.number} {one.fund_paid:,.2f}") for one in lines]
    fields = [
        choice("line", _("结算编号"), options),
        field("inquiry", _("协查事由"), required=True, maxlength=200, long=True),
    ]
    return form(reverse("insurance:raise_dispute", args=[row.pk]), _("提出协查"), fields=fields)


def _disputes(row: Clearing, actor: Actor) -> Drawn:
    found = list(row.disputes.select_related("clearing_line").order_by("id"))
    rows = [
        (
            "",
            (
                one.clearing_line.number,
                long(one.inquiry),
                str(one.raised_on),
                str(one.due_on),
                one.get_conclusion_display() or _clock(one),
                amount(one.refused_amount),
                long(one.reply),
            ),
        )
        for one in found
    ]
    labels = (_("结算编号"), _("协查事由"), _("协查日期"), _("协查期限"), _("协查结论"))
    table = table_of((*labels, _("核减数额"), _("协查答复")), rows)
    left = [one for one in found if not one.conclusion]
    forms = [_answering(row, left)] if left and clearing.of_care(row, actor) else []
    return section(_("协查"), table, empty=_("没有协查。"), forms=forms)


def _clock(one: Dispute) -> str:
    left = (one.due_on - clock.today()).days
    if left < 0:
        return _("超期 %(days)s 天") % {"days": -left}
    return _("还剩 %(days)s 天") % {"days": left}


def _answering(row: Clearing, left: list[Dispute]) -> Drawn:
    options = [(str(one.pk), f"{one.clearing_line.number} {one.inquiry}") for one in left]
    fields = [
        choice("dispute", _("协查"), options),
        field("refused_amount", _("核减数额"), "number", "0", unit=_("元")),
        field("reply", _("协查答复"), required=True, maxlength=200, long=True),
    ]
    note = _("0 元为维持原结算；核减的部分记入更正分录，不再应收。")
    return form(reverse("insurance:answer_dispute", args=[row.pk]), _("答复协查"), fields=fields, note=note)


def _entries_of(row: Clearing) -> Drawn:
    return section(_("清算分录"), entries_table(row.entries.order_by("id")), empty=_("还没有分录。"))


def entries_table(entries: Any) -> Drawn:
    labels = (_("记账日期"), _("摘要"), _("借方科目"), _("贷方科目"), _("金额（元）"))
    rows = [
        (
            "",
            (
                str(one.booked_on),
                one.summary,
                one.get_debit_display(),
                one.get_credit_display(),
                amount(one.amount),
            ),
        )
        for one in entries
    ]
    return table_of(labels, rows)


def _checking(row: Clearing) -> Drawn:
    """For whoever got the file: whether it is right, and says what the clearing says."""
    sent = form(
        reverse("insurance:check_clearing_file", args=[row.pk]),
        _("核对文件"),
        fields=[field("file", _("清算文件"), "file", accept=".xlsx,.csv", required=True)],
        note=_("逐行核对四个等式，再与清算单逐条比对；只核对，不写入。"),
        takes_file=True,
    )
    return section(_("接口文件"), forms=[sent])
