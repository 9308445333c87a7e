"""What a person's household had a head in a year, which some benefits ask for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import MoneyField
from shanhai.kernel.leads import PERSON, Lead, Leads
from shanhai.kernel.models import LedgerModel
from shanhai.registers.parties.models import Person


class IncomeRecord(LedgerModel):
    """年度收入 — net income a head of the person's household in a year, and where it is taken from."""

    is_personal: ClassVar[bool] = True

    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="income_records"
    )
    income = MoneyField(_("人均纯收入"))
    basis = models.CharField(_("收入依据"), max_length=120)

    leads_to: ClassVar[Leads] = {PERSON: Lead("person")}

    class Meta:
        verbose_name = verbose_name_plural = _("年度收入")
        ordering: ClassVar = ["-period"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "period"],
                name="benefits_incomerecord_person_period_unique",
                violation_error_message=_("该人员本年度的收入已登记。"),
            ),
            models.CheckConstraint(
                condition=models.Q(income__gte=0),
                name="benefits_incomerecord_income_check",
                violation_error_message=_("收入不能为负。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}·{self.period}"
