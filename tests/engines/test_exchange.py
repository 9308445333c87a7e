"""Packages: whole ones are read, spoilt ones refused with what does not hold; sums with counties missing."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.engines.exchange import (
    Fault,
    Figure,
    Finding,
    Header,
    Package,
    Row,
    changes,
    read_package,
    roll_up,
    rows_of,
    write_package,
)
from shanhai.engines.signing import PublicKey, key_file, new_private, public_of, sign
from shanhai.ops.cli import main

PRIVATE = new_private()
KEY = PublicKey(public_of(PRIVATE), "湄潭县", valid_from=datetime(2021, 1, 1, tzinfo=UTC))
KNOWN = {KEY.fingerprint: KEY}
HEADER = Header("520328", "湄潭县", "2021Q3", date(2021, 9, 30), datetime(2021, 10, 8, tzinfo=UTC), "0.1.0")
ROWS = [Row(f"r{n}", Decimal("100.50"), {"day": date(2021, 8, n + 1)}, ("a" * 64,)) for n in range(3)]
PAID = Figure("F-1", "到账资金", "万元", "2021-01-01", Decimal("301.50"), 3, 2, labels={"day": "日期"})
DUE = replace(PAID, code="F-2", name="应到资金")
SHARE = Figure("F-3", "到账率", "%", "2021-01-01", Decimal(100), 3, 1, parts=("F-1", "F-2"))

type Files = dict[str, bytes]


def written(path: Path, figures: tuple[Figure, ...] = (PAID, DUE, SHARE), header: Header = HEADER) -> Path:
    write_package(path, header, figures, lambda _one: ROWS, KEY, lambda told: sign(PRIVATE, told))
    return path


def test_a_whole_package_is_read_and_its_rows_are_there(tmp_path: Path) -> None:
    path = written(tmp_path / "a.zip")
    found = read_package(path, KNOWN)
    assert isinstance(found, Package)
    assert (found.header, found.rows, len(found.digest)) == (HEADER, 6, 64)
    assert [(one.code, one.value) for one in found.figures] == [
        ("F-1", PAID.value),
        ("F-2", PAID.value),
        ("F-3", Decimal(100)),
    ]
    (second,) = rows_of(path, PAID, first=1, most=1)
    assert (second.id, second.weight, second.columns) == ("r1", Decimal("100.50"), {"day": "2021-08-02"})


def manifest(files: Files, was: str, now: str) -> Files:
    return files | {"manifest.json": files["manifest.json"].replace(was.encode(), now.encode())}


ONE = "rows/F-1.jsonl"
#: What is done to the files of a whole package, and what is found.
TAMPERED: list[tuple[str, Callable[[Files], Files], Fault, str]] = [
    ("a row changed", lambda f: f | {ONE: f[ONE].replace(b"100.50", b"900.50")}, Fault.CONTENT, ONE),
    ("a row removed", lambda f: f | {ONE: f[ONE].split(b"\n", 1)[1]}, Fault.CONTENT, ONE),
    ("a file removed", lambda f: {k: v for k, v in f.items() if k != ONE}, Fault.CONTENT, ONE),
    ("a file added", lambda f: f | {"x": b""}, Fault.CONTENT, "x"),
    ("a value changed", lambda f: manifest(f, "301.50", "901.50"), Fault.SIGNATURE, "manifest.json"),
    ("another format", lambda f: manifest(f, "shanhai-package/1", "shanhai-package/9"), Fault.FORMAT, ""),
    ("another key", lambda f: manifest(f, KEY.fingerprint, "0" * 64), Fault.UNKNOWN_KEY, "湄潭县"),
    ("no seal", lambda f: {k: v for k, v in f.items() if k != "signature.json"}, Fault.NO_PACKAGE, "b.zip"),
    ("no manifest", lambda f: f | {"manifest.json": b"[]"}, Fault.NO_PACKAGE, "b.zip"),
]


@pytest.mark.parametrize(
    ("change", "fault", "where"), [one[1:] for one in TAMPERED], ids=[one[0] for one in TAMPERED]
)
def test_a_spoilt_package_is_refused(
    tmp_path: Path, change: Callable[[Files], Files], fault: Fault, where: str
) -> None:
    with zipfile.ZipFile(written(tmp_path / "a.zip")) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    bad = tmp_path / "b.zip"
    with zipfile.ZipFile(bad, "w") as archive:
        for name, data in change(files).items():
            archive.writestr(name, data)
    found = read_package(bad, KNOWN)
    assert isinstance(found, Finding) and (found.fault, found.where) == (fault, where)


@pytest.mark.parametrize(
    "figure",
    [
        replace(PAID, value=Decimal("301.51")),
        replace(PAID, counted=4),
        replace(SHARE, value=Decimal(99), parts=("F-2", "F-2")),
    ],
)
def test_a_figure_that_does_not_come_out_of_its_rows_is_named(tmp_path: Path, figure: Figure) -> None:
    path = written(tmp_path / "a.zip", (figure, DUE))
    found = read_package(path, KNOWN)
    assert isinstance(found, Finding) and found.fault is Fault.FIGURE
    assert found.where == f"{figure.code} {figure.name}"
    key = tmp_path / "k.json"
    key.write_text(key_file(KEY), "utf-8")
    done = CliRunner().invoke(main, ["exchange", "verify", str(path), "--key", str(key)])
    assert done.exit_code == 1 and figure.name in done.output, done.output


def test_signed_before_the_key_is_refused_and_a_whole_one_is_told(tmp_path: Path) -> None:
    early = replace(HEADER, made_at=datetime(2020, 12, 1, tzinfo=UTC))
    found = read_package(written(tmp_path / "a.zip", header=early), KNOWN)
    assert isinstance(found, Finding) and found.fault is Fault.VALIDITY
    key = tmp_path / "k.json"
    key.write_text(key_file(KEY), "utf-8")
    good = written(tmp_path / "g.zip")
    done = CliRunner().invoke(main, ["exchange", "verify", str(good), "--key", str(key)])
    assert done.exit_code == 0 and "3 个指标、6 行" in done.output, done.output


MAYBE = st.none() | st.decimals(0, 1000, places=2)


@given(st.lists(st.tuples(MAYBE, MAYBE), min_size=1, max_size=5))
@settings(max_examples=60)
def test_a_sum_is_of_who_sent_and_a_share_is_divided_anew(
    sent: list[tuple[Decimal | None, Decimal | None]],
) -> None:
    senders = [f"s{place}" for place in range(len(sent))]
    figures = {
        sender: {
            "F-1": replace(PAID, value=one),
            "F-2": replace(DUE, value=other),
            "F-3": replace(SHARE, value=Decimal(0)),
        }
        for sender, (one, other) in zip(senders, sent, strict=True)
        if one is not None and other is not None
    }
    lines = {line.figure.code: line for line in roll_up(senders, figures)}
    assert bool(lines) == bool(figures)
    if lines:
        tops, bottoms = (sum(f[code].value or 0 for f in figures.values()) for code in ("F-1", "F-2"))
        assert (lines["F-1"].total, lines["F-1"].sent) == (tops, len(figures))
        assert lines["F-3"].total == (tops / bottoms * 100 if bottoms else None)
        there = [cell.is_there for cell in lines["F-1"].cells]
        assert there == [sender in figures for sender in senders]
        assert lines["F-1"].is_whole == (len(figures) == len(senders))


def test_what_a_newer_package_says_otherwise() -> None:
    more = replace(PAID, value=Decimal(5))
    told = [
        (one.code, was, now)
        for one, was, now in changes({"F-1": PAID, "F-2": DUE}, {"F-1": more, "F-3": SHARE})
    ]
    assert told == [("F-1", PAID.value, Decimal(5)), ("F-2", DUE.value, None), ("F-3", None, Decimal(100))]
    assert json.dumps([one[0] for one in changes({"F-1": PAID}, {"F-1": PAID})]) == "[]"
