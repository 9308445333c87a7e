"""What the book of rules contributes: its menu entry, the matter rights are given on, its API."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.matters import register_matter
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import SYSTEM, MenuPage, register_page
from shanhai.registers.authority import is_member

from . import operations  # noqa: F401  (importing registers)
from .book import COOPERATION, may_change_some
from .changing import to_decide

register_matter(COOPERATION, _("规定与数值"))


def _waiting(actor: Actor) -> int:
    return to_decide(actor).count() if may_change_some(actor) else 0


register_page(MenuPage(SYSTEM, _("规定与数值"), "rulebook:rules", 22, is_member, count=_waiting))
