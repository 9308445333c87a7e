"""Sensitive values that are to leave unmasked: who asked, who allowed it, by which mark a copy is known."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.dated import DatedRule, Desk, one_at_a_time
from shanhai.kernel.scope import Side
from shanhai.kernel.two_persons import DecidedByAnother
from shanhai.kernel.walls.kinds import OfSide, Public, Wall

#: What the address of the list is bound to when it is sealed: it may name a person's number.
QUERY = "kernel.plainexport.query"


class PlainExportRule(DatedRule):
    """How long an approved file can be fetched."""

    kept_hours = models.PositiveSmallIntegerField(_("批准后几小时内可下载"))

    DESK: ClassVar[Desk] = Desk.INSTALLATION
    WALL: ClassVar[Wall] = Public("a rule of the installation, by date")

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("原文导出的有效时间")
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            one_at_a_time("kernel_plainexportrule_once"),
            models.CheckConstraint(
                condition=models.Q(kept_hours__gte=1, kept_hours__lte=168),
                name="kernel_plainexportrule_hours",
            ),
        ]

    @classmethod
    def hours(cls) -> int:
        """Unit: hours. Errors: DoesNotExist where somebody ended the last rule."""
        return int(cls.objects.in_force(clock.today()).get().kept_hours)


class PlainExport(DecidedByAnother):
    """One list that somebody wants with its sensitive values as they stand.

    Shape: `query` is the address of the list, sealed; `mark` is in the style of every cell of the workbook.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待批准")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    ledger = models.CharField(_("台账"), max_length=80)
    query = models.TextField(_("筛选、列和排序"))
    form = models.CharField(_("格式"), max_length=8)
    #: In words, numbers of persons hidden; empty for all rows.
    filters = models.TextField(_("筛选条件"), blank=True, default="")
    fields = models.TextField(_("导出的字段"))
    rows = models.PositiveIntegerField(_("行数"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.WAITING)
    expires_at = models.DateTimeField(_("有效期至"), null=True, blank=True)
    mark = models.PositiveSmallIntegerField(_("暗记"), unique=True)
    job = models.ForeignKey(
        "kernel.Job", verbose_name=_("后台任务"), on_delete=models.SET_NULL, null=True, related_name="+"
    )

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("原文导出申请")
        ordering: ClassVar = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """By which the copy names its request, in print too."""
        return f"YW-{self.pk.hex[-10:].upper()}"
