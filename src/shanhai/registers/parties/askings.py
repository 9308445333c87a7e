"""Who may name people whom other units keep, and the record of every number that was asked (ADR 0050)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.by_number import Purpose
from shanhai.kernel.dated import DatedRule, Desk, one_at_a_time
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfSide, Public, Wall

from .units import Unit


def purposes() -> dict[str, Purpose]:
    """All that ledgers declare, by code."""
    declared = (one for ledger in registry for one in ledger.asks_by_number.values())
    return {one.code: one for one in declared}


class NumberAskingRule(DatedRule):
    """Which unit, with those below it, may name people by their whole number, for what, how often a day."""

    unit = models.CharField(_("单位"), max_length=64)
    purpose = models.CharField(_("用途"), max_length=32)
    a_day = models.PositiveIntegerField(_("每个账号每天可查人数"))

    DESK: ClassVar[Desk] = Desk.INSTALLATION
    #: Without one nobody may.
    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("a rule of the installation, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("按身份证号查人的单位")
        ordering: ClassVar = ["purpose", "unit", "-valid_from"]
        constraints: ClassVar = [
            one_at_a_time("parties_numberaskingrule_once", "unit", "purpose"),
            models.CheckConstraint(condition=Q(a_day__gte=1), name="parties_numberaskingrule_some"),
        ]

    @classmethod
    def choices_of(cls, name: str) -> Mapping[str, Any]:
        if name == "unit":
            return {unit.code: str(unit) for unit in Unit.objects.order_by("path")}
        return {one.code: one.label for one in purposes().values()} if name == "purpose" else {}


class NumberAsking(Recorded):
    """One number that an account asked on a day for a purpose, by its blind index; found or not."""

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    ledger = models.CharField(_("台账"), max_length=80)
    purpose = models.CharField(_("用途"), max_length=32)
    value_index = models.CharField(_("盲索引"), max_length=32)
    is_found = models.BooleanField(_("查到"))
    asked_on = models.DateField(_("查询日期"))
    asked_at = models.DateTimeField(_("查询时间"))
    asked_by = models.CharField(_("查询人"), max_length=120)

    IS_APPENDED_ONLY: ClassVar[bool] = True
    HISTORY_IS_SHOWN: ClassVar[bool] = False
    WALL: ClassVar[Wall] = OfSide(is_watched=True)

    class Meta:
        verbose_name = verbose_name_plural = _("按身份证号查人的记录")
        ordering: ClassVar = ["-asked_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["asked_by", "asked_on"], name="parties_numberasking_day"),
            models.Index(fields=["side", "-asked_at"], name="parties_numberasking_at"),
        ]
