"""Changes of rules: what was asked for, what would be different, who decided."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel import clock
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.paging import newest_first
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.respond import respond, see_other
from shanhai.registers.tables import table_of, validity

from . import changing
from .book import Rule, in_words, reader, rule_of
from .models import RuleChange

Drawn = dict[str, Any]
_KINDS = {"waiting": "wait", "approved": "ok", "refused": "void", "withdrawn": "void"}


@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """All that was asked for, the last first."""
    actor = reader(request)
    found = newest_first(request, changing.visible(), entries, "cursor:rule_changes")
    shown = {
        "title": _("规定的变更"),
        "sub": _("谁提出、谁批准、依据什么"),
        "crumbs": [{"label": _("规定与数值"), "url": link_to("rulebook:rules")}],
        "actions": [],
        "waiting": entries(changing.to_decide(actor)),
        "entries": found["items"],
        "pager": {
            "total": _("共 %(number)s 份") % {"number": f"{changing.visible().count():,}"},
            "shown": _("本页 %(number)s 份") % {"number": len(found["items"])},
            "first": request.path if found["previous"] else "",
            "previous": found["previous"] or "",
            "next": found["next"] or "",
            "is_whole": not (found["previous"] or found["next"]),
        },
    }
    return respond(request, "rulebook/changes.html", "entries", shown, address=request.get_full_path())


def entries(found: Iterable[RuleChange]) -> list[Drawn]:
    return [_entry(one) for one in found]


def _entry(change: RuleChange) -> Drawn:
    kind = rule_of(change.rule)
    return {
        "at": moment(change.asked_at),
        "who": str(change.requester),
        "unit": RuleChange.State(change.state).label,
        "verb": _("%(day)s 起%(kind)s") % {"day": change.valid_from, "kind": change.get_kind_display()},
        "reason": change.reason,
        "changes": [],
        "row": {"label": _name(kind, change), "url": reverse("rulebook:change", args=[change.pk])},
    }


def _name(kind: Rule, change: RuleChange) -> str:
    named = kind.name_of(kind.model(**kind.values(change.values)))
    return f"{kind.title} · {named}" if named else kind.title


@require_GET
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What would be different, by whom it was asked for, and what was decided."""
    actor = reader(request)
    return _page(request, changing.get(pk), actor)


@require_POST
def change_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`what`: approve, refuse, or withdraw by who asked."""
    actor, found = reader(request), changing.get(pk)
    what, reason = request.POST.get("what", ""), request.POST.get("reason", "")
    try:
        if what == "withdraw":
            changing.withdraw(found, actor=actor)
        else:
            changing.decide(found, approve=what == "approve", reason=reason, actor=actor)
    except RuleViolated as refused:
        return _page(request, changing.get(pk), actor, refused)
    return see_other(reverse("rulebook:change", args=[pk]))


def _page(
    request: HttpRequest, found: RuleChange, actor: Actor, refused: RuleViolated | None = None
) -> HttpResponse:
    kind, waits = rule_of(found.rule), found.state == RuleChange.State.WAITING
    url = reverse("rulebook:change_decide", args=[found.pk])
    is_own = found.requester_id == actor.user_id
    shown = {
        "title": _name(kind, found),
        "sub": _("%(day)s 起%(kind)s") % {"day": found.valid_from, "kind": found.get_kind_display()},
        "crumbs": [
            {"label": _("规定与数值"), "url": link_to("rulebook:rules")},
            {"label": _("规定的变更"), "url": link_to("rulebook:changes")},
        ],
        "actions": [],
        "state": {"label": RuleChange.State(found.state).label, "kind": _KINDS[found.state]},
        "notices": [{"kind": "late", "text": str(refused)}] if refused else _warnings(found),
        "table": _compared(kind, found) if waits else None,
        "facts": [*_told(kind, found), *_decided(found)],
        "url": url if changing.may_decide(found, actor) else "",
        "withdraw_url": url if is_own and waits else "",
        "row_url": reverse("rulebook:rule", args=[kind.label, found.row]) if _is_there(kind, found) else "",
    }
    return respond(request, "rulebook/change.html", "", shown, status=refused.status if refused else 200)


def _is_there(kind: Rule, found: RuleChange) -> bool:
    return found.row is not None and kind.model.objects.filter(pk=found.row).exists()


def _warnings(found: RuleChange) -> list[Drawn]:
    if found.state != RuleChange.State.WAITING or found.valid_from > clock.today():
        return []
    return [
        {
            "kind": "wait",
            "text": _("启用日期已到或已过：批准后，那一天起的数字按新的重算，已签发的通报不变。"),
        }
    ]


def _compared(kind: Rule, found: RuleChange) -> Drawn | None:
    """Field by field, what holds on that day and what would."""
    try:
        before, after = changing.planned(kind, found)
    except RuleViolated:
        return None
    rows: list[tuple[str, list[Any]]] = [
        ("", [kind.heading(name), *(in_words(one, name) if one else "—" for one in (before, after))])
        for name in kind.said
    ]
    rows.append(("", [_("起止"), *(validity(one) if one else "—" for one in (before, after))]))
    rows.append(("", [_("依据"), *(one.source if one else "—" for one in (before, after))]))
    return table_of([_("内容"), _("这一天在用的"), _("批准以后")], rows)


def _told(kind: Rule, found: RuleChange) -> list[Drawn]:
    row = kind.model(**kind.values(found.values))
    is_set = found.kind == RuleChange.Kind.SET
    told = [(kind.heading(name), in_words(row, name)) for name in kind.said] if is_set else []
    told += [
        (_("依据"), found.source),
        (_("理由"), found.reason),
        (_("申请人"), str(found.requester)),
        (_("申请时间"), moment(found.asked_at)),
    ]
    return [{"label": label, "text": text} for label, text in told]


def _decided(found: RuleChange) -> list[Drawn]:
    if found.handled_by is None:
        return []
    told = [(_("办理人"), str(found.handled_by)), (_("办理时间"), moment(found.decided_at))]
    told.append((_("办理意见"), found.decision))
    return [{"label": label, "text": text} for label, text in told]
