"""Pairs of persons that may be one, and merges."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import DecimalField
from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfSide, Wall
from shanhai.registers.parties.persons import Person


class DuplicatePair(Recorded):
    """疑似重复 — two rows that are probably one person, and what somebody decided of them.

    Names nobody: who the two are is read from their rows, within the reader's scope.
    """

    class Decision(models.TextChoices):
        OPEN = "open", _("待定")
        LATER = "later", _("以后再定")
        SAME = "same", _("同一人")
        DIFFERENT = "different", _("不是同一人")
        #: The rows were corrected since, and nobody had decided.
        GONE = "gone", _("已不相似")

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    first = models.ForeignKey(Person, verbose_name=_("人员一"), on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, verbose_name=_("人员二"), on_delete=models.PROTECT, related_name="+")
    probability = DecimalField(_("可能性"), max_digits=5, decimal_places=4)
    is_twin_like = models.BooleanField(_("像双胞胎"), default=False)
    #: Comparison → code of its level, see `engines.linkage.LEVELS`.
    levels = models.JSONField(_("相符程度"), default=dict)
    decision = models.CharField(_("办理意见"), max_length=9, choices=Decision.choices, default=Decision.OPEN)
    reason = models.CharField(_("理由"), max_length=500, blank=True, default="")
    decided_at = models.DateTimeField(_("办理时间"), null=True, blank=True)
    decided_by = models.CharField(_("决定方"), max_length=120, blank=True, default="")

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        app_label = "parties"
        verbose_name = verbose_name_plural = _("疑似重复人员")
        ordering: ClassVar = ["-probability", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="parties_duplicatepair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="parties_duplicatepair_order"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["side", "decision", "-probability"], name="parties_duplicatepair_queue")
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


class PersonMerge(Recorded):
    """人员合并 — all that was done so that one of two rows stands for the person, enough to undo it."""

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    pair = models.ForeignKey(
        DuplicatePair, verbose_name=_("所据的疑似重复"), on_delete=models.PROTECT, related_name="merges"
    )
    winner = models.ForeignKey(Person, verbose_name=_("保留"), on_delete=models.PROTECT, related_name="+")
    loser = models.ForeignKey(Person, verbose_name=_("并入"), on_delete=models.PROTECT, related_name="merges")
    #: [{model, field, source, target, rows}]: rows that pointed at source and point at target since.
    moves = models.JSONField(_("改指的记录"), default=list)
    #: [{model, row, state}]: rows set aside, and the state they were in.
    voided = models.JSONField(_("作废的记录"), default=list)
    #: Fields of the winner that took the loser's value, and the version it had before.
    taken = models.JSONField(_("取用的字段"), default=list)
    version = models.PositiveIntegerField(_("版本"))
    reason = models.CharField(_("理由"), max_length=500)
    merged_at = models.DateTimeField(_("合并时间"))
    merged_by = models.CharField(_("合并人"), max_length=120)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    undone_by = models.CharField(_("撤销人"), max_length=120, blank=True, default="")
    undone_reason = models.CharField(_("撤销理由"), max_length=500, blank=True, default="")

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        app_label = "parties"
        verbose_name = verbose_name_plural = _("人员合并")
        ordering: ClassVar = ["-merged_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["loser"], condition=Q(undone_at__isnull=True), name="parties_personmerge_loser_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loser} → {self.winner}"
