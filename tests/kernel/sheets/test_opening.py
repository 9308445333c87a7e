import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from kernel.sheets.examples import HEADINGS, LI, WORKERS, ZHANG, csv_file, workbook
from shanhai.kernel.sheets.archives import Limits
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.sheets.reading import read_table

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(SheetRefused) as caught:
        read_table(data, WORKERS, limits or Limits())
    assert caught.value.message.endswith(("。", "？"))
    return caught.value.code


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def with_sheet(xml: str) -> bytes:
    """A workbook whose one worksheet is written by hand."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(HEADINGS))) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        for name in given.namelist():
            content = given.read(name)
            file.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n", "empty_file"),
        (b"%PDF-1.7 ...", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n", "wrong_type"),
        (b"Rar!\x1a\x07", "wrong_type"),
        (b"<html><body><table>", "web_page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook>", "web_page"),
        (b"\x00\x01\x02\x03", "wrong_type"),
        (b"\xff\xff\xff\xff\xff", "wrong_type"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"," * 2_000_000, "wrong_type"),
        (COMPOUND + b"\0" * 600, "damaged"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "wrong_type"),
        (archive(word__document=b"x"), "wrong_type"),
        (archive(note=b"x"), "wrong_type"),
        (archive(xl__workbook=b"x"), "damaged"),
        (workbook(HEADINGS, ZHANG)[:-400], "damaged"),
    ],
)
def test_what_is_no_table_is_told_by_its_content(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_the_extension_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "登记表.xls"
    path.write_bytes(workbook(HEADINGS, ZHANG))
    assert len(read_table(path, WORKERS).rows) == 1
    path.write_bytes(csv_file(",".join(HEADINGS), f"张一,{ZHANG[1]},4500,2021-3-2,县内"))
    assert len(read_table(path, WORKERS).rows) == 1


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_bytes(b"a" * 2000)
    with pytest.raises(SheetRefused) as caught:
        read_table(path, WORKERS, Limits(file=1000))
    assert caught.value.code == "file_too_large"


def test_too_many_rows_are_refused_and_never_cut() -> None:
    data = workbook(HEADINGS, ZHANG, LI)
    assert refusal(data, Limits(rows=1)) == "too_many_rows"
    assert len(read_table(data, WORKERS, Limits(rows=2)).rows) == 2


def test_a_bomb_is_refused_by_what_it_becomes_not_by_what_it_claims() -> None:
    bomb = with_sheet("<worksheet>" + " " * 60_000_000 + "</worksheet>")
    assert len(bomb) < 200_000
    assert refusal(bomb) == "too_heavy"
    at = bomb.index(struct.pack("<I", 60_000_000 + 23), bomb.index(b"PK\x01\x02"))
    lying = bomb[:at] + struct.pack("<I", 10) + bomb[at + 4 :]
    assert refusal(lying) in {"too_heavy", "damaged"}


def test_two_cells_at_the_far_corners_do_not_take_the_memory_of_the_server() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = with_sheet(
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )
    assert refusal(data) == "too_heavy"


@pytest.mark.parametrize("place", ["ZZZZ2", "A1048577"])
def test_a_cell_where_no_sheet_has_one_is_refused_at_once(place: str) -> None:
    """Found by mutant 1321: half a million empty columns took ten seconds."""
    data = with_sheet(
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="2"><c r="A2"><v>1</v></c><c r="{place}"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert refusal(data, Limits(seconds=3)) == "damaged"


def test_an_unusual_compression_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("xl/workbook.xml", "x" * 1000)
    assert refusal(out.getvalue()) == "damaged"


def test_an_open_document_is_read() -> None:
    def cell(text: str, kind: str = 'office:value-type="string"') -> str:
        return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"

    cells = "".join(map(cell, HEADINGS))
    values = cell("张一") + cell(str(ZHANG[1]))
    number = cell("4500.5", 'office:value-type="float" office:value="4500.5"')
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="务工登记">'
        f"<table:table-row>{cells}</table:table-row><table:table-row>{values}{number}</table:table-row>"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    files = {"content.xml": content, "META-INF/manifest.xml": manifest}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, text in files.items():
            file.writestr(name, text)
    table = read_table(out.getvalue(), WORKERS)
    assert (table.rows[0].layout.sheet, str(table.rows[0].values["wage"])) == ("务工登记", "4500.50")


def test_damage_in_the_middle_of_an_archive_is_damage() -> None:
    data = bytearray(workbook(HEADINGS, *[ZHANG] * 200))
    at = data.index(b"xl/worksheets/sheet1.xml") + 100
    data[at : at + 40] = b"\xff" * 40
    assert refusal(bytes(data)) in {"damaged", "too_heavy"}
    assert zlib.crc32(bytes(data))


@pytest.mark.parametrize(
    "data",
    [
        archive(xl__workbook_xml=b"<workbook/>", xl__vbaProject_bin=b"\xd0\xcf").replace(b"_bin", b".bin"),
        archive(
            mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
            **{"META-INF__manifest.xml": b"<m/>", "Basic__Standard__Module1.xml": b"<m/>"},
        ),
        COMPOUND + "_VBA_PROJECT_CUR".encode("utf-16-le"),
    ],
    ids=["xlsm", "ods", "xls"],
)
def test_a_workbook_with_macros_is_refused(data: bytes) -> None:
    assert refusal(data) == "macros"


ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE worksheet [{declared}]>'
    '<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def cell(text: str) -> str:
    return f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ('<!ENTITY e SYSTEM "file:///etc/passwd">', "&e;"),
        ('<!ENTITY % e SYSTEM "http://127.0.0.1:9/x"> %e;', "a"),
        ("<!ENTITY a '" + "x" * 50_000 + "'>", "&a;" * 50_000),
        (
            "<!ENTITY a 'lol'>"
            + "".join(f"<!ENTITY {b} '{f'&{a};' * 50}'>" for a, b in ("ab", "bc", "cd", "de", "ef")),
            "&f;",
        ),
    ],
    ids=["file", "net", "quadratic", "laughs"],
)
def test_entities_of_a_sheet_read_no_file_and_grow_no_memory(declared: str, text: str) -> None:
    data = with_sheet(ENTITY.format(declared=declared, main=MAIN, rows=cell(text)))
    with pytest.raises(SheetRefused) as caught:
        read_table(data, WORKERS, Limits(seconds=20))
    assert "root:" not in caught.value.message
