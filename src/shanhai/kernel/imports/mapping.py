"""Headings that are none of the ledger's: asked for once, remembered per unit, ledger and form of table."""

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.exports.cells import ROW_KEY
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.headers import column_letter, folded_heading
from shanhai.kernel.sheets.outline import Outline, fingerprint, outline_table
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.sheets.reading import SheetTable

from .columns import read_upload, shown_headings, upload_columns
from .models import ColumnMapping

_ALIKE = 0.5
_IDENTITY_DIGITS = 18
#: Words for the same thing; headings that share a group are taken for each other.
_SYNONYMS = (
    ("身份证", "公民身份", "证件号", "证号"),
    ("电话", "手机", "联系方式"),
    ("姓名", "名字", "名称"),
    ("备注", "说明"),
    ("日期", "时间"),
    ("地址", "所在地", "住址", "地点"),
    ("单位", "部门"),
    ("编号", "代号", "代码", "编码", "号码"),
    ("金额", "经费", "资金", "费用"),
    ("人数", "人员数"),
    ("类型", "类别", "种类"),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading to be matched. `guess` is the name of the column it likely means, or empty."""

    sheet: str
    letter: str
    text: str
    samples: Sequence[str]
    guess: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be said about a file before it can be planned.

    Shape: `absent` are names of columns the file does not have under their own heading, `required` those of
    them that it must have.
    """

    fingerprint: str
    headings: Sequence[Heading]
    absent: Sequence[str]
    required: Sequence[str]

    @property
    def is_pressing(self) -> bool:
        """Whether something is likely meant for a column and would be left out without a word."""
        return any(heading.guess for heading in self.headings)

    def write(self, path: Path) -> None:
        """Beside the upload, which holds the same values: never in the database."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Self | None:
        if not path.exists():
            return None
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            kept["fingerprint"],
            [Heading(**one) for one in kept["headings"]],
            kept["absent"],
            kept["required"],
        )


@dataclass(slots=True)
class Reading:
    """What came of opening a file: its table, or the question that must be answered first."""

    table: SheetTable | None
    mapping: dict[str, str]
    question: Question | None = None
    is_remembered: bool = False


def unit_of(ledger: Ledger[Any], actor: Actor) -> UUID:
    """The unit for which somebody imports: of the first membership that allows it. Errors: NotAllowed."""
    grants = actor.grants_for(Verb.IMPORT, ledger.key)
    if not grants:
        raise NotAllowed
    return grants[0].unit_id


def read_or_ask(ledger: Ledger[Any], source: Path, actor: Actor) -> Reading:
    """The table as its headings and the unit's earlier answer give it, or what must be asked.

    Errors: SheetRefused when no answer could help.
    """
    refused: SheetRefused | None = None
    table: SheetTable | None = None
    try:
        table = read_upload(ledger, source)
        if not any(_asked(ledger, layout.headings[p]) for layout in table.layouts for p in layout.unknown):
            return Reading(table, {})
    except SheetRefused as error:
        if error.code not in {"missing_columns", "no_heading"}:
            raise
        refused = error
    question = ask(ledger, source)
    if known := _remembered(ledger, actor, question):
        try:
            return Reading(read_upload(ledger, source, known), known, question, is_remembered=True)
        except SheetRefused:
            pass  # the ledger has other columns now: asked again
    if refused is not None and not question.headings:
        raise refused
    is_asked = refused is not None or question.is_pressing
    return Reading(None if is_asked else table, {}, question)


def ask(ledger: Ledger[Any], source: Path) -> Question:
    """The headings of the file that are none of the ledger's, each with a guess."""
    columns = upload_columns(ledger)
    outlines = outline_table(source, columns)
    placed = {name for outline in outlines for name in outline.layout.places}
    absent = [column for column in columns if column.name not in placed and not column.hidden]
    headings: dict[str, Heading] = {}
    for outline in outlines:
        for heading in _headings(ledger, outline):
            headings.setdefault(folded_heading(heading.text), heading)
    return Question(
        fingerprint(outline.layout for outline in outlines),
        list(_guessed(headings.values(), absent)),
        [column.name for column in absent],
        [] if ROW_KEY in placed else [column.name for column in absent if column.required],
    )


def _headings(ledger: Ledger[Any], outline: Outline) -> Iterator[Heading]:
    layout = outline.layout
    for place in layout.unknown:
        text = layout.headings[place]
        if _asked(ledger, text):
            yield Heading(layout.sheet, column_letter(place), text, outline.samples.get(place, ()))


def _asked(ledger: Ledger[Any], text: str) -> bool:
    """What our own exports only show is no question."""
    return folded_heading(text) not in {folded_heading(heading) for heading in shown_headings(ledger)}


def _guessed(headings: Iterable[Heading], absent: Sequence[SheetColumn]) -> Iterator[Heading]:
    """Each heading with the column that fits it best; no column is guessed twice."""
    headings = list(headings)
    scored = [(_likeness(one, column), one.text, column.name) for one in headings for column in absent]
    guesses: dict[str, str] = {}
    for score, text, name in sorted(scored, key=lambda found: -found[0]):
        if score >= _ALIKE and text not in guesses and name not in guesses.values():
            guesses[text] = name
    for one in headings:
        yield Heading(one.sheet, one.letter, one.text, one.samples, guesses.get(one.text, ""))


def _likeness(heading: Heading, column: SheetColumn) -> float:
    """From 0 to 1."""
    written, label = folded_heading(heading.text), folded_heading(column.label)
    alike = difflib.SequenceMatcher(None, written, label).ratio()
    if _holds_identities(heading) and column.sensitive and column.kind in {Kind.REFERENCE, Kind.CODE}:
        return 0.9 + alike / 10
    if min(len(written), len(label)) > 1 and (written in label or label in written):
        return 0.8 + alike / 10
    is_same_thing = any(_has(written, group) and _has(label, group) for group in _SYNONYMS)
    return max(alike, 0.6 + alike / 4) if is_same_thing else alike


def _has(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)


def _holds_identities(heading: Heading) -> bool:
    long = [s for s in heading.samples if len(s) == _IDENTITY_DIGITS and s[:-1].isdigit()]
    return bool(heading.samples) and len(long) == len(heading.samples)


def _remembered(ledger: Ledger[Any], actor: Actor, question: Question) -> dict[str, str]:
    kept = ColumnMapping.objects.filter(
        unit_id=unit_of(ledger, actor), ledger=ledger.key, fingerprint=question.fingerprint
    ).first()
    return dict(kept.headings) if kept else {}


def answered(ledger: Ledger[Any], question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """`given` as it may be used: heading → column name, "" for none; headings not spoken of are none.

    Errors: RuleViolated when two headings mean the same column, a column does not exist, or a required one
    is still missing.
    """
    by_name = {column.name: column for column in upload_columns(ledger)}
    mapping = {heading.text: given.get(heading.text, "") for heading in question.headings}
    problems = [
        _("没有「%(name)s」这一列可以对应。") % {"name": name}
        for name in mapping.values()
        if name and name not in question.absent
    ]
    for name in dict.fromkeys(filter(None, mapping.values())):
        headings = [text for text, meant in mapping.items() if meant == name]
        if len(headings) > 1 and name in by_name:
            told = {"headings": "”“".join(headings), "label": by_name[name].label}
            problems.append(_("“%(headings)s”都对应到了「%(label)s」，请只留一列。") % told)
    for name in question.required:
        if name not in mapping.values():
            told = {"label": by_name[name].label}
            problems.append(_("必填的「%(label)s」还没有对应到文件里的列。") % told)
    if problems:
        raise RuleViolated(code="bad_mapping", problems={"mapping": problems})
    return mapping


def remember(ledger: Ledger[Any], actor: Actor, question: Question, mapping: Mapping[str, str]) -> None:
    """Keep an answer for the next file of the same form from the same unit."""
    ColumnMapping.objects.update_or_create(
        unit_id=unit_of(ledger, actor),
        ledger=ledger.key,
        fingerprint=question.fingerprint,
        defaults={"headings": dict(mapping), "updated_at": clock.now()},
    )
