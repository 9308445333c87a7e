"""Keys in columns: equal ones and no others are told to be equal, and rows are found by them."""

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shanhai.engines.keys import Lookup, numbered


@given(st.lists(st.binary(min_size=16, max_size=16)), st.lists(st.binary(min_size=16, max_size=16)))
def test_equal_keys_have_equal_numbers_and_no_others(one: list[bytes], other: list[bytes]) -> None:
    other = [*other, *one[:2]]
    lots = [np.array(lot, "V16") for lot in (one, other)]
    found = defaultdict(set)
    for keys, numbers in zip((one, other), numbered(*lots), strict=True):
        for key, number in zip(keys, numbers.tolist(), strict=True):
            found[key].add(number)
    assert all(len(numbers) == 1 for numbers in found.values())
    assert sorted(number for (number,) in found.values()) == list(range(len(found)))


@given(st.lists(st.sampled_from([bytes(16), b"a" * 16, b"b" * 8 + b"a" * 8, b"a" * 8 + b"b" * 8])))
def test_rows_of_some_keys_are_found_with_those_that_end_alike(column: list[bytes]) -> None:
    wanted = [b"c" * 16, b"b" * 8 + b"a" * 8]
    found = Lookup(np.array(column, "V16")).rows_of(np.array(wanted, "V16"))
    assert found.tolist() == [number for number, key in enumerate(column) if key[8:] == b"a" * 8]
