"""The administrator's card: who has not come in yet, what background work failed, what is damaged."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.evidence.checking import open_damages
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.jobs.pages import visible_jobs
from shanhai.kernel.jobs.waiting import late_jobs
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.registers.accounts.actions import users_of
from shanhai.registers.accounts.roles import SYSTEM
from shanhai.registers.authority import ACCOUNTS, looks_after
from shanhai.web.cards import Card, register_card

_LATELY = timedelta(days=7)


@register_card(15)
def upkeep(request: HttpRequest) -> Card | None:
    """Accounts and jobs; an administrator sees no business data."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not looks_after(actor, ACCOUNTS):
        return None
    users = users_of(actor).filter(is_active=True)
    awaiting = users_of(actor).filter(awaits=SYSTEM)
    failed = visible_jobs(actor).filter(state=Job.State.FAILED, created_at__gte=clock.now() - _LATELY)
    lines = [
        _line(_("在用账号"), users.count(), "accounts:user_list", state="active"),
        _line(_("待启用的账号"), awaiting.count(), "accounts:user_list", state="awaiting"),
        _line(
            _("还没换初始口令"),
            users.filter(must_change_password=True).count(),
            "accounts:user_list",
            state="first",
        ),
        _line(_("七日内没有做完的后台任务"), failed.count(), "jobs"),
        _line(_("排队太久的后台任务"), late_jobs().count(), "jobs"),
        _line(_("损坏的佐证"), open_damages(actor.sides).count(), "evidence_damage"),
    ]
    return Card(
        gettext_lazy("系统管理"),
        "web/cards/counts.html",
        {"lines": lines, "kind": "wait"},
        note=_("开始使用"),
        url=link_to("accounts:start"),
    )


def _line(label: str, number: int, page: str, **query: Any) -> dict[str, str]:
    return {"label": label, "number": f"{number:,}", "url": with_query(link_to(page), query)}
