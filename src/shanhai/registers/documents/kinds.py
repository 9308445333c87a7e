"""Kinds of documents: chapters say here what their papers are; everything else is made of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shanhai.kernel.actions import get_row
from shanhai.kernel.documents.model import Document
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link


def _no_address(row: Any, bind: str) -> str | None:
    return None


def _always(row: Any) -> bool:
    return True


@dataclass(frozen=True)
class DocumentKind:
    """One kind of document, such as minutes of a meeting.

    Shape: `ledger` is whose rows it is made of, and on which rights are given; where it is no ledger of the
    registry, `find` and `newest` say how a row is found. `build` makes the document of a row for a reader.
    """

    key: str
    label: Any
    ledger: str
    build: Callable[[Any, Actor], Document]
    #: The row of a key, if the reader may see it. Errors: NotVisible, NotAllowed.
    find: Callable[[UUID, Actor], Any] | None = None
    #: The row on which a template is tried.
    newest: Callable[[Actor], Any] | None = None
    #: Where a number of the document opens.
    opens: Callable[[Any, str], str | None] = _no_address
    #: The row's own page.
    page: Callable[[Any], str] | None = None
    #: Whether the row has this document already.
    fits: Callable[[Any], bool] = _always
    #: Bytes frozen when it was issued, by form (docx, pdf); None before.
    frozen: Callable[[Any, str], bytes | None] | None = None
    #: Laid out by GB/T 9704-2012: red head, grid, title, number, signature, date, imprint.
    is_official: bool = True
    is_numbered: bool = False
    is_issued: bool = False
    is_received: bool = False
    #: Shown to everybody: proved to hold no number of a person.
    is_public: bool = False
    #: Passages that no template may lose (`fill_template`).
    always: tuple[str, ...] = ()

    def row(self, pk: UUID, actor: Actor) -> Any:
        """Errors: NotVisible, NotAllowed."""
        found = self.find(pk, actor) if self.find else get_row(registry.get(self.ledger), pk, actor=actor)
        if not self.fits(found):
            raise NotVisible
        return found

    def latest(self, actor: Actor) -> Any | None:
        """The newest row the reader sees of which there is such a document."""
        if self.newest:
            return self.newest(actor)
        rows = registry.get(self.ledger).model._default_manager.live().order_by("-pk")
        return next((one for one in rows[:20] if self.fits(one)), None)

    def url(self, row: Any) -> str:
        return self.page(row) if self.page else link(registry.get(self.ledger), "detail", pk=row.pk)


_kinds: dict[str, DocumentKind] = {}


def register_document(kind: DocumentKind) -> DocumentKind:
    """Errors: ValueError when the key is taken."""
    if kind.key in _kinds:
        raise ValueError(f"{kind.key} is a document already")
    _kinds[kind.key] = kind
    return kind


def kinds() -> Iterator[DocumentKind]:
    """All kinds, by key."""
    return (kind for _key, kind in sorted(_kinds.items()))


def kinds_of(actor: Actor) -> list[DocumentKind]:
    """Those whose rows the reader may read."""
    return [kind for kind in kinds() if actor.allows(Verb.VIEW, kind.ledger)]


def kind_of(key: str, actor: Actor) -> DocumentKind:
    """Errors: NotVisible for what is none, or none of the reader's."""
    kind = _kinds.get(key)
    if kind is None or not actor.allows(Verb.VIEW, kind.ledger):
        raise NotVisible
    return kind
