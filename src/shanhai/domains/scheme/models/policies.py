"""Policy documents, their clauses, what rests on which, and what has ended."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.domains.scheme import access
from shanhai.kernel import context
from shanhai.kernel.models import LedgerManager, LedgerModel, LedgerQuerySet
from shanhai.kernel.planned import NONE_PLANNED, Planned

from .tasks import Task


class PolicyDocument(LedgerModel):
    """政策文件 — a document other documents, tasks and rules rest on. Known by its 文号 on both sides."""

    class Level(models.TextChoices):
        NATION = "nation", _("国家")
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        COUNTY = "county", _("区县级")

    class Kind(models.TextChoices):
        LAW = "law", _("法律法规")
        OPINION = "opinion", _("意见")
        PLAN = "plan", _("规划方案")
        MEASURE = "measure", _("办法细则")
        NOTICE = "notice", _("通知")
        AGREEMENT = "agreement", _("协议")
        OTHER = "other", _("其他文件")

    number = models.CharField(_("文号"), max_length=80, help_text=_("没有文号的写简称，中间不留空格。"))
    title = models.CharField(_("文件标题"), max_length=300)
    issuing_body = models.CharField(_("发文机关"), max_length=200)
    policy_level = models.CharField(_("文件层级"), max_length=8, choices=Level.choices)
    policy_kind = models.CharField(_("文件种类"), max_length=9, choices=Kind.choices)
    dated_on = models.DateField(_("成文日期"))
    valid_from = models.DateField(_("施行日期"))
    valid_to = models.DateField(_("文件有效期至"), null=True, blank=True, help_text=_("没有写明的留空。"))

    reference_field: ClassVar[str] = "number"

    class Meta:
        verbose_name = verbose_name_plural = _("政策文件")
        ordering: ClassVar = ["-dated_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="scheme_policydocument_side_number",
                violation_error_message=_("该方已有这个文号。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @classmethod
    def resolve_references(cls, texts: Iterable[str], planned: Planned = NONE_PLANNED) -> dict[str, Any]:
        """By 文号; of two sides that hold it, one's own."""
        wanted = set(texts)
        rows = planned.joined(cls._default_manager.filter(number__in=wanted), number=wanted)
        return {row.number: row for row in own_last(rows)}


class PolicyClause(LedgerModel):
    """政策条款 — a clause of a document, by its number as the document writes it."""

    document = models.ForeignKey(
        PolicyDocument, verbose_name=_("政策文件"), on_delete=models.PROTECT, related_name="clauses"
    )
    number = models.CharField(_("条款序号"), max_length=40)
    wording = models.TextField(_("条款原文"), max_length=4000)

    class Meta:
        verbose_name = verbose_name_plural = _("文件条款")
        ordering: ClassVar = ["document", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "document", "number"],
                name="scheme_policyclause_document_number",
                violation_error_message=_("这份文件已有这个条款序号。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document.number} {self.number}"

    @property
    def key(self) -> tuple[str, str]:
        """By which the clause is known on both sides."""
        return self.document.number, self.number

    @classmethod
    def resolve_references(cls, texts: Iterable[str], planned: Planned = NONE_PLANNED) -> dict[str, Any]:
        """By «文号 条款序号»; of two sides that hold it, one's own."""
        parts = {text: text.strip().partition(" ") for text in texts}
        documents = {first for first, _space, _rest in parts.values()}
        numbers = {rest.strip() for _first, _space, rest in parts.values()}
        rows = cls._default_manager.filter(document__number__in=documents, number__in=numbers)
        found = planned.joined(rows.select_related("document"), number=numbers)
        known = {row.key: row for row in own_last(found)}
        named = {text: (first, rest.strip()) for text, (first, _space, rest) in parts.items()}
        return {text: known[key] for text, key in named.items() if key in known}


def own_last(rows: Iterable[Any]) -> list[Any]:
    """The reader's own side's rows last, so that they win where both sides hold the same."""
    current = context.current()
    home = current.actor.home if current is not None and not current.is_unscoped else None
    side = home.side if home is not None else ""
    return sorted(rows, key=lambda row: (row.side == side, str(row.pk)))


class ClauseBasis(LedgerModel):
    """条款依据 — this clause rests on that clause of the same or a higher level."""

    lower_clause = models.ForeignKey(
        PolicyClause, verbose_name=_("下位条款"), on_delete=models.PROTECT, related_name="bases"
    )
    basis = models.ForeignKey(
        PolicyClause, verbose_name=_("依据条款"), on_delete=models.PROTECT, related_name="rests"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("条款依据")
        ordering: ClassVar = ["lower_clause", "basis"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "lower_clause", "basis"],
                name="scheme_clausebasis_clause_basis",
                violation_error_message=_("这条依据已登记。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lower_clause} ← {self.basis}"


class TaskBasisManager(LedgerManager["TaskBasis"]):
    """Follows the scheme: of a scheme the other side may not read, it reads no basis either."""

    def get_queryset(self) -> LedgerQuerySet["TaskBasis"]:
        rows = super().get_queryset()
        current = context.current()
        if current is None or current.is_unscoped:
            return rows
        return rows.filter(access.visible(current.actor, "task__scheme__"))


class TaskBasis(LedgerModel):
    """任务依据 — a task of a scheme rests on a clause of a document."""

    task = models.ForeignKey(Task, verbose_name=_("任务"), on_delete=models.PROTECT, related_name="bases")
    basis = models.ForeignKey(
        PolicyClause, verbose_name=_("依据条款"), on_delete=models.PROTECT, related_name="tasks"
    )

    objects: ClassVar[Any] = TaskBasisManager()

    class Meta:
        verbose_name = verbose_name_plural = _("任务依据")
        ordering: ClassVar = ["task", "basis"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "task", "basis"],
                name="scheme_taskbasis_task_basis",
                violation_error_message=_("这项任务已登记这条依据。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} ← {self.basis}"


class Supersession(LedgerModel):
    """废止替代 — a document, or one clause of it, ends on a day; replaced by another or by nothing.

    Shape: without `clause_number` the whole document.
    """

    class Way(models.TextChoices):
        REPEALED = "repealed", _("废止")
        REPLACED = "replaced", _("替代")

    document = models.ForeignKey(
        PolicyDocument, verbose_name=_("政策文件"), on_delete=models.PROTECT, related_name="endings"
    )
    clause_number = models.CharField(
        _("所涉条款"), max_length=40, blank=True, default="", help_text=_("整份文件的留空。")
    )
    ended_way = models.CharField(_("废止或替代"), max_length=8, choices=Way.choices)
    replaced_by = models.ForeignKey(
        PolicyDocument,
        verbose_name=_("替代文件"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    effective_on = models.DateField(_("废止生效日期"), help_text=_("从这天起不再有效。"))
    told_by = models.CharField(_("废止替代出处"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("废止替代")
        ordering: ClassVar = ["-effective_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "document", "clause_number"],
                name="scheme_supersession_document_clause",
                violation_error_message=_("这份文件（或条款）已登记废止替代。"),
            ),
            models.CheckConstraint(
                condition=Q(ended_way="replaced", replaced_by__isnull=False)
                | Q(ended_way="repealed", replaced_by__isnull=True),
                name="scheme_supersession_replaced_by_what",
                violation_error_message=_("替代的要写替代文件，废止的不写。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document.number} {self.clause_number} {self.get_ended_way_display()}"
