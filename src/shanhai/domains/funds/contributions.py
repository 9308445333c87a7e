"""What the chapter contributes to the shell: its page of checks in the menu."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import MenuPage, register_page

from .models import Project


def _reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, Project.ledger_key())


register_page(MenuPage("funds", _("资金核查"), "funds:checks", order=90, is_allowed=_reads))
