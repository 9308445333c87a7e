"""Templates of a side: tried, put in as the next version, taken off. None is overwritten."""

import io
from collections.abc import Sequence
from uuid import UUID

import docx
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.documents.model import Document, Table
from shanhai.kernel.documents.template_guard import TemplateFault, check_package
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.evidence.store import store
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side

from .kinds import DocumentKind, kind_of
from .making import document_of, filled
from .models import DocumentTemplate


def keeping_side(kind: DocumentKind, actor: Actor) -> Side:
    """The side whose templates of the kind the actor keeps: who issues for it. Errors: NotAllowed."""
    for grant in actor.grants_for(Verb.ISSUE, kind.ledger):
        return grant.side
    raise NotAllowed


def keeps(kind: DocumentKind, actor: Actor) -> bool:
    return bool(actor.grants_for(Verb.ISSUE, kind.ledger))


def try_template(kind: DocumentKind, data: bytes, *, actor: Actor) -> bytes | None:
    """The file filled with the newest real document; None while there is none.

    Errors: RuleViolated for what is no plain Word file, asks for what does not exist, or prints what does not
    follow.
    """
    try:
        check_package(data)
    except TemplateFault as fault:
        raise RuleViolated(problems={"file": [str(fault)]}, code="template_unfit") from fault
    row = kind.latest(actor)
    if row is None:
        return None
    try:
        return filled(kind, data, document_of(kind, row, actor))
    except RuleViolated as refused:
        raise RuleViolated(problems={"file": [str(refused)]}, code="template_unfit") from refused


@transaction.atomic
def add_template(kind: DocumentKind, name: str, data: bytes, *, actor: Actor) -> DocumentTemplate:
    """The next version under the name, proved on the newest document.

    Errors: NotAllowed; as `try_template`.
    """
    side = keeping_side(kind, actor)
    try_template(kind, data, actor=actor)
    same = DocumentTemplate.objects.filter(side=side, document_kind=kind.key, name=name.strip())
    version = (same.aggregate(last=Max("template_version"))["last"] or 0) + 1
    template = DocumentTemplate(
        side=side,
        document_kind=kind.key,
        name=name.strip(),
        template_version=version,
        uploaded_by=actor.name,
        uploaded_at=clock.now(),
    )
    try:
        template.full_clean(exclude=["file"])
    except ValidationError as error:
        said = [one for sentences in error.message_dict.values() for one in sentences]
        raise RuleViolated(problems={"name": said}, code="template_unfit") from error
    template.file = store(side, data)
    template.save(force_insert=True)
    return template


def get_template(pk: UUID, *, actor: Actor) -> DocumentTemplate:
    """Any version of a template of the actor's side. Errors: NotVisible."""
    rows = DocumentTemplate.objects.filter(side__in=actor.sides).select_related("file")
    found: DocumentTemplate | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible
    kind_of(found.document_kind, actor)
    return found


def remove_template(found: DocumentTemplate, *, actor: Actor) -> None:
    """Offer it no more; files made with it and the version itself stay. Errors: NotAllowed, RuleViolated."""
    if found.side != keeping_side(kind_of(found.document_kind, actor), actor):
        raise NotAllowed
    if found.removed_at:
        raise RuleViolated(_("这个版本已经移除。"), code="template_unfit")
    found.removed_by, found.removed_at = actor.name, clock.now()
    found.save()


def all_versions(kind: DocumentKind, actor: Actor) -> Sequence[DocumentTemplate]:
    rows = DocumentTemplate.objects.filter(side__in=actor.sides, document_kind=kind.key)
    return list(rows.order_by("name", "-template_version"))


def in_use(kind: DocumentKind, actor: Actor) -> list[DocumentTemplate]:
    """Of each name the highest version that was not taken off."""
    found: dict[tuple[str, str], DocumentTemplate] = {}
    for one in all_versions(kind, actor):
        if one.removed_at is None:
            found.setdefault((one.side, one.name), one)
    return list(found.values())


def starter(document: Document, always: Sequence[str] = ()) -> bytes:
    """A plain template with every part of the document in its place, to be dressed in Word."""
    word = docx.Document()
    for words in ("{{ 发文机关 }}", "{{ 文号 }}", "{{ 标题 }}"):
        word.add_paragraph(words)
    seen = set()
    for block in document.blocks:
        call = "表格" if isinstance(block, Table) else "叙述"
        if block.slot and block.slot not in seen and block.slot not in always:
            seen.add(block.slot)
            word.add_paragraph(f"{{{{ {call}('{block.slot}') }}}}")
    for name in always:
        word.add_paragraph(f"{{{{ 叙述('{name}') }}}}")
    word.add_paragraph("{{ 发文机关 }}")
    word.add_paragraph("{{ 日期 }}")
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()
