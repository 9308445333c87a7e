"""Each wrong declaration is named by its id, path and hint."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db.models import F, Q

from shanhai.kernel.indicators.checks import check_indicator, check_indicators
from shanhai.kernel.indicators.declare import (
    By,
    Cases,
    DatedValue,
    DistinctLast,
    Exclusion,
    Grouped,
    OnDate,
    Ratio,
    Sum,
    Tally,
)
from shanhai.kernel.indicators.registry import registry

GOOD = registry.get("TOY-1")

WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "no unit": ("E001", {"unit": ""}),
    "no clause": ("E001", {"clause": ""}),
    "ends before it begins": ("E002", {"valid_to": date(2019, 1, 1)}),
    "no such source": ("E003", {"source": "toys.outputs"}),
    "source without sides": ("E003", {"source": "accounts.user"}),
    "unknown field in the condition": ("E004", {"where": Q(peices=1)}),
    "unknown field compared with": ("E004", {"where": Q(pieces=F("peices"))}),
    "unknown field in an exclusion": ("E004", {"exclusions": (Exclusion("x", "X", Q(nothing__lt=1)),)}),
    "unknown time": ("E004", {"time": OnDate("done_on")}),
    "unknown measured field": ("E004", {"measure": Sum("number")}),
    "unknown key": ("E004", {"measure": DistinctLast("person", ("-period",))}),
    "no order": ("E004", {"measure": DistinctLast("workshop", ())}),
    "unknown place": ("E004", {"place_path": "town"}),
    "ratio of nothing": ("E005", {"measure": Ratio("TOY-1", "TOY-99"), "source": ""}),
    "ratio of a ratio": ("E005", {"measure": Ratio("TOY-5", "TOY-1"), "source": ""}),
    "reserved reason": ("E006", {"exclusions": (Exclusion("duplicate", "X", Q(pieces=1)),)}),
    "reason twice": (
        "E006",
        {"exclusions": (Exclusion("x", "X", Q(pieces=1)), Exclusion("x", "Y", Q(pieces=2)))},
    ),
    "dimension called place": ("E007", {"dimensions": (By("place", "X", "place"),)}),
    "dimension over nothing": ("E007", {"dimensions": (By("x", "X", "nothing"),)}),
    "case over nothing": ("E007", {"dimensions": (Cases("x", "X", (("a", "A", Q(nothing=1)),)),)}),
    "no such grouping": ("E007", {"dimensions": (Grouped("x", "X", "pieces", "toys.groups", "a", "b"),)}),
    "grouping without dates": (
        "E007",
        {"dimensions": (Grouped("x", "X", "pieces", "toys.workshop", "kind", "name"),)},
    ),
    "no such paper": ("E008", {"evidence_class": "photograph"}),
    "derived value hides a field": ("E009", {"derived": {"pieces": Tally("X", "toys.output", "workshop")}}),
    "tally over nothing": ("E009", {"derived": {"n": Tally("X", "toys.output", "shop")}}),
    "tally of no model": ("E009", {"derived": {"n": Tally("X", "toys.nothing", "workshop")}}),
    "dated value without dates": ("E009", {"derived": {"n": DatedValue("X", "toys.workshop", Q(code="a"))}}),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_declaration_is_named(name: str) -> None:
    number, changes = WRONG[name]
    found = check_indicator(replace(GOOD, code="TOY-X", **changes))
    assert f"indicator.{number}" in [message.id for message in found]
    assert all(message.hint for message in found)


def test_versions_of_one_code_must_not_overlap() -> None:
    older = registry.versions("TOY-7")[0]
    assert check_indicator(older) == []
    reopened = replace(older, valid_to=None)
    assert {message.id for message in check_indicator(reopened)} == {"indicator.E002"}


def test_every_indicator_of_the_product_is_declared_right() -> None:
    assert check_indicators(None) == []
    assert {"LAB-1", "LAB-1A", "LAB-5", "FUN-1", "FUN-2", "FUN-2B", "OBL-1"} <= {one.code for one in registry}
