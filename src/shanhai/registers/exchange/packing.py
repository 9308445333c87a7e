"""Making a package of what a side reports: its indicators, and the rows behind them as far as they go up."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import shanhai
from shanhai.engines.exchange import Figure, Header, Row, write_package
from shanhai.engines.exchange.model import share
from shanhai.engines.values import Period
from shanhai.kernel import clock
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence.models import EvidenceLink
from shanhai.kernel.history.known import as_known_on
from shanhai.kernel.indicators.declare import Indicator, Ratio
from shanhai.kernel.indicators.figures import value
from shanhai.kernel.indicators.registry import filed_by
from shanhai.kernel.indicators.registry import registry as indicators
from shanhai.kernel.indicators.rows import CountedRow, row_page
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.indicators.words import definition
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Side
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.surfaces.fields import ResolvedColumn, resolve
from shanhai.registers.signing.keys import current_keys, signed_with

_LOT = 500
#: What goes up of a row: figures, days and choices. Never a typed text, nor anything of a person.
_KINDS = frozenset(
    {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.DATE, Kind.PERIOD, Kind.BOOLEAN, Kind.CHOICE}
)


def make_package(
    path: Path, side: Side, period: Period, known_on: date | None, sender: tuple[str, str]
) -> str:
    """Write the package of a side; its digest. `sender`: code and name. Inside `context.unscoped`.

    Errors: RuleViolated where the side has no signing key, or for a day that is not known.
    """
    seal = current_keys().get(side)
    if seal is None:
        raise RuleViolated(
            f"{side.label}还没有签名密钥，请先运行 shanhai signature new。", code="no_signing_key"
        )
    with as_known_on(known_on):
        scope = IndicatorScope(side)
        figures = _figures(scope, period)
        header = Header(*sender, period.code, known_on or clock.today(), clock.now(), shanhai.__version__)

        def sign(manifest: bytes) -> str:
            return signed_with(seal, manifest.decode())

        return write_package(path, header, figures, lambda one: _rows(one, scope, period), seal.told, sign)


def _figures(scope: IndicatorScope, period: Period) -> list[Figure]:
    found: dict[str, Figure] = {}
    for one in indicators:
        version = indicators.get(one.code, period)
        if filed_by(version, scope.side) and not version.is_ratio:
            found[one.code] = _figure(version, scope, period)
    for one in indicators:
        version = indicators.get(one.code, period)
        measure = version.measure
        if isinstance(measure, Ratio) and {measure.numerator, measure.denominator} <= set(found):
            parts = (measure.numerator, measure.denominator)
            of = share(*(found[code].value for code in parts))
            found[one.code] = _told(version, of, found[measure.numerator].counted, parts)
    return list(found.values())


def _figure(version: Indicator, scope: IndicatorScope, period: Period) -> Figure:
    figure = value(version, scope, period)
    return _told(version, figure.value or 0, figure.counted, None)


def _told(version: Indicator, number: Any, counted: int, parts: tuple[str, str] | None) -> Figure:
    return Figure(
        code=version.code,
        name=str(version.name),
        unit=str(version.unit),
        version=version.valid_from.isoformat(),
        value=number,
        counted=counted,
        places=version.places,
        parts=parts,
        definition=[list(pair) for pair in definition(version)],
        labels={one.name: str(one.label) for one in _columns(version)} if parts is None else {},
    )


def _columns(version: Indicator) -> list[ResolvedColumn]:
    """Of the ledger's list; what tells of a person stays out by the ledger's own declaration."""
    if version.source not in registry:
        return []
    return [
        one
        for one in resolve(registry.get(version.source)).columns
        if one.kind in _KINDS and one.model_field is not None and "__" not in one.name
        and not (one.is_personal or one.is_sensitive or one.custom)
    ]  # fmt: skip


def _rows(figure: Figure, scope: IndicatorScope, period: Period) -> Iterator[Row]:
    version, after = indicators.get(figure.code, period), None
    columns = _columns(version)
    while True:
        page = row_page(version, scope, period, reason="", after=after, size=_LOT)
        papers = _papers(version, [one.row.pk for one in page.rows])
        for one in page.rows:
            yield _row(one, columns, papers.get(one.row.pk, []))
        after = page.following
        if after is None:
            return


def _row(one: CountedRow, columns: list[ResolvedColumn], papers: list[str]) -> Row:
    told = {column.name: getattr(one.row, column.name) for column in columns}
    if isinstance(one.row, LedgerModel):
        told["unit"] = str(one.row.owner_unit)
        told["place"] = str(one.row.place or "")
    return Row(str(one.row.pk), one.amount, told, sorted(papers))


def _papers(version: Indicator, keys: list[Any]) -> dict[Any, list[str]]:
    """Hashes of the papers; the papers stay here."""
    found: dict[Any, list[str]] = {}
    links = EvidenceLink.objects.for_rows(version.source, keys)
    for row_id, digest in links.values_list("row_id", "file__digest"):
        found.setdefault(row_id, []).append(digest)
    return found
