"""What is kept of an upload: its file, what was said of its headings, what is shown of it, and to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.jobs import files
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor

from .mapping import Mappings, Questions, read_questions, unit_of
from .models import Import, ImportPart
from .parts import linked

MARKED, QUESTIONS = ".marked.xlsx", ".questions.json"


def kept_file(found: Import) -> bytes:
    """The uploaded file. Errors: RuleViolated when it was removed meanwhile."""
    content = files.read(files.UPLOADS, found.pk)
    if content is None:
        raise RuleViolated(_("上传的文件已过期删除，请重新上传。"), code="upload_gone")
    return content


def ledger_of(found: Import) -> Ledger[Any]:
    return registry.get(found.ledger)


def visible_imports(ledger: Ledger[Any], actor: Actor) -> QuerySet[Import]:
    """Uploads of one's own, and what others have written for one's units, with every ledger of the file."""
    key: Any = actor.user_id
    parts = ImportPart.objects.filter(upload=OuterRef("pk"))
    within = Q(pk__in=[])
    for one in linked(ledger):
        units = {grant.unit_id for grant in actor.grants_for(Verb.IMPORT, one.key)}
        within |= Q(ledger=one.key, unit_id__in=units)
    is_written = Q(state__in=(Import.State.APPLIED, Import.State.UNDONE))
    readable = [one.key for one in registry if actor.allows(Verb.IMPORT, one.key)]
    is_own = Q(requester_id=key) & ~Exists(parts.exclude(ledger__in=readable))
    return _imports(ledger).filter(is_own | (is_written & ~Exists(parts.exclude(within))))


def _imports(ledger: Ledger[Any]) -> QuerySet[Import]:
    """Of files sent for the ledger, or that hold rows of it."""
    parts = ImportPart.objects.filter(upload=OuterRef("pk"), ledger=ledger.key)
    imports = Import.objects.select_related("requester", "job__requester").prefetch_related("parts")
    return imports.filter(Q(ledger=ledger.key) | Exists(parts))


def get_import(
    ledger: Ledger[Any], pk: UUID, actor: Actor, *, among: QuerySet[Import] | None = None
) -> Import:
    """An upload of one's own, or one of `among`. Errors: NotVisible."""
    key: Any = actor.user_id
    own = _imports(ledger).filter(requester_id=key)
    found: Import | None = (own if among is None else among).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def mappings_of(found: Import) -> Mappings:
    """By which headings were read so far, beside those that are the ledgers' own."""
    return {part.ledger: part.mapping for part in found.parts.all() if part.mapping}


def questions_of(found: Import) -> Questions:
    """Which headings of the upload can be matched, by ledger; none when all are the ledgers' own."""
    return read_questions(files.read(files.UPLOADS, found.pk, QUESTIONS))


def marked_workbook(found: Import) -> bytes:
    """The wrong rows, marked. Errors: NotVisible when there are none, or no longer."""
    content = files.read(files.UPLOADS, found.pk, MARKED)
    if content is None:
        raise NotVisible(_("没有标红的工作簿：文件没有错误，或已过期删除。"))
    return content


@dataclass
class Part:
    """A part as it is kept."""

    ledger: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    is_mapping_remembered: bool = False
    plan: dict[str, Any] = field(default_factory=dict)


def set_parts(found: Import, actor: Actor, parts: Iterable[Part]) -> None:
    found.parts.all().delete()
    getattr(found, "_prefetched_objects_cache", {}).pop("parts", None)
    ImportPart.objects.bulk_create(
        ImportPart(
            upload=found,
            position=position,
            ledger=part.ledger,
            unit_id=unit_of(registry.get(part.ledger), actor),
            mapping=part.mapping,
            is_mapping_remembered=part.is_mapping_remembered,
            plan=part.plan,
        )
        for position, part in enumerate(parts)
    )
