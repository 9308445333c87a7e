"""Packs as files: a table of tamperings and which file is named; names that any system unpacks."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from shanhai.engines.packs import FORMAT, MANIFEST, Fault, hashed, is_safe, safe_name, verify
from shanhai.ops.cli import main

A, B = "01 就业/某镇/00001-合同.pdf", "01 就业/某镇/00002-流水.pdf"
PAPERS = {A: b"%PDF-1", B: b"%PDF-2" * 400}

type Contents = dict[str, bytes]


def contents() -> Contents:
    files = [{"path": path, **asdict(hashed([data]))} for path, data in PAPERS.items()]
    told = {"format": FORMAT, "title": "示例", "files": files}
    return {**PAPERS, MANIFEST: json.dumps(told, ensure_ascii=False).encode()}


def written(path: Path, entries: list[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def remade(found: Contents, change: Callable[[dict[str, Any]], None]) -> Contents:
    told = json.loads(found[MANIFEST])
    change(told)
    return found | {MANIFEST: json.dumps(told).encode()}


def without_line(told: dict[str, Any]) -> None:
    del told["files"][0]


def with_other_hash(told: dict[str, Any]) -> None:
    told["files"][1]["sm3"] = "0" * 64


#: What is done to a whole pack, what is found, and which file is named.
TAMPERED: list[tuple[str, Callable[[Contents], list[tuple[str, bytes]]], Fault, str]] = [
    ("one byte changed", lambda c: [*(c | {B: c[B][:-1] + b"x"}).items()], Fault.ALTERED, B),
    ("cut", lambda c: [*(c | {A: c[A][:-1]}).items()], Fault.ALTERED, A),
    ("longer", lambda c: [*(c | {A: c[A] + b"."}).items()], Fault.ALTERED, A),
    ("swapped", lambda c: [*(c | {A: c[B], B: c[A]}).items()], Fault.ALTERED, A),
    ("removed", lambda c: [one for one in c.items() if one[0] != B], Fault.MISSING, B),
    ("renamed", lambda c: [(f"{k}x" if k == A else k, v) for k, v in c.items()], Fault.MISSING, A),
    ("added", lambda c: [*c.items(), ("补充.pdf", b"%PDF")], Fault.EXTRA, "补充.pdf"),
    ("an empty folder added", lambda c: [*c.items(), ("新/", b"")], Fault.EXTRA, "新/"),
    ("put in twice", lambda c: [*c.items(), (B, c[B])], Fault.TWICE, B),
    ("a name that leaves", lambda c: [*c.items(), ("../x.pdf", b"")], Fault.UNSAFE, "../x.pdf"),
    ("no manifest", lambda c: [one for one in c.items() if one[0] != MANIFEST], Fault.MISSING, MANIFEST),
    ("manifest is none", lambda c: [*(c | {MANIFEST: b"[1]"}).items()], Fault.ALTERED, MANIFEST),
    ("a line struck out", lambda c: [*remade(c, without_line).items()], Fault.EXTRA, A),
    ("another SM3", lambda c: [*remade(c, with_other_hash).items()], Fault.ALTERED, B),
]  # fmt: skip


@pytest.mark.parametrize(("done", "tamper", "fault", "name"), TAMPERED, ids=[one[0] for one in TAMPERED])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_first_file_that_is_not_as_packed_is_named(
    tmp_path: Path, done: str, tamper: Any, fault: Fault, name: str
) -> None:
    found = verify(written(tmp_path / "包.zip", tamper(contents())))
    assert (found.fault, found.name) == (fault, name), done


def test_a_whole_pack_is_whole_and_who_changes_the_manifest_too_is_found_by_its_digest(
    tmp_path: Path,
) -> None:
    good = written(tmp_path / "好.zip", [*contents().items()])
    verdict = verify(good)
    assert (verdict.fault, verdict.files, verdict.title) == (None, 2, "示例")
    other = contents()
    del other[A]
    forged = written(tmp_path / "假.zip", [*remade(other, without_line).items()])
    assert verify(forged).fault is None
    assert verify(forged, verdict.digest).fault is Fault.OTHER_MANIFEST


def test_the_command_says_it_in_words_and_by_its_exit_code(tmp_path: Path) -> None:
    good = written(tmp_path / "好.zip", [*contents().items()])
    bad = written(tmp_path / "坏.zip", [*(contents() | {A: b"x"}).items()])
    cut = tmp_path / "断.zip"
    cut.write_bytes(good.read_bytes()[:200])
    for path, code, said in ((good, 0, "2 个文件与生成时一致"), (bad, 1, A), (cut, 2, "没有下载完整")):
        told = CliRunner().invoke(main, ["pack", "verify", str(path)])
        assert told.exit_code == code and said in told.output, told.output


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_stays_where_it_is_unpacked(name: str) -> None:
    made = safe_name(name)
    assert is_safe(made) and len(made.encode()) <= 120 and made == safe_name(made)
    assert "/" not in made and not made.endswith((" ", "."))


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("培训合同（二）.pdf", "培训合同（二）.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\u202egpj.exe.pdf", "agpj.exe.pdf"),
        ("CON.txt", "_CON.txt"),
        ("", "_"),
        ("长" * 100 + ".pdf", "长" * 38 + ".pdf"),
    ],
)
def test_names_keep_their_chinese_and_lose_their_tricks(name: str, made: str) -> None:
    assert safe_name(name) == made
