"""Plans and results of imports as `kernel/import.html` shows them; see the head of that template."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from shanhai.kernel.amendments.proposing import REASON_LENGTH
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.archives import Limits
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.problems import SheetProblem
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.display import moment, text_of_value
from shanhai.kernel.surfaces.links import link, link_to, row_link, with_query

from .amending import amendable
from .columns import import_columns
from .lines import Change, Line, Lines
from .mapping import Question, Questions
from .models import Import, ImportPart
from .parts import linked
from .plan import ImportPlan
from .undo import Touched

Drawn = dict[str, Any]

_MOST_PROBLEMS = 200
#: Beyond so many, problems are told by kind as well.
_MANY_PROBLEMS = 20
_MOST_KINDS = 30
_MOST_CELLS = 8
_MOST_DIFFERENCES = 50
_MOST_WARNINGS = 20
_ACCEPTED = ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv"


def draw_plan(plan: ImportPlan) -> Drawn:
    """What is kept of a plan: numbers, the first problems and differences; values already in words."""
    problems, updates = plan.problems, plan.updates
    sheets = dict.fromkeys(layout.sheet for layout in plan.batch.table.layouts)
    return {
        "file": {"rows": len(plan.lines), "sheet": "、".join(filter(None, sheets))},
        "counts": {
            "total": len(plan.lines),
            "new": len(plan.creates),
            "changed": len(updates),
            "same": len(plan.unchanged),
            "wrong": len(plan.wrong),
        },
        "aside": [notice.message for notice in plan.notices] + list(_warnings(plan.warnings)),
        "kinds": _kinds(problems) if len(problems) > _MANY_PROBLEMS else [],
        "problems": [_problem(problem) for problem in problems[:_MOST_PROBLEMS]],
        "more_problems": max(0, len(problems) - _MOST_PROBLEMS),
        "differences": [_difference(plan, line) for line in updates[:_MOST_DIFFERENCES]],
        "more_differences": max(0, len(updates) - _MOST_DIFFERENCES),
        "amendable": _amendable(plan),
        "expected": plan.expected,
    }


def _amendable(plan: ImportPlan) -> Drawn:
    """Lines that can be proposed as amendments: how they differ, and of which version of the row."""
    found = amendable(plan)
    lines = Lines(plan.batch, list(found))
    return {
        "rows": {str(plan.batch.key(line)): version for line, version in found.items()},
        "differences": [_difference(plan, line) for line in lines[:_MOST_DIFFERENCES]],
        "more": max(0, len(found) - _MOST_DIFFERENCES),
    }


def _warnings(warnings: list[SheetProblem]) -> Iterable[str]:
    for warning in warnings[:_MOST_WARNINGS]:
        yield _("请留意：%(what)s") % {"what": warning}
    if len(warnings) > _MOST_WARNINGS:
        yield _("还有 %(number)s 处请留意，都不影响写入。") % {"number": len(warnings) - _MOST_WARNINGS}


def _problem(problem: SheetProblem) -> Drawn:
    why, stop, mend = problem.message.partition("。")
    cell = f"{problem.letter}{problem.row}" if problem.letter else _("第 %(row)s 行") % {"row": problem.row}
    return {
        "cell": cell,
        "row": str(problem.row),
        "label": problem.label or _("整行"),
        "value": problem.value,
        "why": why + stop,
        "mend": mend,
    }


def _kinds(problems: list[SheetProblem]) -> list[Drawn]:
    """Many problems are mostly one and the same down a column: each kind once, the commonest first."""
    grouped: dict[tuple[str, str], list[SheetProblem]] = {}
    for problem in problems:
        grouped.setdefault((problem.label, problem.code), []).append(problem)
    found = sorted(grouped.values(), key=len, reverse=True)[:_MOST_KINDS]
    return [{**_problem(its[0]), "number": f"{len(its):,}", "cells": _cells(its)} for its in found]


def _cells(problems: list[SheetProblem]) -> str:
    named = "、".join(_problem(problem)["cell"] for problem in problems[:_MOST_CELLS])
    return named if len(problems) <= _MOST_CELLS else _("%(cells)s 等") % {"cells": named}


def _difference(plan: ImportPlan, line: Line) -> Drawn:
    ledger, stored = plan.ledger, line.stored
    return {
        "label": _("第 %(row)s 行 %(what)s")
        % {"row": line.number, "what": row_label(ledger, stored, plan.actor) if stored else ""},
        "url": link(ledger, "detail", pk=stored.pk) if stored else "",
        "changes": [_change(change) for change in line.changes],
    }


def _change(change: Change) -> Drawn:
    texts = {"before": change.before, "after": change.after}
    return {
        "label": str(change.column.label),
        **{name: text_of_value(change.column, value) for name, value in texts.items()},
    }


def frame(ledger: Ledger[Any], step: int, name: str) -> Drawn:
    """Head of every step; `step` counts from 0."""
    labels = (_("上传"), _("核对"), _("写入"), _("结果"))
    states = ["done"] * step + ["here"] + [""] * (len(labels) - step - 1)
    return {
        "title": _("导入%(ledger)s") % {"ledger": ledger.label},
        "sub": ledger.source,
        "crumbs": [{"label": ledger.label, "url": link(ledger, "list")}],
        "actions": [],
        "flow": [{"label": label, "state": state} for label, state in zip(labels, states, strict=True)],
        "step": name,
    }


def upload_step(ledger: Ledger[Any], actor: Actor, problem: str = "") -> Drawn:
    limits = Limits()
    most = {"size": limits.file >> 20, "rows": f"{limits.rows:,}"}
    others = [one for one in linked(ledger)[1:] if actor.allows(Verb.IMPORT, one.key)]
    upload = {
        "url": link(ledger, "import"),
        "accept": _ACCEPTED,
        "limit": limits.file,
        "limit_text": _("每个文件不超过 %(size)s MB、%(rows)s 行。") % most,
        "columns": _column_table(import_columns(ledger)),
        "others": [{"value": one.key, "label": one.label} for one in others],
        "template_url": link(ledger, "template"),
        "problems": [{"label": _("文件"), "text": problem, "anchor": "file"}] if problem else [],
    }
    template = {"label": _("下载模板"), "url": link(ledger, "template"), "kind": "", "icon": "download"}
    past = {"label": _("导入记录"), "url": link(ledger, "import_past"), "kind": "", "icon": "history"}
    return {**frame(ledger, 0, "upload"), "actions": [past, template], "upload": upload}


def _column_table(columns: Iterable[SheetColumn]) -> Drawn:
    headings = (_("列"), _("填什么"), _("必填"))
    rows = []
    for column in columns:
        what = column.help or (Kind.IDENTITY if column.sensitive else column.kind).label
        texts = (column.header.lstrip("*"), what, _("是") if column.required else "")
        cells = [{"text": text, "label": h} for text, h in zip(texts, headings, strict=True)]
        rows.append({"id": column.name, "label": column.label, "cells": cells})
    return {"columns": [{"label": heading} for heading in headings], "rows": rows}


def plan_step(ledger: Ledger[Any], found: Import, said: str = "") -> Drawn:
    """`said` is what became of an earlier try."""
    parts, counts, expected = list(found.parts.all()), found.counts, found.expected
    sheets = "、".join(filter(None, (part.plan["file"]["sheet"] for part in parts)))
    size = filesizeformat(found.size)
    plan = {
        "file": {"name": found.name, "size": size, "rows": counts["total"], "sheet": sheets},
        "counts": counts,
        "aside": [said] if said else [],
        "mapping_url": link(ledger, "import_mapping", pk=found.pk),
        "is_several": len(parts) > 1,
        "parts": [
            part.plan
            | {"label": registry.get(part.ledger).label, "mapping": _mapping_told(part)}
            | {"counts": {name: f"{number:,}" for name, number in part.plan["counts"].items()}}
            for part in parts
        ],
        "marked_url": link(ledger, "import_marked", pk=found.pk) if counts["wrong"] else "",
        "cancel_url": link(ledger, "import"),
        "amend": _amend(ledger, found, is_open=True),
        "confirm": {
            "url": link(ledger, "import_one", pk=found.pk),
            "hidden": [{"name": "digest", "value": found.plan_digest}],
            "label": _("确认写入 %(number)s 行") % {"number": f"{expected:,}"},
            "allowed": expected > 0,
            "why": _why(expected, counts["wrong"]),
        },
    }
    return {**frame(ledger, 1, "plan"), "plan": plan}


def _amend(ledger: Ledger[Any], found: Import, *, is_open: bool) -> Drawn:
    """Lines of locked rows and the form to propose them, or what became of that; see the template."""
    parts = list(found.parts.all())
    open_parts = [part for part in parts if is_open and part.plan.get("amendable", {}).get("rows")]
    told = [sentence for part in parts for sentence in _amended_told(part, is_several=len(parts) > 1)]
    number = sum(len(part.plan["amendable"]["rows"]) for part in open_parts)
    return {
        "url": link(ledger, "import_amend", pk=found.pk),
        "number": f"{number:,}" if number else "",
        "differences": [one for part in open_parts for one in part.plan["amendable"]["differences"]],
        "more": sum(part.plan["amendable"]["more"] for part in open_parts),
        "told": told,
        "list_url": link_to("amendments"),
        "length": REASON_LENGTH,
        "problem": "",
    }


def _amended_told(part: ImportPart, *, is_several: bool) -> Iterator[str]:
    """How many of a ledger's lines were proposed, and why others were not."""
    amended = part.plan.get("amended")
    if not amended:
        return
    number = f"{amended['filed']:,}"
    told = [_("已作为更正提交 %(number)s 行，由他人核实后生效。") % {"number": number}]
    for row, why in amended["refused"]:
        told.append(_("第 %(row)s 行没有提交：%(why)s") % {"row": row, "why": why} if row else why)
    label = registry.get(part.ledger).label
    for sentence in told:
        yield _("%(ledger)s：%(what)s") % {"ledger": label, "what": sentence} if is_several else sentence


def _mapping_told(part: ImportPart) -> str:
    """By which answer the headings were read; empty when nothing was asked."""
    headings = {name: text for text, name in part.mapping.items() if name}
    columns = [one for one in import_columns(registry.get(part.ledger)) if one.name in headings]
    pairs = [f"“{headings[column.name]}”→「{column.label}」" for column in columns]
    if not pairs:
        return ""
    sentence = (
        _("按本单位上次的对应读取：%(pairs)s。") if part.is_mapping_remembered else _("列的对应：%(pairs)s。")
    )
    return sentence % {"pairs": "、".join(pairs)}


def mapping_step(
    ledger: Ledger[Any],
    found: Import,
    questions: Questions,
    given: Mapping[str, Mapping[str, str]],
    problems: Sequence[str] = (),
) -> Drawn:
    """Each heading with what stands below it and the column it may mean; `given` are the answers so far."""
    asked = {
        "url": link(ledger, "import_mapping", pk=found.pk),
        "cancel_url": link(ledger, "import"),
        "file": found.name,
        "is_several": len(questions) > 1,
        "parts": [
            _asked_of(registry.get(key), number, question, given.get(key, {}))
            for number, (key, question) in enumerate(questions.items())
        ],
        "problems": [{"label": _("列"), "text": text, "anchor": "heading-0-0"} for text in problems],
    }
    return {**frame(ledger, 1, "mapping"), "mapping": asked}


def _asked_of(ledger: Ledger[Any], part: int, question: Question, given: Mapping[str, str]) -> Drawn:
    columns = {column.name: column for column in import_columns(ledger)}
    absent = [columns[name] for name in question.absent if name in columns]
    missing = [columns[name].label for name in question.required if name in columns]
    return {
        "ledger": ledger.key,
        "label": ledger.label,
        "missing": "、".join(f"「{label}」" for label in missing),
        "headings": [
            {
                "id": f"heading-{part}-{number}",
                "place": f"{one.sheet} {one.letter}".strip(),
                "text": one.text,
                "samples": "；".join(one.samples),
                "options": _options(absent, given.get(one.text, one.guess)),
            }
            for number, one in enumerate(question.headings)
        ],
    }


def _options(columns: Iterable[SheetColumn], chosen: str) -> list[Drawn]:
    options = [{"value": "", "label": _("不导入"), "selected": not chosen}]
    for column in columns:
        options.append({"value": column.name, "label": column.header, "selected": column.name == chosen})
    return options


def _why(expected: int, wrong: int) -> str:
    if not expected and not wrong:
        return _("和系统里完全一样，没有要写入的。")
    if not expected:
        return _("没有可写入的行，请改好后重新上传。")
    if wrong:
        return _("有错的 %(wrong)s 行不写入；下载标红的工作簿，改好后再传一次。") % {"wrong": f"{wrong:,}"}
    return ""


def result_step(
    ledger: Ledger[Any], found: Import, actor: Actor, *, refused: str = "", touched: Sequence[Touched] = ()
) -> Drawn:
    """What was written, and the way to take it back; `refused` says why that was not done."""
    result = found.result
    shown = {
        "right": result["counted"] == result["expected"],
        "expected": result["expected"],
        "counted": result["counted"],
        "created": result["created"],
        "changed": result["updated"],
        "same": result["unchanged"],
        "seconds": result["seconds"],
        "text": _written(found),
        "parts": _result_parts(found),
        "again_url": link(ledger, "import"),
        "import_id": result["import_id"],
        "undone": _undone(found),
        "amend": _amend(
            ledger,
            found,
            is_open=found.state == Import.State.APPLIED and found.requester_id == actor.user_id,
        ),
        "refused": refused,
        "touched": [
            {
                "label": row_label(registry.for_model(type(one.row)), one.row, actor),
                "url": row_link(one.row),
                "why": one.why,
            }
            for one in touched
        ],
    }
    return {**frame(ledger, 3, "result"), "actions": list(_after(ledger, found, actor)), "result": shown}


def _result_parts(found: Import) -> list[Drawn]:
    """Of each ledger what was written and where to see it."""
    return [
        {
            "label": registry.get(part.ledger).label,
            "created": f"{part.result['created']:,}",
            "changed": f"{part.result['updated']:,}",
            "same": f"{part.result['unchanged']:,}",
            "wrong": f"{part.result['wrong']:,}",
            "url": with_query(link(registry.get(part.ledger), "list"), {"import_id": str(found.pk)}),
        }
        for part in found.parts.all()
    ]


def _written(found: Import) -> str:
    text = _("已写入 %(number)s 行，清点无误。") % {"number": f"{found.result['counted']:,}"}
    if found.result["wrong"]:
        left = {"number": f"{found.result['wrong']:,}"}
        text += _("另有 %(number)s 行有错，没有写入：下载标红的工作簿，改好后再导入。") % left
    return text


def _undone(found: Import) -> str:
    if found.state != Import.State.UNDONE:
        return ""
    told = {
        "who": found.undone_by,
        "when": moment(found.undone_at),
        "removed": f"{found.result['removed']:,}",
        "restored": f"{found.result['restored']:,}",
    }
    return (
        _("%(who)s于 %(when)s 撤销了这次导入：删去新增的 %(removed)s 行，还原更改的 %(restored)s 行。") % told
    )


def _after(ledger: Ledger[Any], found: Import, actor: Actor) -> Iterable[Drawn]:
    """What can be done with a finished import."""
    past = {"label": _("导入记录"), "url": link(ledger, "import_past"), "kind": "", "icon": "history"}
    is_applied = found.state == Import.State.APPLIED
    if is_applied and found.result["wrong"] and found.requester_id == actor.user_id:
        url = link(ledger, "import_marked", pk=found.pk)
        yield {"label": _("下载标红的工作簿"), "url": url, "kind": "", "icon": "download"}
    yield past
    if is_applied and found.result["expected"]:
        yield {
            "label": _("撤销这次导入"),
            "url": link(ledger, "import_undo", pk=found.pk),
            "kind": "danger",
            "method": "post",
            "confirm": _("撤销“%(file)s”的导入？新增的行会删去，更改的行会还原；之后又有改动的，不能撤销。")
            % {"file": found.name},
        }
