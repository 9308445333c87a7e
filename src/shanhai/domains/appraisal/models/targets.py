"""Targets of indicators: what was agreed for a year."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import DecimalField
from shanhai.kernel.models import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfSide, Wall
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place


class IndicatorTarget(Recorded):
    """指标目标 — the value an indicator should reach in a year: for a side, or one unit or place of it.

    Shape: unit and place both empty is the side as a whole.
    Unit: the indicator's own.
    """

    code = models.CharField(_("指标"), max_length=16)
    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    place = models.ForeignKey(
        Place, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    year = models.PositiveSmallIntegerField(
        _("年份"), validators=[MinValueValidator(2000), MaxValueValidator(2199)]
    )
    value = DecimalField(_("目标值"), max_digits=18, decimal_places=4, validators=[MinValueValidator(0)])
    source = models.CharField(_("依据"), max_length=200)

    objects: ClassVar[Any] = models.Manager()

    #: A bulletin sets what either side has done against its target.
    WALL: ClassVar[Wall] = OfSide(is_told=True)

    class Meta:
        verbose_name = verbose_name_plural = _("指标目标")
        ordering: ClassVar = ["code", "year"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "side", "year", "unit", "place"],
                nulls_distinct=False,
                name="appraisal_indicatortarget_scope_year_unique",
                violation_error_message=_("这个指标本年度已有目标。"),
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(place__isnull=True),
                name="appraisal_indicatortarget_unit_or_place",
                violation_error_message=_("目标给单位或给地区，不能同时给。"),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="appraisal_indicatortarget_value_check",
                violation_error_message=_("目标值不能为负。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year}"
