"""What each role may do, in words that follow from the roles themselves."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from shanhai.kernel.permissions import INSTALLATION, READINGS, Reach, Role, Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.narration import HISTORY_URL, history_page
from shanhai.registers.authority import (
    ACCOUNTS,
    RECORD,
    RIGHTS,
    RULES,
    SIGN_IN,
    UNITS,
    administered_sides,
    is_member,
    looks_after,
    require,
)
from shanhai.registers.tables import table_of

from .models import Membership
from .roles import ROLES

_VERBS = {
    Verb.VIEW: lazy("查看"),
    Verb.CREATE: lazy("新增"),
    Verb.EDIT: lazy("修改"),
    Verb.SUBMIT: lazy("提交"),
    Verb.VERIFY: lazy("核实与退回"),
    Verb.VOID: lazy("作废"),
    Verb.IMPORT: lazy("导入"),
    Verb.EXPORT: lazy("导出"),
    Verb.UNMASK: lazy("说明理由后查看敏感信息"),
    Verb.MANAGE: lazy("管目标、应报、单位和口径"),
    Verb.ISSUE: lazy("起草和签发通报"),
}
#: What administrators look after.
_AREAS = {
    UNITS: lazy("单位和地区"),
    ACCOUNTS: lazy("账号的启用、停用和初始口令"),
    INSTALLATION: lazy("后台任务和佐证检查"),
    RIGHTS: lazy("新建账号，定岗位"),
    RULES: lazy("保存期限等全系统的规定"),
    SIGN_IN: lazy("登录规定、二次验证、解除锁定、接口令牌"),
    RECORD: lazy("看登录记录、账号和岗位的历史"),
    READINGS: lazy("看敏感信息的查阅记录（不含内容）和历史封存"),
}
_REACHES = {
    Reach.UNIT: lazy("只有本单位的记录"),
    Reach.TREE: lazy("本单位和下属单位的记录，以及辖区内的记录"),
    Reach.SIDE: lazy("本方全部记录"),
    Reach.BOUND: lazy("只有与本人或本单位有关的记录，没有别的页面"),
    Reach.NONE: lazy("看不到任何业务记录"),
}


@require_GET
def role_list(request: HttpRequest) -> HttpResponse:
    """Every role: what it does, on which rows, and whether it reads what others share."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(is_member(actor))
    if "history" in request.GET:
        return _rights_history(request, actor)
    history = {"label": _("权限的历史"), "url": HISTORY_URL, "kind": ""}
    columns = (_("岗位"), _("可以做什么"), _("对哪些记录"), _("其他单位与另一方共享的"))
    table = table_of(columns, [("", _cells(role)) for role in ROLES.values()])
    return render(
        request,
        "accounts/roles.html",
        {
            "title": _("岗位与权限"),
            "sub": _(
                "一个人可以有几个岗位，权限相加。改岗位请找本方的安全管理员。三种管理权力互不重叠，看不到业务数据。"
            ),
            "crumbs": [],
            "actions": [history] if looks_after(actor, RECORD) else [],
            "table": table,
        },
    )


def _rights_history(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who was given which role where, from when to when, by whom and why: of the sides one looks after."""
    require(looks_after(actor, RECORD))
    given = Membership.objects.filter(unit__side__in=administered_sides(actor, RECORD)).select_related(
        "user", "unit"
    )
    return history_page(request, _("岗位与权限"), [], [], given)


def _cells(role: Role) -> list[Any]:
    acts = [label for verb, label in _VERBS.items() if verb in role.verbs]
    acts += [label for area, label in _AREAS.items() if area in role.by_ledger]
    reads = _("已报的可以查看，敏感信息遮盖") if role.reads_shared else _("看不到")
    return [
        role.label,
        {"text": "、".join(map(str, acts)), "kind": "long"},
        {"text": _REACHES[role.reach], "kind": "long"},
        reads,
    ]
