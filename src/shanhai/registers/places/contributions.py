"""What the register of places contributes to the menu."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.registers.authority import is_member

register_page(MenuPage("parties", _("地区"), "places:place_list", 50, is_member))
