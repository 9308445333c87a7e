"""What the chapter contributes to the shell: its page of checks."""

from django.utils.translation import gettext_lazy

from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import MenuPage, register_page

from . import operations, resolution_contributions, supervision_contributions  # noqa: F401  (importing registers)
from .models import JointMeeting


def _reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, JointMeeting.ledger_key())


register_page(
    MenuPage("governance", gettext_lazy("组织核查"), "governance:checks", order=90, is_allowed=_reads)
)
