"""自评报告: what units report of themselves and, once scored, what they got, as a kind of document."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.documents.model import Document
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link_to
from shanhai.registers.documents.kinds import DocumentKind, register_document
from shanhai.registers.papers import document, issuer_of

from ..models import AppraisalRun
from ..models.runs import RUNS
from .reports import paper_of
from .rights import oversees, seen_run


def _find(pk: UUID, actor: Actor) -> AppraisalRun:
    """Errors: NotVisible, also for who may not take it along."""
    found = seen_run(pk, actor)
    if not actor.allows(Verb.EXPORT, RUNS):
        raise NotVisible
    if not (oversees(found, actor) or found.scorings.exists()):
        raise NotVisible
    return found


def _newest(actor: Actor) -> AppraisalRun | None:
    runs = AppraisalRun.objects.visible_to(actor).order_by("-opened_at")
    return next((one for one in runs[:5] if oversees(one, actor) or one.scorings.exists()), None)


def _build(run: AppraisalRun, actor: Actor) -> Document:
    paper = paper_of(run, issuer_of(actor), is_overseen=oversees(run, actor))
    if paper is None:
        raise NotVisible
    return document(paper)


def _page(run: AppraisalRun) -> str:
    return link_to("appraisal:run", pk=run.pk)


register_document(
    DocumentKind(
        "appraisal.selfreport",
        _("自评与考核得分报告"),
        RUNS,
        _build,
        find=_find,
        newest=_newest,
        page=_page,
        is_official=False,
    )
)
