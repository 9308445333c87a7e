"""Clearing over the API: the sheet, its steps, inquiries, the interface file; accounts and ageing."""

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from shanhai.kernel import clock
from shanhai.kernel.evidence.store import require_size
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Side
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import FORM, Found, on_ledger, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.kernel.surfaces.views import actor_of

from . import bookkeeping, clearing, disputes
from .clearing_files import clearing_file, compared, told_of
from .models import Account, AgeingBand, Clearing, ClearingLine, ClearingStep, Dispute, LedgerEntry
from .reconciling_operations import FileAsked


class StepTold(Schema):
    """One step of a clearing."""

    ordinal: int
    kind: str = Field(description=f"清算步骤：{'、'.join(ClearingStep.Kind.values)}")
    taken_on: datetime.date
    handled_by: str
    reason: str


class LineTold(Schema):
    """One settlement of a clearing, in the national field names."""

    id: str
    number: str
    fund_paid: Decimal
    told: dict[str, Any]


class EntryTold(Schema):
    """An amount that went from one account to another. Unit: yuan."""

    booked_on: datetime.date
    debit: str = Field(description=f"科目：{'、'.join(Account.values)}")
    credit: str
    amount: Decimal
    summary: str


class DisputeTold(Schema):
    """What was asked about a settlement, and what came of it."""

    id: str
    number: str
    inquiry: str
    raised_on: datetime.date
    due_on: datetime.date
    conclusion: str = Field(description=f"协查结论：{'、'.join(Dispute.Outcome.values)}；未有结论为空")
    refused_amount: Decimal
    reply: str


class SheetAnswer(Schema):
    """A clearing as both sides see it. Unit: yuan."""

    standing: str
    steps: list[StepTold]
    total: Decimal
    outstanding: Decimal
    lines: list[LineTold]
    disputes: list[DisputeTold]
    entries: list[EntryTold]


class StepBody(Sent):
    """Which step, and how many were seen before it."""

    kind: ClearingStep.Kind = Field(description=f"清算步骤：{'、'.join(ClearingStep.Kind.values)}")
    seen: int = Field(description="看到时已有几步")
    day: datetime.date | None = None
    reason: str = ""
    from_advance: Decimal = Field(Decimal(0), description="完成时从预付金抵扣多少，元")


class RaiseBody(Sent):
    """Which settlement, and what is asked."""

    line: UUID
    inquiry: str


class ConcludeBody(Sent):
    """So much is not asked for; nought: the settlement stands. Unit: yuan."""

    dispute: UUID
    refused_amount: Decimal = Decimal(0)
    reply: str


class AdvanceBody(Sent):
    """What came, or below nought went back. Unit: yuan."""

    amount: Decimal
    day: datetime.date
    note: str = ""


class BooksAsked(Schema):
    """Whose books, and which account; every account without."""

    side: Side = Side.EAST
    account: str = ""


class BalanceTold(Schema):
    """An account. Unit: yuan."""

    account: str
    debits: Decimal
    credits: Decimal


class AgedTold(Schema):
    """What is owed in one band of days. Unit: yuan."""

    band: str
    amount: Decimal
    clearings: list[str]


class BooksAnswer(Schema):
    """Accounts, ageing, and the newest entries."""

    balances: list[BalanceTold]
    advance: Decimal
    ageing: list[AgedTold]
    entries: list[EntryTold]


@register_operations(Clearing.ledger_key())
def sheets(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may_read = on_row(ledger, Verb.VIEW)

    @router.get("/{uuid:pk}/sheet/", response=SheetAnswer, auth=may_read, **named(ledger, "sheet", "清算单"))
    def read_sheet(request: Found, pk: UUID) -> dict[str, Any]:
        return sheet_json(request.auth)

    told = named(ledger, "file", "清算文件（国家接口字段名）")

    @router.get("/{uuid:pk}/file/", auth=may_read, **told)
    def read_clearing_file(request: Found, pk: UUID, asked: Query[FileAsked]) -> HttpResponse:
        content = clearing_file(request.auth, is_csv=asked.format == "csv")
        return file_answer(content, f"{request.auth.number}.{asked.format}")

    told = named(ledger, "file_check", "核对清算文件")
    may_send = on_row(ledger, Verb.VIEW, takes=FORM)

    @router.post("/{uuid:pk}/file/check/", response=list[str], auth=may_send, **told)
    def check_clearing_file(request: Found, pk: UUID, file: File[UploadedFile]) -> list[str]:
        require_size(file.size or 0)
        return compared(request.auth, bytes(file.read()))

    told = named(ledger, "step_on", "清算办理")

    @router.post("/{uuid:pk}/steps/", response=SheetAnswer, auth=may_read, **told)
    def take_clearing_step(request: Found, pk: UUID, body: StepBody) -> dict[str, Any]:
        clearing.take_step(pk, actor=actor_of(request), **body.model_dump())
        return sheet_json(request.auth)

    told = named(ledger, "raise", "提出协查")

    @router.post("/{uuid:pk}/disputes/", response=DisputeTold, auth=may_read, **told)
    def raise_dispute(request: Found, pk: UUID, body: RaiseBody) -> dict[str, Any]:
        return dispute_json(disputes.raise_dispute(pk, body.line, body.inquiry, actor=actor_of(request)))

    told = named(ledger, "conclude", "答复协查")

    @router.post("/{uuid:pk}/disputes/answer/", response=DisputeTold, auth=may_read, **told)
    def answer_dispute(request: Found, pk: UUID, body: ConcludeBody) -> dict[str, Any]:
        amount, reply, actor = body.refused_amount, body.reply, actor_of(request)
        found = disputes.answer_dispute(pk, body.dispute, refused_amount=amount, reply=reply, actor=actor)
        return dispute_json(found)


@register_operations(Clearing.ledger_key())
def accounts(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    told = named(ledger, "books", "清算账、账龄")

    @router.get("/books/", response=BooksAnswer, auth=on_ledger(ledger, Verb.VIEW), **told)
    def read_books(request: HttpRequest, asked: Query[BooksAsked]) -> dict[str, Any]:
        entries = LedgerEntry.objects.filter(side=asked.side)
        bands = AgeingBand.objects.in_force(clock.today()).values_list("since_days", flat=True)
        chosen = bookkeeping.entries_of(entries, asked.account).order_by("-id")
        return {
            "balances": [
                {"account": account.value, **bookkeeping.turnover(entries, account)} for account in Account
            ],
            "advance": bookkeeping.advance_balance(asked.side),
            "ageing": [
                {"band": one.label, "amount": one.total, "clearings": [owed.number for owed in one.owed]}
                for one in bookkeeping.ageing(asked.side, bands)
            ],
            "entries": [entry_json(one) for one in chosen[:200]],
        }

    told = named(ledger, "advance", "记入预付金")

    @router.post("/advance/", response=EntryTold, auth=on_ledger(ledger, Verb.EDIT), **told)
    def move_advance(request: HttpRequest, body: AdvanceBody) -> dict[str, Any]:
        return entry_json(bookkeeping.move_advance(body.amount, body.day, body.note, actor=actor_of(request)))


def sheet_json(row: Clearing) -> dict[str, Any]:
    lines = row.lines.filter(is_released=False).order_by("id")
    return {
        "standing": clearing.standing(row),
        "steps": [step_json(one) for one in row.steps.order_by("ordinal")],
        "total": bookkeeping.total_of(row),
        "outstanding": bookkeeping.outstanding(row),
        "lines": [line_json(one) for one in lines],
        "disputes": [
            dispute_json(one) for one in row.disputes.select_related("clearing_line").order_by("id")
        ],
        "entries": [entry_json(one) for one in row.entries.order_by("id")],
    }


def step_json(one: ClearingStep) -> dict[str, Any]:
    names = ("ordinal", "kind", "taken_on", "handled_by", "reason")
    return {name: getattr(one, name) for name in names}


def line_json(one: ClearingLine) -> dict[str, Any]:
    return {"id": str(one.pk), "number": one.number, "fund_paid": one.fund_paid, "told": told_of(one)}


def entry_json(one: LedgerEntry) -> dict[str, Any]:
    names = ("booked_on", "debit", "credit", "amount", "summary")
    return {name: getattr(one, name) for name in names}


def dispute_json(one: Dispute) -> dict[str, Any]:
    names = ("inquiry", "raised_on", "due_on", "conclusion", "refused_amount", "reply")
    return {
        "id": str(one.pk),
        "number": one.clearing_line.number,
        **{name: getattr(one, name) for name in names},
    }
