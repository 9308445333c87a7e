"""From a file to its text.

The only module of the engine that opens files. What comes out is the text as a person would read it from top
to bottom; tables become lines whose cells are parted by tabs.
"""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pypdfium2
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError

from shanhai.engines.clauses.model import SourceDocument, UnreadableDocument
from shanhai.engines.clauses.numbering import Numbering
from shanhai.engines.clauses.pdf_pages import pages_text
from shanhai.engines.pdf import ALONE

MAX_FILE_BYTES = 64 * 1024 * 1024  # assumption: the largest scheme with annexes seen is far below 10 MB
MAX_UNPACKED_BYTES = 512 * 1024 * 1024  # a Word file is a zip: what it unpacks to is bounded too
MAX_CONTROL_SHARE = 0.01  # text has next to no control characters, a renamed binary is full of them
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Words, tabs and breaks of runs: not those a text box repeats, nor the tab stops of the paragraph's format.
PRINTED = (
    ".//*[self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen]"
    "[parent::w:r][not(ancestor::w:txbxContent)][not(ancestor::w:del)][not(ancestor::w:moveFrom)]"
)
NEWLINES = frozenset("\n\r\t\f\v")


def read_document(path: Path | str) -> SourceDocument:
    """The text of a .txt, .docx or .pdf file.

    Errors: UnreadableDocument for another type, a missing, empty, broken or too large file, and a PDF of
    pictures.
    """
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableDocument(
            path, "不支持这种文件类型。", "请另存为 .docx、带文字的 .pdf 或 .txt 后再导入。"
        )
    if not path.is_file():
        raise UnreadableDocument(path, "找不到这个文件。", "请检查路径和文件名。")
    if path.stat().st_size > MAX_FILE_BYTES:
        raise UnreadableDocument(path, "文件超过 64 MB。", "请去掉图片或拆分附件后再导入。")
    text = reader(path).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text.strip():
        raise UnreadableDocument(path, "文件里没有文字。", "请确认选对了文件。")
    return SourceDocument(text=text, name=path.name)


def _read_txt(path: Path) -> str:
    data = path.read_bytes()
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(path, data, (encoding,))
    return _decoded(path, data, ("utf-8", "gb18030"))


def _decoded(path: Path, data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        controls = sum(1 for character in text if character < " " and character not in NEWLINES)
        if controls <= len(text) * MAX_CONTROL_SHARE:
            return text
    raise UnreadableDocument(
        path, "不是文本文件，或编码不是 UTF-8、GB18030。", "请用记事本打开原文件，另存为 UTF-8 文本。"
    )


def _read_docx(path: Path) -> str:
    try:
        _refuse_bomb(path)
        document = docx.Document(str(path))
    except (PackageNotFoundError, XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UnreadableDocument(
            path, "打不开，文件已损坏或不是 Word 文档。", "请用 Word 或 WPS 打开后另存为 .docx。"
        ) from error
    return "\n".join(_docx_lines(document))


def _refuse_bomb(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MAX_UNPACKED_BYTES:
        raise UnreadableDocument(path, "解压后超过 512 MB。", "请去掉图片后再导入。")


def _docx_lines(document: Document) -> Iterator[str]:
    numbering = Numbering(document)
    for block in _blocks(document.element.body):
        if block.tag == qn("w:tbl"):
            yield from _table_lines(Table(block, document))
        else:
            yield numbering.marker(Paragraph(block, document)) + _text(block)


def _blocks(container: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Paragraphs and tables in reading order, those inside content controls and insertions too."""
    for child in container.iterchildren():
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _blocks(child)


def _text(paragraph: BaseOxmlElement) -> str:
    """The words of a paragraph as they print when all its tracked changes are accepted."""
    written = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
    return "".join(
        piece.text or "" if piece.tag == qn("w:t") else written[piece.tag]
        for piece in paragraph.xpath(PRINTED)
    )


def _table_lines(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        previous = None
        for cell in row.cells:
            # python-docx gives a merged cell once for every column it covers
            if cell._tc is not previous:
                text = " ".join(_text(paragraph) for paragraph in cell._tc.iter(qn("w:p")))
                cells.append(" ".join(text.split()))
            previous = cell._tc
        yield "\t".join(cells)


def _read_pdf(path: Path) -> str:
    with ALONE:
        pages = _pages_of(path)
    text = "\n\n".join(pages)
    if not text.strip():
        raise UnreadableDocument(
            path, "是扫描件，里面只有图片没有文字。", "请先做文字识别（OCR）再导入，或改用 Word 文档。"
        )
    return text


def _pages_of(path: Path) -> list[str]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(
            path, "打不开，文件已损坏、有密码或不是 PDF。", "请换一份没有密码的 PDF，或改用 Word 文档。"
        ) from error
    try:
        return pages_text(document)
    finally:
        document.close()


READERS: dict[str, Callable[[Path], str]] = {".txt": _read_txt, ".docx": _read_docx, ".pdf": _read_pdf}
