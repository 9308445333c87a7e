"""What stands in a package."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

FORMAT = "shanhai-package/1"
MANIFEST, SEAL = "manifest.json", "signature.json"


@dataclass(frozen=True)
class Row:
    """A counted row. Unit: `weight` is what it adds to the figure; `papers` are SHA-256 of its evidence."""

    id: str
    weight: Decimal
    columns: Mapping[str, Any]
    papers: Sequence[str] = ()


@dataclass(frozen=True)
class Figure:
    """A value with its definition. Shape: `version` is the first day the definition is valid for; `parts` are
    the codes of numerator and denominator of a ratio, which has no rows of its own.
    """

    code: str
    name: str
    unit: str
    version: str
    value: Decimal | None
    counted: int
    places: int = 0
    parts: tuple[str, str] | None = None
    definition: Sequence[Sequence[str]] = ()
    labels: Mapping[str, str] | None = None

    @property
    def rows_path(self) -> str:
        return f"rows/{self.code}.jsonl"


@dataclass(frozen=True)
class Header:
    """Whose figures, of which period, as known when. `sender` is a code such as that of the county."""

    sender: str
    name: str
    period: str
    known_on: date
    made_at: datetime
    program: str


@dataclass(frozen=True)
class Package:
    """A package that was read and found whole. `digest`: SHA-256 of its manifest, by which it is known."""

    header: Header
    figures: Sequence[Figure]
    digest: str
    fingerprint: str
    rows: int


def share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Per cent; None when the whole is nothing."""
    return part / whole * 100 if whole and part is not None else None
