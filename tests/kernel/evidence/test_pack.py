"""The pack of papers: every content with its hash in the manifest, and a line for what is not there."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable
from typing import Any

from shanhai.kernel.evidence.pack import MANIFEST, pack
from shanhai.kernel.evidence.store import path_of
from shanhai.kernel.models import EvidenceReading

Make = Callable[..., Any]


def opened(pieces: Any) -> tuple[zipfile.ZipFile, list[dict[str, str]]]:
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert archive.testzip() is None
    return archive, list(csv.DictReader(io.StringIO(archive.read(MANIFEST).decode("utf-8-sig"))))


def test_every_paper_is_in_the_pack_with_the_hash_its_line_gives(
    workshop: Make, paper: Make, as_actor: Any
) -> None:
    rows = [workshop(code="W1"), workshop(code="W2")]
    for row in rows:
        paper(row, data=b"%PDF-" + row.code.encode(), name="=合同.pdf")
    with as_actor("alice") as actor:
        archive, lines = opened(pack(rows, actor=actor))
        assert EvidenceReading.objects.filter(read_by=actor.key).count() == 2
    assert len(archive.namelist()) == 3
    for line in lines:
        data = archive.read(line["包内路径"])
        assert hashlib.sha256(data).hexdigest() == line["SHA-256"]
        assert (line["字节"], line["佐证类别"], line["上传人"]) == (str(len(data)), "现场照片", "alice")
        assert line["文件名"] == "'=合同.pdf"


def test_papers_the_reader_may_not_open_are_named_and_left_out(
    workshop: Make, paper: Make, as_actor: Any
) -> None:
    link = paper(row := workshop(state="submitted"), name="张三的合同.pdf")
    with as_actor("bob") as actor:
        archive, (line,) = opened(pack([row], actor=actor))
        assert not EvidenceReading.objects.exists()
    assert archive.namelist() == [MANIFEST] and line["文件名"] == "现场照片.pdf"
    assert line["SHA-256"] == link.file.digest and line["说明"] == "含个人信息，未提供"


def test_a_damaged_paper_costs_only_itself(workshop: Make, paper: Make, as_actor: Any) -> None:
    good, bad = (row := workshop()) and paper(row), paper(row, data=b"%PDF-2")
    path_of(bad.file.side, bad.file.digest).write_bytes(b"noise")
    with as_actor("alice") as actor:
        archive, lines = opened(pack([row], actor=actor))
    assert [line["说明"] for line in lines] == ["", "文件已损坏，未提供"]
    assert archive.read(lines[0]["包内路径"]).startswith(b"%PDF") and good.pk


def test_no_papers_make_a_pack_with_an_empty_manifest(workshop: Make, as_actor: Any) -> None:
    with as_actor("alice") as actor:
        _archive, lines = opened(pack([workshop()], actor=actor))
    assert lines == []
