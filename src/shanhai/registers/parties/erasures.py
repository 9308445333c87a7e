"""Erasing a person on request 依申请删除: what keeps rows, and the record of what was done.

Source: 《个人信息保护法》第四十七条.
"""

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, Desk, one_at_a_time
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfSide, Public, Wall

from .requests import PersonRequest


class RecordRetention(DatedRule):
    """For how many years rows of a ledger must be kept, whatever a person asks."""

    ledger = models.CharField(_("台账"), max_length=80)
    kept_years = models.PositiveSmallIntegerField(_("至少保存的年数"))

    DESK: ClassVar[Desk] = Desk.INSTALLATION
    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("a rule of the installation, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("记录的保存期限")
        ordering: ClassVar = ["ledger", "-valid_from"]
        constraints: ClassVar = [one_at_a_time("parties_recordretention_once", "ledger")]

    @classmethod
    def choices_of(cls, name: str) -> Mapping[str, Any]:
        return {one.key: one.label for one in registry} if name == "ledger" else {}

    def last_day(self, reported_on: datetime.date) -> datetime.date:
        """Counted from the first day of the year after, as archives are."""
        return datetime.date(reported_on.year + self.kept_years, 12, 31)


class PersonErasure(Recorded):
    """What was done on one request: erased, or restricted to being stored until a day.

    Names nobody. `value_index` is the blind index of the number, by which the person is found again in a
    restored backup, and by which a restriction is known.
    """

    class Kind(models.TextChoices):
        ERASED = "erased", _("已删除")
        RESTRICTED = "restricted", _("停止处理")

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    request = models.ForeignKey(
        PersonRequest,
        verbose_name=_("个人信息申请"),
        on_delete=models.PROTECT,
        related_name="erasures",
        null=True,
        help_text=_("恢复的备份里没有这件申请时为空。"),
    )
    kind = models.CharField(_("办理方式"), max_length=10, choices=Kind.choices)
    value_index = models.CharField(_("盲索引"), max_length=32, db_index=True)
    decided_at = models.DateTimeField(_("办理时间"))
    handled_by = models.CharField(_("办理人"), max_length=120)
    #: Of a restriction: the last day on which a rule keeps the rows; null once it was lifted by erasing.
    until = models.DateField(_("保存到"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200, blank=True, default="")
    rows = models.PositiveIntegerField(_("行数"), default=0)
    entries = models.PositiveIntegerField(_("历史条数"), default=0)
    papers = models.PositiveIntegerField(_("佐证份数"), default=0)

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        verbose_name = verbose_name_plural = _("依申请删除")
        ordering: ClassVar = ["-decided_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "kind"], name="parties_personerasure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.Kind(self.kind).label} {self.decided_at:%Y-%m-%d}"
