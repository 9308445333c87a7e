"""What boards contribute to the shell and the API."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.surfaces.menu import TOP, MenuPage, register_page

from . import (
    alarm_pages,
    board,
    boundary_operations,  # noqa: F401  (importing registers)
    burden,
    burden_operations,  # noqa: F401  (importing registers)
    leader,
    leader_operations,  # noqa: F401  (importing registers)
    map_operations,  # noqa: F401  (importing registers)
    map_pages,
)

register_page(MenuPage(TOP, _("领导看板"), "appraisal:leader", order=44, is_allowed=leader.may_open))
register_page(MenuPage(TOP, _("一张图"), "appraisal:map", order=45, is_allowed=map_pages.may_open))
register_page(MenuPage(TOP, _("预警"), "appraisal:alarms", order=46, is_allowed=alarm_pages.may_open))
register_page(MenuPage(TOP, _("单位记分牌"), "appraisal:scoreboard", order=47, is_allowed=board.may_open))
register_page(MenuPage(TOP, _("减负统计"), "appraisal:burden", order=48, is_allowed=burden.may_open))
