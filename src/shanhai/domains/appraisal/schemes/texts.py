"""The text of a scheme as plain values, which a release keeps and `rules` reads; and its digest."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shanhai.kernel.indicators.declare import Direction
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.workflow import State

from ..models import AppraisalItem, AppraisalRelease, AppraisalScheme
from . import rules

_LEFT_OUT = (State.VOIDED, State.RETURNED)


def items_of(scheme: AppraisalScheme) -> list[AppraisalItem]:
    """Those that make its text, in order: neither voided nor returned."""
    rows = AppraisalItem.objects.filter(scheme=scheme).exclude(state__in=_LEFT_OUT)
    return list(rows.order_by("number", "id"))


def text_of(scheme: AppraisalScheme, items: list[AppraisalItem]) -> dict[str, Any]:
    """The whole of it, of JSON's own values."""
    return {
        "code": scheme.code,
        "name": scheme.name,
        "level": scheme.level,
        "unit_kind": scheme.unit_kind,
        "first_year": scheme.first_year,
        "full": plain(scheme.full_score),
        "grades": _steps(scheme.grades_text),
        "document": scheme.legal_basis,
        "items": [told_of(one) for one in items],
    }


def told_of(item: AppraisalItem) -> dict[str, Any]:
    """One item of it."""
    return {
        "number": item.number,
        "block": item.block,
        "name": item.name,
        "indicator": item.indicator.strip(),
        "kind": item.rule_kind,
        "weight": plain(item.weight),
        "aim": plain(item.aim),
        "each": plain(item.each),
        "most": plain(item.most),
        "steps": _steps(item.steps_text),
        "evidence": item.needs_evidence,
        "clause": item.wording,
        "document": item.legal_basis,
    }


def _steps(written: str) -> list[list[str]]:
    """What cannot be read is kept as one step that no rule accepts, so that the text says so."""
    try:
        return rules.steps_of(written)
    except rules.StepsWrong:
        return [[written, ""]]


def plain(value: Decimal | None) -> str | None:
    """One writing of a number, whatever its trailing noughts."""
    return None if value is None else f"{value.normalize():f}"


def digest_of(text: Mapping[str, Any]) -> str:
    """Under which it is known."""
    return hashlib.sha256(json.dumps(text, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def known_indicators() -> dict[str, bool]:
    """Code → whether less is better."""
    return {one.code: one.direction is Direction.DOWN for one in registry}


def down_indicators() -> frozenset[str]:
    """Those of which less is better."""
    return frozenset(code for code, is_down in known_indicators().items() if is_down)


def problems_of(text: Mapping[str, Any]) -> list[str]:
    """Why the text cannot be scored; nothing when it can."""
    return list(rules.problems_of(text, known_indicators()))


def release_for(scheme: AppraisalScheme, year: int) -> AppraisalRelease | None:
    """The text that holds at the end of a year."""
    rows = AppraisalRelease.objects.filter(scheme=scheme, valid_from__lte=date(year, 12, 31))
    found: AppraisalRelease | None = rows.order_by("-number").first()
    return found
