"""The list of users for administrators, with search and filters; the address is the state."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel import clock
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.respond import respond
from shanhai.registers.authority import RIGHTS, is_administrator, looks_after, require
from shanhai.registers.tables import table_of

from . import kinds
from .actions import users_of
from .models import Membership, User
from .roles import CHOICES, ROLES

_PAGE = 50
_STATES = ("active", "first", "awaiting", "stopped")
_OF_STATE: Mapping[str, Mapping[str, Any]] = {
    "active": {"is_active": True},
    "first": {"is_active": True, "must_change_password": True},
    "awaiting": {"is_active": False, "awaits__gt": ""},
    "stopped": {"is_active": False, "awaits": ""},
}


@require_GET
def user_list(request: HttpRequest) -> HttpResponse:
    """Users of the sides that the reader administers."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(is_administrator(actor))
    params = {name: request.GET.get(name, "").strip()[:80] for name in ("q", "role", "state", "after")}
    found = _narrowed(users_of(actor), params)
    page = list(found.filter(username__gt=params["after"]).prefetch_related(_memberships())[: _PAGE + 1])
    context = _context(params, found.count(), page[:_PAGE], len(page) > _PAGE)
    context["actions"] = _actions(actor)
    return respond(request, "kernel/list.html", "table", context, address=request.get_full_path())


def _narrowed(users: QuerySet[User], params: dict[str, str]) -> QuerySet[User]:
    today = clock.today()
    if text := params["q"]:
        units = Membership.objects.filter(
            Q(unit__name__icontains=text)
            | Q(unit__short_name__icontains=text)
            | Q(unit__initials__startswith=text.lower())
        )
        users = users.filter(
            Q(username__icontains=text) | Q(name__icontains=text) | Q(pk__in=units.values("user"))
        )
    if params["role"] in ROLES:
        users = users.filter(
            pk__in=Membership.objects.in_force(today).filter(role=params["role"]).values("user")
        )
    if params["state"] in _STATES:
        users = users.filter(**_OF_STATE[params["state"]])
    return users.order_by("username")


def _memberships() -> Prefetch[Any]:
    held = Membership.objects.in_force(clock.today()).select_related("unit")
    return Prefetch("memberships", held, to_attr="held")


def _context(params: dict[str, str], total: int, page: list[User], has_more: bool) -> dict[str, Any]:
    url = reverse("accounts:user_list")
    following = with_query(url, params | {"after": page[-1].username}) if has_more else ""
    return {
        "title": _("用户"),
        "sub": _("您管理的一方的用户，共 %(number)s 个") % {"number": f"{total:,}"},
        "crumbs": [],
        "list_url": url,
        "params": [],
        "search": {"name": "q", "value": params["q"], "label": _("搜账号、姓名、单位")},
        "problems": [],
        "filters": [
            _filter("role", _("岗位"), CHOICES, params),
            _filter("state", _("状态"), _states(), params),
        ],
        "grouping": None,
        "chooser": [],
        "later": {},
        "opened": "",
        "table": _table(page),
        "bulk": None,
        "pager": {
            "total": _("共 %(number)s 个") % {"number": f"{total:,}"},
            "shown": _("本页 %(number)s 个") % {"number": len(page)},
            "first": with_query(url, params | {"after": ""}) if params["after"] else "",
            "previous": "",
            "next": following,
        },
        "empty": {
            "title": _("没有符合的用户"),
            "text": _("换一个词，或清除筛选后再看。"),
            "icon": "search",
            "actions": [{"label": _("清除全部筛选"), "url": url, "kind": ""}],
        },
    }


def _actions(actor: Actor) -> list[dict[str, Any]]:
    if looks_after(actor, RIGHTS):
        excel, new = reverse("accounts:user_import"), reverse("accounts:user_create")
        return [
            {"label": _("劳动者或用人单位账号"), "url": reverse("accounts:bound_create"), "kind": ""},
            {"label": _("用 Excel 建用户"), "url": excel, "kind": "", "icon": "upload"},
            {"label": _("新增用户"), "url": new, "kind": "primary", "main": True, "icon": "plus"},
        ]
    if kinds.awaiting(users_of(actor), actor).exists():
        label, url = _("启用待启用的账号"), reverse("accounts:users_put_to_use")
        return [{"label": label, "url": url, "kind": "primary", "main": True}]
    return []


def _states() -> list[tuple[str, str]]:
    return list(zip(_STATES, (_("在用"), _("还没换初始口令"), _("待启用"), _("已停用")), strict=True))


def _filter(name: str, label: str, choices: Any, params: dict[str, str]) -> dict[str, Any]:
    labels = {code: str(text) for code, text in choices}
    chosen = params[name]
    options = [{"value": code, "label": text, "selected": code == chosen} for code, text in labels.items()]
    return {
        "label": label,
        "summary": labels.get(chosen, ""),
        "kind": "select",
        "name": name,
        "options": options,
        "clear_url": with_query(reverse("accounts:user_list"), params | {name: "", "after": ""}),
    }


def _table(page: list[User]) -> dict[str, Any]:
    columns = (_("账号"), _("姓名"), _("岗位"), _("状态"), _("最近登录"))
    rows = []
    for user in page:
        held = "；".join(f"{one.unit} {ROLES[one.role].label}" for one in user.held)  # type: ignore[attr-defined]
        cells = (
            user.username,
            user.name,
            {"text": held, "kind": "long"},
            {"kind": "state", "state": state_of(user)},
            {"text": moment(user.last_login), "kind": "date"},
        )
        rows.append((reverse("accounts:user_detail", args=[user.pk]), cells))
    return table_of(columns, rows)


def state_of(user: User) -> dict[str, str]:
    """Badge of a user."""
    if user.awaits:
        told = {"kind": ROLES[user.awaits].label}
        return {"label": _("待“%(kind)s”启用") % told, "kind": "wait"}
    if not user.is_active:
        return {"label": _("已停用"), "kind": "void"}
    if user.must_change_password:
        return {"label": _("还没换初始口令"), "kind": "wait"}
    return {"label": _("在用"), "kind": "ok"}
