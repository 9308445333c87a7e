"""What is signed of a row: its own fields in one writing, the hashes of its papers, who decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from shanhai.engines.signing import canonical
from shanhai.kernel.evidence.models import EvidenceLink
from shanhai.kernel.fields import SealedField
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.sealing import installed_keyring
from shanhai.kernel.surfaces.fields import resolve
from shanhai.kernel.surfaces.people import people

FORMAT = "shanhai-statement/1"
#: What every step changes, and says nothing of the matter.
BOOKKEEPING = frozenset(
    {"state", "row_version", "return_reason", "import_id", "sharing"}
    | {f"{step}_{what}" for step in ("submitted", "verified", "confirmed") for what in ("at", "by")}
)


@dataclass(frozen=True)
class Decided:
    """One thing a person did by which the row came to count. `who`: key of the actor."""

    what: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Content:
    """Shape: `fields` are name → plain value; `papers` sorted pairs of category and SHA-256."""

    fields: Mapping[str, Any]
    papers: Sequence[Sequence[str]]


def contents(ledger: Ledger[Any], rows: Iterable[LedgerModel]) -> dict[UUID, Content]:
    """Content of stored rows by key; one query for the papers of all."""
    found = list(rows)
    papers: dict[UUID, list[list[str]]] = {row.pk: [] for row in found}
    links = EvidenceLink.objects.for_rows(ledger.key, list(papers))
    for row_id, category, digest in links.values_list("row_id", "evidence_class", "file__digest"):
        papers[row_id].append([category, digest])
    return {row.pk: Content(_fields(ledger, row), sorted(papers[row.pk])) for row in found}


def _fields(ledger: Ledger[Any], row: LedgerModel) -> dict[str, Any]:
    hidden = _hidden(ledger)
    told = {}
    for field in row._meta.concrete_fields:
        if field.name in BOOKKEEPING or field.generated or field.name.endswith("_index"):
            continue
        value = getattr(row, field.attname)
        told[field.name] = _concealed(value) if field.name in hidden else _told(value)
    return told


@cache
def _hidden(ledger: Ledger[Any]) -> frozenset[str]:
    """Fields that tell of a person: only their blind index is signed, so that a file gives nothing away."""
    fields = ledger.model._meta.concrete_fields
    sealed = {field.name for field in fields if isinstance(field, SealedField)}
    personal = {one.name for one in resolve(ledger).fields if one.is_personal or one.is_sensitive}
    return frozenset(sealed | personal)


def _concealed(value: Any) -> Any:
    if value in (None, ""):
        return value
    index = getattr(value, "blind_index", None) or installed_keyring().blind_index(str(value))
    return {"index": index}


def _told(value: Any) -> Any:
    """A float has no one writing of its own: that of Python, which is the shortest."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return {key: _told(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_told(one) for one in value]
    known = value is None or isinstance(value, bool | int | str | UUID) or hasattr(value, "isoformat")
    return value if known or hasattr(value, "as_tuple") else str(value)


def statement(
    ledger: Ledger[Any],
    row: LedgerModel,
    content: Content,
    *,
    side: str,
    unit: str,
    decided: Sequence[Decided],
    at: datetime,
    key: str,
) -> str:
    """The text that a side signs. `key`: fingerprint."""
    who = people(one.who for one in decided)
    told = {
        "format": FORMAT,
        "ledger": ledger.key,
        "ledger_label": str(ledger.label),
        "row": row.pk,
        "side": str(side),
        "unit": unit,
        "fields": content.fields,
        "papers": content.papers,
        "decided": [
            {"what": one.what, "who": who[one.who].name, "unit": who[one.who].unit, "at": one.at}
            for one in decided
        ],
        "signed_at": at,
        "key": key,
    }
    return canonical(told)
