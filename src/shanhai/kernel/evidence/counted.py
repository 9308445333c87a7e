"""How many of the papers that a ledger demands each row has: `2/3`, in the statement of the list itself."""

from typing import Any

from django.db.models import Case, CharField, Count, Expression, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.workflow import State

from .models import EvidenceLink


def demanded(ledger: Ledger[Any]) -> list[str]:
    """Codes of the classes without which no row of the ledger is verified."""
    return [one.code for one in ledger.evidence_classes if one.is_required]


def share_of_row(ledger: Ledger[Any]) -> Expression:
    """`2/3` of each row of the ledger; "" of a voided one, which nobody asks for papers."""
    classes = demanded(ledger)
    links = EvidenceLink._base_manager.filter(
        ledger=ledger.key, row_id=OuterRef("pk"), removed_at__isnull=True, evidence_class__in=classes
    )
    counted = links.order_by().values("row_id").annotate(present=Count("evidence_class", distinct=True))
    present = Coalesce(Subquery(counted.values("present"), output_field=IntegerField()), 0)
    told = Concat(Cast(present, CharField()), Value(f"/{len(classes)}"))
    return Case(When(state=State.VOIDED, then=Value("")), default=told, output_field=CharField())
