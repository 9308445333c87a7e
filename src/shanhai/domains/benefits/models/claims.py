"""Claims: one person or firm, one policy, one period; and what was computed of each, by which text."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import MoneyField
from shanhai.kernel.leads import BODY, PERSON, Lead, Leads
from shanhai.kernel.models import LedgerModel, Recorded
from shanhai.kernel.walls.kinds import Wall, Within
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Body, Person

from .notices import PublicNotice
from .payments import PayeeAccount, PaymentList
from .policy import Policy, PolicyRelease


class Standing(models.TextChoices):
    """Where a claim is on its way to payment; which step leads where: `claim_rules.MOVES`."""

    PENDING = "pending", _("审核中")
    APPROVED = "approved", _("待公示")
    NOTICED = "noticed", _("公示中")
    OBJECTED = "objected", _("异议核查")
    PAYABLE = "payable", _("待发")
    LISTED = "listed", _("发放中")
    PAID = "paid", _("已发")
    FAILED = "failed", _("发放失败")
    REFUSED = "refused", _("不予")
    WITHDRAWN = "withdrawn", _("已撤回申领")


#: Claims that give nobody anything and stand in nobody's way.
CLOSED = (Standing.REFUSED.value, Standing.WITHDRAWN.value)
_COUNTS = ~Q(state=State.VOIDED.value) & ~Q(standing__in=CLOSED)
_TWICE = _("同一人或单位在这项政策的这一享受期已有一笔申领。")


class Claim(LedgerModel):
    """申领 — what one person or firm is to get of a policy for a period, applied for or found by ourselves.

    Shape: row life is 提交 and 初审; what follows is `standing`. `subject_index` is the blind index of the
    identity number, or the credit code: by it one human being is one, whichever side keeps the row.
    """

    #: It is called by the name of its person.
    is_personal: ClassVar[bool] = True
    reference_field: ClassVar[str] = "number"

    class Origin(models.TextChoices):
        APPLIED = "applied", _("本人申请")
        FOUND = "found", _("免申即享")

    number = models.CharField(_("申领编号"), max_length=32)
    policy = models.ForeignKey(
        Policy, verbose_name=_("政策"), on_delete=models.PROTECT, related_name="claims"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="claims", null=True, blank=True
    )
    firm = models.ForeignKey(
        Body,
        verbose_name=_("享受单位"),
        on_delete=models.PROTECT,
        related_name="claims",
        null=True,
        blank=True,
    )
    benefit_period = models.CharField(
        _("享受期"), max_length=7, help_text=_("写成 2021-08、2021Q3 或 2021，与政策的享受周期一致。")
    )
    applied_on = models.DateField(_("申领日期"))
    late_reason = models.CharField(
        _("逾期理由"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("晚于申领期限的须写，由复审人判断。"),
    )
    note = models.CharField(_("备注"), max_length=200, blank=True, default="")
    origin = models.CharField(
        _("申领方式"), max_length=7, choices=Origin.choices, default=Origin.APPLIED, editable=False
    )
    standing = models.CharField(
        _("申领进度"), max_length=9, choices=Standing.choices, default=Standing.PENDING, editable=False
    )
    amount = MoneyField(_("核定金额"), null=True, blank=True, editable=False)
    benefit_kind = models.CharField(_("补贴类别"), max_length=20, blank=True, default="", editable=False)
    subject_index = models.CharField(max_length=40, blank=True, default="", editable=False)
    verified_by = models.CharField(_("核实人"), max_length=120, blank=True, default="", editable=False)
    approved_by = models.CharField(_("复审人"), max_length=120, blank=True, default="", editable=False)
    approved_on = models.DateField(_("复审日期"), null=True, blank=True, editable=False)
    notice = models.ForeignKey(
        PublicNotice,
        verbose_name=_("公示"),
        on_delete=models.PROTECT,
        related_name="claims",
        null=True,
        blank=True,
        editable=False,
    )
    payment_list = models.ForeignKey(
        PaymentList,
        verbose_name=_("发放批次"),
        on_delete=models.PROTECT,
        related_name="claims",
        null=True,
        blank=True,
        editable=False,
    )
    payee_account = models.ForeignKey(
        PayeeAccount,
        verbose_name=_("收款账户"),
        on_delete=models.PROTECT,
        related_name="claims",
        null=True,
        blank=True,
        editable=False,
    )
    decision_note = models.CharField(_("办理说明"), max_length=200, blank=True, default="", editable=False)

    leads_to: ClassVar[Leads] = {PERSON: Lead("person"), BODY: Lead("firm")}

    class Meta:
        verbose_name = verbose_name_plural = _("申领")
        ordering: ClassVar = ["-applied_on", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="benefits_claim_side_number_unique",
                violation_error_message=_("该方已有这个申领编号。"),
            ),
            models.UniqueConstraint(
                fields=["policy", "person", "benefit_period"],
                condition=_COUNTS,
                name="benefits_claim_person_once",
                violation_error_message=_TWICE,
            ),
            models.UniqueConstraint(
                fields=["policy", "firm", "benefit_period"],
                condition=_COUNTS,
                name="benefits_claim_firm_once",
                violation_error_message=_TWICE,
            ),
            models.UniqueConstraint(
                fields=["policy", "subject_index", "benefit_period"],
                condition=_COUNTS & ~Q(subject_index=""),
                name="benefits_claim_subject_once",
                violation_error_message=_TWICE,
            ),
            models.UniqueConstraint(
                fields=["benefit_kind", "subject_index", "benefit_period"],
                condition=_COUNTS & ~Q(subject_index="") & ~Q(benefit_kind=""),
                name="benefits_claim_kind_once",
                violation_error_message=_("这一享受期的同类补贴已在别处申领，两地合并只发一次。"),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(firm__isnull=False),
                name="benefits_claim_whose_check",
                violation_error_message=_("请选择人员或单位。"),
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.PENDING.value)
                | Q(state=State.VERIFIED.value)
                | (Q(standing__in=CLOSED) & Q(state=State.SUBMITTED.value)),
                name="benefits_claim_standing_check",
                violation_error_message=_("没有初审的申领不能往下办理。"),
            ),
            models.CheckConstraint(
                condition=Q(standing__in=(Standing.PENDING.value, *CLOSED))
                | (Q(amount__gt=0) & ~Q(subject_index="") & ~Q(approved_by="")),
                name="benefits_claim_approved_check",
                violation_error_message=_("没有复审核定金额的申领不能往下办理。"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["policy", "benefit_period", "standing"], name="benefits_claim_way"),
            models.Index(fields=["benefit_kind", "subject_index"], name="benefits_claim_kind"),
        ]

    def __str__(self) -> str:
        return str(self.person or self.firm)

    @property
    def subject(self) -> Any:
        """Whom the policy is for."""
        return self.person or self.firm


class ClaimAnswer(Recorded):
    """申领核算 — what was computed of a claim at a time, clause by clause, by which release. Only added to.

    Shape: `reasons` are lists of sentences: clause, fact, needed, value, state, source.
    """

    IS_APPENDED_ONLY: ClassVar[bool] = True

    claim = models.ForeignKey(Claim, verbose_name=_("申领"), on_delete=models.PROTECT, related_name="answers")
    release = models.ForeignKey(
        PolicyRelease, verbose_name=_("政策版本"), on_delete=models.PROTECT, related_name="+"
    )
    amount = MoneyField(_("核算金额"))
    sentence = models.CharField(_("金额说明"), max_length=300)
    reasons = models.JSONField(_("核算依据"), default=list)
    computed_at = models.DateTimeField(_("核算时间"))
    computed_by = models.CharField(_("核算人"), max_length=120)

    WALL: ClassVar[Wall] = Within("claim")

    class Meta:
        verbose_name = verbose_name_plural = _("申领核算")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.claim_id}·{self.amount}"
