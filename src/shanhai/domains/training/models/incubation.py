"""Incubation: bases, the enterprises that start in them, support paid; leaders followed for three years."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import CountField, MoneyField
from shanhai.kernel.models import LedgerModel
from shanhai.registers.parties.models import Body, Person

from .courses import Trainee


class IncubationBase(LedgerModel):
    """孵化基地 — a place where people who come home start an enterprise."""

    reference_field: ClassVar[str] = "code"
    name_field: ClassVar[str] = "name"

    code = models.CharField(_("基地编号"), max_length=20)
    name = models.CharField(_("基地名称"), max_length=80)
    base_keeper = models.ForeignKey(
        Body, verbose_name=_("运营单位"), on_delete=models.PROTECT, related_name="incubation_bases"
    )
    opened_on = models.DateField(_("设立日期"))
    room = CountField(_("可入驻数"), unit=_("个"))

    class Meta:
        verbose_name = verbose_name_plural = _("孵化基地")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="training_incubationbase_side_code_unique",
                violation_error_message=_("该方已有这个基地编号。"),
            ),
        ]


class IncubationTenant(LedgerModel):
    """入驻项目 — an enterprise in a base, from a day until it closes."""

    reference_field: ClassVar[str] = "code"
    name_field: ClassVar[str] = "name"

    code = models.CharField(_("入驻编号"), max_length=20)
    name = models.CharField(_("入驻项目名称"), max_length=80)
    base = models.ForeignKey(
        IncubationBase, verbose_name=_("孵化基地"), on_delete=models.PROTECT, related_name="tenants"
    )
    founder = models.ForeignKey(
        Person, verbose_name=_("创办人"), on_delete=models.PROTECT, related_name="incubated"
    )
    is_homecoming = models.BooleanField(_("返乡创业"), default=False)
    moved_in_on = models.DateField(_("入驻日期"))
    closed_on = models.DateField(_("停业日期"), null=True, blank=True)
    staff = CountField(_("带动就业"), unit=_("人"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("入驻项目")
        ordering: ClassVar = ["-moved_in_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="training_incubationtenant_side_code_unique",
                violation_error_message=_("该方已有这个入驻编号。"),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("moved_in_on")),
                name="training_incubationtenant_days_check",
                violation_error_message=_("停业日期不能早于入驻日期。"),
            ),
        ]


class TenantSupport(LedgerModel):
    """孵化支持 — what was paid for an enterprise in a base."""

    class SupportKind(models.TextChoices):
        RENT = "rent", _("场地租金")
        GRANT = "grant", _("创业补贴")
        INTEREST = "interest", _("贷款贴息")
        OTHER = "other", _("其他支持")

    tenant = models.ForeignKey(
        IncubationTenant, verbose_name=_("入驻项目"), on_delete=models.PROTECT, related_name="supports"
    )
    support_kind = models.CharField(_("支持类别"), max_length=8, choices=SupportKind.choices)
    support_paid = MoneyField(_("支持金额"))
    paid_on = models.DateField(_("拨付日期"))

    class Meta:
        verbose_name = verbose_name_plural = _("孵化支持")
        ordering: ClassVar = ["-paid_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "support_kind", "paid_on"],
                name="training_tenantsupport_tenant_kind_day_unique",
                violation_error_message=_("该项目当日已有这类支持。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant}·{self.paid_on}"


class LeaderYear(LedgerModel):
    """带头人跟踪 — what became of a trained leader in a year: the business, and the people led.

    Shape: `period` is the year; three years after the course are followed.
    """

    is_personal: ClassVar[bool] = True

    leader = models.ForeignKey(
        Trainee, verbose_name=_("致富带头人"), on_delete=models.PROTECT, related_name="leader_years"
    )
    business = models.CharField(_("经营项目"), max_length=80)
    is_running = models.BooleanField(_("正在经营"), default=True)
    people_led = CountField(_("带动人数"), unit=_("人"), default=0)
    ex_poor_led = CountField(_("带动脱贫人口"), unit=_("人"), default=0)
    revenue = MoneyField(_("年经营收入"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("带头人跟踪")
        ordering: ClassVar = ["-period"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["leader", "period"],
                name="training_leaderyear_leader_period_unique",
                violation_error_message=_("该带头人本年度已填。"),
            ),
            models.CheckConstraint(
                condition=Q(ex_poor_led__lte=F("people_led")),
                name="training_leaderyear_ex_poor_within_led",
                violation_error_message=_("带动脱贫人口不能多于带动人数。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader}·{self.period}"
