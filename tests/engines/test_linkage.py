"""Records that are probably one person are found, scored by Bayes' rule, and twins stay two."""

import math
from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from shanhai.engines import linkage
from shanhai.ops.bench.linkage_people import records

PEOPLE = 2_000


@pytest.fixture(scope="module")
def people() -> pa.Table:
    return records(PEOPLE, seed=7)


@pytest.fixture(scope="module")
def linked(people: pa.Table) -> linkage.Linked:
    return linkage.link(people)


def _quality(people: pa.Table, pairs: pa.Table, least: float) -> tuple[float, float]:
    truth = people["person"].to_numpy()
    probable = pairs.filter(pa.compute.greater_equal(pairs["match_probability"], least))
    right = int((truth[probable["first"].to_numpy()] == truth[probable["second"].to_numpy()]).sum())
    all_pairs = sum(number * (number - 1) // 2 for number in Counter(truth.tolist()).values())
    return right / len(probable), right / all_pairs


def test_most_people_written_twice_are_found_and_few_others(people: Any, linked: Any) -> None:
    precision, recall = _quality(people, linked.pairs, 0.9)
    assert precision > 0.98
    assert recall > 0.92
    assert _quality(people, linked.pairs, linkage.LEAST)[1] > 0.97


def test_a_probability_is_bayes_rule_over_the_levels(linked: Any) -> None:
    """Where names differ, no rarity enters: computed here from the numbers of the model alone."""
    model, checked = linkage.starting_model(PEOPLE), 0
    prior = 0.02 / PEOPLE
    for pair in linked.pairs.to_pylist():
        if pair["name"] not in {"near", "family"} or pair["is_twin_like"]:
            continue
        odds = prior / (1 - prior)
        for name, levels in linkage.LEVELS.items():
            codes = [level.code for level in levels]
            if pair[name] != "unknown":
                place = codes.index(pair[name]) - 1
                odds *= model.m[name][place] / model.u[name][place]
        assert math.isclose(pair["match_probability"], odds / (1 + odds), rel_tol=1e-6)
        checked += 1
    assert checked > 5


def test_the_order_of_records_changes_nothing(people: Any, linked: Any) -> None:
    order = np.random.default_rng(3).permutation(people.num_rows)
    again = linkage.link(people.take(order)).pairs

    def told(pairs: Any, places: Any) -> set[tuple[frozenset[int], float]]:
        return {
            (frozenset(places[[pair["first"], pair["second"]]].tolist()), round(pair["match_probability"], 6))
            for pair in pairs.to_pylist()
        }

    assert told(again, order) == told(linked.pairs, np.arange(people.num_rows))


_WANG = {"born_on": "1990-05-08", "phone": "f1", "village": "v1", "town": "t1", "sex": "male"}


def _pair(first: tuple[str, str], second: tuple[str, str], **changes: Any) -> dict[str, Any] | None:
    rows = [
        _WANG | {"name": first[0], "pinyin": first[1]},
        _WANG | {"name": second[0], "pinyin": second[1]} | changes,
    ]
    columns = {name: [row[name] for row in rows] for name in linkage.SCHEMA.names}
    columns["born_on"] = pa.array(columns["born_on"]).cast(pa.date32())
    found = linkage.link(pa.table(columns)).pairs.to_pylist()
    return found[0] if found else None


def test_twins_stay_a_question_and_a_miswritten_sound_does_not() -> None:
    twins = _pair(("王大明", "wangdaming"), ("王小明", "wangxiaoming"))
    assert twins is not None
    assert twins["is_twin_like"]
    assert twins["match_probability"] == pytest.approx(linkage.TWIN_SHARE)
    misspelt = _pair(("王大明", "wangdaming"), ("王大铭", "wangdaming"), phone=None)
    assert misspelt is not None
    assert misspelt["match_probability"] > 0.9
    assert (misspelt["name"], misspelt["phone"]) == ("sound", "unknown")


def test_a_transliterated_name_is_compared_without_its_dot() -> None:
    found = _pair(("阿依古丽·买买提", "ayigulimaimaiti"), ("阿依古丽买买提", "ayigulimaimaiti"), phone="f2")
    assert found is not None
    assert found["name"] == "same"


def test_columns_that_are_missing_are_named() -> None:
    with pytest.raises(ValueError, match="born_on"):
        linkage.link(pa.table({"name": ["王"]}))
