"""What runs contribute: their page in the menu, and their operations."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.surfaces.menu import MenuPage, register_page

from . import document_kind, operations, result_operations  # noqa: F401  (importing registers)
from .results import reads_results
from .rights import reads_runs

register_page(MenuPage("appraisal", _("年度考核"), "appraisal:runs", order=25, is_allowed=reads_runs))
register_page(
    MenuPage("appraisal", _("考核结果登记"), "appraisal:results", order=26, is_allowed=reads_results)
)
