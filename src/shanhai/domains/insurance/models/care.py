"""Treatment at the place of care: its catalogue with prices, visits, and what was charged line by line."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import DecimalField, MoneyField, PercentField, SealedField
from shanhai.kernel.leads import PERSON, Lead, Leads
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.planned import NONE_PLANNED, Planned
from shanhai.kernel.sealing import Kind
from shanhai.registers.parties.models import Body, Person

from .policy import Care, HospitalLevel


class CatalogueItem(LedgerModel):
    """医保目录 — what the place of care covers of a drug, treatment or material, and at which price, by date.

    Shape: a new price is a new row of the same code, from its day.
    """

    class Kind(models.TextChoices):
        DRUG = "drug", _("药品")
        TREATMENT = "treatment", _("诊疗项目")
        MATERIAL = "material", _("医用耗材")

    class Grade(models.TextChoices):
        FULL = "full", _("甲类")
        PART = "part", _("乙类")
        NONE = "none", _("目录外")

    code = models.CharField(_("医保编码"), max_length=30)
    name = models.CharField(_("目录名称"), max_length=120)
    kind = models.CharField(_("目录类别"), max_length=9, choices=Kind.choices)
    grade = models.CharField(_("收费等级"), max_length=4, choices=Grade.choices)
    prepay = PercentField(
        _("先行自付比例"), default=0, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    price_limit = MoneyField(_("支付上限价"))
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200)

    name_field: ClassVar[str] = "name"

    class Meta:
        verbose_name = verbose_name_plural = _("医保目录")
        ordering: ClassVar = ["code", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code", "valid_from"],
                name="insurance_catalogueitem_code_from_unique",
                violation_error_message=_("这个编码已有从这一天起的价格。"),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="insurance_catalogueitem_days_check",
                violation_error_message=_("停用日期不能早于启用日期。"),
            ),
        ]

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    def reference_text(self) -> str:
        return f"{self.code} {self.valid_from}"

    @classmethod
    def resolve_references(cls, texts: Iterable[str], planned: Planned = NONE_PLANNED) -> dict[str, Any]:
        """Items by «code day», or by code alone the newest price there is."""
        wanted = {text: text.strip().partition(" ") for text in texts}
        codes = {code for code, _space, _day in wanted.values()}
        found: dict[str, list[Any]] = {}
        for item in planned.joined(cls.objects.live().filter(code__in=codes), code=codes):
            found.setdefault(item.code, []).append(item)
        chosen = {}
        for text, (code, _space, day) in wanted.items():
            fitting = [one for one in found.get(code, ()) if not day or str(one.valid_from) == day.strip()]
            if fitting:
                chosen[text] = max(fitting, key=lambda one: one.valid_from)
        return chosen


class MedicalVisit(LedgerModel):
    """就诊 — a stay or a consultation away from home, as the hospital bills it.

    Shape: `billed` is the hospital's own sum, which the lines must give to the cent; a consultation ends on
    the day it began. Private to the bureau that handles it: what the other side needs it gets by clearing.
    """

    is_personal: ClassVar[bool] = True
    reference_field: ClassVar[str] = "number"

    number = models.CharField(_("就诊编号"), max_length=30)
    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="medical_visits"
    )
    hospital = models.ForeignKey(
        Body, verbose_name=_("医疗机构"), on_delete=models.PROTECT, related_name="medical_visits"
    )
    hospital_level = models.CharField(_("医院级别"), max_length=1, choices=HospitalLevel.choices)
    care = models.CharField(_("就医方式"), max_length=10, choices=Care.choices)
    admitted_on = models.DateField(_("入院日期"))
    discharged_on = models.DateField(_("出院日期"), null=True, blank=True)
    diagnosis = SealedField(_("诊断"), kind=Kind.ILLNESS, blank=True)
    billed = MoneyField(_("医院总额"), validators=[MinValueValidator(Decimal("0.01"))])
    account_offered = MoneyField(_("个人账户可用"), default=0)

    leads_to: ClassVar[Leads] = {PERSON: Lead("person")}

    class Meta:
        verbose_name = verbose_name_plural = _("就诊")
        ordering: ClassVar = ["-admitted_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="insurance_medicalvisit_side_number_unique",
                violation_error_message=_("该方已有这个就诊编号。"),
            ),
            models.CheckConstraint(
                condition=Q(discharged_on__isnull=True) | Q(discharged_on__gte=F("admitted_on")),
                name="insurance_medicalvisit_days_check",
                violation_error_message=_("出院日期不能早于入院日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}·{self.number}"


class FeeLine(LedgerModel):
    """费用明细 — one line of a bill, by an item of the catalogue of the place of care."""

    visit = models.ForeignKey(
        MedicalVisit, verbose_name=_("就诊"), on_delete=models.PROTECT, related_name="fee_lines"
    )
    ordinal = models.PositiveIntegerField(_("明细序号"))
    item = models.ForeignKey(
        CatalogueItem, verbose_name=_("目录项目"), on_delete=models.PROTECT, related_name="fee_lines"
    )
    used_on = models.DateField(_("费用日期"))
    quantity = DecimalField(_("数量"), max_digits=10, decimal_places=2)
    price = MoneyField(_("单价"))

    class Meta:
        verbose_name = verbose_name_plural = _("费用明细")
        ordering: ClassVar = ["visit", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "ordinal"],
                name="insurance_feeline_visit_ordinal_unique",
                violation_error_message=_("该次就诊已有这个明细序号。"),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="insurance_feeline_quantity_check",
                violation_error_message=_("数量必须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id and self.visit.number}·{self.ordinal}"
