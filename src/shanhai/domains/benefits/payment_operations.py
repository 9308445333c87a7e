"""What payments add to the API: notices, payment lists with the bank's return, money taken back."""

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of

from . import notice_actions, payment_actions
from .claim_operations import FindBody, granting
from .models import ClawBack, PaymentList, Policy, PublicNotice
from .notice_documents import shown_of, total_of
from .operations import period_of
from .payment_pages import ended
from .payment_rules import Told


class NoticeLine(Schema):
    """One line of a notice."""

    name: str
    place: str
    amount: Decimal


class NoticeAnswer(Schema):
    """公示表 as values: no number of a person is among them."""

    number: str
    notice_from: datetime.date
    notice_to: datetime.date | None
    total: Decimal
    lines: list[NoticeLine]


class NoticeStepBody(Sent):
    """Which version of the notice was looked at."""

    row_version: int


class ListStepBody(Sent):
    """Which version of the payment list was looked at."""

    row_version: int


class LoadAnswer(Schema):
    """What came into the list."""

    count: int
    total: Decimal
    without_account: list[str] = Field(description="没有收款账户、没有装入的申领编号")


class UnloadAnswer(Schema):
    """How many left the list."""

    count: int


class ReturnLine(Sent):
    """What the bank says of one claim."""

    number: str
    amount: Decimal
    result: str = Field(description="成功、失败")
    why: str = ""


class ReturnBody(ListStepBody):
    """The bank's return."""

    total: Decimal = Field(description="银行说的成功合计，元")
    lines: list[ReturnLine]


class ReturnAnswer(Schema):
    """What was taken."""

    paid_count: int
    failed_count: int
    paid_total: Decimal


class CheckBody(Sent):
    """A return of the bank, only to be held against the list."""

    lines: list[ReturnLine]


class LeftoverLine(Schema):
    """A line that fits nothing, or one sent that the return does not name (`row` 0)."""

    row: int
    number: str
    why: str = Field(description="several、unknown、amount、result、absent")
    what: str
    todo: str
    told: Decimal | None
    sent: Decimal | None


class CheckAnswer(Schema):
    """What of a return fits nothing."""

    leftovers: list[LeftoverLine]


class ResolveBody(Sent):
    """How a claw-back ended."""

    row_version: int
    standing: str = Field(description="recovered、waived")
    note: str


class BackAnswer(Schema):
    """Claw-backs made."""

    count: int
    total: Decimal


@register_operations(PublicNotice.ledger_key())
def noticing(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    see, keep = on_row(ledger, Verb.VIEW), on_row(ledger, Verb.EDIT)

    @router.get("/{uuid:pk}/shown/", response=NoticeAnswer, auth=see, **named(ledger, "shown", "公示表"))
    def read_notice(request: Found, pk: UUID) -> dict[str, Any]:
        notice: PublicNotice = request.auth
        shown = shown_of(notice)
        return {
            "number": notice.number,
            "notice_from": notice.notice_from,
            "notice_to": notice.notice_to,
            "total": total_of(shown),
            "lines": [{"name": one.name, "place": one.place, "amount": one.amount} for one in shown],
        }

    @router.post("/{uuid:pk}/post/", response=row, auth=keep, **named(ledger, "post", "张榜公示"))
    def post_notice(request: Found, pk: UUID, body: NoticeStepBody) -> dict[str, Any]:
        actor = actor_of(request)
        notice_actions.post_notice(pk, actor=actor, row_version=body.row_version)
        return read_row(ledger, pk, actor)

    @router.post("/{uuid:pk}/close/", response=row, auth=keep, **named(ledger, "close", "期满转待发"))
    def close_notice(request: Found, pk: UUID, body: NoticeStepBody) -> dict[str, Any]:
        actor = actor_of(request)
        notice_actions.close_notice(pk, actor=actor, row_version=body.row_version)
        return read_row(ledger, pk, actor)


@register_operations(PaymentList.ledger_key())
def listing(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    keep = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/load/", response=LoadAnswer, auth=keep, **named(ledger, "load", "装入"))
    def load_list(request: Found, pk: UUID, body: ListStepBody) -> dict[str, Any]:
        found = payment_actions.load_list(pk, actor=actor_of(request), row_version=body.row_version)
        without = list(found.without_account)
        return {"count": len(found.lines), "total": found.total, "without_account": without}

    @router.post(
        "/{uuid:pk}/unload/", response=UnloadAnswer, auth=keep, **named(ledger, "unload", "退出批次")
    )
    def unload_list(request: Found, pk: UUID, body: ListStepBody) -> dict[str, Any]:
        actor = actor_of(request)
        return {"count": payment_actions.unload_list(pk, actor=actor, row_version=body.row_version)}

    @router.post(
        "/{uuid:pk}/return/", response=ReturnAnswer, auth=keep, **named(ledger, "return", "银行回盘")
    )
    def take_return(request: Found, pk: UUID, body: ReturnBody) -> Any:
        actor, told = actor_of(request), _told(body.lines)
        return payment_actions.take_return(
            pk, told=told, name="API", total=body.total, actor=actor, row_version=body.row_version
        )

    @router.post(
        "/{uuid:pk}/return/check/", response=CheckAnswer, auth=keep, **named(ledger, "check", "回盘核对")
    )
    def check_return(request: Found, pk: UUID, body: CheckBody) -> dict[str, Any]:
        _row, left = payment_actions.check_return(pk, told=_told(body.lines), actor=actor_of(request))
        return {"leftovers": left}


def _told(lines: list[ReturnLine]) -> list[Told]:
    return [Told(place, one.number, one.amount, one.result, one.why) for place, one in enumerate(lines, 1)]


@register_operations(ClawBack.ledger_key())
def resolving(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    keep = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/resolve/", response=row, auth=keep, **named(ledger, "resolve", "追回了结"))
    def resolve_claw_back(request: Found, pk: UUID, body: ResolveBody) -> dict[str, Any]:
        actor, standing, version = actor_of(request), ended(body.standing), body.row_version
        payment_actions.settle_claw_back(
            pk, standing=standing, note=body.note, actor=actor, row_version=version
        )
        return read_row(ledger, pk, actor)


@register_operations(Policy.ledger_key())
def claiming_back(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = granting(Verb.CREATE)

    @router.post("/{uuid:pk}/back/", response=BackAnswer, auth=may, **named(ledger, "back", "登记追回"))
    def claim_back(request: Found, pk: UUID, body: FindBody) -> dict[str, Any]:
        code = period_of(request.auth, body.period).code
        made = payment_actions.claim_back(pk, period_code=code, digest=body.digest, actor=actor_of(request))
        return {"count": len(made), "total": sum((one.amount for one in made), Decimal(0))}
