"""Files of every kind, and the sentence a clerk reads when one cannot be used."""

import re
from importlib.util import find_spec
from pathlib import Path

import docx
import pytest
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from shanhai.engines.clauses import Section, UnreadableDocument, parse, read_document
from shanhai.engines.clauses.command import scheme_in

SAMPLE = Path(__file__).parents[3] / "src/shanhai/domains/scheme/sample/scheme.txt"
TEXT = "某县方案\n一、任务\n（一）修路。抓紧。（县交通运输局、县财政局）\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "scheme.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert read_document(path).text == TEXT


def test_a_word_file_is_read_in_order_with_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "scheme.docx"
    document = docx.Document()
    document.add_paragraph("一、任务")
    table = document.add_table(rows=3, cols=3)
    cells = [
        ["任务", "牵头单位", "责任单位"],
        ["修路", "县交通运输局", "县财政局\n县水务局"],
        ["改厕", "", "县住建局"],
    ]
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    document.add_paragraph("二、其他")
    document.save(str(path))
    scheme = parse(read_document(path))
    rows = scheme.sections[0].children
    assert [section.path for section in scheme.sections] == ["一", "二"]
    assert [[duty.name for duty in row.duties] for row in rows] == [
        ["县交通运输局", "县财政局", "县水务局"],
        ["县交通运输局", "县住建局"],
    ]


def test_tracked_changes_are_read_as_accepted_and_content_controls_are_read(tmp_path: Path) -> None:
    path = tmp_path / "scheme.docx"
    document = docx.Document()
    changed = document.add_paragraph("（一）修路。抓紧。（县交通运输局")._p
    for change, words in (("ins", "<w:t>、县财政局）</w:t>"), ("del", "<w:delText>、县水务局）</w:delText>")):
        changed.append(parse_xml(f'<w:{change} {nsdecls("w")} w:id="7"><w:r>{words}</w:r></w:{change}>'))
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    control[0].append(document.add_paragraph("（二）改厕。抓紧。（县住建局、县水务局）")._p)
    document.element.body.insert(1, control)
    document.save(str(path))
    assert read_document(path).text.split("\n")[:2] == [
        "（一）修路。抓紧。（县交通运输局、县财政局）",
        "（二）改厕。抓紧。（县住建局、县水务局）",
    ]


def test_numbers_that_word_itself_writes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "scheme.docx"
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    written = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(levels)
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{written}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in ((0, "要求"), (0, "任务"), (1, "修路。"), (2, "备料。"), (2, "铺油。"), (1, "改厕。")):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
    document.save(str(path))
    paths = [section.path for section in parse(read_document(path)).walk()]
    assert paths == ["一", "二", "二（一）", "二（一）1", "二（一）2", "二（二）"]


def test_a_pdf_with_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "scheme.pdf"
    source = tmp_path / "scheme.typ"
    source.write_text("= One\nRoads and tea\n#pagebreak()\nSecond page", encoding="utf-8")
    typst.compile(str(source), output=str(path))
    text = read_document(path).text
    assert text.index("Roads and tea") < text.index("Second page")


def printed(tmp_path: Path, body: str) -> Path:
    """A PDF of A4 pages with numbers, as an office prints it."""
    fonts = next(Path(str(find_spec("pylopdf_fonts_zh_cn").origin)).parent.rglob("*.otf")).parent
    page = '#set page(paper: "a4", numbering: "- 1 -")\n#set text(font: "Noto Serif SC", size: 12pt)\n'
    source = tmp_path / "printed.typ"
    source.write_text(page + body, encoding="utf-8")
    typst.compile(str(source), output=str(tmp_path / "printed.pdf"), font_paths=[str(fonts)])
    return tmp_path / "printed.pdf"


TABLE = """某县茶产业任务分解表

一、任务

#table(columns: (auto, auto, 2fr, 1fr, 2fr),
  table.cell(rowspan: 2)[序号], table.cell(rowspan: 2)[类别], table.cell(rowspan: 2)[重点任务],
  table.cell(colspan: 2)[责任分工], [牵头单位], [配合单位],
  {rows}
)

二、保障

加强调度。（县委办、县政府办）
"""


def test_a_ruled_table_in_a_pdf_is_read_cell_by_cell(tmp_path: Path) -> None:
    rows = (
        "[1], table.cell(rowspan: 2)[产业], [新建标准茶园一万亩，改造老茶园五千亩，建成加工厂十二个。],"
        "table.cell(rowspan: 2)[县农业农村局], [县财政局、县水务局、县委宣传部、各乡镇（街道）],"
        "[2], [建冷库], [县商务局 \\ 县供销社], [3], [人才], [培训茶农], [县人社局], [/],"
    )
    found = list(parse(read_document(printed(tmp_path, TABLE.format(rows=rows)))).walk())
    assert [section.path for section in found] == ["一", "一表1第1行", "一表1第2行", "一表1第3行", "二"]
    assert [[duty.name for duty in section.duties] for section in found[1:]] == [
        ["县农业农村局", "县财政局", "县水务局", "县委宣传部", "各乡镇（街道）"],
        ["县农业农村局", "县商务局", "县供销社"],
        ["县人社局"],
        ["县委办", "县政府办"],
    ]
    assert found[1].heading == "新建标准茶园一万亩，改造老茶园五千亩，建成加工厂十二个"


def test_a_ruled_table_goes_on_over_the_page_without_its_head(tmp_path: Path) -> None:
    rows = "".join(
        f"[{number}], [产业], [改造第{number}片老茶园，修步道，建厕所，配路灯。], [县农业农村局],"
        "[县财政局、县水务局],"
        for number in range(1, 41)
    )
    scheme = parse(read_document(printed(tmp_path, TABLE.format(rows=rows))))
    assert scheme.duty_lists == 41
    assert [section.path for section in scheme.walk()][-2:] == ["一表1第40行", "二"]


def test_boxes_and_lines_that_make_no_table_leave_the_text_as_it_is(tmp_path: Path) -> None:
    drawn = "#rect(width: 5cm)[责任单位]\n\n#line(length: 100%)"
    body = f"一、任务\n\n{drawn}\n\n（一）修路。抓紧。（县交通运输局、县财政局）\n"
    scheme = parse(read_document(printed(tmp_path, body)))
    assert [duty.name for section in scheme.walk() for duty in section.duties] == ["县交通运输局", "县财政局"]


def test_the_sample_printed_on_pages_gives_the_same_duties(tmp_path: Path) -> None:
    written = [
        re.sub(r"([-\\#*_`$<>@=+/~\[\]])", r"\\\1", line) for line in SAMPLE.read_text("utf-8").split("\n")
    ]
    path = printed(tmp_path, "#set text(size: 16pt)\n" + "\n\n".join(written))
    paged, plain = scheme_in(path), scheme_in(SAMPLE)
    assert [section.heading for section in paged.walk()] == [section.heading for section in plain.walk()]
    assert [duties(section) for section in paged.walk()] == [duties(section) for section in plain.walk()]
    assert (paged.number, paged.date, paged.issuer) == (plain.number, plain.date, plain.issuer)
    assert paged.addressees == plain.addressees


def duties(section: Section) -> list[tuple[str, str]]:
    return [(duty.name, duty.role.value) for duty in section.duties]


def test_a_scanned_pdf_is_refused_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    source = tmp_path / "scan.typ"
    source.write_text("#rect(width: 5cm, height: 5cm, fill: black)", encoding="utf-8")
    typst.compile(str(source), output=str(path))
    with pytest.raises(UnreadableDocument, match=r"scan\.pdf：是扫描件.*文字识别"):
        read_document(path)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.doc", b"x", "不支持这种文件类型.*另存为"),
        ("a.txt", b"", "没有文字"),
        ("a.txt", b" \n\t\n", "没有文字"),
        ("a.txt", b"\x00\x01\x02\x03" * 50, "不是文本文件"),
        ("a.docx", b"PK\x03\x04 broken", "已损坏"),
        ("a.docx", b"plain text", "已损坏"),
        ("a.pdf", b"%PDF-1.7 broken", "已损坏"),
    ],
)
def test_a_file_without_usable_text_is_refused_in_words(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=sentence):
        read_document(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"gone\.txt：找不到"):
        read_document(tmp_path / "gone.txt")
