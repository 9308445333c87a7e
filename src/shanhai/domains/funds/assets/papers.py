"""The reports of assets by their code."""

from collections.abc import Callable

from shanhai.kernel.errors import NotVisible
from shanhai.registers.papers import Paper

from .details_report import details_paper
from .disposal_report import disposals_paper
from .distribution_report import distributions_paper
from .inspection_report import inspections_paper
from .rent_report import rents_paper
from .reports import Asked, totals_paper

REPORTS: dict[str, Callable[[Asked], Paper]] = {
    "totals": totals_paper,
    "details": details_paper,
    "rents": rents_paper,
    "distributions": distributions_paper,
    "inspections": inspections_paper,
    "disposals": disposals_paper,
}


def paper_of(code: str, asked: Asked) -> Paper:
    """Errors: NotVisible for a report there is not."""
    if code not in REPORTS:
        raise NotVisible
    return REPORTS[code](asked)
