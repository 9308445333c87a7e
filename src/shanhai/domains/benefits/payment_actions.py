"""State changes of payments: claims into a list and out of it, the bank's return, and money taken back."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import constraint_sentences, get_row
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Sharing
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.sheets.reading import ABSENT, read_table
from shanhai.kernel.workflow import State

from .claim_actions import move
from .claim_rules import Step
from .entitled import digest_of_overpaid, overpaid_of
from .models import (
    BankReturn,
    Claim,
    ClawBack,
    PayeeAccount,
    PaymentLine,
    PaymentList,
    Policy,
    Standing,
)
from .notice_actions import held, saved
from .payment_rules import Leftover, Told, leftovers_of, problems_of

_MOST_TOLD = 20
WAITING = PaymentLine.Result.WAITING


@dataclass(frozen=True)
class Loaded:
    """What filling a list came to: lines made, and numbers of claims whose person has no account."""

    lines: Sequence[PaymentLine]
    without_account: Sequence[str]

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))


def load_list(pk: UUID, *, actor: Actor, row_version: int) -> Loaded:
    """Every claim of the policy that may be paid, or whose payment failed, into this list.

    Errors: RuleViolated where there is none; Conflict; NotAllowed; NotVisible.
    """
    row: PaymentList = held(PaymentList.ledger_key(), pk, actor, row_version)
    if row.returns.exists():
        raise RuleViolated(_("这个批次已有回盘，请另建批次。"), code="bad_claim_step")
    standing = (Standing.PAYABLE, Standing.FAILED)
    claims = Claim.objects.filter(policy=row.policy_id, standing__in=standing)
    rows = list(claims.select_for_update(of=("self",)).order_by("number"))
    accounts = _accounts(rows)
    said = _("装入批次 %(number)s") % {"number": row.number}
    lines, without = [], []
    for claim in rows:
        account = accounts.get(claim.person_id or claim.firm_id)
        if account is None:
            without.append(claim.number)
            continue
        claim.payment_list, claim.payee_account = row, account
        move(claim, Step.LOAD, reason=said)
        lines.append(PaymentLine(payment_list=row, claim=claim, amount=claim.amount))
    if not lines:
        told = _("没有可装入的申领：须公示期满待发或发放失败，并登记了收款账户（缺账户 %(number)s 笔）。")
        raise RuleViolated(told % {"number": len(without)}, code="bad_claim_step")
    with constraint_sentences():
        PaymentLine.objects.bulk_create(lines)
    row.claim_count += len(lines)
    row.list_total += sum((line.amount for line in lines), Decimal(0))
    saved(row, said)
    return Loaded(lines, without)


def _accounts(claims: Sequence[Claim]) -> dict[UUID | None, PayeeAccount]:
    people = {one.person_id for one in claims if one.person_id}
    firms = {one.firm_id for one in claims if one.firm_id}
    known = PayeeAccount.objects.reported()
    found: dict[UUID | None, PayeeAccount] = {}
    for account in known.filter(person__in=people):
        found[account.person_id] = account
    for account in known.filter(firm__in=firms):
        found[account.firm_id] = account
    return found


def unload_list(pk: UUID, *, actor: Actor, row_version: int) -> int:
    """Claims still waiting leave the list and may be paid by another; how many."""
    row: PaymentList = held(PaymentList.ledger_key(), pk, actor, row_version)
    waiting = list(PaymentLine.objects.filter(payment_list=row, result=WAITING))
    said = _("退出批次 %(number)s") % {"number": row.number}
    for line in waiting:
        _decide(line.pk, line.claim_id, Step.UNLOAD, PaymentLine.Result.DROPPED, said)
    row.claim_count -= len(waiting)
    row.list_total -= sum((line.amount for line in waiting), Decimal(0))
    saved(row, said)
    return len(waiting)


def _decide(key: UUID, claim_pk: UUID, step: Step, result: str, said: str, **more: Any) -> None:
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim_pk)
    line = PaymentLine.objects.get(pk=key)
    line.result = result
    for name, value in more.items():
        setattr(line, name, value)
    with context.because(said), constraint_sentences():
        line.save()
    move(claim, step, reason=said)


COLUMNS = (
    SheetColumn("number", "申领编号", Kind.TEXT, required=True, aliases=("编号", "业务编号", "流水号")),
    SheetColumn("amount", "金额", Kind.DECIMAL, required=True, aliases=("发放金额", "交易金额", "核定金额")),
    SheetColumn("result", "结果", Kind.TEXT, required=True, aliases=("发放结果", "交易结果", "状态")),
    SheetColumn("why", "原因", Kind.TEXT, aliases=("失败原因", "备注", "未成原因")),
)


def take_return(
    pk: UUID, *, told: Sequence[Told], name: str, total: Decimal, actor: Actor, row_version: int
) -> BankReturn:
    """The bank's lines: each claim they name is paid or failed, or nothing is taken at all.

    Shape: `total` is what the bank says it paid, in yuan. Claims left out go on waiting.
    Errors: RuleViolated with where, what and how to mend; Conflict; NotAllowed; NotVisible.
    """
    row: PaymentList = held(PaymentList.ledger_key(), pk, actor, row_version)
    if row.state != State.VERIFIED:
        raise RuleViolated(_("批次须由他人核实后才能收回盘。"), code="bad_return")
    waiting = waiting_of(row)
    digest = hashlib.sha256(repr([(one.number, one.amount, one.result) for one in told]).encode()).hexdigest()
    if row.returns.filter(digest=digest).exists():
        raise RuleViolated(_("同样内容的回盘已经收过。"), code="bad_return")
    problems = list(problems_of(told, {number: line.amount for number, line in waiting.items()}, total))
    if problems:
        raise RuleViolated(problems={"": problems[:_MOST_TOLD]}, code="bad_return")
    paid = [one for one in told if one.is_paid]
    made = BankReturn(
        payment_list=row,
        digest=digest,
        return_file=name[:120],
        paid_count=len(paid),
        failed_count=len(told) - len(paid),
        paid_total=sum((one.amount for one in paid), Decimal(0)),
        returned_at=clock.now(),
        returned_by=actor.key,
    )
    said = _("批次 %(number)s 回盘") % {"number": row.number}
    with context.because(said), constraint_sentences():
        made.save(force_insert=True)
    for one in told:
        line = waiting[one.number]
        step, result = (
            (Step.PAY, PaymentLine.Result.PAID) if one.is_paid else (Step.FAIL, PaymentLine.Result.FAILED)
        )
        _decide(line.pk, line.claim_id, step, result, said, failure=one.why[:200], bank_return=made)
    saved(row, said)
    return made


def waiting_of(row: PaymentList) -> dict[str, PaymentLine]:
    """Lines of a list of which the bank has said nothing yet, by the number of their claim."""
    lines = PaymentLine.objects.filter(payment_list=row, result=WAITING).select_related("claim")
    return {line.claim.number: line for line in lines}


def check_return(pk: UUID, *, told: Sequence[Told], actor: Actor) -> tuple[PaymentList, list[Leftover]]:
    """What of a file fits nothing, and what it does not name. Errors: NotAllowed; NotVisible."""
    row: PaymentList = get_row(registry.get(PaymentList.ledger_key()), pk, actor=actor, verb=Verb.EDIT)
    sent = {number: line.amount for number, line in waiting_of(row).items()}
    return row, list(leftovers_of(told, sent))


def read_return(data: bytes) -> list[Told]:
    """Lines of a file of the bank. Errors: RuleViolated with cell and reason."""
    try:
        table = read_table(data, COLUMNS)
    except SheetRefused as refused:
        raise RuleViolated(str(refused), code="bad_return") from None
    problems = [str(one.message) for one in table.problems]
    told = []
    for one in table.rows:
        values: dict[str, Any] = {
            name: value for name, value in one.values.items() if value not in (ABSENT, None)
        }
        if {"number", "amount", "result"} <= set(values):
            amount, why = Decimal(values["amount"]), str(values.get("why", ""))
            told.append(Told(one.number, str(values["number"]), amount, str(values["result"]), why))
        else:
            problems.append(_("第 %(row)s 行缺申领编号、金额或结果。") % {"row": one.number})
    if problems or not told:
        problems = problems or [_("文件里没有一行结果。")]
        raise RuleViolated(problems={"": problems[:_MOST_TOLD]}, code="bad_return")
    return told


def settle_claw_back(
    pk: UUID, *, standing: ClawBack.Standing, note: str, actor: Actor, row_version: int
) -> ClawBack:
    """Money came back, or is no longer asked for. Errors: RuleViolated; Conflict; NotAllowed; NotVisible."""
    row: ClawBack = held(ClawBack.ledger_key(), pk, actor, row_version)
    if row.standing != ClawBack.Standing.DUE or standing == ClawBack.Standing.DUE:
        raise RuleViolated(_("这笔追回已经了结。"), code="bad_claim_step")
    if not note.strip():
        raise RuleViolated(_("请写明了结说明（凭证号或不再追回的理由）。"), code="reason_missing")
    row.standing, row.resolved_on, row.resolved_note = standing, clock.today(), note.strip()[:200]
    return saved(row, note.strip())  # type: ignore[no-any-return]


def claim_back(pk: UUID, *, period_code: str, digest: str, actor: Actor) -> list[ClawBack]:
    """A submitted claw-back for every claim that was paid too much by the rows of today.

    Errors: Conflict when the list is another than `digest` names; RuleViolated; NotAllowed; NotVisible.
    """
    policy: Policy = get_row(registry.get(Policy.ledger_key()), pk, actor=actor)
    grants = [one for one in actor.grants_for(Verb.CREATE, ClawBack.ledger_key()) if one.side == policy.side]
    if not grants:
        raise NotAllowed
    over = overpaid_of(policy, period_code)
    if digest_of_overpaid(over) != digest:
        raise Conflict(_("名单在您查看之后变了，请看过新名单再登记。"))
    if not over:
        raise RuleViolated(_("这一期没有要追回的。"), code="bad_claim_step")
    rows = [
        ClawBack(
            side=policy.side,
            owner_unit_id=grants[0].unit_id,
            place=one.claim.place,
            sharing=Sharing.PRIVATE,
            state=State.SUBMITTED,
            submitted_at=clock.now(),
            submitted_by=actor.key,
            claim=one.claim,
            amount=one.due,
            found_on=clock.today(),
            cause=one.why,
        )
        for one in over
    ]
    with context.because(_("追回：%(policy)s") % {"policy": policy.name}), constraint_sentences():
        ClawBack.objects.bulk_create(rows)
    return rows
