"""What boards contribute to the shell and the API."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.surfaces.menu import TOP, MenuPage, register_page

from . import alarm_pages, map_operations, map_pages  # noqa: F401  (importing registers)

register_page(MenuPage(TOP, _("一张图"), "appraisal:map", order=45, is_allowed=map_pages.may_open))
register_page(MenuPage(TOP, _("预警"), "appraisal:alarms", order=46, is_allowed=alarm_pages.may_open))
