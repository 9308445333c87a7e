"""What the exchange contributes: the menu entry where somebody sends, and the API."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.surfaces.menu import SYSTEM, MenuPage, register_page

from . import operations  # noqa: F401  (importing registers)
from .pages import may_read

register_page(MenuPage(SYSTEM, _("上报汇总"), "exchange:rollup", 26, may_read))
