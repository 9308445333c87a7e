"""What pushes contribute to the shell: the way to whom it fits, what a unit is to tell, who knows of it."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.domains.labour.stations.areas import own_posts, posts, within
from shanhai.kernel import clock
from shanhai.kernel.later import may_record
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import row_link, with_query
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.workflow import EDITABLE
from shanhai.registers.parties.timeline import Told, register_rows
from shanhai.web.cards import Card, register_card
from shanhai.web.later import later_panel

from . import push_operations  # noqa: F401  (importing registers)
from .models import Policy, PolicyPush, PushRecipient
from .push_pages import rows_url
from .push_reports import Group, Wanted, groups_of, recipients

_SHOWN = 8


def _reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, PushRecipient.ledger_key())


register_page(MenuPage("benefits", gettext_lazy("推送成效"), "benefits:pushes", 33, _reads))


@register_card(16)
def to_tell(request: HttpRequest) -> Card | None:
    """Who waits to be told of a policy, the soonest day first: of one's own station, else of one's care."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.allows(Verb.EDIT, PushRecipient.ledger_key()):
        return None
    known = posts(actor.sides)
    post = next(iter(own_posts(actor, known)), None)
    station = post.key if post else ""
    rows = PushRecipient.objects.visible_to(actor, Verb.EDIT).filter(told_on=None, state__in=EDITABLE)
    rows = rows.filter(within(post, known, "place")) if post else rows
    waiting: dict[Any, list[Any]] = {}
    for key, name, day in rows.order_by("push__tell_by", "push").values_list(
        "push", "push__policy__name", "push__tell_by"
    ):
        waiting.setdefault(key, [name, day, 0])[2] += 1
    if not waiting:
        return None
    lines = [
        {
            "label": _("%(policy)s · %(day)s 前") % {"policy": name, "day": f"{day:%m-%d}"},
            "number": f"{number:,}",
            "url": rows_url(Wanted(push=str(key), station=station, what="untold")),
        }
        for key, (name, day, number) in list(waiting.items())[:_SHOWN]
    ]
    late = any(day < clock.today() for _name, day, _number in waiting.values())
    total = sum(number for _name, _day, number in waiting.values())
    return Card(
        gettext_lazy("待通知的政策对象"),
        "web/cards/counts.html",
        {"lines": lines, "kind": "late" if late else "wait"},
        note=" · ".join([*([post.name] if post else []), _("共 %(number)s 个") % {"number": f"{total:,}"}]),
        url=rows_url(Wanted(station=station, what="untold")),
    )


@register_panel("benefits.push", order=12)
def push(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a push of one's own side: whom it fits, and what came of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, PolicyPush) or row.side not in actor.sides:
        return None
    lines = [
        {
            "label": _("推送给谁"),
            "url": reverse("benefits:whom", args=[row.pk]),
            "state": None,
            "text": _("按现行版本和现有记录算出，看过再推送"),
        }
    ]
    if row.recipient_count and _reads(actor):
        lines.append(
            {
                "label": _("推送对象"),
                "url": rows_url(Wanted(push=str(row.pk))),
                "state": None,
                "text": _("通知、知晓、申领到哪一步"),
            }
        )
    return RailPanel("benefits/panel.html", {"title": _("推送办理"), "lines": lines})


@register_panel("benefits.policy_pushes", order=17)
def pushes_of(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a policy of one's own side: the pushes that bring it, and how far each has come."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, Policy) or row.side not in actor.sides or not _reads(actor):
        return None
    found = list(PolicyPush.objects.live().filter(policy=row).order_by("-number")[:_SHOWN])
    wanted = Wanted(policy=str(row.pk))
    reached = {one.label: one for one in groups_of(recipients(wanted), "push", wanted)} if found else {}
    lines = [
        {
            "label": f"{one.number} {one.benefit_period}",
            "url": row_link(one),
            "text": "" if one.number in reached else _("还没有推送对象"),
            "figures": _reached(reached[one.number]) if one.number in reached else [],
        }
        for one in found
    ]
    if not lines:
        return None
    lines.append({"label": _("推送成效"), "url": with_query(reverse("benefits:pushes"), wanted.query)})
    return RailPanel("benefits/panel.html", {"title": _("政策推送"), "lines": lines})


def _reached(one: Group) -> list[dict[str, str]]:
    """Each number opens the people that it counts."""
    return [
        {
            "label": label,
            "value": f"{number:,}",
            "url": rows_url(replace(one.wanted, what=what)) if number else "",
        }
        for what, label, number in (
            ("all", _("推送对象"), one.every),
            ("told", _("已通知"), one.told),
            ("read", _("已知晓"), one.read),
            ("acted", _("已申领"), one.acted),
        )
    ]


@register_panel("benefits.know", order=12)
def know(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside who was told: knows of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, PushRecipient) or row.told_on is None or row.read_on is not None:
        return None
    if not may_record(ledger, row, actor):
        return None
    note = _("回话、签收或当面说明白了的，记为今天知晓。")
    return later_panel(row, "benefits:know", title=_("本人知晓"), note=note, button=_("已知晓"), fields=[])


register_rows(
    "benefits.pushrecipient",
    Told(
        related=("push__policy",),
        day=lambda row: row.told_on,
        text=lambda row: (
            _("通知政策“%(policy)s”（%(way)s）")
            % {"policy": row.push.policy.name, "way": row.get_told_way_display()}
        ),
    ),
)
