"""«开始使用»: what an empty installation still needs, step by step; chapters add their own steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.links import link_to
from shanhai.registers.authority import (
    RIGHTS,
    is_administrator,
    is_manager,
    looks_after,
    managed_sides,
    require,
)
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

from .actions import users_of


@dataclass(frozen=True)
class StartStep:
    """One step. `state` says what is there and whether it is enough to go on; `may` tells who can do it."""

    order: int
    label: Any
    text: Any
    url_name: str
    state: Callable[[Actor], tuple[str, bool]]
    may: Callable[[Actor], bool] = is_manager


_steps: list[StartStep] = []


def register_step(step: StartStep) -> StartStep:
    _steps.append(step)
    return step


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """The steps with their states; the first that is not done is the main action."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(is_manager(actor) or is_administrator(actor))
    shown = []
    for step in sorted(_steps, key=lambda one: one.order):
        state, is_done = step.state(actor)
        shown.append(
            {
                "label": step.label,
                "text": step.text,
                "url": link_to(step.url_name) if step.may(actor) else "",
                "state": {"label": state, "kind": "ok" if is_done else "wait"},
                "is_done": is_done,
            }
        )
    following = next((step for step in shown if not step["is_done"] and step["url"]), None)
    actions = []
    if following:
        label = _("下一步：%(step)s") % {"step": following["label"]}
        actions = [{"label": label, "url": following["url"], "kind": "primary", "main": True}]
    sub = _("依次做完这几步，两地就可以填报了；每一步都可以随时回来补。")
    return render(
        request,
        "accounts/start.html",
        {"title": _("开始使用"), "sub": sub, "crumbs": [], "actions": actions, "steps": shown},
    )


def _places(actor: Actor) -> tuple[str, bool]:
    number = Place.objects.count()
    return _("已有 %(number)s 个地区") % {"number": f"{number:,}"}, number > 0


def _units(actor: Actor) -> tuple[str, bool]:
    parts = []
    is_done = True
    for side in Side:
        if side in managed_sides(actor):
            number = Unit.objects.filter(side=side, parent__isnull=False).count()
            parts.append(_("%(side)s %(number)s 个") % {"side": side.label, "number": number})
            is_done = is_done and number > 0
    return "，".join(parts), is_done


def _users(actor: Actor) -> tuple[str, bool]:
    number = users_of(actor).count()
    return _("已有 %(number)s 个用户") % {"number": f"{number:,}"}, number > 1


def _gives_rights(actor: Actor) -> bool:
    return looks_after(actor, RIGHTS)


register_step(
    StartStep(
        10,
        lazy("地区"),
        lazy("一键载入两县（区）的镇村代码，或上传本地的区划表。"),
        "places:place_import",
        _places,
    )
)
register_step(
    StartStep(
        20, lazy("单位"), lazy("下载模板，填好两地的单位和上下级，一次导入。"), "parties:unit_import", _units
    )
)
register_step(
    StartStep(
        40,
        lazy("用户"),
        lazy("安全管理员逐个新增或用 Excel 建好，系统管理员启用；初始口令只显示一次，首次登录必须更换。"),
        "accounts:user_list",
        _users,
        _gives_rights,
    )
)
