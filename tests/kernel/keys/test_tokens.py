"""Tokens in documents get another key; what stands around them is not touched."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.kernel.keys import tokens
from shanhai.kernel.sealing import Keyring, Tampered, UnknownKey
from shanhai.kernel.sealing.keyring import new_key, new_settings

_OLD = new_settings("SM4-GCM", key_id="old")
_BOTH = {**_OLD, "keys": {**_OLD["keys"], "new": new_key("AES-256-GCM")}, "current": "new"}
FORTH = (Keyring.from_settings(_OLD), Keyring.from_settings(_BOTH))
#: From AES to SM4 as well.
BACK = (FORTH[1], Keyring.from_settings({**_BOTH, "current": "old"}))
ways = st.sampled_from([FORTH, BACK])
words = st.text(st.characters(codec="utf-8"), max_size=20)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(["identity_number", "phone"])


def _purpose(name: str) -> str:
    return f"parties.person.{name}"


@given(ways, st.dictionaries(names, st.text(max_size=30)), plain)
def test_every_token_of_a_document_opens_under_the_new_key_and_all_else_is_as_it_was(
    rings: tuple[Keyring, Keyring], sealed: dict[str, str], other: Any
) -> None:
    before, after = rings
    document = {"other": other, **{name: before.seal(text, _purpose(name)) for name, text in sealed.items()}}
    stored = json.dumps({"deep": [document, 1.10]}, ensure_ascii=False).replace("1.1]", "1.10]")
    fresh = tokens.renewed(stored, after, _purpose)
    assert fresh.endswith("1.10]}"), "a number as it was written"
    (inner, _number) = json.loads(fresh)["deep"]
    assert inner["other"] == other
    for name, text in sealed.items():
        assert after.is_current(inner[name])
        assert after.open(inner[name], _purpose(name)) == text
    assert tokens.renewed(fresh, after, _purpose) == fresh


@given(ways, st.text(max_size=40), st.data())
def test_a_token_that_was_tampered_with_gets_no_other_key(
    rings: tuple[Keyring, Keyring], text: str, data: st.DataObject
) -> None:
    before, after = rings
    token = before.seal(text, _purpose("phone"))
    at = data.draw(st.integers(token.rindex(".") + 1, len(token) - 1))
    other = data.draw(st.sampled_from("ABCDabcd01-_").filter(lambda sign: sign != token[at]))
    with pytest.raises(Tampered):
        tokens.renewed(token[:at] + other + token[at + 1 :], after, _purpose)
    with pytest.raises(Tampered):
        tokens.renewed(json.dumps({"identity_number": token}), after, _purpose)


def test_a_token_of_a_key_nobody_has_is_left_to_be_told() -> None:
    stranger = Keyring.from_settings(new_settings(key_id="theirs"))
    with pytest.raises(UnknownKey):
        tokens.renewed(stranger.seal("1", _purpose("phone")), FORTH[1], _purpose)
