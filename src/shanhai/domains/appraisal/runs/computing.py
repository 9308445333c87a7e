"""A run computed from the rows as they stand: plain values, their bytes, where two computations differ."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from shanhai.engines.scoring import Line, Reading, Result, Standing, Why
from shanhai.engines.values import Period
from shanhai.kernel.indicators.declare import Ratio
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.words import definition
from shanhai.kernel.models import EvidenceLink
from shanhai.registers.parties.models import Unit

from ..models import AppraisalEntry, AppraisalRun, AppraisalScoring
from ..schemes.entries import entries_of, joined
from ..schemes.readings import Figures, readings_of
from ..schemes.reports import scored
from ..schemes.texts import plain

type Told = dict[str, Any]
#: Points given by decisions on appeals: by unit and item.
type Rulings = Mapping[tuple[UUID, int], Decimal]
#: File and its digest, of each entry.
type Papers = Mapping[UUID, Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Computed:
    """What a scoring keeps. Shape: `units` in the order of the run; see `_told` for each."""

    definitions: Told
    units: Sequence[Told]

    @property
    def digest(self) -> str:
        return hashlib.sha256(bytes_of(self.definitions, self.units)).hexdigest()


def bytes_of(definitions: Told, units: Sequence[Told]) -> bytes:
    """The one writing of it: canonical JSON."""
    whole = {"definitions": definitions, "units": list(units)}
    return json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def kept(scoring: AppraisalScoring) -> Computed:
    """As it was scored."""
    order = {key: at for at, key in enumerate(scoring.run.subjects)}
    units = sorted(scoring.units.values_list("told", flat=True), key=lambda one: order[one["unit"]])
    return Computed(scoring.definitions, units)


def units_of(run: AppraisalRun) -> list[Unit]:
    """Its units, in its order."""
    known = {str(one.pk): one for one in Unit.objects.filter(pk__in=run.subjects).select_related("place")}
    return [known[key] for key in run.subjects]


def computed(run: AppraisalRun, rulings: Rulings) -> Computed:
    """From the rows as they stand now, by the text of the run's release."""
    text, units = run.release.text, units_of(run)
    entries = entries_of(run.scheme, run.year)
    papers = papers_of(entries)
    readings = joined(readings_of(text, units, Figures(run.side, run.year)), entries, frozenset(papers))
    for (unit, number), points in rulings.items():
        if number in readings.get(unit, {}):
            readings[unit][number] = replace(readings[unit][number], ruled=points)
    by_key = {(one.owner_unit_id, one.item_number): one for one in entries}
    return frozen(text, units, readings, by_key, papers, run.year)


def frozen(
    text: Mapping[str, Any],
    units: Sequence[Unit],
    readings: Mapping[UUID, Mapping[int, Reading]],
    entries: Mapping[tuple[UUID, int], AppraisalEntry],
    papers: Papers,
    year: int,
) -> Computed:
    """Readings scored by a text, as plain values. `entries`: by unit and item."""
    results = scored(text, readings)
    told = [
        _told(
            unit,
            result,
            {
                str(number): _reading(reading, entries.get((unit.pk, number)), papers)
                for number, reading in readings[unit.pk].items()
            },
        )
        for unit, result in zip(units, results, strict=True)
    ]
    with translation.override(settings.LANGUAGE_CODE):  # the same words, whoever scores
        return Computed(definitions_of(text, year), told)


def papers_of(entries: Sequence[AppraisalEntry]) -> dict[UUID, list[tuple[str, str]]]:
    """Names and digests of the papers of each entry that has any."""
    rows = EvidenceLink.objects.for_rows(AppraisalEntry.ledger_key(), [one.pk for one in entries])
    found: dict[UUID, list[tuple[str, str]]] = {}
    for key, name, digest in rows.values_list("row_id", "name", "file__digest"):
        found.setdefault(key, []).append((name, digest))
    return {key: sorted(papers) for key, papers in found.items()}


def _told(unit: Unit, result: Result, readings: Told) -> Told:
    return {
        "unit": str(unit.pk),
        "name": unit.name,
        "total": f"{result.total:f}",
        "place": result.place,
        "grade": result.grade,
        "readings": readings,
        "lines": [_line(one) for one in result.lines],
    }


def _reading(reading: Reading, entry: AppraisalEntry | None, papers: Papers) -> Told:
    return {
        "figure": plain(reading.figure),
        "target": plain(reading.target),
        "grade": reading.grade,
        "ruled": plain(reading.ruled),
        "evidence": reading.has_evidence,
        "entry": str(entry.pk) if entry else "",
        "papers": [list(one) for one in papers.get(entry.pk, ())] if entry else [],
    }


def _line(line: Line) -> Told:
    return {
        "number": line.number,
        "points": f"{line.points:f}",
        "best": f"{line.best:f}",
        "standing": line.standing.value,
        "why": [
            [one.code, "d" if isinstance(one.value, Decimal) else "s", _value(one.value)] for one in line.why
        ],
    }


def _value(value: Decimal | str) -> str:
    return str(plain(value)) if isinstance(value, Decimal) else value


def line_of(told: Told) -> Line:
    """A kept line, as the engine had it."""
    return Line(
        number=told["number"],
        points=Decimal(told["points"]),
        standing=Standing(told["standing"]),
        why=tuple(Why(code, Decimal(value) if kind == "d" else value) for code, kind, value in told["why"]),
        best=Decimal(told["best"]),
    )


def result_of(told: Told) -> Result:
    """A kept unit, as the engine had it."""
    lines = tuple(line_of(one) for one in told["lines"])
    return Result(told["unit"], lines, Decimal(told["total"]), told["place"], told["grade"])


def reading_of(told: Told) -> Reading:
    """A kept reading."""
    return Reading(
        figure=_number(told["figure"]),
        target=_number(told["target"]),
        has_evidence=told["evidence"],
        grade=told["grade"],
        ruled=_number(told["ruled"]),
    )


def _number(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


def definitions_of(text: Mapping[str, Any], year: int) -> Told:
    """In words, of each indicator and of the parts of ratios: what was counted, when, what was left out."""
    period, found = Period.parse(str(year)), {}
    codes = [one["indicator"] for one in text["items"] if one["indicator"]]
    while codes:
        code = codes.pop()
        if code in found or code not in registry:
            continue
        one = registry.get(code, period)
        if isinstance(one.measure, Ratio):
            codes += [one.measure.numerator, one.measure.denominator]
        found[code] = {
            "name": str(one.name),
            "unit": str(one.unit),
            "clause": one.clause,
            "since": one.valid_from.isoformat(),
            "words": [[str(head), str(said)] for head, said in definition(one)],
        }
    return found


@dataclass(frozen=True)
class Difference:
    """One value that is another by now. Shape: number 0 is the definition of an indicator or a total."""

    unit: str
    number: int
    what: str
    was: str
    now: str


def differences(before: Computed, after: Computed) -> Iterator[Difference]:
    """Definitions first, then unit by unit each reading, and what follows from them."""
    for code in sorted(before.definitions.keys() | after.definitions.keys()):
        pair = [str(one.definitions.get(code, "")) for one in (before, after)]
        if pair[0] != pair[1]:
            yield Difference("", 0, code, *pair)
    later = {one["unit"]: one for one in after.units}
    for was in before.units:
        now = later.get(was["unit"])
        if now is None or was == now:
            continue
        yield from _of_unit(was, now)


def _of_unit(was: Told, now: Told) -> Iterator[Difference]:
    for number in sorted(was["readings"].keys() | now["readings"].keys(), key=int):
        old, new = was["readings"].get(number, {}), now["readings"].get(number, {})
        for what in ("figure", "target", "grade", "evidence", "papers", "ruled", "entry"):
            if old.get(what) != new.get(what):
                yield Difference(was["unit"], int(number), what, _said(old.get(what)), _said(new.get(what)))
    points = {one["number"]: one["points"] for one in now["lines"]}
    for line in was["lines"]:
        if line["number"] and line["points"] != points.get(line["number"]):
            yield Difference(
                was["unit"], line["number"], "points", line["points"], points.get(line["number"], "")
            )
    for what in ("total", "place", "grade"):
        if was[what] != now[what]:
            yield Difference(was["unit"], 0, what, str(was[what]), str(now[what]))


def _said(value: Any) -> str:
    match value:
        case None | "":
            return ""
        case bool():
            return "1" if value else "0"
        case list():
            return "、".join(name for name, _digest in value)
        case _:
            return str(value)
