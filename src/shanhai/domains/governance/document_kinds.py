"""会议纪要 and 督办单 as kinds of documents."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.documents.model import Document
from shanhai.kernel.scope import REPORTED_STATES, Actor
from shanhai.registers.documents.kinds import DocumentKind, register_document

from .minutes_documents import minutes_document
from .models import JointMeeting, Resolution, SupervisionSlip
from .supervision_documents import slip_document


def _minutes(row: JointMeeting, actor: Actor) -> Document:
    """The minutes with what was resolved so far."""
    meeting = JointMeeting.objects.select_related("owner_unit", "partner_unit").get(pk=row.pk)
    found = Resolution.objects.live().filter(meeting=row).select_related("lead_unit").order_by("code")
    return minutes_document(meeting, list(found))


def _slip(row: SupervisionSlip, actor: Actor) -> Document:
    return slip_document(row)


def _is_reported(row: Any) -> bool:
    return row.state in REPORTED_STATES


MINUTES = register_document(
    DocumentKind("governance.minutes", _("会议纪要"), JointMeeting.ledger_key(), _minutes, is_numbered=True)
)
SLIP = register_document(
    DocumentKind(
        "governance.slip",
        _("督办单"),
        SupervisionSlip.ledger_key(),
        _slip,
        fits=_is_reported,
        is_numbered=True,
        is_issued=True,
        is_received=True,
    )
)
