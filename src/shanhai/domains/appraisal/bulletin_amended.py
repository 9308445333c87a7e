"""Numbers of an issued bulletin that rest on rows amended since; the bulletin itself stays frozen."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from shanhai.engines.values import Period
from shanhai.kernel.amendments.effect import Effect, amended_ledgers, effect
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Side
from shanhai.kernel.surfaces.links import link_to, with_query

from .composing import Parts, used_keys
from .models import BulletinFigure


@dataclass(frozen=True)
class AmendedFigure:
    """A printed number with what amendments after the issue made of its indicator in its scope."""

    figure: BulletinFigure
    effect: Effect
    url: str


type Key = tuple[str, str, IndicatorScope]


def amended_since_issue(parts: Parts) -> list[AmendedFigure]:
    """Numbers touched since the bulletin was issued, each indicator and scope once, in the order of figures.

    Shape: one query while nothing was amended. A scope is asked about only where its whole side is touched.
    """
    issued_at = parts.bulletin.issued_at
    ledgers = amended_ledgers(issued_at) if issued_at else []
    if issued_at is None or not ledgers:
        return []
    used = used_keys(parts)
    printed: dict[Key, BulletinFigure] = {}
    for figure in parts.figures:
        if figure.key in used:
            printed.setdefault((figure.code, figure.period, _scope(figure)), figure)
    wholes = dict.fromkeys((code, period, IndicatorScope(s.side)) for code, period, s in printed)
    touched = {key[:2] for key in wholes if _effect(key, issued_at, ledgers)}
    found = []
    for key, figure in printed.items():
        if key[:2] in touched and (made := _effect(key, issued_at, ledgers)):
            found.append(AmendedFigure(figure, made, _url(key, issued_at)))
    return found


def _scope(figure: BulletinFigure) -> IndicatorScope:
    only = tuple((dimension, member) for dimension, member in figure.only)
    return IndicatorScope(Side(figure.side), figure.unit_scope_id, figure.place_scope_id, only)


def _effect(key: Key, since: datetime.datetime, ledgers: Sequence[str]) -> Effect | None:
    code, period, scope = key
    try:
        return effect(code, scope, Period.parse(period), since=since, ledgers=ledgers)
    except (NotVisible, NotAllowed):
        return None  # an indicator that is gone, or that this reader is not told


def _url(key: Key, since: datetime.datetime) -> str:
    code, period, scope = key
    query = {"period": period, **scope.to_query(), "since": since.isoformat()}
    return with_query(link_to("appraisal:indicator_amended", code=code), query)
