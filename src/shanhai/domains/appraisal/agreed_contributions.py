"""Pages of what was agreed, in the menu."""

from django.utils.translation import gettext_lazy

from shanhai.kernel.surfaces.menu import MenuPage, register_page

from . import agreed_operations  # noqa: F401  (importing registers)
from .agreed_pages import may_read

register_page(
    MenuPage("appraisal", gettext_lazy("协议完成情况"), "appraisal:agreed", order=21, is_allowed=may_read)
)
register_page(
    MenuPage(
        "appraisal", gettext_lazy("协议分解核查"), "appraisal:agreed_checks", order=22, is_allowed=may_read
    )
)
