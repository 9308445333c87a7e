"""Taking out of rows, papers, amendments and history what says who a person is."""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.amendments.models import Amendment
from shanhai.kernel.amendments.stored import stored_row
from shanhai.kernel.chain.digests import Algorithm, digest
from shanhai.kernel.custom.models import CustomField
from shanhai.kernel.evidence.models import EvidenceFile, EvidenceLink
from shanhai.kernel.evidence.store import path_of
from shanhai.kernel.fields import BlindIndexField, SealedField
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.subjects import Held

from .columns import identifying_fields, names_people

#: Signs of a sealed value that stands for one erased: its mask hides all of them, and no two are equal.
_HIDDEN = 10
_TEXTS = (CustomField.Kind.TEXT, CustomField.Kind.LONG_TEXT)
_OF_FILES = ("shot_at", "latitude", "longitude")


@dataclass
class Erased:
    """How much was erased."""

    rows: int = 0
    entries: int = 0
    papers: int = 0


def erase(held: Sequence[Held], *, reason: str, by: str) -> Erased:
    """Rows stay with what they say of nobody; who they were about cannot be found out here again.

    Shape: `by` is the key of who does it; all of it in the caller's transaction; contents of papers go
    when it commits.
    """
    done = Erased()
    with transaction.atomic(), context.beyond_reach(reason):
        for one in held:
            done.papers += _erase_papers(one, reason, by, done)
            if names_people(one.ledger.model):
                _erase_rows(one, reason, by, done)
    return done


def _erase_rows(one: Held, reason: str, by: str, done: Erased) -> None:
    model = one.ledger.model
    fields = identifying_fields(model)
    columns = [*(str(field.column) for field in fields), "extra"]
    for row in one.rows:
        for field in fields:
            if not isinstance(field, BlindIndexField):
                setattr(row, field.name, _nobody(field, row))
        row.extra = {key: row.extra[key] for key in row.extra.keys() - _telling(one.ledger)}
        row.row_version += 1
        row.save()
        done.rows += 1
    keys = [row.pk for row in one.rows]
    amendments = [key for row in one.rows for key in _blank_amendments(one.ledger, row, columns)]
    done.entries += forget(model, keys, columns, reason, by)
    done.entries += forget(Amendment, amendments, ("before", "after"), reason, by)


def _nobody(field: Any, row: Any) -> Any:
    """What stands in place of the value: nothing where that may be, else what no two rows share."""
    if isinstance(field, SealedField):
        return "" if field.blank else field.sealed_blindly(secrets.token_hex(_HIDDEN // 2))
    if field.null:
        return None
    return _("（已删除）") if field.name == row.name_field else ""


def _telling(ledger: Ledger[Any]) -> set[str]:
    """Keys of custom fields that say who somebody is, or in which anybody may have written it."""
    told = models.Q(is_personal=True) | models.Q(kind__in=_TEXTS)
    return set(CustomField.objects.filter(told, ledger=ledger.key).values_list("key", flat=True))


def _blank_amendments(ledger: Ledger[Any], row: Any, columns: Iterable[str]) -> list[UUID]:
    """Amendments of the row say of these columns what the row says now."""
    now = {key: value for key, value in stored_row(row).items() if key in set(columns)}
    amendments = list(Amendment.objects.filter(ledger=ledger.key, row_id=row.pk))
    for one in amendments:
        one.before = one.before | {key: now[key] for key in now.keys() & one.before.keys()}
        one.after = one.after | {key: now[key] for key in now.keys() & one.after.keys()}
        one.save(update_fields=["before", "after"])
    return [one.pk for one in amendments]


def _erase_papers(one: Held, reason: str, by: str, done: Erased) -> int:
    """Papers of the rows lose their names; a content that no other row rests on is gone."""
    links = EvidenceLink.objects.filter(ledger=one.ledger.key, row_id__in=[row.pk for row in one.rows])
    keys, files = list(links.values_list("pk", flat=True)), set(links.values_list("file_id", flat=True))
    if not keys:
        return 0
    now = clock.now()
    links.filter(removed_at__isnull=True).update(removed_at=now)
    EvidenceLink.objects.filter(pk__in=keys).update(name=_("（已删除）"))
    kept = EvidenceLink.objects.filter(file_id__in=files, removed_at__isnull=True)
    gone = EvidenceFile.objects.filter(pk__in=files, erased_at__isnull=True)
    gone = gone.exclude(pk__in=kept.values("file_id"))
    contents = list(gone)
    numbers = [one.pk for one in contents]
    gone.update(erased_at=now, **dict.fromkeys(_OF_FILES))
    done.entries += forget(EvidenceLink, keys, ("name",), reason, by)
    done.entries += forget(EvidenceFile, numbers, _OF_FILES, reason, by)
    for content in contents:
        path = path_of(content.side, content.digest)
        transaction.on_commit(partial(path.unlink, missing_ok=True))
    return len(contents)


def forget(
    model: type[models.Model], keys: Sequence[UUID], columns: Iterable[str], reason: str, by: str
) -> int:
    """In history these columns of the rows say what the rows say now; how many entries changed."""
    if not keys:
        return 0
    table = model._meta.db_table
    with connection.cursor() as cursor:
        others = json.dumps(_sealed_otherwise(cursor, table, keys))
        values: list[Any] = [table, list(keys), list(columns), others, by, reason[:200], clock.now()]
        cursor.execute("SELECT kernel_erase(%s, %s::uuid[], %s, %s::jsonb, %s, %s, %s)", values)
        return int(cursor.fetchone()[0])


def _sealed_otherwise(cursor: Any, table: str, keys: Sequence[UUID]) -> dict[str, str]:
    """Hashes of entries that are sealed with an algorithm the database does not know."""
    cursor.execute(
        "SELECT id, kernel_sealed_by(id, transaction_id), kernel_sealed_text(id, at, transaction_id,"
        " table_name, row_id, operation, row, before, actor, reason, request_id, import_id)"
        " FROM kernel_history WHERE table_name = %s AND row_id = ANY(%s::uuid[])"
        " AND kernel_sealed_by(id, transaction_id) <> %s",
        [table, list(keys), str(Algorithm.SHA256)],
    )
    return {str(key): digest(by, text.encode()).hex() for key, by, text in cursor.fetchall()}
