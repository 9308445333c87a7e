"""发放办理: a policy and a period from who is entitled to who was paid; and what is done with one claim."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.engines.values import PeriodError
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of
from shanhai.web.later import answer

from . import claim_actions, payment_actions, reports
from .claim_rules import BY_HAND, Step
from .entitled import Overpaid, Owed, digest_of_overpaid, entitled_of, overpaid_of, owed_of
from .late_claims import Fit, refused_yet_entitled
from .models import Claim, ClawBack, Policy
from .pages import own_policy
from .way import Station, way_of

Drawn = dict[str, Any]
#: Of those who are owed, so many are named.
MOST_NAMED = 100


@require_GET
def paying(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where everybody entitled stands in a period, and what is to be done next."""
    actor = actor_of(request)
    policy = own_policy(pk, actor)
    shown = _head(policy)
    try:
        period = reports.asked_period(policy.period_kind, request.GET.get("period", ""))
        found = entitled_of(policy, period.code)
        owed = owed_of(policy, period.code, found)
    except (PeriodError, RuleViolated) as wrong:
        problems = {"problems": [str(wrong)], "period": request.GET.get("period", "")}
        return render(request, "benefits/paying.html", shown | problems, status=422)
    stations = way_of(policy, period.code)
    waiting = next((one.count for one in stations if one.is_reviewed), 0)
    may_find = actor.allows(Verb.CREATE, Claim.ledger_key())
    return render(
        request,
        "benefits/paying.html",
        shown
        | {
            "period": period.code,
            "figures": [_figure(policy, period.code, one) for one in stations],
            "owed": _owed(policy, owed),
            "elsewhere": owed.elsewhere,
            "digest": owed.digest,
            "find_url": reverse("benefits:find_claims", args=[pk]) if may_find and owed.lines else "",
            "approve_url": (
                reverse("benefits:approve_claims", args=[pk])
                if waiting and actor.allows(Verb.VERIFY, Claim.ledger_key())
                else ""
            ),
            "waiting": waiting,
            "again": _again(refused_yet_entitled(policy, found)),
            **_overpaid(policy, overpaid_of(policy, period.code, found), actor),
        },
    )


def _head(policy: Policy) -> Drawn:
    url = link(registry.get(Policy.ledger_key()), "detail", pk=policy.pk)
    return {
        "title": _("发放办理"),
        "sub": policy.name,
        "crumbs": [{"label": str(policy), "url": url}],
        "actions": [],
        "problems": [],
    }


def _figure(policy: Policy, period: str, station: Station) -> Drawn:
    query = {"policy": str(policy.pk), "q": period, **station.query}
    note = "" if station.total is None else _("%(total)s 元") % {"total": f"{station.total:,.2f}"}
    url = with_query(link(registry.get(Claim.ledger_key()), "list"), query)
    return {"name": station.label, "value": f"{station.count:,}", "unit": "", "url": url, "note": note}


def _owed(policy: Policy, owed: Owed) -> Drawn:
    labels = (_("名称"), _("所在地"), _("金额（元）"), _("金额说明"))
    rows = [
        (
            with_query(
                reverse("benefits:answer", args=[policy.pk, line.subject.pk]), {"period": owed.period.code}
            ),
            (
                str(line.subject),
                str(line.subject.place or ""),
                {"text": f"{line.amount:,.2f}", "kind": "number"},
                {"text": line.sentence, "kind": "long"},
            ),
        )
        for line in owed.lines[:MOST_NAMED]
    ]
    words = {"number": f"{len(owed.lines):,}", "total": f"{owed.total:,.2f}"}
    note = _("%(number)s 个，共 %(total)s 元") % words
    return {"note": note, "table": table_of(labels, rows) if rows else None}


def _again(found: Sequence[Fit]) -> Drawn | None:
    """Refused, and entitled by rows that came since: each is taken up again at its claim, or not."""
    labels = (_("申领"), _("名称"), _("现可享（元）"), _("不予的理由"))
    rows = [
        (
            link(registry.get(Claim.ledger_key()), "detail", pk=one.claim.pk),
            (
                one.claim.number,
                str(one.claim),
                {"text": f"{one.line.amount:,.2f}", "kind": "number"},
                {"text": one.claim.decision_note, "kind": "long"},
            ),
        )
        for one in found[:MOST_NAMED]
    ]
    return table_of(labels, rows) if rows else None


def _overpaid(policy: Policy, over: Sequence[Overpaid], actor: Actor) -> Drawn:
    """Paid, and not due by the rows of today."""
    labels = (_("申领"), _("名称"), _("已发（元）"), _("应追回（元）"), _("原因"))
    rows = [
        (
            link(registry.get(Claim.ledger_key()), "detail", pk=one.claim.pk),
            (
                one.claim.number,
                str(one.claim),
                {"text": f"{one.paid:,.2f}", "kind": "number"},
                {"text": f"{one.due:,.2f}", "kind": "number"},
                one.why,
            ),
        )
        for one in over[:MOST_NAMED]
    ]
    may = bool(over) and actor.allows(Verb.CREATE, ClawBack.ledger_key())
    return {
        "over": table_of(labels, rows) if rows else None,
        "over_digest": digest_of_overpaid(over),
        "back_url": reverse("benefits:claim_back", args=[policy.pk]) if may else "",
    }


@require_POST
def claim_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form under what was paid too much: its claw-backs."""
    period, digest = request.POST.get("period", ""), request.POST.get("digest", "")

    def made(actor: Actor) -> str:
        found = payment_actions.claim_back(pk, period_code=period, digest=digest, actor=actor)
        return _("已登记 %(number)s 笔追回。") % {"number": len(found)}

    return _done(request, pk, period, made)


@require_POST
def find_claims(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form under the list of who is owed: make their claims."""
    period, digest = request.POST.get("period", ""), request.POST.get("digest", "")

    def made(actor: Actor) -> str:
        found = claim_actions.claim_found(pk, period_code=period, digest=digest, actor=actor)
        return _("已生成 %(number)s 笔申领，请他人初审。") % {"number": len(found)}

    return _done(request, pk, period, made)


@require_POST
def approve_claims(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form under the figures: second review of all that passed the first."""
    period = request.POST.get("period", "")

    def made(actor: Actor) -> str:
        found = claim_actions.approve_claims(pk, period_code=period, actor=actor)
        for number, why in found.left[:MOST_NAMED]:
            messages.warning(request, f"{number}：{why}")
        words = {"number": len(found.claims), "left": len(found.left)}
        return _("复审通过 %(number)s 笔，未通过 %(left)s 笔。") % words

    return _done(request, pk, period, made)


def _done(request: HttpRequest, pk: UUID, period: str, do: Any) -> HttpResponse:
    actor = actor_of(request)
    own_policy(pk, actor)
    try:
        messages.success(request, do(actor))
    except (Conflict, RuleViolated, PeriodError) as refused:
        messages.error(request, str(refused))
    return redirect(with_query(reverse("benefits:paying", args=[pk]), {"period": period}))


@require_POST
def approve_claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a claim that passed first review."""

    def record(version: int) -> None:
        claim_actions.approve_claim(pk, actor=actor_of(request), row_version=version)

    return answer(request, reverse("benefits:claim_detail", args=[pk]), record)


@require_POST
def decide_claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a claim: a step by hand, with its reason."""

    def record(version: int) -> None:
        step, reason = step_named(request.POST.get("step", "")), request.POST.get("reason", "")
        claim_actions.decide_claim(pk, step=step, reason=reason, actor=actor_of(request), row_version=version)

    return answer(request, reverse("benefits:claim_detail", args=[pk]), record)


def step_named(text: str) -> Step:
    """Errors: RuleViolated for a word that is no step by hand."""
    if text not in set(BY_HAND):
        raise RuleViolated(_("请选择办理方式。"), code="bad_claim_step")
    return Step(text)
