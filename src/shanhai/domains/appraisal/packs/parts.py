"""Parts of a pack: one figure or self-report each, with the rows whose papers it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shanhai.engines.values import Period
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.indicators.declare import Indicator
from shanhai.kernel.indicators.figures import value
from shanhai.kernel.indicators.rows import counted_ids, own
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.indicators.words import definition
from shanhai.kernel.registry import registry as ledgers

from ..models import AppraisalEntry

type Definition = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """What one line of the summary is about.

    Shape: `value` as printed, with its unit; `ids` are rows of the ledger `source` that the asker may open;
    `wanted` are classes of papers each of them must have, "" for any. `lacks`: what is missing altogether.
    """

    code: str
    name: str
    whose: str
    source: str = ""
    value: str = ""
    clause: str = ""
    definition: Definition = ()
    ids: Sequence[UUID] = ()
    wanted: Sequence[str] = ()
    lacks: str = ""


def figure_part(
    indicator: Indicator, scope: IndicatorScope, period: Period, whose: str, *, code: str = "", name: str = ""
) -> Part:
    """A figure with the counted rows behind it; without value and rows where the asker may not be told.

    `code`, `name`: of the item of a scheme that asks for the figure.
    """
    version = own(indicator, period)
    about = Part(
        code or indicator.code,
        name or str(indicator.name),
        whose,
        clause=str(indicator.clause),
        definition=definition(indicator),
    )
    try:
        figure = value(indicator, scope, period)
    except NotAllowed:
        return about
    has_rows = version.source in ledgers
    return Part(
        about.code,
        about.name,
        whose,
        version.source if has_rows else "",
        f"{figure.display} {indicator.unit}".strip(),
        about.clause,
        about.definition,
        counted_ids(version, scope, period) if has_rows else (),
        wanted_papers(version) if has_rows else (),
    )


def wanted_papers(version: Indicator) -> Sequence[str]:
    """What the indicator demands, else what its ledger does."""
    if version.evidence_class:
        return (version.evidence_class,)
    return tuple(one.code for one in ledgers.get(version.source).evidence_classes if one.is_required)


def entry_part(entry: AppraisalEntry, *, code: str, name: str, whose: str, needs_evidence: bool) -> Part:
    """A self-report with its own papers."""
    said = entry.grade or ("" if entry.reported is None else f"{entry.reported.normalize():f}")
    wanted = ("",) if needs_evidence else ()
    return Part(code, name, whose, AppraisalEntry.ledger_key(), said, ids=(entry.pk,), wanted=wanted)
