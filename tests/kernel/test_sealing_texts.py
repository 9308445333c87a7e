"""Columns of sensitive texts: a `Sealed` for whoever looks at one, and nothing plain for anybody."""

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.kernel.sealing import Keyring, Kind, Sealed, SealedTexts, new_settings

RING = Keyring.from_settings(new_settings())
COLUMN = "parties.person.phone"
values = st.lists(st.sampled_from(["13800000001", "13800000002", "13900000003"]) | st.none(), max_size=50)


def column_of(given_values: list[str | None]) -> SealedTexts:
    others = {place: "" for place, value in enumerate(given_values) if value is None}
    return SealedTexts(given_values, others, Kind.PHONE, COLUMN, RING)


@given(values, st.data())
def test_a_column_reads_like_a_list_of_sealed_values(
    given_values: list[str | None], data: st.DataObject
) -> None:
    sealed = [Sealed.of(value, Kind.PHONE, COLUMN, RING) if value else "" for value in given_values]
    assert list(column_of(given_values)) == sealed
    places = data.draw(st.lists(st.sampled_from(range(len(sealed))), max_size=9)) if sealed else []
    picked = column_of(given_values).picked(places).extended([None, *sealed[:1]])
    assert list(picked) == [*(sealed[place] for place in places), None, *sealed[:1]]
    indexes: list[Any] = [getattr(one, "blind_index", "other") for one in [*picked]]
    assert picked.compared(lambda other: getattr(other, "blind_index", "other")) == indexes


@given(values)
def test_rows_that_say_the_same_are_sealed_each_for_itself(given_values: list[str | None]) -> None:
    places = [*range(len(given_values)), *range(len(given_values))]
    tokens = column_of(given_values).tokens(places)
    assert [RING.open(token, COLUMN) if token else None for token in tokens] == [*given_values, *given_values]
    written = [token for token in tokens if token]
    assert len(set(written)) == len(written)


def test_a_sealed_value_among_the_others_keeps_its_token() -> None:
    stored = Sealed.load(RING.seal("13800000001", COLUMN), Kind.PHONE, COLUMN, RING)
    assert column_of([None]).extended([stored]).tokens([0, 1]) == ["", stored.token]


def test_plain_texts_are_neither_printed_nor_pickled() -> None:
    column = column_of(["13800000001"])
    assert "13800000001" not in f"{column} {column!r} {list(column)}"
    with pytest.raises(TypeError):
        pickle.dumps(column)
