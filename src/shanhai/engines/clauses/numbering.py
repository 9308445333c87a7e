"""Automatic paragraph numbers of Word files.

A clause whose 一、 was typed by Word itself has no marker in its text; without this module its document
would have no clauses at all. Only the formats that Chinese official documents use are written out.
"""

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from shanhai.engines.clauses.numerals import numeral

CIRCLED_ONE = ord("①")
MAX_CIRCLED = 20
CHINESE_FORMATS = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "japaneseCounting",
        "ideographDigital",
    }
)
CIRCLED_FORMATS = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
LEVELS = 9


class Numbering:
    """Counts the numbered paragraphs of one document while they are read in order."""

    def __init__(self, document: Document) -> None:
        self._formats: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._read(document)

    def marker(self, paragraph: Paragraph) -> str:
        """The marker Word shows before this paragraph, empty if there is none."""
        key = self._key(paragraph)
        if key is None or key not in self._formats:
            return ""
        number, level = key
        _, template, start = self._formats[key]
        self._counts[key] = self._counts.get(key, start - 1) + 1
        for deeper in range(level + 1, LEVELS):
            self._counts.pop((number, deeper), None)
        for shown in range(level + 1):
            template = template.replace(f"%{shown + 1}", self._shown(number, shown))
        return template

    def _shown(self, number: str, level: int) -> str:
        kind, _, start = self._formats.get((number, level), ("decimal", "", 1))
        value = self._counts.get((number, level), start)
        if kind in CHINESE_FORMATS:
            return numeral(value)
        if kind in CIRCLED_FORMATS and value <= MAX_CIRCLED:
            return chr(CIRCLED_ONE + value - 1)
        return str(value)

    def _key(self, paragraph: Paragraph) -> tuple[str, int] | None:
        properties = paragraph._p.find(qn("w:pPr"))
        numbered = None if properties is None else properties.find(qn("w:numPr"))
        number = None if numbered is None else numbered.find(qn("w:numId"))
        if numbered is None or number is None:
            return None
        level = numbered.find(qn("w:ilvl"))
        return str(number.get(qn("w:val"))), 0 if level is None else int(level.get(qn("w:val")) or 0)

    def _read(self, document: Document) -> None:
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstracts = {item.get(qn("w:abstractNumId")): item for item in root.findall(qn("w:abstractNum"))}
        for concrete in root.findall(qn("w:num")):
            reference = concrete.find(qn("w:abstractNumId"))
            abstract = None if reference is None else abstracts.get(reference.get(qn("w:val")))
            for level in [] if abstract is None else abstract.findall(qn("w:lvl")):
                kind, text, start = (level.find(qn(f"w:{tag}")) for tag in ("numFmt", "lvlText", "start"))
                if kind is None or text is None or kind.get(qn("w:val")) in ("bullet", "none"):
                    continue
                self._formats[concrete.get(qn("w:numId")), int(level.get(qn("w:ilvl")))] = (
                    kind.get(qn("w:val")),
                    text.get(qn("w:val")) or "",
                    1 if start is None else int(start.get(qn("w:val"))),
                )
