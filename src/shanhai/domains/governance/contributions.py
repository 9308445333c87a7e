"""What the chapter contributes to the shell: its page of checks."""

from django.utils.translation import gettext_lazy

from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import MenuPage, register_page

from . import (  # noqa: F401  (importing registers)
    document_kinds,
    minutes_actions,
    minutes_operations,
    operations,
    outside_contributions,
    reminder_pages,
    resolution_contributions,
    scoring,
    supervision_actions,
    supervision_contributions,
)
from .models import JointMeeting


def _reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, JointMeeting.ledger_key())


register_page(
    MenuPage("governance", gettext_lazy("组织核查"), "governance:checks", order=90, is_allowed=_reads)
)


register_page(
    MenuPage(
        "governance",
        gettext_lazy("读入会议纪要"),
        "governance:minutes",
        order=15,
        is_allowed=minutes_actions.may_read,
    )
)
register_page(
    MenuPage(
        "governance",
        gettext_lazy("督查提醒"),
        "governance:reminders",
        order=70,
        is_allowed=supervision_actions.may_raise,
    )
)
