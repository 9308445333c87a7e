"""State changes of public notices: put up with their claims, and closed when their days are over."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import REPORTED_STATES, Actor
from shanhai.registers.places.models import Place

from .claim_actions import move
from .claim_rules import Step
from .models import Claim, Holiday, PublicNotice, Standing
from .payment_rules import last_day


def held(ledger_key: str, pk: UUID, actor: Actor, row_version: int) -> Any:
    """A reported row of the actor's, locked. Errors: RuleViolated; Conflict; NotAllowed; NotVisible."""
    ledger = registry.get(ledger_key)
    get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    rows = ledger.model._default_manager.select_related("owner_unit", "place")
    row = rows.select_for_update(of=("self",)).get(pk=pk)
    if row.row_version != row_version:
        raise Conflict
    if row.state not in REPORTED_STATES:
        raise RuleViolated(_("这条记录还没有提交，请先提交。"), code="bad_claim_step")
    return row


def saved(row: Any, reason: str) -> Any:
    row.row_version += 1
    with context.because(reason):
        row.save()
    return row


def post_notice(pk: UUID, *, actor: Actor, row_version: int) -> PublicNotice:
    """Put up the approved claims of the policy, period and place, for the policy's working days.

    Errors: RuleViolated where there is none, or the holidays of the year are not there; Conflict; NotAllowed.
    """
    notice: PublicNotice = held(PublicNotice.ledger_key(), pk, actor, row_version)
    if notice.standing != PublicNotice.Standing.DRAFTED:
        raise RuleViolated(_("这份公示已经张榜。"), code="bad_claim_step")
    claims = list(waiting_for(notice).select_for_update(of=("self",)).order_by("number"))
    if not claims:
        raise RuleViolated(_("没有待公示的申领：请核对政策、享受期和所在地。"), code="bad_claim_step")
    notice.notice_to = end_of(notice)
    notice.standing = PublicNotice.Standing.POSTED
    said = _("公示 %(number)s 张榜") % {"number": notice.number}
    for claim in claims:
        claim.notice = notice
        move(claim, Step.POST, reason=said)
    return saved(notice, said)  # type: ignore[no-any-return]


def waiting_for(notice: PublicNotice) -> Any:
    """Approved claims that this notice would show."""
    rows = Claim.objects.filter(
        policy=notice.policy_id, benefit_period=notice.benefit_period, standing=Standing.APPROVED
    )
    if notice.place is None:
        return rows
    return rows.filter(place__in=Place.objects.filter(path__descendant_of=notice.place.path).values("pk"))


def end_of(notice: PublicNotice) -> date:
    """The last day, by the holidays the side has entered. Errors: RuleViolated where a year has none."""
    start = notice.notice_from
    rows = Holiday.objects.reported().filter(side=notice.side, day__year__in=(start.year, start.year + 1))
    arranged = dict(rows.order_by("id").values_list("day", "is_worked"))
    found = last_day(start, notice.policy.notice_days, arranged)
    for year in sorted({start.year, found.year}):
        if not any(day.year == year for day in arranged):
            sentence = _("没有 %(year)s 年的节假日安排，算不出工作日。请先在“节假日安排”里登记或导入。")
            raise RuleViolated(sentence % {"year": year}, code="bad_claim_step")
    return found


def close_notice(pk: UUID, *, actor: Actor, row_version: int) -> PublicNotice:
    """When the days are over: what nobody objected to may be paid; an objection still open stays open.

    Errors: RuleViolated before the last day is over; Conflict; NotAllowed; NotVisible.
    """
    notice: PublicNotice = held(PublicNotice.ledger_key(), pk, actor, row_version)
    if notice.standing == PublicNotice.Standing.DRAFTED or notice.notice_to is None:
        raise RuleViolated(_("这份公示还没有张榜。"), code="bad_claim_step")
    if clock.today() <= notice.notice_to:
        told = {"day": notice.notice_to}
        raise RuleViolated(_("公示到 %(day)s 为止，期满后才能转待发。") % told, code="bad_claim_step")
    notice.standing = PublicNotice.Standing.CLOSED
    said = _("公示 %(number)s 期满") % {"number": notice.number}
    rows = Claim.objects.filter(notice=notice, standing=Standing.NOTICED)
    for claim in rows.select_for_update(of=("self",)).order_by("number"):
        move(claim, Step.CLEAR, reason=said)
    return saved(notice, said)  # type: ignore[no-any-return]
