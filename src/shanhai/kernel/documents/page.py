"""The page: an HTML fragment of the document in which every figure is a link to what it was computed from.

Semantic tags and classes only; looks belong to the style sheet of the site.
"""

from collections.abc import Callable, Collection, Iterable

from markupsafe import Markup

from shanhai.kernel.documents.layout import attachment_mark, body_and_close, cell_suffix, unit_mark
from shanhai.kernel.documents.model import (
    Attachment,
    Block,
    Column,
    Document,
    Heading,
    Imprint,
    Kind,
    Line,
    List,
    Number,
    Paragraph,
    Row,
    Signature,
    Table,
    chinese_date,
)

#: Gives the address of a figure by its bind, or None when the reader may not open it.
type Link = Callable[[str], str | None]

_EMPTY = Markup("")


def write_page(document: Document, link: Link, *, stale: Collection[str] = ()) -> Markup:
    """The document as one `<article>`; figures with a bind in `stale` are marked as changed since drawn."""
    return _Page(document, link, stale).article()


def _tag(name: str, content: str, css: str = "") -> Markup:
    """An element around content; a plain string is escaped, Markup is taken as it is."""
    attribute = Markup(' class="{}"').format(css) if css else _EMPTY
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), attribute, content)  # noqa: S704 -- names are our own


def _some(name: str, content: str, css: str = "") -> Markup:
    return _tag(name, content, css) if content else _EMPTY


def _join(pieces: Iterable[str]) -> Markup:
    return _EMPTY.join(pieces)


class _Page:
    """Writes one document; the parts in the order they are read."""

    def __init__(self, document: Document, link: Link, stale: Collection[str]) -> None:
        self.document = document
        self.link = link
        self.stale = frozenset(stale)

    def article(self) -> Markup:
        document = self.document
        body, close = body_and_close(document)
        attached = enumerate(document.attachments, start=1)
        parts = (
            _join(_tag("p", label, "document-label") for label in document.labels),
            self._head(),
            _some(
                "p",
                "，".join(document.recipients) + "：" if document.recipients else "",
                "document-recipients",
            ),
            _tag("div", self._blocks(body), "document-body"),
            self._attachment_note(),
            self._blocks(close),
            _join(self._attachment(index, item) for index, item in attached if item.blocks),
            _imprint(document.imprint) if document.imprint else _EMPTY,
        )
        return _tag("article", _join(parts), f"document document-{document.kind.value}")

    def _head(self) -> Markup:
        document = self.document
        title = _tag("h1", Markup("<br>").join(document.title.split("\n")), "document-title")
        if document.kind is Kind.TABLE:
            words = (document.issuer, document.number, chinese_date(document.date))
            return _tag(
                "header",
                title + _tag("p", "　".join(filter(None, words)), "document-subtitle"),
                "document-head",
            )
        reference = _some("span", document.number, "document-number")
        signer = _some("span", f"签发人：{document.signer}" if document.signer else "", "document-signer")
        head = (
            _some("p", document.classification, "document-classification"),
            _tag("p", document.head, "document-masthead"),
            _some("p", reference + signer, "document-reference"),
            title,
        )
        return _tag("header", _join(head), "document-head")

    def _blocks(self, blocks: Iterable[Block]) -> Markup:
        return _join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Markup:
        match block:
            case Heading():
                return _tag(f"h{block.level + 1}", self._line(block.line))
            case Paragraph():
                return _tag("p", self._line(block.line), "is-flush" if block.is_flush else "")
            case List():
                items = _join(_tag("li", self._line(item)) for item in block.items)
                return _tag("ol" if block.is_ordered else "ul", items)
            case Table():
                return self._table(block)
            case Signature():
                lines = [_tag("p", words) for words in (*block.signers, chinese_date(block.signed_on))]
                return _tag("div", _join(lines), "document-signature")

    def _table(self, table: Table) -> Markup:
        head = _tag("tr", _join(self._head_cell(column) for column in table.columns))
        rows = _join(self._row(table, row) for row in table.rows)
        caption = _some("caption", self._line(table.caption))
        whole = _tag("table", caption + _tag("thead", head) + _tag("tbody", rows))
        notes = _join(_tag("p", self._line(note), "document-note") for note in table.notes)
        return _tag("div", whole, "document-table") + notes

    def _head_cell(self, column: Column) -> Markup:
        unit = _some("span", unit_mark(column.unit), "document-unit")
        return Markup('<th scope="col" class="is-{}">{}{}</th>').format(
            column.align.value, self._line(column.title), unit
        )

    def _row(self, table: Table, row: Row) -> Markup:
        pairs = zip(table.columns, row.cells, strict=True)
        cells = (
            _tag("td", self._line(cell, column.unit), f"is-{column.align.value}") for column, cell in pairs
        )
        return _tag("tr", _join(cells), "is-total" if row.is_total else "")

    def _line(self, line: Line, unit: str | None = None) -> Markup:
        return _join(
            self._figure(part, part.suffix if unit is None else cell_suffix(part, unit))
            if isinstance(part, Number)
            else Markup.escape(part.text)
            for part in line
        )

    def _figure(self, number: Number, suffix: str) -> Markup:
        css = "document-figure is-stale" if number.bind in self.stale else "document-figure"
        address = self.link(number.bind)
        if address is None:
            pattern = Markup('<span class="{css}" data-bind="{bind}">{text}</span>{suffix}')
        else:
            pattern = Markup('<a class="{css}" href="{address}" data-bind="{bind}">{text}</a>{suffix}')
        return pattern.format(css=css, address=address, bind=number.bind, text=number.display, suffix=suffix)

    def _attachment_note(self) -> Markup:
        items = _join(_tag("li", attachment.title) for attachment in self.document.attachments)
        return (
            _tag("div", _tag("p", "附件：") + _tag("ol", items), "document-attachments") if items else _EMPTY
        )

    def _attachment(self, index: int, attachment: Attachment) -> Markup:
        mark = _tag("p", attachment_mark(self.document, index), "document-mark")
        title = _tag("h2", attachment.title, "document-title")
        return _tag("section", mark + title + self._blocks(attachment.blocks), "document-attachment")


def _imprint(imprint: Imprint) -> Markup:
    copies = _some("p", f"抄送：{'，'.join(imprint.copies)}。" if imprint.copies else "")
    printed = _tag("span", imprint.printer) + _tag("span", f"{chinese_date(imprint.printed_on)}印发")
    return _tag("footer", copies + _tag("p", printed), "document-imprint")
