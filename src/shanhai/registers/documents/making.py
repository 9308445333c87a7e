"""A document made and proved: figures follow, the public reads no number of a person, files are reread."""

from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.documents.follows import check_follows
from shanhai.kernel.documents.model import Document, DocumentInvalid
from shanhai.kernel.documents.proved import proved_docx, proved_fill, proved_pdf
from shanhai.kernel.documents.public import check_public
from shanhai.kernel.documents.template_guard import TemplateFault
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.evidence.store import read
from shanhai.kernel.scope import Actor

from .kinds import DocumentKind
from .models import DocumentTemplate

FORMS = ("docx", "pdf")


def problems_of(kind: DocumentKind, document: Document) -> list[str]:
    """Why it may not be given out, with place and reason."""
    found = check_follows(document)
    if kind.is_public:
        found += check_public(document)
    return [str(one) for one in found]


def document_of(kind: DocumentKind, row: Any, actor: Actor) -> Document:
    """Errors: RuleViolated for what cannot be written."""
    try:
        return kind.build(row, actor)
    except DocumentInvalid as error:
        raise RuleViolated(str(error), code="document_not_sound") from error


def proved_document(kind: DocumentKind, row: Any, actor: Actor) -> Document:
    """The document, fit to be given out. Errors: RuleViolated with every place that is not."""
    document = document_of(kind, row, actor)
    if problems := problems_of(kind, document):
        raise RuleViolated(" ".join(problems), code="document_not_sound")
    return document


def file_of(
    kind: DocumentKind, row: Any, form: str, actor: Actor, template: DocumentTemplate | None = None
) -> tuple[bytes, str]:
    """Content and name of the file. Errors: NotVisible for another form; RuleViolated as above."""
    if form not in FORMS or (template is not None and form != "docx"):
        raise NotVisible
    document = proved_document(kind, row, actor)
    name = f"{''.join(document.title.split())}.{form}"
    if template is not None:
        return filled(kind, read(template.file), document), name
    if kind.frozen and (content := kind.frozen(row, form)) is not None:
        return content, name
    return (proved_docx if form == "docx" else proved_pdf)(document), name


def filled(kind: DocumentKind, template: bytes, document: Document) -> bytes:
    """The document in a template. Errors: RuleViolated naming placeholder, place and reason."""
    try:
        return proved_fill(template, document, always=kind.always)
    except TemplateFault as fault:
        raise RuleViolated(str(fault), code="template_unfit") from fault


def told_of(kind: DocumentKind) -> str:
    """What the kind is, in words."""
    told = [
        _("公文版式（GB/T 9704）") if kind.is_official else _("表格版式"),
        *([_("编号")] if kind.is_numbered else []),
        *([_("签发固化")] if kind.is_issued else []),
        *([_("签收")] if kind.is_received else []),
        *([_("公开，核验无个人号码")] if kind.is_public else []),
    ]
    return "、".join(told)
