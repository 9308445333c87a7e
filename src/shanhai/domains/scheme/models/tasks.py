"""Tasks, and which units lead or support them."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.domains.scheme import access
from shanhai.kernel import context
from shanhai.kernel.errors import ScopeMissing
from shanhai.kernel.models import Recorded
from shanhai.kernel.walls.kinds import Wall, Within
from shanhai.registers.parties.models import Unit, UnitGroup

from .scheme import Scheme, SchemeVersion, Section


class VisibleTasks(models.Manager["Task"]):
    """Tasks in force that the actor may see: what a form or a file may refer to. Fails closed."""

    def get_queryset(self) -> models.QuerySet["Task"]:
        current = context.current()
        if current is None:
            raise ScopeMissing("scheme.Task")
        rows = super().get_queryset().filter(section__version__state=SchemeVersion.State.IN_FORCE)
        return rows if current.is_unscoped else rows.filter(access.visible(current.actor, "scheme__"))


class Task(Recorded):
    """任务 — a clause that lays duties on units, with its deadline and what it is measured by."""

    class Frequency(models.TextChoices):
        QUARTER = "quarter", _("每季度")
        HALF_YEAR = "half_year", _("每半年")
        YEAR = "year", _("每年")
        ONCE = "once", _("到期一次")

    scheme = models.ForeignKey(Scheme, verbose_name=_("方案"), on_delete=models.PROTECT, related_name="tasks")
    section = models.OneToOneField(
        Section, verbose_name=_("条款"), on_delete=models.CASCADE, related_name="task"
    )
    #: The task of the version before that this one continues.
    previous = models.ForeignKey(
        "self", verbose_name=_("前版任务"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    path = models.CharField(_("条款号"), max_length=60, blank=True, default="")
    title = models.CharField(_("任务"), max_length=300)
    frequency = models.CharField(
        _("进展频次"), max_length=9, choices=Frequency.choices, default=Frequency.QUARTER
    )
    due_on = models.DateField(_("完成期限"), null=True, blank=True)
    #: Keys of the ledgers that prove it, as `labour.employmentspell`.
    ledgers = ArrayField(
        models.CharField(max_length=80), verbose_name=_("关联台账"), default=list, blank=True
    )
    #: Codes of the indicators it moves.
    indicators = ArrayField(
        models.CharField(max_length=16), verbose_name=_("关联指标"), default=list, blank=True
    )

    objects: ClassVar[Any] = VisibleTasks()
    #: Tasks of drafts and of replaced versions as well; callers have asked for the scheme first.
    of_versions: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("scheme")

    class Meta:
        verbose_name = verbose_name_plural = _("任务")
        ordering: ClassVar = ["section__start"]
        base_manager_name = "of_versions"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(frequency="once") | Q(due_on__isnull=False),
                name="scheme_task_once_needs_due",
                violation_error_message=_("到期一次的任务要填完成期限。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.title}".strip()

    def reference_text(self) -> str:
        return str(self)

    @classmethod
    def resolve_references(cls, texts: Iterable[str]) -> dict[str, Any]:
        """Tasks in force by «三（一） 做实劳务协作», by number or by title; ambiguous texts are left out."""
        found: dict[str, set[Any]] = {}
        for task in cls.objects.all():
            for name in {str(task), task.path, task.title} - {""}:
                found.setdefault(name, set()).add(task)
        single = {name: next(iter(tasks)) for name, tasks in found.items() if len(tasks) == 1}
        return {text: single[text.strip()] for text in texts if text.strip() in single}


class Duty(Recorded):
    """责任 — a unit, as the document writes it, leads or supports a task.

    Shape: `unit` or `group` is what the name stands for, neither while that is an open question. `start` and
    `end` are where it is written; both empty when a person added it.
    """

    class Role(models.TextChoices):
        LEAD = "lead", _("牵头")
        SUPPORT = "support", _("配合")

    task = models.ForeignKey(Task, verbose_name=_("任务"), on_delete=models.CASCADE, related_name="duties")
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    group = models.ForeignKey(
        UnitGroup, verbose_name=_("单位组"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    name = models.CharField(_("文中写法"), max_length=120)
    role = models.CharField(_("责任"), max_length=7, choices=Role.choices)
    start = models.PositiveIntegerField(_("起"), null=True, blank=True)
    end = models.PositiveIntegerField(_("止"), null=True, blank=True)

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("task")

    class Meta:
        verbose_name = verbose_name_plural = _("责任单位")
        ordering: ClassVar = [models.F("start").asc(nulls_last=True), "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "start"], name="scheme_duty_task_start_unique"),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(group__isnull=True), name="scheme_duty_unit_or_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_role_display()}）"
