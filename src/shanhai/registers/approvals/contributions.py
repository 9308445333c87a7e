"""What approvals contribute: the gate, the panel beside a row, the menu entry, the card, the API."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.surfaces.menu import SYSTEM, MenuPage, register_page

from . import operations, panel  # noqa: F401  (importing registers)
from .pages import may_sign

register_page(MenuPage(SYSTEM, _("审批"), "approvals:approvals", 5, may_sign))
