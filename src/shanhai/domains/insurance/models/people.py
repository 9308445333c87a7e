"""Who is insured how, and who may be treated away from home."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.leads import PERSON, Lead, Leads
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.planned import NONE_PLANNED, Planned
from shanhai.registers.parties.models import Person
from shanhai.registers.places.models import Place


class Insurance(models.TextChoices):
    """Kind of insurance 险种, by its national code."""

    EMPLOYEE = "310", _("职工基本医疗保险")
    RESIDENT = "390", _("城乡居民基本医疗保险")


class Category(models.TextChoices):
    """Category of a person that rules favour 倾斜人员类别."""

    ORDINARY = "ordinary", _("一般人员")
    OUT_OF_POVERTY = "out_of_poverty", _("脱贫人口")
    MONITORED = "monitored", _("监测对象")
    MINIMUM_LIVING = "minimum_living", _("低保对象")
    DESTITUTE = "destitute", _("特困人员")


class Entitlement(LedgerModel):
    """参保待遇 — how a person is insured, as the insured place keeps it, from a day to a day or still."""

    is_personal: ClassVar[bool] = True

    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="entitlements"
    )
    insurance = models.CharField(
        _("险种"), max_length=3, choices=Insurance.choices, default=Insurance.RESIDENT
    )
    category = models.CharField(
        _("人员类别"), max_length=14, choices=Category.choices, default=Category.ORDINARY
    )
    valid_from = models.DateField(_("享受待遇起"))
    valid_to = models.DateField(_("享受待遇止"), null=True, blank=True)

    leads_to: ClassVar[Leads] = {PERSON: Lead("person")}

    class Meta:
        verbose_name = verbose_name_plural = _("参保待遇")
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "valid_from"],
                name="insurance_entitlement_person_from_unique",
                violation_error_message=_("该人员已有从这一天起的参保待遇。"),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="insurance_entitlement_days_check",
                violation_error_message=_("享受待遇止不能早于享受待遇起。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Filing(LedgerModel):
    """异地备案 — that a person may be treated away from home, and settled there.

    Shape: `standing` is where the filing is; that it has run out follows from `valid_to`.
    """

    is_personal: ClassVar[bool] = True

    class Kind(models.TextChoices):
        RESIDENCE = "residence", _("异地长期居住")
        REFERRAL = "referral", _("转诊就医")
        EMERGENCY = "emergency", _("急诊抢救")
        OTHER = "other", _("其他临时外出就医")

    class Standing(models.TextChoices):
        LODGED = "lodged", _("待受理")
        ACCEPTED = "accepted", _("已受理")
        EFFECTIVE = "effective", _("备案生效")
        CHANGED = "changed", _("已变更")
        CANCELLED = "cancelled", _("已注销")

    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="filings"
    )
    kind = models.CharField(_("备案类型"), max_length=9, choices=Kind.choices)
    care_place = models.ForeignKey(
        Place, verbose_name=_("备案就医地"), on_delete=models.PROTECT, related_name="+"
    )
    filed_on = models.DateField(_("申请日期"))
    standing = models.CharField(
        _("备案状态"), max_length=9, choices=Standing.choices, default=Standing.LODGED, editable=False
    )
    valid_from = models.DateField(_("备案生效日期"), null=True, blank=True, editable=False)
    valid_to = models.DateField(_("备案到期日期"), null=True, blank=True, editable=False)
    note = models.CharField(_("备注"), max_length=200, blank=True, default="")

    leads_to: ClassVar[Leads] = {PERSON: Lead("person")}

    class Meta:
        verbose_name = verbose_name_plural = _("异地备案")
        ordering: ClassVar = ["-filed_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "filed_on", "kind"],
                name="insurance_filing_person_day_kind_unique",
                violation_error_message=_("该人员当日已申请过这种备案。"),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="insurance_filing_days_check",
                violation_error_message=_("备案到期不能早于生效。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def reference_text(self) -> str:
        return f"{self.person.reference_text()} {self.filed_on}"

    @classmethod
    def resolve_references(cls, texts: Iterable[str], planned: Planned = NONE_PLANNED) -> dict[str, Any]:
        """Nothing refers to a filing: the one in force on a day is found by its person."""
        return {}
