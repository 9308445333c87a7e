"""Who may see a scheme and who may change it: a scheme belongs to a side, not to a unit.

Read by everyone of the side whose role reads what others share, by the other side once it is shared and in
force; changed by whoever manages it.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet

from shanhai.kernel import context
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Sharing

if TYPE_CHECKING:
    from .models import Scheme, SchemeVersion, Section, Task

LEDGER = "scheme.scheme"
_DRAFT, _IN_FORCE = "draft", "in_force"


def visible(actor: Actor, prefix: str = "") -> Q:
    """The predicate on schemes, or on rows that reach theirs by `prefix`."""
    grants = [grant for grant in actor.grants_for(Verb.VIEW, LEDGER) if grant.role.reads_shared]
    if not grants:
        return Q(pk__in=[])
    in_force = apps.get_model("scheme", "SchemeVersion")._default_manager.filter(
        scheme=OuterRef(f"{prefix}pk"), state=_IN_FORCE
    )
    own = Q(**{f"{prefix}side__in": {grant.side for grant in grants}})
    return own | (~Q(**{f"{prefix}sharing": Sharing.PRIVATE}) & Q(Exists(in_force)))


def visible_schemes(actor: Actor) -> "QuerySet[Scheme]":
    schemes: QuerySet[Scheme] = apps.get_model("scheme", "Scheme")._default_manager.all()
    return schemes if _is_unscoped() else schemes.filter(visible(actor))


def manages(actor: Actor, scheme: "Scheme") -> bool:
    """Whether the actor may import, correct and save versions of it."""
    return _is_unscoped() or any(
        grant.side == scheme.side and grant.role.reads_shared
        for grant in actor.grants_for(Verb.MANAGE, LEDGER)
    )


def managed_sides(actor: Actor) -> list[str]:
    return list(dict.fromkeys(grant.side for grant in actor.grants_for(Verb.MANAGE, LEDGER)))


def require_manager(actor: Actor, scheme: "Scheme") -> None:
    """Errors: NotAllowed for a reader of the scheme."""
    if not manages(actor, scheme):
        raise NotAllowed


def get_scheme(actor: Actor, pk: UUID) -> "Scheme":
    """Errors: NotVisible, also for a scheme of the other side that is not shared."""
    found = visible_schemes(actor).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def get_version(actor: Actor, pk: UUID) -> "SchemeVersion":
    """A version with its scheme and text; drafts only for those who manage them. Errors: NotVisible."""
    rows = apps.get_model("scheme", "SchemeVersion")._default_manager.select_related("scheme", "document")
    version: SchemeVersion = _one(rows, pk)
    _check(actor, version)
    return version


def get_section(actor: Actor, pk: UUID) -> "Section":
    """Errors: NotVisible."""
    rows = apps.get_model("scheme", "Section")._default_manager.select_related(
        "version__scheme", "version__document"
    )
    section: Section = _one(rows, pk)
    _check(actor, section.version)
    return section


def get_task(actor: Actor, pk: UUID) -> "Task":
    """A task of any version with its clause. Errors: NotVisible."""
    rows = apps.get_model("scheme", "Task").of_versions.select_related("scheme", "section__version__scheme")
    task: Task = _one(rows, pk)
    _check(actor, task.section.version)
    return task


def _one(rows: Any, pk: UUID) -> Any:
    try:
        found = rows.filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise NotVisible
    return found


def _check(actor: Actor, version: "SchemeVersion") -> None:
    if not visible_schemes(actor).filter(pk=version.scheme_id).exists():
        raise NotVisible
    if version.state == _DRAFT and not manages(actor, version.scheme):
        raise NotVisible
    if version.state != _IN_FORCE and not (_is_unscoped() or version.scheme.side in actor.sides):
        raise NotVisible


def _is_unscoped() -> bool:
    current = context.current()
    return current is not None and current.is_unscoped
