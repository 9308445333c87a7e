"""The figures read back out of finished files, in order: proof that Word, PDF and page say the same."""

import ctypes
import io
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import docx
import pypdfium2
from docx.oxml.ns import qn
from pypdfium2 import raw

from shanhai.kernel.documents.docx_xml import TAG
from shanhai.kernel.documents.typst import URN


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as found in a file: the key it is bound to, and what stands printed."""

    bind: str
    display: str


def numbers_in_docx(source: Path | bytes) -> list[Reading]:
    """The figures in the body of a Word file, by their content controls."""
    word = docx.Document(io.BytesIO(source) if isinstance(source, bytes) else str(source))
    controls = word.element.body.iter(qn("w:sdt"))
    found = ((_tag(control), control) for control in controls)
    return [Reading(tag.removeprefix(TAG), _words(control)) for tag, control in found if tag.startswith(TAG)]


def _tag(control: Any) -> str:
    tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return "" if tag is None else str(tag.get(qn("w:val")))


def _words(control: Any) -> str:
    return "".join(text.text or "" for text in control.find(qn("w:sdtContent")).iter(qn("w:t")))


def numbers_in_html(source: str) -> list[Reading]:
    """The figures of a page, by their `data-bind`."""
    reader = _Page()
    reader.feed(source)
    reader.close()
    return reader.readings


class _Page(HTMLParser):
    """Collects the words inside every element that names a bind; such elements do not nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.readings: list[Reading] = []
        self._bind: str | None = None
        self._closing = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        bind = dict(attrs).get("data-bind")
        if bind is not None:
            self._bind, self._closing, self._words = bind, tag, []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._bind is not None and tag == self._closing:
            self.readings.append(Reading(self._bind, "".join(self._words)))
            self._bind = None


def numbers_in_pdf(source: bytes) -> list[Reading]:
    """The figures of a PDF: what is printed inside each link that names a bind, in the order of the page.

    Shape: a table row higher than most of a page is torn there; its figures then come page by page.
    """
    pdf = pypdfium2.PdfDocument(source)
    try:
        return [reading for index in range(len(pdf)) for reading in _numbers_on(pdf, index)]
    finally:
        pdf.close()


def _numbers_on(pdf: Any, index: int) -> list[Reading]:
    page = pdf[index]
    text = page.get_textpage()
    try:
        letters = [_letter(text, spot) for spot in range(text.count_chars())]
        figures = [(uri.removeprefix(URN), box) for uri, box in _links(pdf, page) if uri.startswith(URN)]
        return [Reading(unquote(name), _printed(letters, box)) for name, box in figures]
    finally:
        text.close()
        page.close()


type _Box = tuple[float, float, float, float]
type _Letter = tuple[float, float, str]


def _letter(text: Any, spot: int) -> _Letter:
    """A character and where its middle stands."""
    left, bottom, right, top = text.get_charbox(spot, loose=True)
    return (left + right) / 2, (bottom + top) / 2, text.get_text_range(spot, 1)


def _printed(letters: list[_Letter], box: _Box) -> str:
    """What stands inside the box from left to right.

    Shape: beside right-to-left words PDFium turns its order and invents line ends; neither is relied on.
    """
    left, bottom, right, top = box
    inside = [(x, letter) for x, y, letter in letters if left <= x <= right and bottom <= y <= top]
    in_order = sorted(inside, key=lambda pair: pair[0])
    return "".join(letter for _, letter in in_order if not letter.isspace())


def _links(pdf: Any, page: Any) -> list[tuple[str, _Box]]:
    """Every link of the page with its target and rectangle, as the page was set."""
    links = []
    cursor, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, ctypes.byref(cursor), ctypes.byref(link)):
        box = raw.FS_RECTF()
        raw.FPDFLink_GetAnnotRect(link, ctypes.byref(box))
        links.append((_target(pdf, link), (box.left, box.bottom, box.right, box.top)))
    return links


def _target(pdf: Any, link: Any) -> str:
    action = raw.FPDFLink_GetAction(link)
    if not action:
        return ""
    length = raw.FPDFAction_GetURIPath(pdf.raw, action, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAction_GetURIPath(pdf.raw, action, buffer, length)
    return buffer.value.decode("utf-8", "replace")
