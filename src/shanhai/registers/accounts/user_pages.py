"""One user: what administrators see of it and do with it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.kernel import context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.narration import HISTORY_URL, history_of, history_page
from shanhai.registers.authority import ACCOUNTS, RECORD, RIGHTS, administered_sides, looks_after, require
from shanhai.registers.editing import Editing
from shanhai.registers.tables import fact, in_force_badge, table_of, validity

from . import actions, tokens
from .factors import in_words as factors_in_words
from .forms import MembershipForm, NewUserForm, UserForm
from .models import Membership, SignInRule, User
from .own_sessions import events_table
from .roles import ROLES
from .single_sign_on import links
from .token_pages import tokens_table
from .user_acts import perform, shown_once, steps
from .user_list import state_of

Drawn = dict[str, Any]

#: Sign-ins and failures shown with a user.
_EVENTS = 8


def _administrator(request: HttpRequest, *areas: str) -> Actor:
    """Who looks after one of the areas, or after accounts in whatever way. Errors: NotAllowed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(bool(administered_sides(actor, *areas)))
    return actor


@require_GET
def user_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Facts, roles, history, and what may be done."""
    actor = _administrator(request)
    return _shown(request, actions.get_user(pk, actor), actor)


def _shown(request: HttpRequest, user: User, actor: Actor, refusal: str = "") -> HttpResponse:
    memberships = list(user.memberships.select_related("unit", "place").order_by("-valid_from", "-id"))
    ours = [one for one in memberships if one.unit.side in administered_sides(actor)]
    crumbs = [{"label": _("用户"), "url": reverse("accounts:user_list")}]
    watches = looks_after(actor, RECORD)
    if "history" in request.GET:
        require(watches)
        return history_page(request, str(user), crumbs, [user], ours)
    facts = [
        fact(_("账号"), user.username),
        fact(_("姓名"), user.name),
        fact(_("最近登录"), moment(user.last_login)),
        fact(_("二次验证"), factors_in_words(user)),
        fact(_("统一身份"), "、".join(map(links.in_words, links.links_of(user)))),
        fact(_("建立时间"), moment(user.date_joined)),
    ]
    if len(ours) < len(memberships):
        facts.append(fact(_("另一方的岗位"), _("有，由另一方的管理员管理")))
    drawn = {
        "title": str(user),
        "sub": user.username,
        "crumbs": crumbs,
        "actions": _head_actions(user, actor),
        "state": state_of(user),
        "notices": [{"kind": "late", "text": refusal}] if refusal else [],
        "groups": [{"label": _("基本情况"), "note": "", "fields": facts}],
        "related": [
            {"label": _("岗位"), "note": "", "url": "", "table": _memberships_table(user, ours, actor)},
            *_tokens(user),
            {"label": _("最近的登录与失败"), "note": "", **_events(user, actor)},
        ],
        "steps": steps(user, actor),
        "waiting": _("自己的口令请在右上角的菜单里改。"),
        "leading": [],
        "rail": [],
        "panels": [],
        "history": history_of([user], ours) if watches else [],
        "history_url": HISTORY_URL if watches else "",
    }
    return render(request, "kernel/detail.html", drawn, status=422 if refusal else 200)


def _head_actions(user: User, actor: Actor) -> list[Drawn]:
    found: list[Drawn] = []
    if looks_after(actor, ACCOUNTS):
        url = reverse("accounts:user_edit", args=[user.pk])
        found.append({"label": _("改姓名"), "url": url, "kind": "", "icon": "edit"})
    if looks_after(actor, RIGHTS):
        url = reverse("accounts:membership_create", args=[user.pk])
        found.append({"label": _("加岗位"), "url": url, "kind": "primary", "main": True, "icon": "plus"})
    return found


def _memberships_table(user: User, memberships: list[Membership], actor: Actor) -> Drawn:
    columns = (_("单位"), _("岗位"), _("辖区"), _("起止"), _("状态"))
    changes = looks_after(actor, RIGHTS)
    rows = [
        (
            reverse("accounts:membership_edit", args=[user.pk, one.pk]) if changes else "",
            (
                one.unit.name,
                ROLES[one.role].label,
                one.place or one.unit.place,
                {"text": validity(one), "kind": "date"},
                {"kind": "state", "state": in_force_badge(one)},
            ),
        )
        for one in memberships
    ]
    return table_of(columns, rows)


def _tokens(user: User) -> list[Drawn]:
    """Tokens that are good; without any there is nothing to say."""
    good = tokens.good_of(user)
    if not good:
        return []
    return [{"label": _("接口令牌"), "note": "", "url": "", "table": tokens_table(good, SignInRule.now())}]


def _events(user: User, actor: Actor) -> Drawn:
    url = with_query(reverse("accounts:event_list"), {"q": user.username})
    table = events_table(user.sign_ins.all()[:_EVENTS])
    return {"url": url if looks_after(actor, RECORD) else "", "table": table}


@never_cache
@require_POST
def user_act(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Deactivate, reactivate, unlock, reset the password; the reason is mandatory."""
    actor = _administrator(request)
    user = actions.get_user(pk, actor, lock=True)
    reason = request.POST.get("reason", "").strip()[:200]
    act = request.POST.get("act", "")
    if not reason:
        return _shown(request, user, actor, _("请写明理由。"))
    try:
        return perform(request, user, act, actor=actor, reason=reason)
    except RuleViolated as refused:
        return _shown(request, actions.get_user(pk, actor), actor, str(refused))


@never_cache
@require_http_methods(["GET", "POST"])
def user_create(request: HttpRequest) -> HttpResponse:
    """A user with a first role."""
    actor = _administrator(request, RIGHTS)
    editing = Editing(NewUserForm, Membership(), request, sides=administered_sides(actor))
    if editing.is_ready():
        given = editing.form.cleaned_data
        membership = {name: given[name] for name in ("unit", "role", "place", "valid_from", "valid_to")}
        user, password = actions.create_user(
            username=given["username"],
            name=given["name"],
            membership=membership,
            actor=actor,
            reason=editing.reason,
        )
        return shown_once(request, user, password)
    url = reverse("accounts:user_list")
    return editing.respond(
        title=_("新增用户"),
        crumbs=[{"label": _("用户"), "url": url}],
        cancel_url=url,
        sub=_("建好后给一个一次性的初始口令；由系统管理员启用以后才能登录。"),
        submit=_("新增并显示初始口令"),
    )


@require_http_methods(["GET", "POST"])
def user_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = _administrator(request, ACCOUNTS)
    user = actions.get_user(pk, actor, lock=request.method == "POST")
    actions.require_whole(user, actor)
    editing = Editing(UserForm, user, request)
    if editing.is_ready():
        with context.because(editing.reason):
            editing.form.save()
        return redirect("accounts:user_detail", pk=pk)
    return _respond(editing, user, _("改姓名"))


@require_http_methods(["GET", "POST"])
def membership_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = _administrator(request, RIGHTS)
    user = actions.get_user(pk, actor, lock=request.method == "POST")
    return _membership(request, user, Membership(user=user), actor, _("加岗位"))


@require_http_methods(["GET", "POST"])
def membership_edit(request: HttpRequest, pk: UUID, membership: UUID) -> HttpResponse:
    actor = _administrator(request, RIGHTS)
    user = actions.get_user(pk, actor, lock=request.method == "POST")
    return _membership(request, user, actions.get_membership(user, membership, actor), actor, _("改岗位"))


def _membership(request: HttpRequest, user: User, row: Membership, actor: Actor, title: str) -> HttpResponse:
    """Roles are never deleted: they end on a day."""
    editing = Editing(MembershipForm, row, request, sides=administered_sides(actor))
    if editing.is_ready():
        try:
            actions.save_membership(editing.form.save(commit=False), actor=actor, reason=editing.reason)
        except RuleViolated as refused:
            editing.form.add_error("role", str(refused))
        else:
            return redirect("accounts:user_detail", pk=user.pk)
    return _respond(editing, user, title)


def _respond(editing: Editing[Any], user: User, title: str) -> HttpResponse:
    url = reverse("accounts:user_detail", args=[user.pk])
    crumbs = [{"label": _("用户"), "url": reverse("accounts:user_list")}, {"label": str(user), "url": url}]
    return editing.respond(title=title, crumbs=crumbs, cancel_url=url)
