"""Policies brought to those they fit: a push of a release, and everyone who is to be told of it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import CountField, MoneyField
from shanhai.kernel.leads import BODY, PERSON, Lead, Leads
from shanhai.kernel.models import LedgerModel
from shanhai.registers.parties.models import Body, Person

from .policy import Policy, PolicyRelease


class PolicyPush(LedgerModel):
    """政策推送 — a release of a policy brought to those it fits.

    Shape: one for a release, so that nobody is told twice of it; computed again, it takes in who fits since.
    """

    reference_field: ClassVar[str] = "number"

    class Whom(models.TextChoices):
        ENTITLED = "entitled", _("应享未领的")
        NEARLY = "nearly", _("应享未领的，和只差一步的")

    number = models.CharField(_("推送编号"), max_length=32)
    policy = models.ForeignKey(
        Policy, verbose_name=_("政策"), on_delete=models.PROTECT, related_name="pushes"
    )
    benefit_period = models.CharField(
        _("享受期"), max_length=7, help_text=_("写成 2021-08、2021Q3 或 2021，与政策的享受周期一致。")
    )
    whom = models.CharField(_("推送范围"), max_length=8, choices=Whom.choices, default=Whom.ENTITLED)
    tell_by = models.DateField(_("通知截止日期"))
    note = models.CharField(_("备注"), max_length=200, blank=True, default="")
    release = models.ForeignKey(
        PolicyRelease,
        verbose_name=_("政策版本"),
        on_delete=models.PROTECT,
        related_name="pushes",
        null=True,
        blank=True,
        editable=False,
    )
    recipient_count = CountField(_("推送对象数"), unit=_("个"), default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("政策推送")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="benefits_policypush_side_number_unique",
                violation_error_message=_("该方已有这个推送编号。"),
            ),
            models.UniqueConstraint(
                fields=["policy", "release"],
                name="benefits_policypush_release_once",
                violation_error_message=_("这一版政策已有推送，请在那条推送里再算一次。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PushRecipient(LedgerModel):
    """推送对象 — one person or firm to be told, by the unit that looks after them.

    Shape: a draft waits to be told; `told_on` says that it was. Whether a claim followed is computed.
    """

    #: It is called by the name of its person.
    is_personal: ClassVar[bool] = True
    reference_field: ClassVar[str] = "number"
    #: As soon as they are put on a push, whether a unit has told them or not.
    leads_to: ClassVar[Leads] = {PERSON: Lead("person", drafts=True), BODY: Lead("firm", drafts=True)}

    class Fit(models.TextChoices):
        ENTITLED = "entitled", _("应享未领")
        NEARLY = "nearly", _("只差一步")

    class Way(models.TextChoices):
        PHONE = "phone", _("电话")
        VISIT = "visit", _("上门")
        SMS = "sms", _("短信")
        APP = "app", _("系统内")

    number = models.CharField(_("对象编号"), max_length=32)
    push = models.ForeignKey(
        PolicyPush, verbose_name=_("政策推送"), on_delete=models.PROTECT, related_name="recipients"
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("人员"),
        on_delete=models.PROTECT,
        related_name="pushes",
        null=True,
        blank=True,
    )
    firm = models.ForeignKey(
        Body,
        verbose_name=_("享受单位"),
        on_delete=models.PROTECT,
        related_name="pushes",
        null=True,
        blank=True,
    )
    fit = models.CharField(
        _("符合情况"), max_length=8, choices=Fit.choices, default=Fit.ENTITLED, editable=False
    )
    amount = MoneyField(_("可享金额"), null=True, blank=True, editable=False)
    lacking = models.CharField(_("还差什么"), max_length=300, blank=True, default="", editable=False)
    told_on = models.DateField(_("通知日期"), null=True, blank=True)
    told_way = models.CharField(_("通知方式"), max_length=5, choices=Way.choices, blank=True, default="")
    read_on = models.DateField(_("知晓日期"), null=True, blank=True)
    is_read_by_self = models.BooleanField(_("本人账号知晓"), default=False, editable=False)
    note = models.CharField(_("备注"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("推送对象")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="benefits_pushrecipient_side_number_unique",
                violation_error_message=_("该方已有这个对象编号。"),
            ),
            models.UniqueConstraint(
                fields=["push", "person"],
                name="benefits_pushrecipient_person_once",
                violation_error_message=_("这条推送里已有该人员，同一版政策不通知第二次。"),
            ),
            models.UniqueConstraint(
                fields=["push", "firm"],
                name="benefits_pushrecipient_firm_once",
                violation_error_message=_("这条推送里已有该单位，同一版政策不通知第二次。"),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(firm__isnull=False),
                name="benefits_pushrecipient_whose_check",
                violation_error_message=_("请选择人员或单位。"),
            ),
            models.CheckConstraint(
                condition=Q(read_on__isnull=True) | Q(told_on__isnull=False) & Q(read_on__gte=F("told_on")),
                name="benefits_pushrecipient_read_check",
                violation_error_message=_("先填通知日期，知晓日期不能早于它。"),
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True) | ~Q(told_way=""),
                name="benefits_pushrecipient_told_check",
                violation_error_message=_("填了通知日期的，须填通知方式。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.firm)

    @property
    def subject(self) -> Any:
        """Whom the policy is for."""
        return self.person or self.firm
