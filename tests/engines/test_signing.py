"""SM2 against the standard's own figures, one writing per content, a table of tamperings."""

import datetime
import json
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.engines.signing import (
    BadKey,
    Fault,
    NotCanonical,
    PublicKey,
    Signed,
    canonical,
    digest_of,
    fingerprint,
    key_file,
    new_private,
    packed,
    pem_of,
    prove,
    public_of,
    read_key,
    sign,
    verify,
)
from shanhai.ops.cli import main

#: GB/T 32918.5, annex A: the example of a signature on the recommended curve.
PRIVATE = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"
PUBLIC = (
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
)
SIGNATURE = (
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
)
OTHER = new_private()
BEGAN, ENDED = (datetime.datetime(2021, month, 1, tzinfo=datetime.UTC) for month in (1, 12))
KEY = PublicKey(PUBLIC, "区乡村振兴局", BEGAN, ENDED)


def test_the_example_of_the_standard_holds() -> None:
    assert public_of(PRIVATE) == PUBLIC
    assert verify(PUBLIC, b"message digest", SIGNATURE)
    made = sign(PRIVATE, b"message digest")
    assert made != SIGNATURE and verify(PUBLIC, b"message digest", made), "another number each time"


@pytest.mark.parametrize("place", [0, 63, 64, 127])
def test_no_digit_of_a_signature_may_differ(place: int) -> None:
    digit = "0" if SIGNATURE[place] != "0" else "1"
    assert not verify(PUBLIC, b"message digest", SIGNATURE[:place] + digit + SIGNATURE[place + 1 :])


@pytest.mark.parametrize(
    "bad", ["", "00" * 64, "ff" * 64, SIGNATURE[:-2], SIGNATURE.upper(), "0" * 64 + SIGNATURE[64:]]
)
def test_what_is_no_signature_is_false_and_no_error(bad: str) -> None:
    assert not verify(PUBLIC, b"message digest", bad)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "04" + "0" * 128,
        PUBLIC[:-1] + "4",
        "04" + "f" * 128,
        "02" + PUBLIC[2:66],
        "{}",
        pem_of(PUBLIC)[:80],
        '{"public":3}',
    ],
)
def test_a_point_that_is_not_on_the_curve_is_no_key(bad: str) -> None:
    with pytest.raises(BadKey):
        read_key(bad)


def test_a_key_comes_back_from_every_writing() -> None:
    assert {read_key(text).public for text in (PUBLIC, PUBLIC.upper(), pem_of(PUBLIC), key_file(KEY))} == {
        PUBLIC
    }
    assert read_key(key_file(KEY)) == KEY
    told = json.loads(key_file(KEY)) | {"fingerprint": "0" * 64}
    with pytest.raises(BadKey):
        read_key(json.dumps(told))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_openssl_agrees(tmp_path: Path) -> None:
    def integer(digits: str) -> bytes:
        number = int(digits, 16)
        body = number.to_bytes(number.bit_length() // 8 + 1, "big")
        return bytes([2, len(body)]) + body

    made = sign(PRIVATE, "湄潭与斗门".encode())
    body = integer(made[:64]) + integer(made[64:])
    (tmp_path / "s").write_bytes(bytes([0x30, len(body)]) + body)
    (tmp_path / "m").write_text("湄潭与斗门", "utf-8")
    (tmp_path / "k").write_text(pem_of(PUBLIC))
    told = ["-sm3", "-sigopt", "distid:1234567812345678", "-verify", "k", "-signature", "s", "m"]
    done = subprocess.run(
        ["openssl", "dgst", *told], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    if "distid" in done.stderr or "nsupported" in done.stderr:
        pytest.skip("this openssl knows no SM2")
    assert done.stdout.strip() == "Verified OK", done.stderr


def test_one_content_has_one_writing() -> None:
    zone = datetime.timezone(datetime.timedelta(hours=8))
    moment = datetime.datetime(2021, 9, 1, 8, 0, tzinfo=zone)
    one = {"b": Decimal("1.50"), "a": [None, True, 3, "é"], "c": moment, "d": moment.date()}
    other = {
        "d": datetime.date(2021, 9, 1),
        "c": moment.astimezone(datetime.UTC),
        "a": (None, True, 3, "é"),
        "b": Decimal("1.50"),
    }
    assert canonical(one) == canonical(other)
    assert (
        canonical(one)
        == '{"a":[null,true,3,"é"],"b":"1.50","c":"2021-09-01T00:00:00.000000Z","d":"2021-09-01"}'
    )
    for bad in (1.5, {1: 2}, object(), datetime.datetime(2021, 9, 1)):  # noqa: DTZ001
        with pytest.raises(NotCanonical):
            canonical(bad)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda one: st.lists(one) | st.dictionaries(st.text(), one),
    max_leaves=8,
)


@given(JSON)
@settings(max_examples=60)
def test_reading_and_writing_again_changes_no_byte(content: Any) -> None:
    assert canonical(json.loads(canonical(content))) == canonical(content)


def signed(private: str = PRIVATE, key: PublicKey | None = KEY, **more: Any) -> Signed:
    told = {
        "side": "east",
        "unit": "区乡村振兴局",
        "row": "r1",
        "fields": {"amount": "100.00"},
        "papers": [],
        "decided": [],
        "signed_at": "2021-09-24T01:00:00.000000Z",
        "key": fingerprint(public_of(private)),
        **more,
    }
    text = canonical(told)
    return Signed(text, sign(private, text.encode()), key)


THEIRS = PublicKey(public_of(OTHER), "县乡村振兴局")


def both(**more: Any) -> dict[str, Any]:
    text = packed("联席会议", [signed(), signed(OTHER, THEIRS, side="west", unit="县乡村振兴局", **more)])
    told: dict[str, Any] = json.loads(text)
    return told


def of(told: dict[str, Any], change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    change(told["signatures"][0])
    return told


def alone(one: Signed) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(packed("", [one]))
    return told


def put(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda one: one.update(values)


def amount(one: dict[str, Any]) -> None:
    one["statement"] = one["statement"].replace("100.00", "900.00")


def amount_and_digest(one: dict[str, Any]) -> None:
    amount(one)
    one["digest"] = digest_of(one["statement"])


def digit(one: dict[str, Any]) -> None:
    one["signature"] = ("1" if one["signature"][0] == "0" else "0") + one["signature"][1:]


#: What is done to a whole file, and what is found; keys from elsewhere, where the checker has some.
TAMPERED: list[tuple[str, dict[str, Any], list[PublicKey], set[Fault]]] = [
    ("nothing", both(), [], set()),
    ("nothing, both keys known", both(), [KEY, THEIRS], set()),
    ("a byte of the content", of(both(), amount), [], {Fault.CONTENT, Fault.DIFFERENT}),
    (
        "and its digest",
        of(both(), amount_and_digest),
        [],
        {Fault.SIGNATURE, Fault.DIFFERENT},
    ),
    ("the digest", of(both(), put(digest="0" * 64)), [], {Fault.CONTENT}),
    (
        "a digit of the signature",
        of(both(), digit),
        [],
        {Fault.SIGNATURE},
    ),
    ("another key in the file", of(both(), put(key=THEIRS.told())), [], {Fault.OTHER_KEY}),
    (
        "another key under the name",
        of(both(), put(key=KEY.told() | {"public": THEIRS.public})),
        [],
        {Fault.BAD_KEY},
    ),
    ("no key", of(both(), put(key=None)), [], {Fault.BAD_KEY}),
    ("no key in the file, known here", of(both(), put(key=None)), [KEY, THEIRS], set()),
    ("one key not known here", both(), [KEY], {Fault.UNTRUSTED}),
    (
        "another signer with a key of their own",
        alone(signed(OTHER, THEIRS)),
        [KEY],
        {Fault.UNTRUSTED},
    ),
    (
        "signed after the key ended",
        alone(signed(signed_at="2021-12-02T00:00:00Z")),
        [],
        {Fault.VALIDITY},
    ),
    (
        "signed before it began",
        alone(signed(signed_at="2020-12-02T00:00:00Z")),
        [KEY],
        {Fault.VALIDITY},
    ),
    ("two contents", both(fields={"amount": "200.00"}), [], {Fault.DIFFERENT}),
    ("two rows", both(row="r2"), [], {Fault.DIFFERENT}),
    ("another format", both() | {"format": "x"}, [], {Fault.NO_FILE}),
    ("no signature", both() | {"signatures": []}, [], {Fault.NO_FILE}),
    ("no statement", of(both(), put(statement="[]")), [], {Fault.CONTENT}),
]


@pytest.mark.parametrize(
    ("told", "trusted", "faults"), [one[1:] for one in TAMPERED], ids=[one[0] for one in TAMPERED]
)
def test_what_does_not_hold_is_named(
    told: dict[str, Any], trusted: list[PublicKey], faults: set[Fault]
) -> None:
    proof = prove(json.dumps(told), trusted)
    assert {one.fault for one in proof.findings} == faults
    assert all(one.place in (0, 1, 2) for one in proof.findings)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"format":"shanhai-signed/1","signatures":[3]}', "[" * 5000]
)
def test_what_is_no_file_of_ours_is_said(text: str) -> None:
    assert [one.fault for one in prove(text).findings] == [Fault.NO_FILE]


def test_the_command_says_so_without_a_server(tmp_path: Path) -> None:
    good, bad, none, key = (tmp_path / name for name in ("好.json", "坏.json", "无.json", "公钥.pem"))
    good.write_text(json.dumps(both()), "utf-8")
    bad.write_text(json.dumps(of(both(), amount)), "utf-8")
    none.write_text("x")
    key.write_text(pem_of(PUBLIC))
    cases = [
        ([str(good)], 0, "2 个签名都成立"),
        ([str(good)], 0, "公钥取自文件本身"),
        ([str(good), "--key", str(key)], 1, "第 2 个签名：不是用给出的公钥签的"),
        ([str(bad)], 1, "第 1 个签名：内容被改动过"),
        ([str(none)], 2, "不是签名文件"),
        ([str(good), "--key", str(none)], 1, "没有 SM2 公钥"),
    ]
    for told, code, said in cases:
        done = CliRunner().invoke(main, ["signature", "verify", *told])
        assert done.exit_code == code and said in f"{done.output}{done.exception}", done.output
