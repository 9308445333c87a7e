import copy
import json
import logging
import pickle
import traceback
from collections.abc import Callable

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from hypothesis import given
from hypothesis import strategies as st

from shanhai.kernel.sealing import (
    Keyring,
    Kind,
    Reading,
    RevealRefused,
    Sealed,
    SealingError,
    Tampered,
    UnknownKey,
    installed_keyring,
    mask,
    mask_name,
    new_settings,
    revealing,
)

RING = Keyring.from_settings(new_settings())
COLUMN = "parties.person.identity_number"
IDENTITY = "11010519491231002X"
MASK = "110105********002X"
kinds = st.sampled_from(Kind)


@pytest.fixture
def identity() -> Sealed:
    return Sealed.of(IDENTITY, Kind.IDENTITY, COLUMN, RING)


def _with_locals(error: BaseException) -> str:
    return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (Kind.IDENTITY, IDENTITY, MASK),
        (Kind.IDENTITY, "1101051949", "*" * 10),
        (Kind.PHONE, "13800005678", "138****5678"),
        (Kind.PHONE, "0756-5550123", "********0123"),
        (Kind.PHONE, "110", "***"),
        (Kind.BANK, "6222020000000001234", "***************1234"),
        (Kind.BANK, "1234", "****"),
        (Kind.ILLNESS, "慢性病", "已登记"),
        (Kind.NAME, "张三", "张*"),
        (Kind.NAME, "诸葛亮", "诸葛*"),
    ],
)
def test_each_kind_has_its_mask(kind: Kind, text: str, shown: str) -> None:
    assert mask(kind, text) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张三", "张*"), ("李小明", "李**"), ("欧阳娜娜", "欧阳**"), ("欧阳", "欧*"), ("丽", "*"), ("", "")],
)
def test_a_name_keeps_its_surname(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@given(kinds, st.text(min_size=1, max_size=30))
def test_a_mask_always_hides_something(kind: Kind, text: str) -> None:
    shown = mask(kind, text)
    assert "*" in shown or shown == "已登记"
    if kind is not Kind.ILLNESS:
        assert len(shown) == len(text)


@pytest.mark.parametrize(
    "show",
    [
        str,
        lambda value: f"{value}",
        lambda value: f"{value:>20}",
        lambda value: f"{value!r}",
        lambda value: "%s %r" % (value, value),  # noqa: UP031 -- what old code does
        lambda value: f"{[value]} { ({'a': value}) }",
        json.dumps,
        lambda value: json.dumps({"value": [value]}, cls=DjangoJSONEncoder),
        "".join,
        lambda value: value.encode(),
        lambda value: value[:],
        lambda value: value + "。",
        lambda value: str(vars(value)) if hasattr(value, "__dict__") else MASK,
    ],
)
def test_every_way_of_showing_gives_the_mask(identity: Sealed, show: Callable[[Sealed], object]) -> None:
    shown = str(show(identity))
    assert MASK in shown
    assert IDENTITY not in shown
    assert "19491231" not in shown


def test_logs_and_tracebacks_with_locals_hold_no_plain_text(
    identity: Sealed, caplog: pytest.LogCaptureFixture
) -> None:
    held = {"identity": identity, "list": [identity]}
    try:
        raise ValueError(identity, held)
    except ValueError as error:
        logging.getLogger("shanhai").exception("refused %s %r", identity, held)
        shown = _with_locals(error)
    for text in (shown, caplog.text):
        assert MASK in text
        assert "19491231" not in text


@pytest.mark.parametrize("spoil", ["moved", "unknown", "cut"])
def test_refusals_and_their_locals_hold_no_plain_text(identity: Sealed, spoil: str) -> None:
    ring = Keyring.from_settings(new_settings(key_id="k2")) if spoil == "unknown" else RING
    token = identity.token[:-4] if spoil == "cut" else identity.token
    column = "other.column.here" if spoil == "moved" else COLUMN
    spoiled = Sealed.load(token, Kind.IDENTITY, column, ring)
    with pytest.raises((Tampered, UnknownKey)) as caught, revealing("核对", lambda _reading: None):
        spoiled.reveal()
    shown = _with_locals(caught.value)
    assert "19491231" not in shown


def test_a_damaged_value_is_shown_as_such_and_does_not_close_the_list(identity: Sealed) -> None:
    assert str(Sealed.load(identity.token[:-4], Kind.IDENTITY, COLUMN, RING)) == "无法解密"


def test_reading_needs_a_reason(identity: Sealed) -> None:
    with pytest.raises(RevealRefused):
        identity.reveal()
    with pytest.raises(RevealRefused), revealing("  ", lambda _reading: None):
        pytest.fail("entered without a reason")


def test_every_reading_is_recorded_with_its_reason(identity: Sealed) -> None:
    readings: list[Reading] = []
    with revealing(" 核对身份 ", readings.append):
        assert identity.reveal() == IDENTITY
        assert identity.reveal() == IDENTITY
    assert readings == [Reading(COLUMN, identity.blind_index, "核对身份")] * 2
    with pytest.raises(RevealRefused):
        identity.reveal()


def test_nothing_is_revealed_when_it_cannot_be_recorded(identity: Sealed) -> None:
    def broken(_reading: Reading) -> None:
        raise OSError("full")

    with pytest.raises(OSError, match="full") as caught, revealing("核对", broken):
        identity.reveal()
    shown = _with_locals(caught.value)
    assert "19491231" not in shown


def test_the_innermost_reason_counts_and_the_outer_returns(identity: Sealed) -> None:
    reasons: list[str] = []
    with revealing("外", lambda reading: reasons.append(reading.reason)):
        with revealing("内", lambda reading: reasons.append(reading.reason)):
            identity.reveal()
        identity.reveal()
    assert reasons == ["内", "外"]


@given(st.text(min_size=1), st.text(min_size=1), kinds)
def test_sealed_values_are_equal_exactly_when_their_plain_texts_are(one: str, other: str, kind: Kind) -> None:
    first = Sealed.of(one, kind, COLUMN, RING)
    second = Sealed.of(other, kind, "labour.worker.identity_number", RING)
    assert (first == second) == (one == other)
    assert (first != second) == (one != other)
    assert len({first, second}) == (1 if one == other else 2)
    assert first == Sealed.load(first.token, kind, COLUMN, RING)


def test_no_bare_string_equals_a_sealed_value(identity: Sealed) -> None:
    assert identity != MASK
    assert identity != IDENTITY
    assert MASK not in {identity: 1}
    assert identity not in [MASK, IDENTITY]


def test_the_stored_form_loads_back(identity: Sealed) -> None:
    loaded = Sealed.load(identity.token, Kind.IDENTITY, COLUMN, RING)
    assert str(loaded) == MASK
    assert (loaded.token, loaded.blind_index) == (identity.token, RING.blind_index(IDENTITY))
    assert (loaded.kind, loaded.column) == (Kind.IDENTITY, COLUMN)


def test_a_value_moves_to_another_column_without_being_read(identity: Sealed) -> None:
    moved = identity.moved_to("labour.worker.identity_number")
    assert moved == identity
    assert RING.open(moved.token, "labour.worker.identity_number") == IDENTITY


def test_copies_are_the_value_itself_and_pickling_is_refused(identity: Sealed) -> None:
    assert copy.copy(identity) is copy.deepcopy([identity])[0] is identity
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError):
            pickle.dumps(identity, protocol)


def test_nothing_is_not_sealed() -> None:
    with pytest.raises(SealingError, match="空值"):
        Sealed.of("", Kind.PHONE, COLUMN, RING)


def test_a_column_is_sealed_at_once_as_one_by_one() -> None:
    ring, column = installed_keyring(), "toys.workshop.keeper_phone"
    numbers = [f"1380000{number:04}" for number in range(100)]
    values = [Sealed.of(number, Kind.PHONE, column, ring) for number in numbers]
    Sealed.seal_all([*values, None])
    assert not any(value._plain for value in values)
    assert [ring.open(value.token, column) for value in values] == numbers
    assert [value.blind_index for value in values] == ring.blind_index_many(numbers)
    assert len({value.token for value in values}) == len(values)


def test_a_column_is_loaded_at_once_and_a_damaged_value_alone_is_marked() -> None:
    ring, column = installed_keyring(), "toys.workshop.keeper_phone"
    tokens = ring.seal_many([f"1380000{number:04}" for number in range(100)], column)
    whole = Sealed.load_many([*tokens, None, ""], Kind.PHONE, column, ring)
    assert whole[-2:] == [None, None]
    assert whole[7] == Sealed.of("13800000007", Kind.PHONE, column, ring)
    assert str(whole[7]) == str(Sealed.load(str(tokens[7]), Kind.PHONE, column, ring))
    tokens[3] = str(tokens[3])[:-4] + "AAAA"
    loaded = Sealed.load_many(tokens, Kind.PHONE, column, ring)
    assert [place for place, value in enumerate(loaded) if str(value) == "无法解密"] == [3]


def test_a_typed_value_is_sealed_when_it_is_stored_and_forgets_its_plain_text() -> None:
    value = Sealed.of("13800005678", Kind.PHONE, "toys.workshop.keeper_phone", installed_keyring())
    assert value == Sealed.of("13800005678", Kind.PHONE, "toys.workshop.keeper_phone", installed_keyring())
    assert "13800005678" not in value.token
    assert not value._plain
    assert value.blind_index == installed_keyring().blind_index("13800005678")
