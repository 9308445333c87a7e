"""补贴发放公示表 as a kind of document: open to everybody, so that no number of a person may be in it."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.documents.model import Document
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.registers.documents.kinds import DocumentKind, register_document

from .models import Claim, PublicNotice, Standing
from .notice_documents import TOTAL, document_of


def _build(notice: PublicNotice, actor: Actor) -> Document:
    return document_of(notice)


def opens(notice: PublicNotice, bind: str) -> str | None:
    """Each number opens to its claim, the sum to all of them."""
    claims = registry.get(Claim.ledger_key())
    if bind != TOTAL:
        return link(claims, "detail", pk=bind)
    query = {"notice": str(notice.pk)}
    if notice.standing == PublicNotice.Standing.DRAFTED:
        approved = Standing.APPROVED.value
        query = {"policy": str(notice.policy_id), "q": notice.benefit_period, "standing": approved}
    return with_query(link(claims, "list"), query)


NOTICE = register_document(
    DocumentKind(
        "benefits.notice",
        _("补贴发放公示表"),
        PublicNotice.ledger_key(),
        _build,
        opens=opens,
        is_official=False,
        is_numbered=True,
        is_public=True,
    )
)
