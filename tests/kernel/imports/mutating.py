"""Workbooks as people, programs and attackers spoil them: each made from a sound one by a seed alone.

A mutant knows which of its cells must be named as wrong; of one spoilt as a file it is only known that it may
be refused in words, or read, and never anything else.
"""

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter import Workbook

from shanhai.registers.parties.identity import demo_identity

_BORN = date(1990, 1, 1)

HEADINGS = ("编号", "名称", "类型", "设立日期", "吸纳人数（人）", "年度经费（元）", "负责人身份证号")
_LINES = 12
_SHEET = "xl/worksheets/sheet1.xml"
_BOOK = "xl/workbook.xml"

#: By column, what no reader may take: each of these cells must be named.
WRONG: Mapping[str, tuple[Any, ...]] = {
    "编号": ("长" * 21, None),
    "名称": ("名" * 81, None),
    "类型": ("不存在的类型", "厂房式、居家式、别的", 7, True),
    "设立日期": ("不是日期", "2021-02-30", "2021年13月1日", -5, "31/31/2021", 1e9),
    "吸纳人数（人）": ("许多", -1, 1.5, "1e400", "１２，，３", 10**12, "=1/0"),
    "年度经费（元）": ("一千", "1.2.3", 1e20, "￥", "nan", "12.345"),
    "负责人身份证号": (5.2032819900101e17, "52032819900101", "X" * 18),
}
#: What may stand in any cell, whatever comes of it.
_ODD = (
    *("", " ", "\u3000", "=1+1", '=HYPERLINK("http://example.invalid")', "+86", "@SUM(A1)", "-", "——"),
    *("a\u0301", "\u202e反", "\u200b", "😀" * 20, "_x0000_", "_x000D_", "a\tb\nc", "'; DROP TABLE x; --"),
    *("{{ 7*7 }}", "%s%s%n", "<script>alert(1)</script>", "../../etc/passwd", "0" * 400, "９９９"),
    *("#N/A", "１,０００．５", "1.5万", True, False, 0, -0.0, 1e-320, 2**53, 60, 61, 1462, 2958466),
    *("1900-02-29", "2021/3/2", "2021.3.2", "44257"),
)


@dataclass(frozen=True)
class Mutant:
    """A file, how it was spoilt, and the cells (row as in Excel, heading) that must be told as wrong."""

    data: bytes
    story: str
    wrong: frozenset[tuple[int, str]] = frozenset()


def mutant(seed: int) -> Mutant:
    """The mutant of this number; equal numbers give equal files."""
    chance = random.Random(seed)
    made = chance.choice(
        [_wrong_cells, _odd_cells, _odd_layout, _spoilt_markup, _spoilt_markup, _spoilt_archive]
    )
    return made(chance)


def sound_lines() -> list[list[Any]]:
    return [
        [
            f"M{number}",
            f"{number}号车间",
            "厂房式",
            f"2021-03-{number + 1:02}",
            number,
            1000 + number,
            demo_identity(area=1, born_on=_BORN, serial=700 + number),
        ]
        for number in range(_LINES)
    ]


def drawn(lines: list[list[Any]], draw: Callable[[Any], None] | None = None, **options: Any) -> bytes:
    """A workbook of the lines under their headings; `draw` adds to the sheet."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_numbers": False, **options}) as book:
        sheet = book.add_worksheet("数据")
        for number, line in enumerate([list(HEADINGS), *lines]):
            for place, value in enumerate(line):
                _write(sheet, number, place, value)
        if draw:
            draw(sheet)
    return out.getvalue()


def _write(sheet: Any, row: int, place: int, value: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    elif value is not None:
        sheet.write_string(row, place, value)


def _wrong_cells(chance: random.Random) -> Mutant:
    """A few cells that must be named, in lines that are sound otherwise."""
    lines, wrong = sound_lines(), set()
    for number in chance.sample(range(_LINES), chance.randint(1, 5)):
        place = chance.randrange(len(HEADINGS))
        lines[number][place] = chance.choice(WRONG[HEADINGS[place]])
        wrong.add((number + 2, HEADINGS[place].partition("（")[0]))
    return Mutant(drawn(lines), f"wrong cells {sorted(wrong)}", frozenset(wrong))


def _odd_cells(chance: random.Random) -> Mutant:
    lines = sound_lines()
    story = []
    for _again in range(chance.randint(1, 12)):
        number, place = chance.randrange(_LINES), chance.randrange(len(HEADINGS))
        lines[number][place] = chance.choice(_ODD)
        story.append((number + 2, place, lines[number][place]))
    return Mutant(drawn(lines, date_1904=chance.random() < 0.2), f"odd cells {story}")


def _merged(sheet: Any, chance: random.Random, row: int) -> None:
    place = chance.randrange(len(HEADINGS))
    sheet.merge_range(row, place, row + chance.randint(1, 3), place, "并")


_LAYOUT: tuple[Callable[[Any, random.Random, int], Any], ...] = (
    _merged,
    lambda sheet, chance, row: sheet.set_row(row, None, None, {"hidden": True}),
    lambda sheet, chance, row: sheet.set_column(chance.randrange(4), 5, None, None, {"hidden": True}),
    lambda sheet, chance, row: sheet.write_string(1_048_575, chance.choice([0, 3, 16_383]), "末行"),
    lambda sheet, chance, row: sheet.write_string(chance.choice([0, 5]), 16_383, "末列"),
    lambda sheet, chance, row: sheet.write_comment(row, 1, "批注"),
    lambda sheet, chance, row: sheet.data_validation(1, 2, 9, 2, {"validate": "list", "source": ["甲"]}),
)


def _odd_layout(chance: random.Random) -> Mutant:
    """Merged cells, hidden rows and columns, blank lines, titles, totals, cells far away."""
    lines = sound_lines()
    if chance.random() < 0.4:
        lines.insert(chance.randrange(_LINES), [None] * len(HEADINGS))
    if chance.random() < 0.4:
        lines.append(["合计", None, None, None, 66, 12066, None])

    def draw(sheet: Any) -> None:
        for change in chance.sample(_LAYOUT, 3):
            change(sheet, chance, chance.randint(1, len(lines)))

    return Mutant(drawn(lines, draw), "odd layout")


type Change = Callable[[str, random.Random], str]


def _swap(old: str, new: str, count: int = -1) -> Change:
    return lambda text, _chance: text.replace(old, new, count)


def _sub(pattern: str, by: str, count: int = 0) -> Change:
    return lambda text, _chance: re.sub(pattern, by, text, count=count)


def _rows_backwards(text: str, _chance: random.Random) -> str:
    rows = re.findall(r"<row .*?</row>", text)
    return re.sub(r"<sheetData>.*</sheetData>", f"<sheetData>{''.join(rows[::-1])}</sheetData>", text)


def _with_entities(text: str, _chance: random.Random) -> str:
    head, _sign, rest = text.partition("?>")
    laughs = '<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">'
    return f"{head}?><!DOCTYPE x [{laughs}]>{rest}".replace("<v>1</v>", "<v>&b;&f;</v>")


def _cut(text: str, chance: random.Random) -> str:
    return text[: chance.randint(1, len(text))]


def _without_letter(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


_MERGED = '</sheetData><mergeCells count="2"><mergeCell ref="A2:B5"/><mergeCell ref="B4:D9"/></mergeCells>'
_MERGED_ALL = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
#: Part of the workbook, what happened to it, how its text changes.
_MARKUP: tuple[tuple[str, str, Change], ...] = (
    (_SHEET, "no references", _sub(r' r="[A-Z]+\d+"', "")),
    (_SHEET, "rows without numbers", _sub(r'<row r="\d+"', "<row")),
    (_SHEET, "all rows numbered 3", _sub(r'<row r="\d+"', '<row r="3"')),
    (_SHEET, "rows backwards", _rows_backwards),
    (_SHEET, "a lying dimension", _sub(r'ref="[^"]+"', 'ref="A1:XFD1048576"', 1)),
    (_SHEET, "a row beyond the last", _swap('<row r="5"', '<row r="1048577"')),
    (_SHEET, "a negative row", _swap('<row r="5"', '<row r="-5"')),
    (_SHEET, "a column beyond the last", _swap('r="B4"', 'r="ZZZZ4"')),
    (_SHEET, "strings that are not there", _sub(r"<v>(\d)</v>", r"<v>9\g<1>999</v>")),
    (_SHEET, "styles that are not there", _swap("<c r=", '<c s="4096" r=')),
    (_SHEET, "an unknown kind of cell", _swap('t="s"', 't="zz"', 6)),
    (_SHEET, "numbers that are none", _sub(r"<v>\d+</v>", "<v>NaN</v>", 5)),
    (_SHEET, "errors for values", _sub(r't="s"><v>\d+', 't="e"><v>#REF!', 4)),
    (_SHEET, "dates in ISO", _sub(r't="s"><v>\d+', 't="d"><v>2021-03-02', 4)),
    (_SHEET, "cut in the middle", _cut),
    (_SHEET, "an entity", _with_entities),
    (_SHEET, "another encoding declared", _swap("UTF-8", "UTF-16")),
    (_SHEET, "overlapping merges", _swap("</sheetData>", _MERGED)),
    (_SHEET, "a merge of everything", _swap("</sheetData>", _MERGED_ALL)),
    (_SHEET, "a letter lost", _without_letter),
    (_BOOK, "the calendar of 1904", _swap("<workbookPr", '<workbookPr date1904="1"')),
    (_BOOK, "a sheet twice", _sub(r"(<sheet [^>]+/>)", r"\1\1")),
    (_BOOK, "no sheet", _sub(r"<sheet [^>]+/>", "")),
    (_BOOK, "a hidden sheet", _swap("<sheet ", '<sheet state="veryHidden" ')),
    (_BOOK, "a long name", _swap("数据", "数" * 400)),
    ("xl/_rels/workbook.xml.rels", "a sheet elsewhere", _swap("sheet1", "../../../sheet9")),
    ("xl/sharedStrings.xml", "no strings", _sub(r"<si>.*</si>", "")),
    ("xl/styles.xml", "no styles", lambda _text, _chance: "<styleSheet/>"),
    ("[Content_Types].xml", "no types", lambda _text, _chance: ""),
)


def _spoilt_markup(chance: random.Random) -> Mutant:
    changes = chance.sample(_MARKUP, chance.randint(1, 2))
    with zipfile.ZipFile(io.BytesIO(drawn(sound_lines()))) as sound:
        parts = {name: sound.read(name) for name in sound.namelist()}
    for name, _story, change in changes:
        parts[name] = change(parts[name].decode(), chance).encode()
    if chance.random() < 0.1:
        parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" * 20
    return Mutant(_zipped(parts), ", ".join(story for _name, story, _change in changes))


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def _spoilt_archive(chance: random.Random) -> Mutant:
    sound = drawn(sound_lines())
    story, spoil = chance.choice(ARCHIVES)
    return Mutant(spoil(sound, chance), story)


def _bits_turned(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _again in range(chance.randint(1, 40)):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _with(name: str, content: bytes) -> Callable[[bytes, random.Random], bytes]:
    def add(data: bytes, chance: random.Random) -> bytes:
        out = io.BytesIO(data)
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as book, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a part that is there twice
            book.writestr(name, content)
        return out.getvalue()

    return add


def _lying_sizes(data: bytes, chance: random.Random) -> bytes:
    """Every entry says that it is four bytes large once it is unpacked."""
    return re.sub(
        rb"(PK\x01\x02.{20})....", lambda found: found[1] + struct.pack("<I", 4), data, flags=re.DOTALL
    )


#: How an entry begins in the list at the end of an archive; a bit after it says that it is encrypted.
_ENTRY = b"PK\x01\x02\x14\x00\x14\x00"
ARCHIVES: tuple[tuple[str, Callable[[bytes, random.Random], bytes]], ...] = (
    ("cut", lambda data, chance: data[: chance.randint(0, len(data))]),
    ("begins late", lambda data, chance: data[chance.randint(1, 200) :]),
    ("bits turned", _bits_turned),
    ("something before it", lambda data, chance: b"\0" * chance.randint(1, 99) + data),
    ("something after it", lambda data, chance: data + b"\0" * chance.randint(1, 99)),
    ("a way out of its folder", _with("../../../../tmp/shanhai-mutant", b"out")),
    ("a bomb", _with("xl/media/bomb.bin", b"\0" * (80 << 20))),
    ("macros", _with("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 9)),
    ("a part twice", _with(_SHEET, b"<worksheet/>")),
    ("lying sizes", _lying_sizes),
    ("marked as encrypted", lambda data, chance: data.replace(_ENTRY + b"\0", _ENTRY + b"\1")),
    ("words", lambda data, chance: "不是表格\n".encode() * chance.randint(1, 99)),
    ("noise", lambda data, chance: chance.randbytes(chance.randint(1, 4000))),
    ("noise that begins well", lambda data, chance: b"PK\x03\x04" + chance.randbytes(2000)),
    ("a table in GBK", lambda data, chance: "编号,名称\nM1,甲\n".encode("gb18030") + chance.randbytes(9)),
    ("a quote never closed", lambda data, chance: '编号,名称\nM1,"一号'.encode()),
    ("zeros in a table", lambda data, chance: "编号,名称\nM1,一\0号\n".encode()),
)  # fmt: skip
