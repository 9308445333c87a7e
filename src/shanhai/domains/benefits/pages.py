"""试算与发布: what the drafted text would give whom, and the texts in force; 享受判断: why, for one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.engines.values import Period, PeriodError
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.people import people
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.registers.parties.models import Body, Person
from shanhai.registers.tables import table_of

from . import actions, reports, rules, wording
from .models import Audience, Policy, PolicyRelease
from .texts import digest_of, terms_of, text_of

Drawn = dict[str, Any]


def own_policy(pk: UUID, actor: Actor) -> Policy:
    """A policy of the reader's own side: what is computed is of its people. Errors: NotVisible."""
    policy: Policy = get_row(registry.get(Policy.ledger_key()), pk, actor=actor)
    if policy.side not in actor.sides:
        raise NotVisible
    return policy


@require_GET
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The draft against the release in force, over all people or firms the reader sees of the side."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    policy = own_policy(pk, actor)
    text = text_of(policy, terms_of(policy))
    problems = list(rules.problems_of(text))
    shown = _context(policy, actor, text, problems)
    try:
        period = reports.asked_period(policy.period_kind, request.GET.get("period", ""))
    except PeriodError as wrong:
        return render(request, "benefits/preview.html", shown | {"problems": [str(wrong)]}, status=422)
    shown["period"] = period.code
    if not problems:
        last = reports.last_release(policy)
        shown |= _tried(policy, reports.preview(text, last.text if last else None, period, policy.side))
    return render(request, "benefits/preview.html", shown)


def _context(policy: Policy, actor: Actor, text: Drawn, problems: list[str]) -> Drawn:
    url = link(registry.get(Policy.ledger_key()), "detail", pk=policy.pk)
    may = actions.may_release(policy, actor)
    releases = list(PolicyRelease.objects.filter(policy=policy).order_by("-number"))
    return {
        "title": _("试算与发布"),
        "sub": policy.name,
        "crumbs": [{"label": str(policy), "url": url}],
        "actions": [],
        "problems": problems,
        "figures": [],
        "moved": [],
        "period": "",
        "may": may,
        "digest": digest_of(text),
        "release_url": reverse("benefits:release", args=[policy.pk]),
        "restore_url": reverse("benefits:restore", args=[policy.pk]),
        "releases": _releases(releases),
        "note": _note("note"),
        "old": _restoring(releases[1:]) if may else [],
    }


def _note(identifier: str) -> Drawn:
    field = {"name": "note", "id": identifier, "kind": "text", "value": "", "errors": []}
    return {**field, "label": _("发布说明"), "required": True, "maxlength": 200, "long": True}


def _restoring(old: list[PolicyRelease]) -> list[Drawn]:
    """Which earlier text, and why; nothing where there is none."""
    options = [{"value": str(one.number), "label": f"V{one.number}", "selected": False} for one in old]
    field = {"name": "number", "id": "number", "kind": "select", "value": "", "errors": []}
    choice = {**field, "label": _("恢复旧版本"), "options": options, "required": True}
    return [choice, _note("why")] if old else []


def _releases(releases: list[PolicyRelease]) -> Drawn:
    who = people([one.released_by for one in releases])
    labels = (_("版本"), _("发布时间"), _("发布人"), _("发布说明"), _("恢复自"), _("条款数"))
    rows = [
        (
            "",
            (
                f"V{one.number}",
                moment(one.released_at),
                who[one.released_by].name,
                {"text": one.release_note, "kind": "long"},
                f"V{one.restores}" if one.restores else "",
                {"text": str(len(one.text["terms"])), "kind": "number"},
            ),
        )
        for one in releases
    ]
    return table_of(labels, rows)


def _tried(policy: Policy, found: reports.Preview) -> Drawn:
    after, before = found.after, found.before
    figures = [
        _figure(_("可享受"), f"{after.entitled:,}", before.entitled),
        _figure(_("暂不享受"), f"{after.not_yet:,}", before.not_yet),
        _figure(_("不享受"), f"{after.not_entitled:,}", before.not_entitled),
        {
            "name": _("金额合计"),
            "value": wording.yuan(after.total),
            "unit": _("元"),
            "note": _("现行 %(value)s") % {"value": wording.yuan(before.total)},
        },
    ]
    return {
        "figures": figures,
        "silent": bool(after.silent),
        "moved": [
            _moved(policy, found.period, _("增加的"), found.gains),
            _moved(policy, found.period, _("减少的"), found.loses),
        ],
    }


def _figure(name: str, value: str, before: int) -> Drawn:
    note = _("现行 %(value)s") % {"value": f"{before:,}"}
    return {"name": name, "value": value, "unit": "", "note": note}


def _moved(policy: Policy, period: Period, label: str, rows: list[reports.Moved]) -> Drawn:
    labels = (_("名称"), _("现行（元）"), _("试算（元）"), _("相差（元）"))
    total = sum(one.after - one.before for one in rows)
    words = {"number": f"{len(rows):,}", "total": wording.yuan(total)}
    shown = [
        (
            with_query(
                reverse("benefits:answer", args=[policy.pk, one.key]), {"period": period.code, "draft": "1"}
            ),
            (one.name, *(_number(fen) for fen in (one.before, one.after, one.after - one.before))),
        )
        for one in rows[: reports.MOST_NAMED]
    ]
    table = table_of(labels, shown)
    note = _("%(number)s 个，共 %(total)s 元") % words
    return {"label": label, "note": note, "table": table if shown else None}


def _number(fen: int) -> Drawn:
    return {"text": wording.yuan(fen), "kind": "number"}


@require_POST
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form under the preview."""
    note, digest = request.POST.get("note", ""), request.POST.get("digest", "")
    return _decided(
        request, pk, lambda actor: actions.release_policy(pk, digest=digest, note=note, actor=actor)
    )


@require_POST
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An old text again."""
    number, note = whole_number(request.POST.get("number", "")), request.POST.get("note", "")
    return _decided(
        request, pk, lambda actor: actions.restore_release(pk, number=number, note=note, actor=actor)
    )


def _decided(request: HttpRequest, pk: UUID, decide: Any) -> HttpResponse:
    try:
        made = decide(request.actor)  # type: ignore[attr-defined]
    except (Conflict, RuleViolated) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("第 %(number)s 版已发布。") % {"number": made.number})
    return redirect("benefits:preview", pk)


@require_GET
def answer(request: HttpRequest, pk: UUID, who: UUID) -> HttpResponse:
    """Why one is entitled or not, clause by clause, by the release in force; by the draft with `?draft=1`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    policy = own_policy(pk, actor)
    if request.GET.get("draft"):
        text = text_of(policy, terms_of(policy))
        chosen = None if any(rules.problems_of(text)) else PolicyRelease(policy=policy, number=0, text=text)
    else:
        chosen = reports.last_release(policy)
    if chosen is None:
        raise NotVisible
    try:
        found = reports.answers_for(
            [chosen], policy.recipients, who, policy.side, request.GET.get("period", "")
        )
    except PeriodError:
        raise NotVisible from None
    if not found:
        raise NotVisible
    return render(request, "benefits/answer.html", _answered(policy, who, found[0]))


def _answered(policy: Policy, who: UUID, found: reports.Answer) -> Drawn:
    number = found.release.number
    version = f"V{number}" if number else _("试算文本")
    owner: Any = Body if policy.recipients == Audience.EMPLOYER else Person
    return {
        "title": found.name,
        "sub": f"{policy.name} {version}" + (f" · {found.trace.period.label}" if found.trace else ""),
        "crumbs": [
            {"label": str(policy), "url": link(registry.get(Policy.ledger_key()), "detail", pk=policy.pk)},
            {"label": found.name, "url": link(registry.get(owner.ledger_key()), "detail", pk=who)},
        ],
        "actions": [],
        "state": wording.state_badge(found.trace.state) if found.trace else None,
        "amount": wording.amount_sentence(found.trace) if found.trace else "",
        "nearest": wording.nearest(found.trace) if found.trace else "",
        "table": _clauses(found.trace) if found.trace else None,
    }


def _clauses(trace: Any) -> Drawn:
    labels = (_("条款序号"), _("条件事项"), _("要求"), _("现有"), _("结论"), _("依据"))
    rows = [
        (
            "",
            (
                clause.condition.clause,
                wording.fact_label(reason.reading),
                wording.needed(reason),
                wording.said(reason.reading, reason.value),
                {"kind": "state", "state": wording.state_badge(reason.state)},
                {"text": wording.source(reason), "kind": "long"},
            ),
        )
        for clause in trace.clauses
        for reason in clause.reasons
    ]
    return table_of(labels, rows)
