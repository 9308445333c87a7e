"""政策推送: whom a release fits, by unit; how many were told, know of it, claimed afterwards."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.engines.values import PeriodError
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated
from shanhai.kernel.later import may_record
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.surfaces.links import row_link, with_query
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of

from . import push_actions
from .models import PolicyPush, PushRecipient
from .push_reports import BY, WHAT, Fitting, Group, Recipient, Wanted, groups_of, recipients, whom_of

Drawn = dict[str, Any]
#: Of recipients, so many are on one page.
MOST_SHOWN = 200


def push_of(pk: UUID, actor: Actor) -> PolicyPush:
    """A push of the reader's own side: what is computed is of its people. Errors: NotVisible."""
    push: PolicyPush = get_row(registry.get(PolicyPush.ledger_key()), pk, actor=actor)
    if push.side not in actor.sides:
        raise NotVisible
    return push


def require_reading(actor: Actor, verb: Verb = Verb.VIEW) -> None:
    """Errors: NotVisible for who reads no recipients."""
    if not actor.allows(verb, PushRecipient.ledger_key()):
        raise NotVisible


def wanted_of(query: Any) -> Wanted:
    """Errors: NotVisible for a word that asks for nothing."""
    wanted = Wanted(**{name: query.get(name, "") for name in ("push", "policy", "unit", "station", "town")})
    what = query.get("what", "all") or "all"
    if what not in WHAT:
        raise NotVisible
    return Wanted(**{**vars(wanted), "what": what})


def found_of(wanted: Wanted) -> list[Recipient]:
    """Errors: NotVisible for a key that is none."""
    try:
        return recipients(wanted)
    except (ValidationError, ValueError):
        raise NotVisible from None


@require_GET
def whom(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whom the release in force fits and who is not on the push, by the units that are to tell them."""
    actor = actor_of(request)
    push = push_of(pk, actor)
    shown: Drawn = {
        "title": _("推送给谁"),
        "sub": f"{push.policy} {push.benefit_period}",
        "crumbs": [{"label": push.number, "url": row_link(push)}],
        "actions": [],
        "problem": "",
    }
    try:
        found = whom_of(push)
    except (PeriodError, RuleViolated) as wrong:
        return render(request, "benefits/whom.html", shown | {"problem": str(wrong)}, status=422)
    may = may_record(registry.get(PolicyPush.ledger_key()), push, actor)
    known = rows_url(Wanted(push=str(pk)))
    figures = [
        _figure(_("应享未领"), sum(one.fit == "entitled" for one in found.lines), ""),
        _figure(_("只差一步"), sum(one.fit == "nearly" for one in found.lines), push.get_whom_display()),
        _figure(_("由几个单位通知"), len({one.subject.owner_unit_id for one in found.lines}), ""),
        _figure(_("已在名单上"), found.already, _("同一版政策不通知第二次"), url=known),
    ]
    shown |= {
        "figures": figures,
        "table": _whom_table(found.lines[:MOST_SHOWN]) if found.lines else None,
        "note": _("%(number)s 个") % {"number": f"{len(found.lines):,}"},
        "digest": found.digest,
        "row_version": push.row_version,
        "push_url": reverse("benefits:push_out", args=[pk]) if may and found.lines else "",
        "must_submit": not may and covers(actor, Verb.EDIT, PolicyPush.ledger_key(), push),
    }
    return render(request, "benefits/whom.html", shown)


def rows_url(wanted: Wanted) -> str:
    return with_query(reverse("benefits:push_recipients"), wanted.query)


def _figure(name: str, number: int, note: str, url: str = "") -> Drawn:
    return {"name": name, "value": f"{number:,}", "unit": "", "note": note, "url": url}


def _whom_table(lines: Sequence[Fitting]) -> Drawn:
    labels = (_("名称"), _("由谁通知"), _("所在地"), _("符合情况"), _("可享金额（元）"), _("还差什么"))
    rows = [
        (
            row_link(one.subject),
            (
                str(one.subject),
                str(one.subject.owner_unit),
                str(one.subject.place or ""),
                one.fit.label,
                {"text": "" if one.amount is None else f"{one.amount:,.2f}", "kind": "number"},
                {"text": one.lacking, "kind": "long"},
            ),
        )
        for one in lines
    ]
    return table_of(labels, rows)


@require_POST
def push_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form under the list of whom it fits."""
    actor, digest = actor_of(request), request.POST.get("digest", "")
    push_of(pk, actor)
    try:
        version = whole_number(request.POST.get("row_version", ""))
        made = push_actions.push_out(pk, digest=digest, actor=actor, row_version=version)
    except (Conflict, RuleViolated, PeriodError) as refused:
        messages.error(request, str(refused))
        return redirect("benefits:whom", pk)
    messages.success(request, _("已推送 %(number)s 个，各单位在工作台看到。") % {"number": len(made)})
    return redirect(rows_url(Wanted(push=str(pk))))


@require_GET
def pushes(request: HttpRequest) -> HttpResponse:
    """How many were told, read it and claimed, by one of `BY`; each number opens its rows."""
    require_reading(actor_of(request))
    by = request.GET.get("by", "policy")
    if by not in BY:
        raise NotVisible
    wanted = wanted_of(request.GET)
    found = found_of(wanted)
    heads = {
        "policy": _("政策"),
        "push": _("政策推送"),
        "unit": _("通知单位"),
        "station": _("服务站"),
        "town": _("乡镇"),
    }
    tabs = [
        {"label": label, "url": with_query(reverse("benefits:pushes"), {**wanted.query, "by": key}),
         "here": key == by}
        for key, label in heads.items()
    ]  # fmt: skip
    context = {
        "title": _("推送成效"),
        "sub": _("通知到多少、多少人知晓、之后多少人申领；申领由申领记录算出"),
        "crumbs": [],
        "actions": [excel("benefits:push_recipients_xlsx", wanted)],
        "tabs": tabs,
        "figures": _totals(found, wanted),
        "table": _groups(heads[by], by, groups_of(found, by, wanted)),
    }
    return render(request, "benefits/pushes.html", context)


def excel(name: str, wanted: Wanted) -> Drawn:
    return {
        "label": _("导出 Excel"),
        "url": with_query(reverse(name), wanted.query),
        "icon": "download",
    }


def _totals(found: Sequence[Recipient], wanted: Wanted) -> list[Drawn]:
    told = sum(one.is_what("told") for one in found)
    return [
        _figure(label, number, _share(number, of), url=rows_url(Wanted(**{**vars(wanted), "what": what})))
        for what, label, number, of in (
            ("all", _("推送对象"), len(found), 0),
            ("told", _("已通知"), told, len(found)),
            ("read", _("已知晓"), sum(one.is_what("read") for one in found), told),
            ("acted", _("已申领"), sum(one.is_what("acted") for one in found), told),
        )
    ]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else ""


def _groups(head: str, by: str, groups: Sequence[Group]) -> Drawn:
    labels = (
        head,
        _("推送对象"),
        _("已通知"),
        _("已知晓"),
        _("其中本人账号"),
        _("已申领"),
        _("待通知"),
    )
    rows = [
        (
            rows_url(one.wanted),
            (
                one.label or (_("没有服务站") if by == "station" else _("没有登记所在地")),
                *(
                    {"text": f"{number:,}", "kind": "number",
                     "url": rows_url(Wanted(**{**vars(one.wanted), "what": what}))}
                    for what, number in (
                        ("all", one.every),
                        ("told", one.told),
                        ("read", one.read),
                        ("self", one.by_self),
                        ("acted", one.acted),
                        ("untold", one.every - one.told),
                    )
                ),
            ),
        )
        for one in groups
    ]  # fmt: skip
    return table_of(labels, rows)
