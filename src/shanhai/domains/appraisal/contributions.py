"""What the chapter contributes to the shell and the API: menu, workbench, panels beside rows, operations."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.matters import register_matter

from . import (  # noqa: F401  (importing registers)
    agreed_contributions,
    bulletin_contributions,
    bulletin_kind,
    bulletin_operations,
    indicator_contributions,
    indicator_operations,
    target_operations,
)
from .boards import contributions as board_contributions  # noqa: F401  (importing registers)
from .indicators import OBLIGATIONS
from .models.bulletins import LEDGER as BULLETINS
from .models.runs import RESULTS, RUNS
from .packs import contributions as pack_contributions  # noqa: F401  (importing registers)
from .runs import contributions as run_contributions  # noqa: F401  (importing registers)
from .schemes import contributions as scheme_contributions  # noqa: F401  (importing registers)
from .targets import LEDGER as TARGETS

register_matter(BULLETINS, _("通报（含各台账的数字）"))
register_matter(TARGETS, _("指标目标"))
register_matter(RUNS, _("年度考核"))
register_matter(RESULTS, _("考核结果"))
register_matter(OBLIGATIONS, _("应报情况的指标"))
