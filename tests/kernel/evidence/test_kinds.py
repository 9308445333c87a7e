"""What a content is, whatever its name says, and names that can do no harm."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence.kinds import KINDS, PDF, TEXT, safe_name, told_from


def picture(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, form)
    return out.getvalue()


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "content")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"%PDF-1.7\n...", ".pdf"),
        (picture("PNG"), ".png"),
        (picture("JPEG"), ".jpg"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), ".xlsx"),
        (archive("[Content_Types].xml", "word/document.xml"), ".docx"),
        (archive("OFD.xml", "Doc_0/Document.xml"), ".ofd"),
        (archive("扫描/一.jpg"), ".zip"),
        ("合同编号：一号\n".encode(), ".txt"),
        ("合同编号：一号\r\n".encode("gb18030"), ".txt"),
    ],
)
def test_a_kind_is_told_from_the_content(data: bytes, suffix: str) -> None:
    assert told_from(data).suffixes[0] == suffix


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "0 字节"),
        (b"MZ\x90\x00\x03", "可执行程序"),
        (b"\x7fELF\x02\x01", "可执行程序"),
        (b"#!/bin/sh\nrm -rf /", "可执行程序"),
        (b"<!DOCTYPE html><p>", "网页"),
        (b"text, then\n <script>alert(1)</script>", "网页"),
        (b'<svg xmlns="http://www.w3.org/2000/svg">', "网页"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1macro", "旧版 Office"),
        (archive("xl/workbook.xml", "xl/vbaProject.bin"), "宏"),
        (archive("setup.EXE"), "程序"),
        (b"PK\x03\x04 and then nothing", "已损坏"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "视频"),
        (b"GIF89a\x01\x00\x01\x00", "另存为 JPG 或 PNG"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "另存为 JPG 或 PNG"),
        (b"Rar!\x1a\x07\x01\x00", "RAR"),
        (bytes(range(256)), "认不出"),
    ],
)
def test_what_is_no_evidence_is_refused_with_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(RuleViolated, match=why):
        told_from(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_kind_or_a_sentence(data: bytes) -> None:
    try:
        assert told_from(data) in KINDS
    except RuleViolated as refused:
        assert str(refused).endswith("。")


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\me\合同.pdf", "合同.pdf"),
        ("合同.PDF", "合同.PDF"),
        ("发票.pdf.exe", "发票.pdf.exe.pdf"),
        ("a\u202efdp.exe", "afdp.exe.pdf"),
        ("行\r\nSet-Cookie: x.pdf", "行Set-Cookie x.pdf".replace("Cookie ", "Cookie: ")),
        ("", "佐证.pdf"),
        ("..", "佐证.pdf"),
        (".pdf", "pdf.pdf"),
    ],
)
def test_names_lose_folders_and_tricks(given_name: str, shown: str) -> None:
    assert safe_name(given_name, PDF) == shown


@given(st.text(max_size=400))
def test_every_name_is_short_and_says_what_it_is(name: str) -> None:
    shown = safe_name(name, TEXT)
    assert len(shown) <= 200 and shown.lower().endswith(TEXT.suffixes)
    assert not set(shown) & set("/\\\r\n\0")
    assert safe_name(shown, TEXT) == shown
