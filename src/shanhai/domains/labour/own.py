"""What labour shows to accounts of workers and employers of their own rows (ADR 0041)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.kernel import context
from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated
from shanhai.kernel.leads import BODY, PERSON
from shanhai.kernel.scope import Actor
from shanhai.registers.own import open_to
from shanhai.registers.parties.own_parts import Act, Part, register_part, require_kind, told_name

from . import matching_acts
from .models import EmploymentSpell, JobOrder, Placement, TransportPassenger
from .models.matching import OCCUPYING

open_to(PERSON, ["labour:answer_placement", "api:answer_placement"])

_Standing = Placement.Standing
_OFFERED = (_Standing.PROPOSED, _Standing.LAPSED)


@register_part(PERSON, 10)
def own_spells(actor: Actor) -> Part:
    """Where the worker was and is employed, as it was reported."""
    rows = EmploymentSpell.objects.select_related("employer", "owner_unit").order_by("-started_on", "-id")
    lines = [
        (
            row.started_on.isoformat(),
            row.ended_on.isoformat() if row.ended_on else _("至今"),
            row.employer_label,
            row.post,
            str(row.get_destination_display()),
            _("有合同") if row.has_contract else _("无合同"),
            str(row.owner_unit),
        )
        for row in rows
    ]
    columns = (
        _("到岗日期"),
        _("离岗日期"),
        _("用工单位"),
        _("岗位"),
        _("就业地"),
        _("签订合同"),
        _("填报单位"),
    )
    return Part("spells", _("我的务工就业"), columns, lines)


@register_part(PERSON, 20)
def own_placements(actor: Actor) -> Part:
    """Posts that were offered to the worker, and what became of each."""
    rows = list(Placement.objects.select_related("order__employer").order_by("-proposed_on", "-id"))
    lines = [
        (
            str(row.order.post),
            str(row.order.employer),
            f"{row.order.wage:,.0f}",
            str(row.order.get_destination_display()),
            str(row.get_match_state_display()),
            row.refusal,
        )
        for row in rows
    ]
    columns = (_("岗位"), _("用工单位"), _("月工资"), _("就业地"), _("进展"), _("拒绝原因"))
    acts = [act for row in rows if row.match_state in _OFFERED for act in _acts(row)]
    keys = [str(row.pk) for row in rows]
    return Part("placements", _("推荐给我的岗位"), columns, lines, rows=keys, acts=acts)


def _acts(row: Placement) -> Iterator[Act]:
    url = reverse("labour:answer_placement", args=[row.pk])
    told = {"post": row.order.post, "employer": row.order.employer}
    version = ("row_version", str(row.row_version))
    yield Act(
        _("接受“%(post)s”") % told,
        url,
        (("standing", _Standing.ACCEPTED.value), version),
        "primary",
        _("%(employer)s；接受以后占用一个名额，并告诉对方。") % told,
    )
    yield Act(
        _("拒绝“%(post)s”") % told,
        url,
        (("standing", _Standing.REFUSED.value), version),
        text=_("写明原因，以后少推荐这样的。"),
        asks=True,
    )


def own_placement(pk: Any, actor: Actor) -> Placement:
    """Errors: NotVisible for what was offered to another, and for whoever is no worker."""
    require_kind(actor, PERSON)
    row: Placement | None = Placement.objects.filter(pk=pk).first()
    if row is None:
        raise NotVisible
    return row


def answer_placement(
    pk: Any, *, standing: str, actor: Actor, row_version: int, reason: str = ""
) -> Placement:
    """The worker's own word on a post that was offered: by the act that a clerk would take, in their name.

    Errors: NotVisible for what was offered to another; RuleViolated for what is no longer open, a full
    order, a refusal without a reason; Conflict.
    """
    row = own_placement(pk, actor)
    if row.row_version != row_version:
        raise Conflict
    if row.match_state not in _OFFERED or standing not in (_Standing.ACCEPTED, _Standing.REFUSED):
        told = {"now": row.get_match_state_display()}
        raise RuleViolated(
            _("这个岗位现在是“%(now)s”，不能在这里答复；请向经办人说。") % told, code="not_offered"
        )
    with context.on_behalf("本人在自己的账号答复拟配"):
        return matching_acts.advance(
            pk, standing=_Standing(standing), actor=actor, row_version=row_version, reason=reason
        )


@register_part(BODY, 10)
def own_people(actor: Actor) -> Part:
    """Who works at the employer now and who has left: name, post, days; nothing else of the person."""
    rows = EmploymentSpell.objects.select_related("person", "owner_unit").order_by("-started_on", "-id")
    lines = [
        (
            told_name(row.person, row, actor),
            row.post,
            row.started_on.isoformat(),
            row.ended_on.isoformat() if row.ended_on else _("在岗"),
            _("有合同") if row.has_contract else _("无合同"),
            str(row.owner_unit),
        )
        for row in sorted(rows, key=lambda one: one.ended_on is not None)
    ]
    columns = (_("姓名"), _("岗位"), _("到岗日期"), _("离岗日期"), _("签订合同"), _("填报单位"))
    here = sum(row.ended_on is None for row in rows)
    note = _("在岗 %(here)s 人次，已离开 %(gone)s 人次") % {"here": here, "gone": len(lines) - here}
    return Part("people", _("本单位的人员"), columns, lines, note=note)


@register_part(BODY, 20)
def own_orders(actor: Actor) -> Part:
    """The employer's job orders, and how many seats are taken."""
    orders = list(JobOrder.objects.order_by("-valid_from", "-id"))
    taken: dict[Any, int] = {}
    for row in Placement.objects.filter(match_state__in=OCCUPYING):
        taken[row.order_id] = taken.get(row.order_id, 0) + 1
    lines = [
        (
            order.code,
            order.post,
            str(order.headcount),
            str(taken.get(order.pk, 0)),
            f"{order.wage:,.0f}",
            _("%(first)s 至 %(last)s") % {"first": order.valid_from, "last": order.open_until},
        )
        for order in orders
    ]
    columns = (_("岗位编号"), _("岗位"), _("招聘人数"), _("已接受"), _("月工资"), _("招聘期"))
    return Part("orders", _("本单位的岗位需求"), columns, lines)


@register_part(BODY, 30)
def own_hires(actor: Actor) -> Part:
    """Workers who accepted a post here, arrived, left."""
    rows = Placement.objects.select_related("person", "order").order_by("-decided_on", "-id")
    lines = [
        (
            told_name(row.person, row, actor),
            str(row.order),
            str(row.get_match_state_display()),
            row.decided_on.isoformat() if row.decided_on else "",
            row.hired_on.isoformat() if row.hired_on else "",
            row.left_on.isoformat() if row.left_on else "",
        )
        for row in rows
    ]
    columns = (_("姓名"), _("岗位需求"), _("进展"), _("决定日期"), _("到岗日期"), _("离开日期"))
    return Part("placements", _("来本单位的拟配"), columns, lines)


@register_part(BODY, 35)
def own_arrivals(actor: Actor) -> Part:
    """Workers who were brought here together, and who signed for them."""
    rows = TransportPassenger.objects.select_related("person", "trip", "placement__order").order_by("-id")
    lines = [
        (
            told_name(row.person, row, actor),
            str(row.placement.order.post) if row.placement else "",
            row.trip.arrives_on.isoformat(),
            str(row.get_ride_display()),
            row.handed_on.isoformat() if row.handed_on else "",
            row.received_by,
        )
        for row in rows
    ]
    columns = (_("姓名"), _("岗位"), _("到达日期"), _("乘车状态"), _("交接日期"), _("签收人"))
    return Part("arrivals", _("输送到本单位的人员"), columns, lines)
