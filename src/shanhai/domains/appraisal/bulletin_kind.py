"""Bulletins as a kind of document: their templates, preview and files are those of all documents."""

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from shanhai.kernel.documents.model import Document, Paragraph, line_text
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.evidence.store import read
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.links import link_to
from shanhai.registers.documents.kinds import DocumentKind, register_document

from .bulletin_figures import address_of, ref_of
from .bulletin_rights import get_bulletin
from .composing import Parts, document_of
from .models import Bulletin
from .models.bulletins import LEDGER
from .reconciling.saying import SLOT, sides_address


def key_of(form: str) -> str:
    """The kind of document that a form of bulletins is."""
    return f"appraisal.{form}"


def _find(form: str, pk: UUID, actor: Actor) -> Bulletin:
    found = get_bulletin(pk, actor=actor)
    if found.bulletin_form != form:
        raise NotVisible
    return found


def _newest(form: str, actor: Actor) -> Bulletin | None:
    rows = Bulletin.objects.visible_to(actor).filter(bulletin_form=form)
    found: Bulletin | None = rows.order_by("-drafted_at").first()
    return found


def _build(found: Bulletin, actor: Actor) -> Document:
    """What was issued before the note had a slot says it all the same."""
    document = document_of(Parts.of(found))
    blocks = tuple(
        replace(one, slot=SLOT)
        if isinstance(one, Paragraph) and not one.slot and line_text(one.line).startswith(SLOT)
        else one
        for one in document.blocks
    )
    return replace(document, blocks=blocks)


def _opens(found: Bulletin, bind: str) -> str | None:
    figure = next((one for one in found.figures.all() if str(one.pk) == bind), None)
    return address_of(ref_of(figure)) if figure else sides_address(bind, Side(found.side))


def _page(found: Bulletin) -> str:
    return link_to("appraisal:bulletin", pk=found.pk)


def _frozen(found: Bulletin, form: str) -> bytes | None:
    file: Any = found.word if form == "docx" else found.pdf
    return read(file) if file else None


for _form in Bulletin.Form:
    register_document(
        DocumentKind(
            key=key_of(_form),
            label=_form.label,
            ledger=LEDGER,
            build=_build,
            find=partial(_find, _form),
            newest=partial(_newest, _form),
            opens=_opens,
            page=_page,
            frozen=_frozen,
            is_numbered=True,
            is_issued=True,
            is_received=True,
            always=(SLOT,),
        )
    )
