"""The ledgers of policy documents: what they say, what rests on what, what has ended."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, register

from . import policy_rules as rules
from .models import ClauseBasis, PolicyClause, PolicyDocument, Supersession, TaskBasis

SOURCE = "斗委农组〔2021〕3号 一"


@register
class PolicyDocumentLedger(Ledger[PolicyDocument]):
    model = PolicyDocument
    source = SOURCE
    columns = (
        "number",
        "title",
        "policy_level",
        "issuing_body",
        "dated_on",
        "valid_from",
        "valid_to",
        Column("policy_kind", is_default=False),
    )
    filters = ("policy_level", "policy_kind", "dated_on")
    search = ("number", "title", "issuing_body")
    ordering = ("-dated_on",)
    import_key = ("number",)
    panels = (
        Fields(_("文件"), ("number", "title", "issuing_body", "policy_level", "policy_kind", "dated_on")),
        Related("scheme.policyclause", "document", ("number", "wording"), _("文件条款"), order=("number",)),
        Related(
            "scheme.supersession",
            "document",
            ("clause_number", "ended_way", "replaced_by", "effective_on"),
            _("废止替代"),
            order=("-effective_on",),
        ),
        Fields(),
    )
    evidence_classes = (EvidenceClass("text", _("文件原文")),)
    menu_order = 40
    example = {
        "number": "粤演〔2021〕5号",
        "title": "关于深化东西部协作的意见（示例）",
        "issuing_body": "演示省级机关",
        "policy_level": "省级",
        "policy_kind": "意见",
        "dated_on": "2021-04-20",
        "valid_from": "2021-05-01",
    }

    def validate(self, row: PolicyDocument, previous: PolicyDocument | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if " " in row.number.strip():
            problems["number"] = [_("文号中间不留空格，否则条款引用不到它。")]
        if row.valid_from < row.dated_on:
            problems["valid_from"] = [_("施行日期不能早于成文日期。")]
        if row.valid_to is not None and row.valid_to < row.valid_from:
            problems["valid_to"] = [_("有效期不能在施行日期以前结束。")]
        return problems


@register
class PolicyClauseLedger(Ledger[PolicyClause]):
    model = PolicyClause
    source = SOURCE
    columns = ("document", "number", "wording", Column("document__policy_level", is_default=False))
    filters = ("document", "document__policy_level")
    search = ("document__number", "document__title", "number", "wording")
    ordering = ("number",)
    import_key = ("document", "number")
    panels = (
        Fields(_("文件条款"), ("document", "number", "wording")),
        Related("scheme.clausebasis", "lower_clause", ("basis",), _("它依据的条款")),
        Related("scheme.clausebasis", "basis", ("lower_clause",), _("依据它的条款")),
        Related("scheme.taskbasis", "basis", ("task",), _("依据它的任务")),
        Fields(),
    )
    menu_order = 41
    example = {"number": "三（一）", "wording": "加强劳务协作（示例条文）。"}


@register
class ClauseBasisLedger(Ledger[ClauseBasis]):
    model = ClauseBasis
    source = SOURCE
    columns = (
        "lower_clause",
        Column("lower_clause__wording", label=_("下位条款原文")),
        "basis",
        Column("basis__wording", label=_("依据条款原文")),
    )
    filters = ("lower_clause", "basis")
    search = ("lower_clause__document__number", "basis__document__number", "lower_clause__wording")
    import_key = ("lower_clause", "basis")
    menu_order = 42

    def validate(self, row: ClauseBasis, previous: ClauseBasis | None) -> Mapping[str, Sequence[Any]]:
        lower, upper = row.lower_clause, row.basis
        if not rules.is_below(lower.document.policy_level, upper.document.policy_level):
            told = _("依据的文件是%(upper)s的，低于%(lower)s；请检查上下位是否填反。")
            levels = {
                "upper": upper.document.get_policy_level_display(),
                "lower": lower.document.get_policy_level_display(),
            }
            return {"basis": [told % levels]}
        if not hasattr(row, "edges"):
            self.prefetch_for_validation([row])
        if rules.closes_circle(lower.key, upper.key, row.edges):  # type: ignore[attr-defined]
            return {"basis": [_("这样会绕回下位条款自己，条款不能依据自己；请检查已登记的依据。")]}
        return {}

    def prefetch_for_validation(self, rows: Sequence[ClauseBasis]) -> None:
        """What is stored, with what these rows will say instead."""
        stored = ClauseBasis.objects.live().exclude(pk__in=[row.pk for row in rows])
        chosen = stored.select_related("lower_clause__document", "basis__document")
        found = edges_of([*chosen, *rows])
        for row in rows:
            row.edges = found  # type: ignore[attr-defined]


def edges_of(rows: Iterable[ClauseBasis]) -> dict[rules.Key, list[rules.Key]]:
    """Clause → what it rests on."""
    found: dict[rules.Key, list[rules.Key]] = defaultdict(list)
    for row in rows:
        found[row.lower_clause.key].append(row.basis.key)
    return found


@register
class TaskBasisLedger(Ledger[TaskBasis]):
    model = TaskBasis
    source = SOURCE
    columns = ("task", "basis", Column("basis__wording", label=_("依据条款原文")))
    filters = ("task", "basis")
    search = ("task__title", "basis__document__number")
    import_key = ("task", "basis")
    menu_order = 43


@register
class SupersessionLedger(Ledger[Supersession]):
    model = Supersession
    source = SOURCE
    columns = ("document", "clause_number", "ended_way", "replaced_by", "effective_on", "told_by")
    filters = ("ended_way", "effective_on", "document")
    search = ("document__number", "document__title", "told_by")
    ordering = ("-effective_on",)
    import_key = ("document", "clause_number")
    menu_order = 44
    example = {"ended_way": "废止", "effective_on": "2021-08-01", "told_by": "演示公告"}

    def validate(self, row: Supersession, previous: Supersession | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if row.ended_way == Supersession.Way.REPLACED and row.replaced_by_id is None:
            problems["replaced_by"] = [_("替代的要写替代文件；没有的，选“废止”。")]
        if row.ended_way == Supersession.Way.REPEALED and row.replaced_by_id is not None:
            problems["replaced_by"] = [_("废止的不写替代文件；有的，选“替代”。")]
        if row.replaced_by_id is not None and row.replaced_by_id == row.document_id and not row.clause_number:
            problems["replaced_by"] = [_("文件不能由自己替代。")]
        if row.effective_on < row.document.dated_on:
            problems["effective_on"] = [_("失效日期不能早于文件的成文日期。")]
        if row.clause_number and not hasattr(row, "clauses"):
            self.prefetch_for_validation([row])
        if row.clause_number and row.clause_number not in row.clauses:  # type: ignore[attr-defined]
            problems["clause_number"] = [_("这份文件没有登记这个条款；整份文件失效的请留空。")]
        return problems

    def prefetch_for_validation(self, rows: Sequence[Supersession]) -> None:
        asked = {row.document_id for row in rows if row.clause_number}
        known: dict[Any, set[str]] = defaultdict(set)
        stored = PolicyClause.objects.live().filter(document__in=asked)
        for document, number in stored.values_list("document", "number"):
            known[document].add(number)
        for row in rows:
            row.clauses = known[row.document_id]  # type: ignore[attr-defined]
