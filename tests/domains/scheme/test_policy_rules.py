"""What rests on what, and where it stands on a day: tables, and properties of any graph."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.scheme.policy_rules import (
    ENDED,
    EXPIRED,
    IN_FORCE,
    NOT_YET,
    Days,
    Ending,
    cited,
    closes_circle,
    is_below,
    standing,
    turned,
    walked,
)

KEY = ("粤演〔2021〕5号", "三（一）")
DAYS = Days(date(2021, 5, 1), date(2022, 12, 31))
WHOLE = Ending(KEY[0], "", date(2022, 1, 1), "粤演〔2022〕1号")
OWN, OTHER = Ending(KEY[0], KEY[1], date(2021, 8, 1)), Ending(KEY[0], "二", date(2021, 6, 1))


@pytest.mark.parametrize(
    ("endings", "day", "word"),
    [
        ([], date(2021, 4, 30), NOT_YET),
        ([], date(2021, 5, 1), IN_FORCE),
        ([], date(2022, 12, 31), IN_FORCE),
        ([], date(2023, 1, 1), EXPIRED),
        ([WHOLE], date(2021, 12, 31), IN_FORCE),
        ([WHOLE], date(2022, 1, 1), ENDED),
        ([OWN], date(2021, 7, 31), IN_FORCE),
        ([WHOLE, OWN], date(2021, 8, 1), ENDED),
        ([OTHER], date(2022, 1, 1), IN_FORCE),
        ([WHOLE], date(2023, 6, 1), ENDED),
    ],
)
def test_a_clause_stands_as_its_document_and_what_ended_it_say(
    endings: list[Ending], day: date, word: str
) -> None:
    assert standing(KEY, DAYS, endings, day) == word


def test_a_clause_rests_on_its_own_level_or_above() -> None:
    assert is_below("county", "nation") and is_below("city", "city") and not is_below("city", "county")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("斗委农组〔2021〕3号 四（一）：每年互访", [("斗委农组〔2021〕3号", "四（一）")]),
        ("依据斗委农组〔2021〕3号", [("斗委农组〔2021〕3号", "")]),
        ("《意见》（斗委农组〔2021〕3号）第12条", [("斗委农组〔2021〕3号", "")]),
        ("示例参数，未核实", []),
        ("委农组〔2021〕3号", [("委农组〔2021〕3号", "")]),
        ("斗委农组〔2021〕3号 9", [("斗委农组〔2021〕3号", "9")]),
        ("斗委农组〔2021〕3号 91", [("斗委农组〔2021〕3号", "")]),
    ],
)
def test_a_source_names_its_document_and_clause_as_far_as_it_tells(source: str, found: list[object]) -> None:
    known = {"斗委农组〔2021〕3号": ["四", "四（一）", "9"], "委农组〔2021〕3号": []}
    assert list(cited(source, known)) == found


KEYS = st.integers(0, 7).map(lambda number: (f"{number}号", ""))
PAIRS = st.lists(st.tuples(KEYS, KEYS), max_size=24)


@given(PAIRS)
def test_relations_taken_one_by_one_never_close_a_circle(pairs: list[tuple[tuple[str, str], ...]]) -> None:
    edges: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for lower, upper in pairs:
        if not closes_circle(lower, upper, edges):
            edges.setdefault(lower, []).append(upper)
    for start, uppers in edges.items():
        assert start not in [key for _depth, key in walked(start, edges)]
        assert all(start not in {key for _d, key in walked(one, edges)} for one in uppers)


@given(PAIRS, KEYS)
def test_any_graph_is_walked_to_its_end_each_clause_once_and_the_same_from_below(
    pairs: list[tuple[tuple[str, str], ...]], start: tuple[str, str]
) -> None:
    edges: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for lower, upper in pairs:
        edges.setdefault(lower, []).append(upper)
    found = [key for _depth, key in walked(start, edges)]
    assert len(found) == len(set(found))
    back = turned(edges)
    assert all(start == key or start in [one for _d, one in walked(key, back)] for key in found)
