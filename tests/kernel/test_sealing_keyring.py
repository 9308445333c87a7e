import base64
import pickle
import traceback
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256, SM3, Hash
from cryptography.hazmat.primitives.hmac import HMAC
from hypothesis import given
from hypothesis import strategies as st

from shanhai.kernel.sealing import Keyring, KeyringError, Tampered, UnknownKey, new_settings

COLUMN = "parties.person.identity_number"
RINGS = {
    cipher: Keyring.from_settings(new_settings(cipher, index))
    for cipher, index in [("SM4-GCM", "HMAC-SM3"), ("AES-256-GCM", "HMAC-SHA256")]
}
rings = st.sampled_from(list(RINGS.values()))
texts = st.text(st.characters(), max_size=60)  # lone surrogates and NUL included
columns = st.from_regex(r"[a-z]{1,8}\.[a-z]{1,8}\.[a-z_]{1,12}", fullmatch=True)


@pytest.fixture(params=RINGS)
def ring(request: pytest.FixtureRequest) -> Keyring:
    return RINGS[request.param]


def test_the_ciphers_underneath_give_the_published_answers() -> None:
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    block = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()  # noqa: S305 -- the known answer is for one block
    assert block.update(key).hex() == "681edf34d206965e86b3e94f536e4246"
    digest = Hash(SM3())
    digest.update(b"abc")
    assert digest.finalize().hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@given(rings, texts, columns)
def test_what_was_sealed_opens_and_shows_nothing_of_itself(ring: Keyring, text: str, column: str) -> None:
    token = ring.seal(text, column)
    assert ring.open(token, column) == text
    assert token.isascii()
    assert len(text) < 4 or text not in token


def test_a_token_names_its_version_and_key(ring: Keyring) -> None:
    assert ring.seal("13800005678", COLUMN).startswith("v1.k1.")


def test_the_same_text_is_never_sealed_the_same_twice(ring: Keyring) -> None:
    assert len({ring.seal("13800005678", COLUMN) for _ in range(200)}) == 200


@given(rings, texts, columns, columns)
def test_a_value_moved_to_another_column_does_not_open(
    ring: Keyring, text: str, here: str, there: str
) -> None:
    token = ring.seal(text, here)
    if here != there:
        with pytest.raises(Tampered):
            ring.open(token, there)


@given(rings, st.text(max_size=20), st.data())
def test_any_change_of_one_character_is_noticed(ring: Keyring, text: str, data: st.DataObject) -> None:
    token = ring.seal(text, COLUMN)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters().filter(lambda one: one != token[at]))
    with pytest.raises((Tampered, UnknownKey)):
        ring.open(token[:at] + other + token[at + 1 :], COLUMN)


@given(rings, st.text(max_size=20), st.data())
def test_a_value_cut_short_or_grown_is_noticed(ring: Keyring, text: str, data: st.DataObject) -> None:
    token = ring.seal(text, COLUMN)
    shorter = token[: data.draw(st.integers(0, len(token) - 1))]
    for wrong in (shorter, token + data.draw(st.sampled_from("A=-. \n"))):
        with pytest.raises((Tampered, UnknownKey)):
            ring.open(wrong, COLUMN)


@given(rings, st.text())
def test_what_was_never_sealed_is_refused(ring: Keyring, anything: str) -> None:
    with pytest.raises((Tampered, UnknownKey)):
        ring.open(anything, COLUMN)


def test_old_keys_open_what_they_sealed_and_the_current_one_seals() -> None:
    old = new_settings("SM4-GCM", key_id="2020")
    new = new_settings("AES-256-GCM", key_id="2021")
    both = {"current": "2021", "keys": old["keys"] | new["keys"], "index": old["index"]}
    token = Keyring.from_settings(old).seal("13800005678", COLUMN)
    ring = Keyring.from_settings(both)
    assert ring.open(token, COLUMN) == "13800005678"
    assert not ring.is_current(token)
    assert ring.is_current(ring.seal("13800005678", COLUMN))
    with pytest.raises(UnknownKey, match="2020"):
        Keyring.from_settings(new).open(token, COLUMN)


def test_a_key_of_the_same_name_and_other_value_opens_nothing(ring: Keyring) -> None:
    with pytest.raises(Tampered):
        Keyring.from_settings(new_settings("SM4-GCM")).open(ring.seal("13800005678", COLUMN), COLUMN)


def test_columns_are_sealed_and_opened_whole_and_absence_stays(ring: Keyring) -> None:
    column = ["13800005678", None, "", "北京市"]
    tokens = ring.seal_many(column, COLUMN)
    assert tokens[1] is None
    assert ring.open_many(tokens, COLUMN) == column
    assert ring.blind_index_many(column) == [None if one is None else ring.blind_index(one) for one in column]


@given(rings, texts, texts)
def test_blind_indexes_are_equal_exactly_when_texts_are(ring: Keyring, one: str, other: str) -> None:
    assert (ring.blind_index(one) == ring.blind_index(other)) == (one == other)
    assert len(bytes.fromhex(ring.blind_index(one))) == 16


@pytest.mark.parametrize(("index", "algorithm"), [("HMAC-SM3", SM3()), ("HMAC-SHA256", SHA256())])
def test_the_blind_index_is_the_keyed_hash_it_is_named_after(index: str, algorithm: Any) -> None:
    settings = new_settings(index=index)
    mac = HMAC(base64.urlsafe_b64decode(settings["index"]["key"]), algorithm)
    mac.update(b"110105")
    assert Keyring.from_settings(settings).blind_index("110105") == mac.finalize()[:16].hex()


def test_another_installation_has_other_blind_indexes() -> None:
    assert len({ring.blind_index("13800005678") for ring in RINGS.values()}) == 2


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"current": "k9"}, "k9"),
        ({"current": None}, "现用"),
        ({"keys": {}}, "k1"),
        ({"keys": {"k1": {"algorithm": "ROT13", "key": ""}}}, "SM4-GCM"),
        ({"keys": {"k1": {"algorithm": "SM4-GCM", "key": "c2hvcnQ="}}}, "16 字节"),
        ({"keys": {"k1": {"algorithm": "AES-256-GCM", "key": "not base64!"}}}, "32 字节"),
        ({"keys": {"k.1": {"algorithm": "SM4-GCM", "key": "A" * 22 + "=="}}, "current": "k.1"}, "编号"),
        ({"index": {}}, "index"),
        ({"index": {"algorithm": "HMAC-SM3"}}, "32 字节"),
    ],
)
def test_unusable_keys_are_refused_by_name(change: dict[str, Any], named: str) -> None:
    with pytest.raises(KeyringError, match=named):
        Keyring.from_settings(new_settings() | change)


def test_one_key_is_not_used_for_two_purposes() -> None:
    settings = new_settings("AES-256-GCM")
    settings["index"]["key"] = settings["keys"]["k1"]["key"]
    with pytest.raises(KeyringError, match="不同"):
        Keyring.from_settings(settings)


def test_a_keyring_shows_and_gives_away_no_key() -> None:
    settings = new_settings()
    ring = Keyring.from_settings(settings)
    shown = repr(ring) + "".join(traceback.format_exception(_failure(ring)))
    assert settings["keys"]["k1"]["key"] not in shown
    assert settings["index"]["key"] not in shown
    with pytest.raises(TypeError):
        pickle.dumps(ring)


def _failure(ring: Keyring) -> BaseException:
    with pytest.raises(Tampered) as caught:
        ring.open("v1.k1.AAAA", COLUMN)
    return caught.value
