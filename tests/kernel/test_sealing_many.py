"""Columns sealed at once are those of `cryptography`'s own GCM, value by value."""

import os
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from shanhai.kernel.sealing import Keyring, Tampered, UnknownKey, keyring, new_settings
from shanhai.kernel.sealing.columns import _rows

COLUMN = "parties.person.identity_number"
RINGS = {
    cipher: Keyring.from_settings(new_settings(cipher, index))
    for cipher, index in [("SM4-GCM", "HMAC-SM3"), ("AES-256-GCM", "HMAC-SHA256")]
}
rings = st.sampled_from(list(RINGS.values()))
texts = st.none() | st.text(st.characters(), max_size=60)  # lone surrogates and NUL included


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "_MANY", 0)


@given(rings, st.lists(texts), st.text("abc._", max_size=70))
def test_what_is_sealed_at_once_opens_one_by_one_and_the_other_way_round(
    ring: Keyring, column: list[str | None], aad: str
) -> None:
    tokens = ring.seal_many(column, aad)
    assert [None if one is None else ring.open(one, aad) for one in tokens] == column
    singles = [None if one is None else ring.seal(one, aad) for one in column]
    assert ring.open_many(singles, aad) == column


@pytest.mark.parametrize(
    ("algorithm", "make", "size"),
    [("SM4-GCM", keyring._Sm4Gcm, 16), ("AES-256-GCM", AESGCM, 32)],
)
@given(st.data())
def test_nonce_key_and_text_give_the_bytes_that_the_library_gives(
    algorithm: str, make: Any, size: int, data: st.DataObject
) -> None:
    key, nonce = data.draw(st.binary(min_size=size, max_size=size)), os.urandom(12)
    text, aad = data.draw(st.binary(max_size=70)), data.draw(st.binary(max_size=40))
    gcm = keyring._Key(keyring._CIPHERS[algorithm], key).many
    sealed = gcm.seal(_rows([nonce] * 3, 12), _rows([text] * 3, len(text)), aad)
    assert {row.tobytes() for row in sealed} == {nonce + make(key).encrypt(nonce, text, aad)}


@given(rings, st.lists(st.text(max_size=20), min_size=1, max_size=9), st.data())
def test_one_changed_sign_anywhere_in_the_column_is_noticed(
    ring: Keyring, column: list[str], data: st.DataObject
) -> None:
    tokens: list[Any] = ring.seal_many(column, COLUMN)
    place = data.draw(st.integers(0, len(tokens) - 1))
    at = data.draw(st.integers(0, len(tokens[place]) - 1))
    other = data.draw(st.characters().filter(lambda one: one != tokens[place][at]))
    tokens[place] = tokens[place][:at] + other + tokens[place][at + 1 :]
    with pytest.raises((Tampered, UnknownKey)):
        ring.open_many(tokens, COLUMN)


@given(rings, st.text(max_size=20), st.data())
def test_a_value_cut_short_or_grown_is_noticed(ring: Keyring, text: str, data: st.DataObject) -> None:
    token = ring.seal(text, COLUMN)
    shorter = token[: data.draw(st.integers(0, len(token) - 1))]
    for wrong in (shorter, token + data.draw(st.sampled_from("A=-. \n")), data.draw(st.text())):
        with pytest.raises((Tampered, UnknownKey)):
            ring.open_many([wrong, token], COLUMN)


def test_a_column_may_hold_values_of_several_keys() -> None:
    old = new_settings("SM4-GCM", key_id="2020")
    new = new_settings("AES-256-GCM", key_id="2021")
    both = {"current": "2021", "keys": old["keys"] | new["keys"], "index": old["index"]}
    ring = Keyring.from_settings(both)
    tokens = Keyring.from_settings(old).seal_many(["13800005678", "甲"], COLUMN)
    assert ring.open_many([*tokens, ring.seal("乙", COLUMN)], COLUMN) == ["13800005678", "甲", "乙"]
    with pytest.raises(UnknownKey, match="2020"):
        Keyring.from_settings(new).open_many(tokens, COLUMN)


def test_the_same_texts_are_never_sealed_the_same() -> None:
    for ring in RINGS.values():
        assert len(set(ring.seal_many(["13800005678"] * 500, COLUMN))) == 500


def test_a_column_of_another_place_does_not_open() -> None:
    for ring in RINGS.values():
        with pytest.raises(Tampered):
            ring.open_many(ring.seal_many(["13800005678"] * 3, COLUMN), "parties.person.phone")
