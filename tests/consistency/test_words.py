"""docs/glossary.csv: every label is in it; one Chinese term ↔ one identifier, exceptions in sight."""

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.csv"

#: Chinese terms with several identifiers, and why.
SEVERAL_IDENTIFIERS: Mapping[str, str] = {
    "上传时间": "files are uploaded to an import, attached to a row, stored as a template: three instants",
    "上传人": "as 上传时间",
    "提交时间": "a row is submitted by a person; a job is put in the queue",
    "名称": "`label` names what has a code as well",
    "盲索引": "one index for each sealed field",
    "岗位": "the post of a worker (岗位) and the role of a user are both called so in the documents",
    "标题": "of a document, and of a section of it",
    "发文单位": "the issuer of a scheme is text of the document; of a bulletin it is the owner unit",
    "原文": "the text, and the document that holds it",
    "任务": "`title` is what a task is called by",
    "单位": "`unit_scope` narrows figures to a unit",
    "地区": "`place_scope` narrows figures to a place",
    "处理理由": "a line of a list is decided, a claw-back resolved, each for its reason",
    "追回金额": "of a claw-back it is the amount itself",
    "办理说明": "a difference is decided with a note of its own; elsewhere the reason is that",
    "说明": "a step of a project keeps a note; what a job or reminder says is its message",
    "用途": "a heading of the budget is called by its name; what a number is asked for is its purpose",
    "离开日期": "a visit ends; a passenger or tenant leaves",
    "办理人": "who moved a project is not who handled a request of a person",
    "办理日期": "a project is moved on a day; a step of another thing is taken or decided on one",
    "办结日期": "a condition of a project is done; a task is closed",
    "用工单位": "`employer_shown` is the registered employer, else the name written down",
}
#: Identifiers that every register uses for its own thing; the model says which.
GENERIC = frozenset(
    {
        *("name", "code", "kind", "label", "title", "number", "text", "value", "key", "ordinal"),
        *("role", "group", "place", "path", "parent", "owner_unit", "unit", "requester", "source", "plan"),
        *("reason", "result", "digest", "created_at", "started_at", "valid_from", "valid_to", "period"),
        *("due_on", "frequency", "percent", "amount", "progress", "standing"),
        # Days and states of what has a life of its own: of a spell, a station, a trouble, a request.
        *("started_on", "ended_on", "closed_on", "received_on", "applied_on", "until"),
        *("status", "stage", "outcome", "conclusion", "level", "category", "days"),
        # What a list of others says of a person has the names of what we hold.
        *("person", "phone", "employer", "employer_name", "wage", "decision", "resolved_on", "account"),
        *(
            "firm",
            "demand",
            "note",
            "basis",
            "address",
            "issuer",
            "duty",
            "fields",
            "entries",
            "erased_at",
            "score",
        ),
        # Of a project: what it consists of, whom it serves, where it is and what was agreed about it.
        *("households", "people", "paid", "paid_on", "latitude", "longitude", "document", "content"),
        # Of what two governments agree, send, ask and answer: each record says which.
        *(
            "state",
            "message",
            "scheme",
            "addressees",
            "narrative",
            "payee",
            "channel",
            "asked_at",
            "asked_by",
        ),
        *("wording", "line", "grade", "resolution", "issued_on", "origin", "reply", "held_on", "topic"),
        *("decided_on", "told_on", "purpose", "closing_note"),
        *("link", "weight", "forbidden", "asked_on", "done_on", "cause", "partner_unit"),
        # A period is opened again, an appraisal is begun; policies and schemes have releases of their own.
        *("opened_at", "opened_by", "release"),
        # Of a count and of a score; a right that raises a rate and a ruling; of a piece and of what is sold.
        *("total", "points", "price"),
        # What another system was told, and what a score rests on.
        "told",
        # Of a table's headings, and of a key.
        "fingerprint",
    }
)
#: Models of one name in several chapters.
IN_EACH_CHAPTER = frozenset({"threshold"})


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def snake(identifier: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier).lower()


def _distinct(identifiers: set[str]) -> set[str]:
    """A field may be called by the last word of the model it points at: `link` for `evidence_link`."""
    return {one for one in identifiers if not any(other.endswith(f"_{one}") for other in identifiers)}


def test_a_chinese_term_has_one_identifier(rows: list[dict[str, str]]) -> None:
    identifiers = defaultdict(set)
    for row in rows:
        identifiers[row["中文"]].add(snake(row["identifier"]))
    several = {term: _distinct(found) for term, found in identifiers.items() if len(_distinct(found)) > 1}
    unlisted = {term: found for term, found in several.items() if term not in SEVERAL_IDENTIFIERS}
    assert not unlisted, "use the identifier that is there, or list the term with its reason"
    assert set(SEVERAL_IDENTIFIERS) <= set(several), "an exception that is none any more"


def test_an_identifier_has_one_chinese_term(rows: list[dict[str, str]]) -> None:
    terms = defaultdict(set)
    for row in rows:
        terms[snake(row["identifier"])].add(row["中文"])
    several = {one: found for one, found in terms.items() if len(found) > 1}
    unlisted = {one: found for one, found in several.items() if one not in GENERIC | IN_EACH_CHAPTER}
    assert not unlisted, "use the term that is there, or list the identifier as one that every register uses"
    assert set(several) >= GENERIC | IN_EACH_CHAPTER, "an exception that is none any more"


def test_every_term_has_an_identifier_and_english(rows: list[dict[str, str]]) -> None:
    bare = [row for row in rows if not (row["identifier"] and row["中文"] and row["English"].strip())]
    assert not bare
    pairs = [(row["identifier"], row["中文"]) for row in rows]
    assert len(pairs) == len(set(pairs))
