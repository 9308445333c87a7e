"""What accounts contribute to the menu."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.surfaces.menu import SYSTEM, MenuPage, register_page
from shanhai.registers.authority import is_administrator, is_member

from . import starting  # noqa: F401  (importing registers the steps)

register_page(MenuPage(SYSTEM, _("用户"), "accounts:user_list", 10, is_administrator))
register_page(MenuPage(SYSTEM, _("岗位与权限"), "accounts:role_list", 20, is_member))
register_page(MenuPage(SYSTEM, _("登录记录"), "accounts:event_list", 25, is_administrator))
register_page(MenuPage(SYSTEM, _("开始使用"), "accounts:start", 30, is_administrator))
