"""Employment: a spell per person and employer, and what is known of each month of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import MoneyField
from shanhai.kernel.leads import BODY, PERSON, Lead, Leads
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.planned import NONE_PLANNED, Planned
from shanhai.registers.parties.models import Body, Person

from .policy import Destination


class EmploymentSpell(LedgerModel):
    """务工就业 — one person at one employer from a day, to a day or still.

    Two units may both have filed the same person: the checks find it, the indicator counts the person once.
    """

    #: It is called by the name of its person.
    is_personal: ClassVar[bool] = True

    class Channel(models.TextChoices):
        ORGANISED = "organised", _("有组织")
        OWN = "own", _("自发")
        FRIENDS = "friends", _("亲友")

    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="employment_spells"
    )
    employer = models.ForeignKey(
        Body,
        verbose_name=_("用工单位"),
        on_delete=models.PROTECT,
        related_name="employment_spells",
        null=True,
        blank=True,
    )
    employer_name = models.CharField(
        _("未登记的用工单位"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("用工单位没有登记时，照合同填写。"),
    )
    post = models.CharField(_("岗位"), max_length=40)
    destination = models.CharField(_("就业地"), max_length=15, choices=Destination.choices)
    started_on = models.DateField(_("到岗日期"))
    ended_on = models.DateField(_("离岗日期"), null=True, blank=True)
    has_contract = models.BooleanField(_("签订合同"), default=False)
    is_insured = models.BooleanField(_("参加社保"), default=False)
    channel = models.CharField(_("输出方式"), max_length=9, choices=Channel.choices, default=Channel.OWN)

    leads_to: ClassVar[Leads] = {PERSON: Lead("person"), BODY: Lead("employer")}

    class Meta:
        verbose_name = verbose_name_plural = _("务工就业")
        ordering: ClassVar = ["-started_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner_unit", "person", "started_on"],
                name="labour_employmentspell_unit_person_started_unique",
                violation_error_message=_("本单位已填过该人员当日到岗的记录。"),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="labour_employmentspell_days_check",
                violation_error_message=_("离岗日期不能早于到岗日期。"),
            ),
            models.CheckConstraint(
                condition=Q(employer__isnull=False) | ~Q(employer_name=""),
                name="labour_employmentspell_employer_check",
                violation_error_message=_("请选择用工单位；没有登记的，填写其名称。"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "started_on"], name="labour_spell_person_started"),
        ]

    def __str__(self) -> str:
        return f"{self.person}·{self.employer or self.employer_name}"

    @property
    def employer_label(self) -> str:
        return str(self.employer or self.employer_name)

    def reference_text(self) -> str:
        return f"{self.person.reference_text()} {self.started_on}"

    @classmethod
    def resolve_references(cls, texts: Iterable[str], planned: Planned = NONE_PLANNED) -> dict[str, Any]:
        """Spells by «identity number start date», or by an identity number with only one visible spell."""
        wanted = {text: _parts(text) for text in texts}
        people = Person.resolve_references({identity for identity, _day in wanted.values()}, planned)
        keys = {person.pk for person in people.values()}
        spells: dict[Any, list[Any]] = {}
        for spell in planned.joined(cls.objects.live().filter(person__in=keys), person_id=keys):
            spells.setdefault(spell.person_id, []).append(spell)
        found = {}
        for text, (identity, day) in wanted.items():
            person = people.get(identity)
            fitting = [s for s in spells.get(person and person.pk, ()) if day is None or s.started_on == day]
            if len(fitting) == 1:
                found[text] = fitting[0]
        return found


def _parts(text: str) -> tuple[str, date | None]:
    """The identity number, and the day behind it if there is one."""
    identity, _space, rest = text.strip().partition(" ")
    try:
        return identity, date.fromisoformat(rest.strip()) if rest else None
    except ValueError:
        return text.strip(), None


class MonthlyFact(LedgerModel):
    """按月在岗 — whether the worker was in post in a month, and what was paid for it.

    Shape: `period` is the month. Months in post per calendar year are derived from these rows, never stored.
    """

    #: It is called by the name of its person.
    is_personal: ClassVar[bool] = True

    spell = models.ForeignKey(
        EmploymentSpell, verbose_name=_("务工就业"), on_delete=models.PROTECT, related_name="monthly_facts"
    )
    is_in_post = models.BooleanField(_("在岗"), default=True)
    wage = MoneyField(_("月工资"), null=True, blank=True, help_text=_("当月应发工资；在岗而不知工资的留空。"))

    leads_to: ClassVar[Leads] = {PERSON: Lead("spell__person")}

    class Meta:
        verbose_name = verbose_name_plural = _("按月在岗")
        ordering: ClassVar = ["-period"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["spell", "period"],
                name="labour_monthlyfact_spell_period_unique",
                violation_error_message=_("该务工记录本月已填。"),
            ),
            models.CheckConstraint(
                condition=Q(is_in_post=True) | Q(wage__isnull=True),
                name="labour_monthlyfact_wage_check",
                violation_error_message=_("不在岗的月份不填工资。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spell}·{self.period}"
