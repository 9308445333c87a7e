"""What signatures contribute: signing itself, the panel beside a row, the register of keys, the API."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.surfaces.menu import SYSTEM, MenuPage, register_page
from shanhai.registers.authority import is_member

from . import operations, panel, signing  # noqa: F401  (importing registers)

register_page(MenuPage(SYSTEM, _("签名密钥"), "signing:keys", 24, is_member))
