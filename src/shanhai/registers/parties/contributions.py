"""What the register of parties contributes: a page of the menu, custom fields of units to every ledger."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.registers.authority import is_member

from . import (  # noqa: F401  (importing registers)
    asking_pages,
    custom_pages,
    own_operations,
    own_pages,
    request_operations,
    request_pages,
    timeline_own,
    timeline_pages,
)
from .duplicates import operations  # noqa: F401  (importing registers)
from .duplicates.finding import may_decide
from .duplicates.reading import waiting

register_page(MenuPage("parties", _("单位"), "parties:unit_list", 40, is_member))
register_page(MenuPage("parties", _("重复人员"), "parties:duplicates", 15, may_decide, waiting))
