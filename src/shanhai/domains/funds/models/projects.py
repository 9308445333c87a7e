"""Projects and the payments made for them."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import CountField, MoneyField, PercentField
from shanhai.kernel.models import LedgerModel

from .money import CENT, AidAgreement


class Stage(models.TextChoices):
    """Where a project stands; which stage may follow which is data (`StageMove`)."""

    PLANNED = "planned", _("谋划")
    POOLED = "pooled", _("入库")
    APPROVED = "approved", _("批复")
    TENDERING = "tendering", _("招采")
    STARTED = "started", _("开工")
    BUILDING = "building", _("在建")
    COMPLETED = "completed", _("完工")
    ACCEPTED = "accepted", _("验收")
    AUDITED = "audited", _("结算审计")
    TITLED = "titled", _("资产确权")
    HANDED_OVER = "handed_over", _("移交管护")
    SUSPENDED = "suspended", _("暂停")
    TERMINATED = "terminated", _("终止")


class NoticeKind(models.TextChoices):
    """What of a project is shown to everybody."""

    POOL = "pool", _("入库公示")
    PLAN = "plan", _("计划公示")
    CHANGE = "change", _("变更公示")
    RESULT = "result", _("实施结果公示")
    FUNDS = "funds", _("资金公示")


class Project(LedgerModel):
    """协作项目 — a project paid from cooperation funds.

    Shape: `period` is the year of the plan the project belongs to; `place` is where it is built.
    """

    class Kind(models.TextChoices):
        INDUSTRY = "industry", _("产业")
        CONSUMPTION = "consumption", _("消费")
        LABOUR = "labour", _("劳务")
        ENVIRONMENT = "environment", _("乡村环境整治")
        FACILITIES = "facilities", _("公共设施配套")
        PARK = "park", _("乡村振兴产业园")
        TALENT = "talent", _("人才支援与交流")

    code = models.CharField(_("项目编号"), max_length=40)
    name = models.CharField(_("项目名称"), max_length=120)
    kind = models.CharField(_("项目类别"), max_length=11, choices=Kind.choices)
    agreement = models.ForeignKey(
        AidAgreement,
        verbose_name=_("年度协议"),
        on_delete=models.PROTECT,
        related_name="projects",
        null=True,
        blank=True,
    )
    content = models.TextField(_("建设内容"), blank=True, default="")
    account_code = models.CharField(_("预算科目编码"), max_length=12, blank=True, default="")
    budget = MoneyField(_("批复预算"), validators=[MinValueValidator(CENT)])
    planned_start_on = models.DateField(_("计划开工"), null=True, blank=True)
    planned_end_on = models.DateField(_("计划完工"), null=True, blank=True)
    #: Where it is built, as a positioning device tells it (WGS 84): photos are held against it.
    latitude = models.DecimalField(_("项目纬度"), max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("项目经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    stage = models.CharField(_("项目阶段"), max_length=11, choices=Stage.choices, default=Stage.PLANNED)
    progress = PercentField(
        _("形象进度"), default=0, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    households = CountField(_("受益户数"), unit=_("户"), default=0)
    people = CountField(_("受益人数"), unit=_("人"), default=0)
    ex_poor_people = CountField(_("其中脱贫人口"), unit=_("人"), default=0)

    reference_field: ClassVar[str] = "code"
    name_field: ClassVar[str] = "name"

    class Meta:
        verbose_name = verbose_name_plural = _("协作项目")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="funds_project_side_code_unique",
                violation_error_message=_("该方已有这个项目编号。"),
            ),
            models.CheckConstraint(
                condition=Q(budget__gt=0),
                name="funds_project_budget_check",
                violation_error_message=_("批复预算必须大于零。"),
            ),
            models.CheckConstraint(
                condition=Q(progress__gte=0, progress__lte=100),
                name="funds_project_progress_check",
                violation_error_message=_("形象进度在 0 到 100 之间。"),
            ),
            models.CheckConstraint(
                condition=Q(ex_poor_people__lte=F("people")),
                name="funds_project_ex_poor_within_people",
                violation_error_message=_("脱贫人口不能多于受益人数。"),
            ),
            models.CheckConstraint(
                condition=Q(planned_end_on__isnull=True)
                | Q(planned_start_on__isnull=True)
                | Q(planned_end_on__gte=F("planned_start_on")),
                name="funds_project_plan_check",
                violation_error_message=_("计划完工不能早于计划开工。"),
            ),
        ]
