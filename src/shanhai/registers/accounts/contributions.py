"""What accounts contribute to the menu."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import SYSTEM, MenuPage, register_page
from shanhai.registers.authority import RECORD, is_administrator, is_member, looks_after
from shanhai.registers.parties.erasing import register_follower

from . import starting  # noqa: F401  (importing registers the steps)
from .binding import close_accounts

register_follower(close_accounts)


def _audits(actor: Actor) -> bool:
    return looks_after(actor, RECORD)


register_page(MenuPage(SYSTEM, _("用户"), "accounts:user_list", 10, is_administrator))
register_page(MenuPage(SYSTEM, _("岗位与权限"), "accounts:role_list", 20, is_member))
register_page(MenuPage(SYSTEM, _("登录规定"), "accounts:sign_in_rules", 24, is_administrator))
register_page(MenuPage(SYSTEM, _("登录记录"), "accounts:event_list", 25, _audits))
register_page(MenuPage(SYSTEM, _("开始使用"), "accounts:start", 30, is_administrator))
