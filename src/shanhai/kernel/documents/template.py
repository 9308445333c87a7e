"""A Word template that a user edited, filled from a document; its figures stay bound.

In the template: `{{ 标题 }}` and the like for the words of the head, `{{ 数据('LAB-1') }}` for a figure by
name or bind, `{{ 单位('LAB-1') }}` for its unit, `{{ 叙述('劳务协作') }}` and `{{ 表格('指标') }}` alone in
a paragraph for the blocks of a slot, `{%p if 有('劳务协作') %}` for conditions.
English spellings: `title … f unit narrative table has`.
"""

import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from copy import deepcopy
from typing import Any
from zipfile import BadZipFile

from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from shanhai.kernel.documents.bound import numbers
from shanhai.kernel.documents.docx import Word, install_styles, packed, sign_properties
from shanhai.kernel.documents.docx_blocks import Blocks
from shanhai.kernel.documents.docx_xml import Element, Idents, el, figure, inline, run
from shanhai.kernel.documents.follows import check_filled, check_follows
from shanhai.kernel.documents.layout import Page
from shanhai.kernel.documents.model import (
    Block,
    Document,
    Line,
    List,
    Number,
    Paragraph,
    Signature,
    Table,
    chinese_date,
)
from shanhai.kernel.documents.template_guard import Placeholders, TemplateFault, check_package

# Private-use characters around the number of a token: Jinja writes plain text, we put elements in its place.
_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_TAGS = re.compile(r"<[^>]+>")
# English spellings, in the order of the Chinese ones below.
_WORDS = ("title", "issuer", "number", "date", "signer", "recipients", "labels")
_FUNCTIONS = ("f", "unit", "narrative", "table", "has")
#: Above the identifiers Word gives by itself to the controls a user made.
_FIRST_IDENT = 1_500_000_000
_MISPLACED = "页眉、页脚、脚注和文本框中不能引用数据、叙述或表格，请移到正文。"
_MM_PER_EMU = 1 / 36000


def fill_template(template: bytes, document: Document, *, always: Collection[str] = ()) -> bytes:
    """The template with the document in it, as Word; equal input gives equal bytes.

    `always`: slots that may not be left out; what the template has no place for ends its body.
    Errors: TemplateFault in Chinese, naming the placeholder, or what is printed that does not follow.
    """
    check_package(template)
    if wrong := check_follows(document):
        raise TemplateFault(" ".join(map(str, wrong)))
    slots = _Slots(document, always)
    word = _rendered(template, slots)
    install_styles(word)
    filler = _Filler(word, slots)
    filler.fill()
    filler.append(slots.forgotten())
    if wrong := check_filled(word, document):
        raise TemplateFault(" ".join(map(str, wrong)))
    sign_properties(word, document)
    result = packed(word)
    _refuse_leftovers(word)
    return result


def _rendered(template: bytes, slots: "_Slots") -> Word:
    filled = DocxTemplate(io.BytesIO(template))
    environment = Placeholders(slots.accepted(), frozenset(slots.words()))
    try:
        filled.render({**slots.words(), **slots.functions()}, environment)
    except TemplateFault:
        raise
    except TemplateError as error:
        near = _TAGS.sub("", "".join(getattr(error, "docx_context", ()))).strip()
        raise TemplateFault(
            f"模板中有写法不完整的占位，在「{near[:60]}」附近；占位须写成 {{{{ … }}}}。"
        ) from error
    except (KeyError, ValueError, BadZipFile) as error:
        raise TemplateFault("模板不是完好的 Word 文档（.docx），请用 Word 或 WPS 另存后再上传。") from error
    return filled.docx


def _refuse_leftovers(word: Word) -> None:
    """Headers, footers and notes hold words only: a figure there would not be read back with the body."""
    for part in word.part.package.iter_parts():
        if str(part.partname).endswith(".xml") and _OPEN.encode() in part.blob:
            raise TemplateFault(_MISPLACED)


class _Slots:
    """What a template can ask for, and the tokens that stand for what has been asked."""

    def __init__(self, document: Document, always: Collection[str] = ()) -> None:
        self.document = document
        self.always = always
        self.asked: set[str] = set()
        self.tokens: list[Number | tuple[Block, ...]] = []
        # What may be absent may be asked for all the same.
        self.blocks: dict[str, list[Block]] = {name: [] for name in always}
        every = (*document.blocks, *(block for item in document.attachments for block in item.blocks))
        for block in every:
            if block.slot:
                self.blocks.setdefault(block.slot, []).append(block)
        self.figures = _named(numbers(document))

    def words(self) -> dict[str, Any]:
        """Plain names: the words of the head."""
        document = self.document
        chinese = {
            "标题": document.title,
            "发文机关": document.issuer,
            "文号": document.number,
            "日期": chinese_date(document.date),
            "签发人": document.signer,
            "主送": document.recipients,
            "标记": "　".join(document.labels),
        }
        return {**chinese, **dict(zip(_WORDS, chinese.values(), strict=True))}

    def functions(self) -> dict[str, Callable[[str], str | bool]]:
        chinese: dict[str, Callable[[str], str | bool]] = {
            "数据": lambda name: self._token(self.figures[name]),
            "单位": lambda name: self.figures[name].suffix,
            "叙述": self._narrative,
            "表格": lambda name: self._token(
                tuple(item for item in self.blocks[name] if isinstance(item, Table))
            ),
            "有": lambda name: bool(self.blocks.get(name)) or name in self.figures,
        }
        return {**chinese, **dict(zip(_FUNCTIONS, chinese.values(), strict=True))}

    def accepted(self) -> dict[str, Collection[str] | None]:
        """The names each function knows; `has` may ask for any."""
        tables = [
            name for name, blocks in self.blocks.items() if any(isinstance(item, Table) for item in blocks)
        ]
        chinese: dict[str, Collection[str] | None] = {
            "数据": self.figures,
            "单位": self.figures,
            "叙述": self.blocks,
            "表格": tables,
            "有": None,
        }
        return {**chinese, **dict(zip(_FUNCTIONS, chinese.values(), strict=True))}

    def _narrative(self, name: str) -> str:
        self.asked.add(name)
        return self._token(tuple(self.blocks[name]))

    def forgotten(self) -> list[Block]:
        """What may not be left out and was not asked for."""
        return [block for name in self.always if name not in self.asked for block in self.blocks[name]]

    def _token(self, what: Number | tuple[Block, ...]) -> str:
        self.tokens.append(what)
        return f"{_OPEN}{len(self.tokens) - 1}{_CLOSE}"


def _named(figures: list[Number]) -> dict[str, Number]:
    """Figures by name and by bind; a name that two different figures bear is nobody's."""
    named: dict[str, Number] = {}
    doubled = set()
    for number in figures:
        if number.name and named.setdefault(number.name, number).bind != number.bind:
            doubled.add(number.name)
    by_bind = {number.bind: number for number in figures}
    return {**{name: number for name, number in named.items() if name not in doubled}, **by_bind}


class _Filler:
    """Puts figures and blocks where their tokens stand, in the dress of the run or paragraph that asked."""

    def __init__(self, word: Word, slots: _Slots) -> None:
        self.word = word
        self.tokens = slots.tokens
        self.idents = Idents(_FIRST_IDENT)
        self.blocks = Blocks(_page(word), self.idents)

    def fill(self) -> None:
        body = self.word.element.body
        # Word keeps the text of a box twice, for new and old readers: a figure in it would be two.
        if any(_OPEN in "".join(box.itertext()) for box in body.iter(qn("w:txbxContent"))):
            raise TemplateFault(_MISPLACED)
        for paragraph in list(body.iter(qn("w:p"))):
            words = "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
            asked = [self.tokens[int(found[1])] for found in _TOKEN.finditer(words)]
            if any(isinstance(what, tuple) for what in asked):
                self._place_blocks(paragraph, words, asked)
            elif asked:
                for element in list(paragraph.iter(qn("w:r"))):
                    self._place_figures(element)

    def append(self, blocks: Iterable[Block]) -> None:
        """Blocks the template has no place for, at the end of its body."""
        body = self.word.element.body
        section = body.find(qn("w:sectPr"))
        for block in blocks:
            for element in self.blocks.elements(block):
                section.addprevious(element) if section is not None else body.append(element)

    def _place_blocks(self, paragraph: Element, words: str, asked: list[Number | tuple[Block, ...]]) -> None:
        blocks = asked[0]
        if len(asked) > 1 or _TOKEN.sub("", words).strip() or not isinstance(blocks, tuple):
            raise TemplateFault("模板中的叙述和表格须单独成段，同一段中不能有其他文字。")
        for block in blocks:
            for element in self._dressed(paragraph, block):
                paragraph.addprevious(element)
        paragraph.getparent().remove(paragraph)

    def _dressed(self, paragraph: Element, block: Block) -> Iterator[Element]:
        match block:
            case Paragraph():
                yield self._like(paragraph, block.line)
            case List():
                for index, item in enumerate(block.items, start=1):
                    yield self._like(paragraph, item, f"{index}. " if block.is_ordered else "· ")
            case Signature():
                for words in (*block.signers, chinese_date(block.signed_on)):
                    yield self._like(paragraph, (), words)
            case _:
                yield from self.blocks.elements(block)

    def _like(self, paragraph: Element, line: Line, mark: str = "") -> Element:
        """A paragraph in the format of the one that held the placeholder."""
        properties = paragraph.find(qn("w:pPr"))
        dress = _dress(paragraph.find(f".//{qn('w:r')}"))
        runs = [
            *([run(mark, *deepcopy(dress))] if mark else []),
            *inline(line, self.idents, properties=dress),
        ]
        return el("w:p", None, *([] if properties is None else [deepcopy(properties)]), *runs)

    def _place_figures(self, element: Element) -> None:
        """Cut the run at its tokens; what is not a token keeps its own run and format."""
        for piece in self._pieces(element):
            element.addprevious(piece)
        element.getparent().remove(element)

    def _pieces(self, element: Element) -> Iterator[Element]:
        dress = _dress(element)
        for child in element:
            if child.tag == qn("w:rPr"):
                continue
            if child.tag != qn("w:t"):
                yield el("w:r", None, *_properties(dress), deepcopy(child))
                continue
            rest = 0
            for found in _TOKEN.finditer(child.text or ""):
                yield from _plain(child.text[rest : found.start()], dress)
                yield self._figure(self.tokens[int(found[1])], dress)
                rest = found.end()
            yield from _plain((child.text or "")[rest:], dress)

    def _figure(self, number: Any, dress: list[Element]) -> Element:
        return figure(number, self.idents.take(), run(number.display, *deepcopy(dress)))


def _plain(text: str, dress: list[Element]) -> Iterator[Element]:
    if text:
        yield run(text, *deepcopy(dress))


def _properties(dress: list[Element]) -> list[Element]:
    return [el("w:rPr", None, *deepcopy(dress))] if dress else []


def _dress(element: Element | None) -> list[Element]:
    """The format of a run."""
    properties = None if element is None else element.find(qn("w:rPr"))
    return [] if properties is None else list(properties)


def _page(word: Word) -> Page:
    """The page of the template's first section, so that tables fit the user's own margins."""
    section = word.sections[0]
    sides = ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin", "right_margin")
    lengths = (getattr(section, side) for side in sides)
    return Page(*(float(length or 0) * _MM_PER_EMU for length in lengths))
