"""What the register of parties contributes to the menu."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.registers.authority import is_member

register_page(MenuPage("parties", _("单位"), "parties:unit_list", 40, is_member))
