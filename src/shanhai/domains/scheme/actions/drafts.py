"""The frame of every correction: one person at a time, on the draft they saw."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.domains.scheme.access import require_manager
from shanhai.domains.scheme.models import SchemeVersion
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.scope import Actor


@contextmanager
def correcting(pk: UUID, *, actor: Actor, edition: int) -> Iterator[SchemeVersion]:
    """The draft, locked; `edition` is the one the actor saw.

    Errors: NotAllowed, RuleViolated for a version in force, Conflict when somebody corrected it meanwhile.
    """
    with transaction.atomic():
        version = _locked(pk)
        require_manager(actor, version.scheme)
        if not version.is_draft:
            raise RuleViolated(_("这一版已经生效，不能直接修改；请先“开始修订”。"), code="not_draft")
        if version.edition != edition:
            raise Conflict(_("这一版刚被他人改过。请刷新后核对，再改一次。"))
        yield version
        version.edition += 1
        version.save(update_fields=["edition"])


def _locked(pk: UUID) -> SchemeVersion:
    found: SchemeVersion = (
        SchemeVersion.objects.select_for_update(of=("self",)).select_related("scheme", "document").get(pk=pk)
    )
    return found
