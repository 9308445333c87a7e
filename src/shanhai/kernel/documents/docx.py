"""Word by GB/T 9704-2012: the official page with red head and imprint, or a plain page for a table."""

import datetime
import io
from collections.abc import Iterable, Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from shanhai.kernel.documents.archive import frozen
from shanhai.kernel.documents.docx_blocks import Blocks
from shanhai.kernel.documents.docx_xml import (
    Element,
    blank,
    character_grid,
    default_styles,
    el,
    face_properties,
    folio,
    font_table,
    mm_twips,
    paragraph,
    rule,
    run,
    style_element,
    twips,
    val,
)
from shanhai.kernel.documents.layout import (
    BODY,
    FLUSH,
    FOLIO,
    IMPRINT,
    LABEL,
    MASTHEAD,
    POINTS_PER_MM,
    RED,
    REFERENCE,
    STRONG,
    STYLES,
    TITLE,
    Page,
    attachment_lines,
    attachment_mark,
    body_and_close,
    masthead,
    page_of,
    title_lines,
)
from shanhai.kernel.documents.model import Attachment, Block, Document, Imprint, Kind, chinese_date

#: Word files of python-docx, which has no useful static types below the surface.
type Word = Any

_FOOTER = {
    Kind.BULLETIN: 25.0,
    Kind.TABLE: 12.0,
}  # mm from the paper's edge; official: the dash 7 mm below the 版心


def write_docx(document: Document) -> bytes:
    """The document as Word; equal documents give equal bytes."""
    word = docx.Document()
    _dress(word)
    _set_page(word, document)
    body = word.element.body
    section = body.find(qn("w:sectPr"))
    for element in _Composer(document).elements():
        section.addprevious(element)
    sign_properties(word, document)
    return packed(word)


def packed(word: Word) -> bytes:
    """The open Word file as fixed bytes."""
    target = io.BytesIO()
    word.save(target)
    return frozen(target.getvalue())


def install_styles(word: Word) -> None:
    """Our styles in a file that may have others; those it already has under our names stay as they are."""
    styles = word.styles.element
    present = {style.get(qn("w:styleId")) for style in styles.iterchildren(qn("w:style"))}
    for style in STYLES:
        if style.ident not in present:
            styles.append(style_element(style))


def _dress(word: Word) -> None:
    styles = word.styles.element
    for child in list(styles):
        styles.remove(child)
    for element in default_styles(BODY):
        styles.append(element)
    install_styles(word)
    for part in word.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = font_table()
    _drop_leftovers(word)
    # Below 15 Word opens the file in a compatibility mode that sets tables and spacing by older rules.
    for setting in word.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    word.settings.odd_and_even_pages_header_footer = True


def _drop_leftovers(word: Word) -> None:
    """Parts of python-docx's own sample: a preview picture, a theme that would override our fonts."""
    leftovers = ("thumbnail", "customXml", "stylesWithEffects", "theme", "numbering")
    for source in (word.part.package, word.part):
        for ident, relation in list(source.rels.items()):
            if any(relation.reltype.endswith(f"/{kind}") for kind in leftovers):
                source.rels.pop(ident)


def _set_page(word: Word, document: Document) -> None:
    page, section = page_of(document), word.sections[0]
    properties = section._sectPr
    for tag in ("w:pgSz", "w:pgMar", "w:cols", "w:docGrid"):
        for element in properties.findall(qn(tag)):
            properties.remove(element)
    properties.extend(_page_elements(page, document))
    for footer, is_odd in ((section.footer, True), (section.even_page_footer, False)):
        _fill(footer, [folio(is_odd, FOLIO)])
    for header in (section.header, section.even_page_header):
        _fill(header, [paragraph(LABEL, [run("　".join(f"【{label}】" for label in document.labels))])])


def _page_elements(page: Page, document: Document) -> Iterator[Element]:
    size: dict[str, str | int] = {"w:w": mm_twips(page.width), "w:h": mm_twips(page.height)}
    if page.width > page.height:
        size["w:orient"] = "landscape"
    margins = {f"w:{side}": mm_twips(getattr(page, side)) for side in ("top", "right", "bottom", "left")}
    edges = {"w:header": mm_twips(15), "w:footer": mm_twips(_FOOTER[document.kind]), "w:gutter": 0}
    yield el("w:pgSz", size)
    yield el("w:pgMar", {**margins, **edges})
    yield el("w:cols", {"w:space": 425})
    if document.kind is Kind.BULLETIN:
        yield character_grid()


def _fill(story: Any, paragraphs: Iterable[Element]) -> None:
    story.is_linked_to_previous = False
    element = story._element
    for child in list(element):
        element.remove(child)
    element.extend(paragraphs)


def sign_properties(word: Word, document: Document) -> None:
    """File properties from the document alone, never from the clock or the machine."""
    moment = datetime.datetime.combine(document.date, datetime.time(), datetime.UTC).replace(tzinfo=None)
    properties = word.core_properties
    properties.title = document.title.replace("\n", "")[:255]
    properties.author = properties.last_modified_by = document.issuer[:255]
    properties.created = properties.modified = moment
    properties.comments = properties.keywords = ""
    properties.subject = document.number[:255]
    properties.language = "zh-CN"
    properties.revision = 1


class _Composer:
    """Walks a document from head to imprint and yields the elements of its body."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.page = page_of(document)
        self.blocks = Blocks(self.page)

    def elements(self) -> Iterator[Element]:
        yield from self._official_head() if self.document.kind is Kind.BULLETIN else self._plain_head()
        body, close = body_and_close(self.document)
        yield from self._written(body)
        yield from self._attachment_note()
        yield from self._written(close)
        for index, attachment in enumerate(self.document.attachments, start=1):
            if attachment.blocks:
                yield from self._attachment(index, attachment)
        if self.document.imprint:
            yield from self._imprint(self.document.imprint)

    def _written(self, blocks: Iterable[Block]) -> Iterator[Element]:
        for block in blocks:
            yield from self.blocks.elements(block)

    def _official_head(self) -> Iterator[Element]:
        document = self.document
        yield paragraph(STRONG, [run(document.classification)])
        yield from (blank(FLUSH), blank(FLUSH))
        head = masthead(document.head, self.page)
        scale = val("w:w", head.scale)
        fonts, *sizes = face_properties(MASTHEAD.face, head.size)
        yield paragraph(MASTHEAD, [run(document.head, fonts, scale, *sizes)])
        yield from (blank(FLUSH), self._reference())
        yield self._red_rule()
        yield from (blank(FLUSH), *self._title(), blank(FLUSH))
        if document.recipients:
            yield paragraph(FLUSH, [run("，".join(document.recipients) + "：")])

    def _plain_head(self) -> Iterator[Element]:
        yield from self._title()
        words = "　".join(
            filter(None, (self.document.issuer, self.document.number, chinese_date(self.document.date)))
        )
        yield paragraph(IMPRINT, [run(words)], val("w:jc", "center"))

    def _title(self) -> Iterator[Element]:
        yield paragraph(TITLE, [run("\n".join(title_lines(self.document.title, self.page)))])

    def _reference(self) -> Element:
        """发文字号 in the middle, or at the left with 签发人 at the right on a document to a superior."""
        if not self.document.signer:
            return paragraph(REFERENCE, [run(self.document.number)])
        stop = el("w:tab", {"w:val": "right", "w:pos": mm_twips(self.page.text_width) - twips(16)})
        gap = el("w:r", None, el("w:tab"))
        runs = [run(f"　{self.document.number}"), gap, run(f"签发人：{self.document.signer}")]
        return paragraph(FLUSH, runs, el("w:tabs", None, stop))

    def _red_rule(self) -> Element:
        space = el(
            "w:spacing",
            {"w:before": 0, "w:after": 0, "w:line": twips(4 * POINTS_PER_MM), "w:lineRule": "exact"},
        )
        return paragraph(FLUSH, (), el("w:pBdr", None, rule("bottom", 1.5, RED)), space)

    def _attachment_note(self) -> Iterator[Element]:
        if self.document.attachments:
            yield blank(FLUSH)
        for words in attachment_lines(self.document):
            indent = el(
                "w:ind",
                {"w:leftChars": 500, "w:left": twips(80), "w:hangingChars": 300, "w:hanging": twips(48)},
            )
            yield paragraph(FLUSH, [run(words)], indent, val("w:jc", "left"))

    def _attachment(self, index: int, attachment: Attachment) -> Iterator[Element]:
        yield paragraph(STRONG, [run(attachment_mark(self.document, index))], el("w:pageBreakBefore"))
        yield paragraph(TITLE, [run("\n".join(title_lines(attachment.title, self.page)))])
        yield blank(FLUSH)
        yield from self._written(attachment.blocks)

    def _imprint(self, imprint: Imprint) -> Iterator[Element]:
        """版记 as a table that floats to the foot of the last page, with lines above, between and below."""
        width = mm_twips(self.page.text_width)
        place = {
            "w:topFromText": twips(12),
            "w:bottomFromText": 0,
            "w:vertAnchor": "margin",
            "w:horzAnchor": "margin",
        }
        place |= {"w:tblpXSpec": "left", "w:tblpYSpec": "bottom"}
        properties = el(
            "w:tblPr",
            None,
            el("w:tblpPr", place),
            val("w:tblOverlap", "never"),
            el("w:tblW", {"w:w": width, "w:type": "dxa"}),
            el("w:tblBorders", None, rule("top", 1), rule("bottom", 1), rule("insideH", 0.75)),
            el("w:tblLayout", {"w:type": "fixed"}),
        )
        rows = [_imprint_row(line, width) for line in self._imprint_lines(imprint)]
        yield el("w:tbl", None, properties, el("w:tblGrid", None, el("w:gridCol", {"w:w": width})), *rows)
        yield paragraph(FOLIO, ())  # a body may not end in a table

    def _imprint_lines(self, imprint: Imprint) -> Iterator[Element]:
        if imprint.copies:
            hanging = {"w:leftChars": 400, "w:left": twips(56), "w:hangingChars": 300, "w:hanging": twips(42)}
            edge = {"w:rightChars": 100, "w:right": twips(14)}
            yield paragraph(IMPRINT, [run(_copies(imprint))], el("w:ind", {**hanging, **edge}))
        stop = el("w:tab", {"w:val": "right", "w:pos": mm_twips(self.page.text_width) - twips(14)})
        runs = [
            run(f"　{imprint.printer}"),
            el("w:r", None, el("w:tab")),
            run(f"{chinese_date(imprint.printed_on)}印发"),
        ]
        yield paragraph(IMPRINT, runs, el("w:tabs", None, stop))


def _copies(imprint: Imprint) -> str:
    return f"抄送：{'，'.join(imprint.copies)}。"


def _imprint_row(line: Element, width: int) -> Element:
    cell = el("w:tc", None, el("w:tcPr", None, el("w:tcW", {"w:w": width, "w:type": "dxa"})), line)
    return el("w:tr", None, el("w:trPr", None, el("w:cantSplit")), cell)
