"""Policies as data: what is asked, what is given, since when, by which clause; and the texts released."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import PeriodKind
from shanhai.kernel.fields import DecimalField
from shanhai.kernel.models import LedgerModel, Recorded
from shanhai.kernel.walls.kinds import Wall, Within


class Audience(models.TextChoices):
    """Whom a policy is for."""

    WORKER = "worker", _("务工人员")
    EMPLOYER = "employer", _("用工单位")


class FactCode(models.TextChoices):
    """The declared vocabulary: what a condition may ask. How each is read: `rules.READINGS`."""

    CATEGORY = "category", _("人员类别")
    RELOCATED = "relocated", _("易地搬迁")
    AGE = "age", _("年龄")
    REGISTERED = "registered", _("已实名登记")
    DESTINATION = "destination", _("就业地")
    IN_POST = "in_post", _("期末月在岗")
    MONTHS = "months", _("本年在岗月数")
    WAGE_PROOF = "wage_proof", _("有工资记录")
    CONTRACT = "contract", _("签订合同")
    INSURED = "insured", _("参加社保")
    INCOME = "income", _("上年人均纯收入")
    WORKERS = "workers", _("期末用工人数")
    EX_POOR_WORKERS = "ex_poor_workers", _("期末吸纳脱贫人口和监测对象人数")
    INSURED_WORKERS = "insured_workers", _("期末参保用工人数")
    NEW_WORKERS = "new_workers", _("期内新招用人数")
    NEW_EX_POOR = "new_ex_poor", _("期内新招用脱贫人口和监测对象人数")


class Policy(LedgerModel):
    """政策 — a benefit one side gives. Its terms are drafted beside it; what counts is a release."""

    class Length(models.TextChoices):
        MONTH = PeriodKind.MONTH.value, _("按月")
        QUARTER = PeriodKind.QUARTER.value, _("按季")
        YEAR = PeriodKind.YEAR.value, _("按年")

    reference_field: ClassVar[str] = "code"

    code = models.CharField(_("政策编号"), max_length=20)
    name = models.CharField(_("政策名称"), max_length=80)
    recipients = models.CharField(
        _("政策对象"), max_length=8, choices=Audience.choices, default=Audience.WORKER
    )
    period_kind = models.CharField(
        _("享受周期"), max_length=7, choices=Length.choices, default=Length.QUARTER
    )
    amount_by = models.CharField(
        _("金额分档依据"), max_length=15, choices=FactCode.choices, blank=True, default=""
    )
    amount_times = models.CharField(
        _("金额按数量计"), max_length=15, choices=FactCode.choices, blank=True, default=""
    )
    benefit_kind = models.CharField(
        _("补贴类别"),
        max_length=20,
        blank=True,
        default="",
        help_text=_("填了类别的，同一人同一享受期的同类补贴两地合并只发一次。"),
    )
    notice_days = models.PositiveSmallIntegerField(
        _("公示工作日"), default=5, help_text=_("按依据文件；从公示开始日期算起的工作日数。")
    )
    legal_basis = models.CharField(_("依据文件"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("政策")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="benefits_policy_side_code_unique",
                violation_error_message=_("该方已有这个政策编号。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PolicyTerm(LedgerModel):
    """政策条款 — a condition, an amount or a cap, with its clause, document and days.

    Shape: conditions of one number are alternatives; rows of one number that differ in days only are one
    parameter through time.
    """

    class Kind(models.TextChoices):
        CONDITION = "condition", _("条件")
        AMOUNT = "amount", _("金额")
        CAP = "cap", _("数量上限")
        DEADLINE = "deadline", _("申领期限")

    class Operator(models.TextChoices):
        AT_LEAST = "at_least", _("不少于")
        AT_MOST = "at_most", _("不超过")
        LESS = "less", _("低于")
        IS = "is", _("是")
        IS_NOT = "is_not", _("不是")
        ONE_OF = "one_of", _("属于")

    policy = models.ForeignKey(Policy, verbose_name=_("政策"), on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField(_("条款序号"))
    kind = models.CharField(_("条款类型"), max_length=9, choices=Kind.choices)
    fact = models.CharField(_("条件事项"), max_length=15, choices=FactCode.choices, blank=True, default="")
    operator = models.CharField(_("比较方式"), max_length=8, choices=Operator.choices, blank=True, default="")
    value = DecimalField(
        _("条款数值"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("金额以元计，年龄、月数、人数填整数；申领期限填享受期结束后的天数。"),
    )
    choices_text = models.CharField(
        _("可选范围"), max_length=120, blank=True, default="", help_text=_("比较方式为“属于”时填，用、隔开。")
    )
    threshold = DecimalField(
        _("金额起点"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("分档金额从多少起；最低一档留空。"),
    )
    wording = models.CharField(_("条款原文"), max_length=200)
    legal_basis = models.CharField(_("依据文件"), max_length=200)
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("政策条款")
        ordering: ClassVar = ["policy", "number", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["policy", "number", "kind", "fact", "valid_from"],
                name="benefits_policyterm_policy_number_unique",
                violation_error_message=_("本政策这一条款已有同一启用日期的一行。"),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="benefits_policyterm_days_check",
                violation_error_message=_("停用日期不能早于启用日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy}·{self.number}"


class PolicyRelease(Recorded):
    """政策版本 — the text of a policy as it was put in force. The database lets nobody change one.

    Shape: `text` is what `rules.policy_of` reads; a rollback is a new release of an old text.
    """

    IS_APPENDED_ONLY: ClassVar[bool] = True

    policy = models.ForeignKey(
        Policy, verbose_name=_("政策"), on_delete=models.PROTECT, related_name="releases"
    )
    number = models.PositiveIntegerField(_("版本号"))
    text = models.JSONField(_("版本文本"))
    digest = models.CharField(_("文本摘要"), max_length=64)
    release_note = models.CharField(_("发布说明"), max_length=200)
    released_by = models.CharField(_("发布人"), max_length=120)
    released_at = models.DateTimeField(_("发布时间"))
    restores = models.PositiveIntegerField(_("恢复自版本"), null=True, blank=True)

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("policy")

    class Meta:
        verbose_name = verbose_name_plural = _("政策版本")
        ordering: ClassVar = ["policy", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["policy", "number"], name="benefits_policyrelease_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.policy} V{self.number}"
