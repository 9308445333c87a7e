"""What the scoreboard shows of supervision: slips of a unit that are overdue."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.web.scoreboard import Score, register_score

from . import supervision_rules as rules
from .models import SupervisionSlip
from .supervision_reports import LEDGER, open_slips


def _allowed(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, LEDGER)


def overdue(actor: Actor) -> Mapping[UUID, int]:
    """Open slips that show red, of the reader's own side."""
    found = (row for row, light in open_slips(actor) if light == rules.RED and row.side in actor.sides)
    return Counter(row.owner_unit_id for row in found)


def address(unit: str) -> str:
    """Slips past their day that are not closed; of a unit by its code."""
    stages = [one for one in SupervisionSlip.Stage.values if one != SupervisionSlip.Stage.CLOSED]
    query = {
        "owner_unit_only": unit,
        "due_on_to": (clock.today() - timedelta(days=1)).isoformat(),
        "supervision_stage": stages,
    }
    return with_query(link(registry.get(LEDGER), "list"), query)


register_score(
    Score("slips_overdue", _("督办逾期"), _("张"), 60, is_allowed=_allowed, read=overdue, address=address)
)
