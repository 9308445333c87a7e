"""The chain of a clause, and what rests on what is gone. A fixed number of queries, then the rules."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import IntegerField, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link_to
from shanhai.registers.papers import Paper, PaperRow, PaperTable
from shanhai.registers.rulebook.book import Rule, book

from . import policy_rules as rules
from .models import ClauseBasis, PolicyClause, PolicyDocument, Supersession, TaskBasis
from .models.policies import own_last

STANDINGS = {
    rules.IN_FORCE: gettext_lazy("有效"),
    rules.NOT_YET: gettext_lazy("未施行"),
    rules.EXPIRED: gettext_lazy("有效期已过"),
    rules.ENDED: gettext_lazy("已废止替代"),
}
BADGES = {rules.IN_FORCE: "ok", rules.NOT_YET: "wait", rules.EXPIRED: "late", rules.ENDED: "late"}


@dataclass(frozen=True)
class Shelf:
    """What the reader sees of documents, reported. Shape: what both sides hold is there once, one's own."""

    documents: dict[str, PolicyDocument]
    clauses: dict[rules.Key, PolicyClause]
    bases: Sequence[ClauseBasis]
    tasks: Sequence[TaskBasis]
    endings: Sequence[rules.Ending]

    def standing(self, key: rules.Key, day: date) -> str:
        one = self.documents[key[0]]
        return rules.standing(key, rules.Days(one.valid_from, one.valid_to), self.endings, day)

    def why(self, key: rules.Key, day: date) -> str:
        """Why a clause no longer stands, in words, with what follows it."""
        ending = rules.ending_of(key, self.endings, day)
        if ending is None:
            last = self.documents[key[0]].valid_to
            return _("%(number)s 有效期至 %(day)s") % {"number": key[0], "day": last}
        what = {"number": f"{ending.number} {ending.clause}".strip(), "day": ending.on, "by": ending.by}
        if ending.by:
            return _("%(number)s 自 %(day)s 起由 %(by)s 替代") % what
        return _("%(number)s 自 %(day)s 起废止") % what

    def edges(self, day: date) -> dict[rules.Key, list[rules.Key]]:
        """What rested on what by `day`: a relation begins with the document that states it."""
        found: dict[rules.Key, list[rules.Key]] = defaultdict(list)
        for one in self.bases:
            if one.lower_clause.document.dated_on <= day and one.basis.key not in found[one.lower_clause.key]:
                found[one.lower_clause.key].append(one.basis.key)
        return found


def shelf() -> Shelf:
    """Five statements."""
    documents = own_last(PolicyDocument.objects.reported())
    clauses = own_last(PolicyClause.objects.reported().select_related("document"))
    both = ClauseBasis.objects.reported().select_related("lower_clause__document", "basis__document")
    tasks = TaskBasis.objects.reported().select_related("task__scheme", "basis__document")
    ended = Supersession.objects.reported().select_related("document", "replaced_by")
    known = {one.number: one for one in documents}
    # What a reported row points at stands for itself where it is not reported yet.
    pointed = [one.lower_clause for one in both] + [one.basis for one in (*both, *tasks)]
    by_key = {one.key: one for one in (*pointed, *clauses)}
    for clause in by_key.values():
        known.setdefault(clause.document.number, clause.document)
    endings = [
        rules.Ending(
            one.document.number,
            one.clause_number,
            one.effective_on,
            one.replaced_by.number if one.replaced_by else "",
        )
        for one in ended
    ]
    return Shelf(known, by_key, list(both), list(tasks), endings)


@dataclass(frozen=True)
class Link:
    """A clause or task in a chain. Shape: `steps` above the clause asked about positive, below negative."""

    steps: int
    key: rules.Key
    clause: PolicyClause
    standing: str
    task: TaskBasis | None = None


def chain(clause: PolicyClause, day: date) -> tuple[str, list[Link]]:
    """Where the clause stands on a day, and everything above, below, and the tasks that rest on any of it."""
    held = shelf()
    held.clauses.setdefault(clause.key, clause)
    held.documents.setdefault(clause.document.number, clause.document)
    edges = held.edges(day)
    above = rules.walked(clause.key, edges)
    below = rules.walked(clause.key, rules.turned(edges))
    found = [_link(held, steps, key, day) for steps, key in above]
    found += [_link(held, -steps, key, day) for steps, key in below]
    depth = {clause.key: 0, **{key: steps for steps, key in below}}
    for one in held.tasks:
        key = one.basis.key
        if key in depth:
            found.append(Link(-depth[key] - 1, key, held.clauses[key], held.standing(key, day), one))
    return held.standing(clause.key, day), found


def _link(held: Shelf, steps: int, key: rules.Key, day: date) -> Link:
    return Link(steps, key, held.clauses[key], held.standing(key, day))


def columns() -> Sequence[SheetColumn]:
    return (
        SheetColumn("way", _("方向"), Kind.TEXT, width=10),
        SheetColumn("steps", _("相隔"), Kind.INTEGER, unit=_("级")),
        SheetColumn("document", _("政策文件"), Kind.TEXT, width=36),
        SheetColumn("level", _("文件层级"), Kind.TEXT, width=10),
        SheetColumn("number", _("条款序号"), Kind.TEXT, width=12),
        SheetColumn("wording", _("条款原文"), Kind.LONG_TEXT, width=48),
        SheetColumn("stands", _("效力"), Kind.TEXT, width=12),
    )


def chain_paper(clause: PolicyClause, day: date) -> tuple[str, Paper]:
    """The chain as a paper: above, below, tasks. Excel has them in one sheet."""
    stands, found = chain(clause, day)
    above = [_row(one, _("上位")) for one in found if one.steps > 0]
    below = [_row(one, _("下位")) for one in found if one.steps < 0 and one.task is None]
    tasks = [_task_row(one) for one in found if one.task is not None]
    tables = [
        PaperTable(_("它依据的（向上）"), columns(), above),
        PaperTable(_("依据它的（向下）"), columns(), below),
        PaperTable(_("依据它的方案任务"), columns(), tasks),
    ]
    said = _("%(clause)s 在 %(day)s：%(stands)s。按那一天已成文的文件列出，效力按那一天计算。")
    note = said % {"clause": clause, "day": day.isoformat(), "stands": STANDINGS[stands]}
    sheet = PaperTable("", columns(), [*above, *below, *tasks])
    return stands, Paper(_("条款依据链"), note, tables, _("条款依据链"), sheet=sheet)


def _row(one: Link, way: str) -> PaperRow:
    clause, document = one.clause, one.clause.document
    level = document.get_policy_level_display()
    cells = (
        way, abs(one.steps), str(document), level, clause.number, clause.wording,
        str(STANDINGS[one.standing]),
    )  # fmt: skip
    own = link_to("scheme:chain", pk=clause.pk)
    leads = link_to("scheme:policydocument_detail", pk=document.pk)
    return PaperRow(cells, ("", "", leads, "", "", "", ""), url=own)


def _task_row(one: Link) -> PaperRow:
    task = one.task.task  # type: ignore[union-attr]
    named = f"{one.key[0]} {one.key[1]}"
    cells = (
        _("任务"), abs(one.steps), str(task.scheme), named, task.path, task.title,
        str(STANDINGS[one.standing]),
    )  # fmt: skip
    return PaperRow(cells, url=link_to("scheme:task", pk=task.pk))


def rules_citing(held: Shelf, day: date) -> Iterator[tuple[Rule, Any, rules.Key]]:
    """Dated rules in force on a day, by the document their source names. One statement, and one a hit."""
    known: dict[str, list[str]] = defaultdict(list)
    for number in held.documents:
        known[number] = []
    for number, clause in held.clauses:
        known[number].append(clause)
    kinds = list(book())
    sources = [
        kind.model.objects.in_force(day).order_by().values_list(Value(at, IntegerField()), "pk", "source")
        for at, kind in enumerate(kinds)
    ]
    for at, pk, source in sources[0].union(*sources[1:], all=True).order_by():
        for key in rules.cited(source, known):
            yield kinds[at], kinds[at].model.objects.get(pk=pk), key
