"""What the chapter contributes to the shell: its page of checks in the menu."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import MenuPage, register_page

from .models import EmploymentSpell


def _reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, EmploymentSpell.ledger_key())


register_page(MenuPage("labour", _("务工核查"), "labour:checks", order=90, is_allowed=_reads))
