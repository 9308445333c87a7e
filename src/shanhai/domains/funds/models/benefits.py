"""What a project reaches and whom it serves: milestones by weight, benefit links, money paid by them."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import CountField, MoneyField, PercentField
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.workflow import State

from .money import CENT
from .projects import Project


class Milestone(LedgerModel):
    """项目节点 — a part of the work: when it is planned, what it weighs, when it was done.

    Shape: weights of a project sum to at most 100 per cent; done ones make up its physical progress.
    """

    name_field: ClassVar[str] = "name"

    project = models.ForeignKey(
        Project, verbose_name=_("协作项目"), on_delete=models.PROTECT, related_name="milestones"
    )
    name = models.CharField(_("节点名称"), max_length=80)
    due_on = models.DateField(_("计划完成日期"))
    weight = PercentField(_("节点权重"), validators=[MinValueValidator(CENT), MaxValueValidator(100)])
    done_on = models.DateField(_("实际完成日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("项目节点")
        ordering: ClassVar = ["project", "due_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "project", "name"],
                name="funds_milestone_side_project_name_unique",
                violation_error_message=_("这个项目已有同名节点。"),
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=100),
                name="funds_milestone_weight_check",
                violation_error_message=_("节点权重大于 0，不超过 100。"),
            ),
        ]


class BenefitLink(LedgerModel):
    """联农带农 — how a project serves households: by what kind of link, how many, and what was promised."""

    class Kind(models.TextChoices):
        JOBS = "jobs", _("就业带动")
        ORDERS = "orders", _("订单收购")
        LAND = "land", _("土地流转")
        SHARES = "shares", _("资产入股分红")
        TRUST = "trust", _("生产托管")
        SKILLS = "skills", _("技术服务")

    project = models.ForeignKey(
        Project, verbose_name=_("协作项目"), on_delete=models.PROTECT, related_name="benefit_links"
    )
    kind = models.CharField(_("联结方式"), max_length=6, choices=Kind.choices)
    households = CountField(_("联结户数"), unit=_("户"), default=0)
    people = CountField(_("联结人数"), unit=_("人"), default=0)
    ex_poor_people = CountField(_("其中脱贫人口"), unit=_("人"), default=0)
    promised = MoneyField(_("约定收益"), validators=[MinValueValidator(0)], default=0)
    agreed_on = models.DateField(_("约定日期"))
    due_on = models.DateField(_("约定兑现日期"))

    class Meta:
        verbose_name = verbose_name_plural = _("联农带农")
        ordering: ClassVar = ["project", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "project", "kind", "agreed_on"],
                condition=~Q(state=State.VOIDED.value),
                name="funds_benefitlink_project_kind_once",
                violation_error_message=_("这个项目当天已登记这种联结方式。"),
            ),
            models.CheckConstraint(
                condition=Q(ex_poor_people__lte=F("people")),
                name="funds_benefitlink_ex_poor_within_people",
                violation_error_message=_("脱贫人口不能多于联结人数。"),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("agreed_on")),
                name="funds_benefitlink_days_check",
                violation_error_message=_("约定兑现不能早于约定。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_kind_display()}"


class BenefitPaid(LedgerModel):
    """带农收益兑现 — money that really reached households by a link, and how many of them."""

    link = models.ForeignKey(
        BenefitLink, verbose_name=_("联农带农"), on_delete=models.PROTECT, related_name="payments"
    )
    voucher_number = models.CharField(_("凭证号"), max_length=60)
    amount = MoneyField(_("兑现金额"), validators=[MinValueValidator(CENT)])
    households = CountField(_("兑现户数"), unit=_("户"), default=0)
    people = CountField(_("兑现人数"), unit=_("人"), default=0)
    paid_on = models.DateField(_("兑现日期"))

    reference_field: ClassVar[str] = "voucher_number"

    class Meta:
        verbose_name = verbose_name_plural = _("带农收益兑现")
        ordering: ClassVar = ["-paid_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "voucher_number"],
                name="funds_benefitpaid_side_voucher_unique",
                violation_error_message=_("该方已有这个凭证号。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_benefitpaid_amount_check",
                violation_error_message=_("兑现金额必须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return self.voucher_number
