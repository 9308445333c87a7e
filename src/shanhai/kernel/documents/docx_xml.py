"""The WordprocessingML this system writes: runs, content controls for figures, paragraphs, styles, fonts.

Elements are built bare so that the writer and the template filler share them; no whole document here.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from math import floor
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from shanhai.kernel.documents.layout import (
    BODY,
    CHARACTER_SPACING,
    FACES,
    LINE_PITCH,
    POINTS_PER_MM,
    Face,
    Style,
)
from shanhai.kernel.documents.model import Inline, Number

#: Marks the content controls that hold a figure; what follows is the bind.
TAG = "fig:"

#: lxml elements of python-docx have no useful static type.
type Element = Any

_LATIN = "Times New Roman"
_ALIGNMENTS = {"justify": "both", "left": "left", "center": "center", "right": "right"}
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def el(tag: str, attributes: Mapping[str, Any] | None = None, *children: Element) -> Element:
    """One element; names as `w:p`."""
    element = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        element.set(qn(name), str(value))
    for child in children:
        element.append(child)
    return element


def val(tag: str, value: str | int) -> Element:
    return el(tag, {"w:val": value})


def twips(points: float) -> int:
    return round(points * 20)


def mm_twips(millimetres: float) -> int:
    return twips(millimetres * POINTS_PER_MM)


def run(text: str, *properties: Element) -> Element:
    """A run; line breaks in the text become breaks."""
    element = el("w:r")
    if properties:
        element.append(el("w:rPr", None, *properties))
    for index, piece in enumerate(text.split("\n")):
        if index:
            element.append(el("w:br"))
        words = el("w:t", {"xml:space": "preserve"})
        words.text = piece
        element.append(words)
    return element


def face_properties(face: Face, size: float | None = None) -> list[Element]:
    """The fonts of a run by name; `w:eastAsia` is the one Chinese follows."""
    fonts = {
        "w:ascii": _LATIN,
        "w:hAnsi": _LATIN,
        "w:eastAsia": face.word,
        "w:cs": _LATIN,
        "w:hint": "eastAsia",
    }
    properties = [el("w:rFonts", fonts)]
    if size is not None:
        properties += [val("w:sz", round(size * 2)), val("w:szCs", round(size * 2))]
    return properties


def figure(number: Number, ident: int, content: Element) -> Element:
    """The run of a figure inside a content control: found again by its bind, not to be typed over."""
    properties = el(
        "w:sdtPr",
        None,
        val("w:alias", f"数据 {number.name}".strip()[:60]),
        val("w:tag", TAG + number.bind),
        val("w:id", ident),
        val("w:lock", "contentLocked"),
        el("w:text"),
    )
    return el("w:sdt", None, properties, el("w:sdtContent", None, content))


class Idents:
    """Running numbers of content controls, distinct within one package."""

    def __init__(self, start: int = 1) -> None:
        self._next = start

    def take(self) -> int:
        self._next += 1
        return self._next - 1


def inline(
    parts: Iterable[Inline], idents: Idents, unit: str | None = None, properties: Iterable[Element] = ()
) -> Iterator[Element]:
    """The runs of a line; in a column of the given unit figures do not repeat it."""
    dress = list(properties)
    for part in parts:
        content = run(part.text, *_copies(dress))
        if not isinstance(part, Number):
            yield content
            continue
        yield figure(part, idents.take(), content)
        if part.suffix and part.unit != unit:
            yield run(part.suffix, *_copies(dress))


def _copies(properties: Iterable[Element]) -> list[Element]:
    # An element stands in one place only; every run needs its own.
    return [deepcopy(item) for item in properties]


def paragraph(style: Style, runs: Iterable[Element], *properties: Element) -> Element:
    """A paragraph; extra properties must come in the order of the schema."""
    return el("w:p", None, el("w:pPr", None, val("w:pStyle", style.ident), *properties), *runs)


def blank(style: Style) -> Element:
    return paragraph(style, ())


def style_element(style: Style) -> Element:
    """The style as Word keeps it: exact line pitch, first line indented by characters, no theme."""
    layout = [
        el("w:autoSpaceDE", {"w:val": 0}),
        el("w:autoSpaceDN", {"w:val": 0}),
        # The page declares the grid, the styles meet it by pitch and spacing: LibreOffice would stretch
        # every other size, and tables, to whole squares.
        el("w:snapToGrid", {"w:val": 0}),
        el("w:spacing", {"w:before": 0, "w:after": 0, "w:line": twips(style.pitch), "w:lineRule": "exact"}),
        el(
            "w:ind", {"w:firstLineChars": style.indent * 100, "w:firstLine": twips(style.indent * style.size)}
        ),
        val("w:jc", _ALIGNMENTS[style.align]),
    ]
    if style.outline is not None:
        layout.append(val("w:outlineLvl", style.outline))
    fonts, *sizes = face_properties(style.face, style.size)
    return el(
        "w:style",
        {"w:type": "paragraph", "w:customStyle": 1, "w:styleId": style.ident},
        val("w:name", style.name),
        el("w:qFormat"),
        el("w:pPr", None, *layout),
        el(
            "w:rPr",
            None,
            fonts,
            val("w:snapToGrid", 0),
            val("w:color", style.color),
            *_spacing(style),
            *sizes,
        ),
    )


def _spacing(style: Style) -> list[Element]:
    """A trifle less between characters of the body's size, so that 28 of them fill the line."""
    return [val("w:spacing", floor(20 * CHARACTER_SPACING))] if style.size == BODY.size else []


def default_styles(body: Style) -> list[Element]:
    """Document defaults and the base styles every package must have."""
    language = el("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN", "w:bidi": "ar-SA"})
    run_defaults = el(
        "w:rPrDefault", None, el("w:rPr", None, *face_properties(body.face, body.size), language)
    )
    normal = el(
        "w:style", {"w:type": "paragraph", "w:default": 1, "w:styleId": "Normal"}, val("w:name", "Normal")
    )
    margins = [
        el(f"w:{side}", {"w:w": 0 if side in ("top", "bottom") else 40, "w:type": "dxa"}) for side in _SIDES
    ]
    table = el(
        "w:style",
        {"w:type": "table", "w:default": 1, "w:styleId": "TableNormal"},
        val("w:name", "Normal Table"),
        el("w:tblPr", None, el("w:tblInd", {"w:w": 0, "w:type": "dxa"}), el("w:tblCellMar", None, *margins)),
    )
    return [el("w:docDefaults", None, run_defaults, el("w:pPrDefault")), normal, table]


_SIDES = ("top", "left", "bottom", "right")


def font_table() -> bytes:
    """The faces with the names a machine without them may use instead."""
    fonts = etree.Element(f"{{{_WORD}}}fonts", nsmap={"w": _WORD})
    for face in FACES:
        names, charset = val("w:altName", ",".join(face.fallbacks)), val("w:charset", 86)
        fonts.append(el("w:font", {"w:name": face.word}, names, charset))
    table: bytes = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)
    return table


def character_grid() -> Element:
    """22 lines of 28 characters in the 156 mm of an official page."""
    attributes = {
        "w:type": "linesAndChars",
        "w:linePitch": twips(LINE_PITCH),
        "w:charSpace": round(CHARACTER_SPACING * 4096),
    }
    return el("w:docGrid", attributes)


def folio(is_odd: bool, style: Style) -> Element:
    """— 1 —, outside on the page: odd at the right, even at the left, one character in."""
    field = el("w:fldSimple", {"w:instr": " PAGE "}, run("1"))
    side = (
        {"w:rightChars": 100, "w:right": twips(style.size)}
        if is_odd
        else {"w:leftChars": 100, "w:left": twips(style.size)}
    )
    place = (el("w:ind", side), val("w:jc", "right" if is_odd else "left"))
    return paragraph(style, (run("— "), field, run(" —")), *place)


def rule(edge: str, points: float, color: str = "000000") -> Element:
    """A border line; Word counts its width in eighths of a point."""
    return el(f"w:{edge}", {"w:val": "single", "w:sz": round(points * 8), "w:space": 0, "w:color": color})
