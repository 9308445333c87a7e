"""Headings that are none of the ledger's: asked for once, remembered per unit, ledger and form of table."""

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.exports.cells import ROW_KEY
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.headers import column_letter, folded_heading
from shanhai.kernel.sheets.outline import Outline, fingerprint, outline_tables
from shanhai.kernel.sheets.problems import SheetRefused
from shanhai.kernel.sheets.reading import SheetTable

from .columns import read_file, shown_headings, upload_columns, upload_form
from .models import ColumnMapping
from .parts import Tables, permitted

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

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        headings = [Heading(**one) for one in kept["headings"]]
        return cls(kept["fingerprint"], headings, kept["absent"], kept["required"])


#: By the key of the ledger whose sheets they are about.
type Questions = dict[str, Question]
#: Heading → name of the column, by the key of the ledger.
type Mappings = dict[str, dict[str, str]]


def written_questions(questions: Questions) -> bytes:
    """To be kept beside the upload, which holds the same values: never in the database."""
    kept = {key: asdict(question) for key, question in questions.items()}
    return json.dumps(kept, ensure_ascii=False).encode()


def read_questions(content: bytes | None) -> Questions:
    kept = json.loads(content) if content else {}
    return {key: Question.of(one) for key, one in kept.items()}


@dataclass(slots=True)
class Reading:
    """What came of opening a file: its tables, or none and the questions that must be answered first.

    Shape: `mappings` are by which it was read, `remembered` those that are earlier answers of the unit.
    """

    tables: Tables
    mappings: Mappings = field(default_factory=dict)
    questions: Questions = field(default_factory=dict)
    remembered: frozenset[str] = frozenset()


def unit_of(ledger: Ledger[Any], actor: Actor) -> UUID:
    """The unit for which somebody imports: of the first membership that allows it. Errors: NotAllowed."""
    grants = actor.grants_for(Verb.IMPORT, ledger.key)
    if not grants:
        raise NotAllowed
    return grants[0].unit_id


def read_or_ask(ledgers: Sequence[Ledger[Any]], source: bytes, actor: Actor) -> Reading:
    """The tables as their headings and the unit's earlier answers give them, or what must be asked.

    Shape: the file was sent for the first of the ledgers.
    Errors: SheetRefused when no answer could help.
    """
    refused: SheetRefused | None = None
    tables: Tables = {}
    try:
        tables = permitted(read_file(ledgers, source, {}), actor)
        if not any(_has_unknown(ledger, table) for ledger, table in tables.items()):
            return Reading(tables)
    except SheetRefused as error:
        if error.code not in {"missing_columns", "no_heading"}:
            raise
        refused = error
    questions = ask(ledgers, source, actor)
    known = _remembered(actor, questions)
    if known:
        try:
            tables, refused = permitted(read_file(ledgers, source, known), actor), None
        except SheetRefused as error:
            refused = error  # other columns now, or another sheet of the file is new: asked again
    if refused is not None and not questions:
        raise refused
    is_asked = refused is not None or any(
        question.is_pressing for key, question in questions.items() if key not in known
    )
    return Reading({} if is_asked else tables, known, questions, frozenset(known))


def _has_unknown(ledger: Ledger[Any], table: SheetTable) -> bool:
    texts = (layout.headings[place] for layout in table.layouts for place in layout.unknown)
    return any(_asked(ledger, text) for text in texts)


def ask(ledgers: Sequence[Ledger[Any]], source: bytes, actor: Actor) -> Questions:
    """The headings of the file that are none of a ledger's, each with a guess; of ledgers that have some."""
    outlines = outline_tables(source, [upload_form(one) for one in ledgers])
    questions = {ledgers[number].key: _question(ledgers[number], its) for number, its in outlines.items()}
    return {
        key: question
        for key, question in questions.items()
        if question.headings and actor.allows(Verb.IMPORT, key)
    }


def _question(ledger: Ledger[Any], outlines: Sequence[Outline]) -> Question:
    placed = {name for outline in outlines for name in outline.layout.places}
    absent = [one for one in upload_columns(ledger) if one.name not in placed and not one.hidden]
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


def _remembered(actor: Actor, questions: Questions) -> Mappings:
    kept = ColumnMapping.objects.filter(fingerprint__in=[one.fingerprint for one in questions.values()])
    by_form = {(one.ledger, one.unit_id, one.fingerprint): dict(one.headings) for one in kept}
    forms = {
        key: (key, unit_of(registry.get(key), actor), question.fingerprint)
        for key, question in questions.items()
    }
    return {key: answer for key, form in forms.items() if (answer := by_form.get(form))}


def answered(questions: Questions, given: Mapping[str, Mapping[str, str]]) -> Mappings:
    """`given` by ledger as it may be used: heading → column name, "" for none; the rest is none.

    Errors: RuleViolated when two headings mean the same column, a column does not exist, or a required one
    is still missing.
    """
    answers: Mappings = {}
    problems: list[str] = []
    for key, question in questions.items():
        mine = given.get(key, {})
        answers[key] = {heading.text: mine.get(heading.text, "") for heading in question.headings}
        problems += _wrong_answers(registry.get(key), question, answers[key])
    if problems:
        raise RuleViolated(code="bad_mapping", problems={"mapping": problems})
    return answers


def _wrong_answers(ledger: Ledger[Any], question: Question, mapping: Mapping[str, str]) -> Iterator[str]:
    by_name = {column.name: column for column in upload_columns(ledger)}
    for name in mapping.values():
        if name and name not in question.absent:
            yield _("没有「%(name)s」这一列可以对应。") % {"name": name}
    for name in dict.fromkeys(filter(None, mapping.values())):
        headings = [text for text, meant in mapping.items() if meant == name]
        if len(headings) > 1 and name in by_name:
            told = {"headings": "”“".join(headings), "label": by_name[name].label}
            yield _("“%(headings)s”都对应到了「%(label)s」，请只留一列。") % told
    for name in question.required:
        if name not in mapping.values():
            yield _("必填的「%(label)s」还没有对应到文件里的列。") % {"label": by_name[name].label}


def remember(actor: Actor, questions: Questions, answers: Mappings) -> None:
    """Keep answers for the next file of the same form from the same unit."""
    for key, question in questions.items():
        ColumnMapping.objects.update_or_create(
            unit_id=unit_of(registry.get(key), actor),
            ledger=key,
            fingerprint=question.fingerprint,
            defaults={"headings": answers[key], "updated_at": clock.now()},
        )
