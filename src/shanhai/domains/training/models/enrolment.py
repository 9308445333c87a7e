"""Directed enrolment: plans by school and major, who applies, is admitted, gets aid, graduates."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import CountField, MoneyField
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.planned import NONE_PLANNED, Planned
from shanhai.registers.parties.models import Body, Person

from .courses import parts_of


class EnrolmentPlan(LedgerModel):
    """定向招生计划 — places of one major in one school. Shape: `period` is the year of enrolment."""

    reference_field: ClassVar[str] = "code"

    code = models.CharField(_("计划编号"), max_length=20)
    school = models.ForeignKey(
        Body, verbose_name=_("招生学校"), on_delete=models.PROTECT, related_name="enrolment_plans"
    )
    major = models.CharField(_("招生专业"), max_length=60)
    quota = CountField(_("招生名额"), unit=_("人"), validators=[MinValueValidator(1)])
    study_years = models.PositiveSmallIntegerField(_("学制（年）"), default=3)
    aid_a_year = MoneyField(_("每学年资助标准"), default=0)
    aid_source = models.CharField(_("资助依据"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("定向招生计划")
        ordering: ClassVar = ["-period", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="training_enrolmentplan_side_code_unique",
                violation_error_message=_("该方已有这个计划编号。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.major}"


class Stage(models.TextChoices):
    """Where an applicant stands; which may follow which: `enrolment_actions.MOVES`."""

    APPLIED = "applied", _("已报名")
    ADMITTED = "admitted", _("已录取")
    PRACTISING = "practising", _("实习")
    GRADUATED = "graduated", _("毕业")
    REJECTED = "rejected", _("未录取")
    DROPPED_OUT = "dropped_out", _("退学")


class Applicant(LedgerModel):
    """招生报名 — one person who applies to one plan, and how far they came."""

    #: It is called by the name of its person.
    is_personal: ClassVar[bool] = True

    enrolment_plan = models.ForeignKey(
        EnrolmentPlan, verbose_name=_("定向招生计划"), on_delete=models.PROTECT, related_name="applicants"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="enrolment_applications"
    )
    enrolled_on = models.DateField(_("报名日期"))
    study_stage = models.CharField(_("就学阶段"), max_length=11, choices=Stage.choices, default=Stage.APPLIED)
    accepted_on = models.DateField(_("录取日期"), null=True, blank=True)
    practice_from = models.DateField(_("实习开始日期"), null=True, blank=True)
    graduated_on = models.DateField(_("毕业日期"), null=True, blank=True)
    dropped_on = models.DateField(_("退学日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("招生报名")
        ordering: ClassVar = ["-enrolled_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrolment_plan", "person"],
                name="training_applicant_plan_person_unique",
                violation_error_message=_("该人员已报名这个计划。"),
            ),
            models.CheckConstraint(
                condition=Q(study_stage__in=("applied", "rejected", "dropped_out"))
                | Q(accepted_on__isnull=False),
                name="training_applicant_admitted_check",
                violation_error_message=_("已录取的要有录取日期。"),
            ),
            models.CheckConstraint(
                condition=Q(graduated_on__isnull=True) | Q(graduated_on__gte=F("accepted_on")),
                name="training_applicant_graduated_check",
                violation_error_message=_("毕业日期不能早于录取日期。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def reference_text(self) -> str:
        return f"{self.enrolment_plan.code} {self.person.reference_text()}"

    @classmethod
    def resolve_references(cls, texts: Iterable[str], planned: Planned = NONE_PLANNED) -> dict[str, Any]:
        """Applicants by «plan code identity number»."""
        wanted = {text: parts_of(text) for text in texts}
        plans = EnrolmentPlan.resolve_references({code for code, _rest in wanted.values()}, planned)
        people = Person.resolve_references({rest for _code, rest in wanted.values()}, planned)
        keys = {person.pk for person in people.values()}
        rows = cls.objects.live().filter(person__in=keys, enrolment_plan__in=[p.pk for p in plans.values()])
        known = {(row.enrolment_plan_id, row.person_id): row for row in planned.joined(rows, person_id=keys)}
        return {
            text: known[key]
            for text, (code, rest) in wanted.items()
            if code in plans and rest in people and (key := (plans[code].pk, people[rest].pk)) in known
        }


class Term(models.TextChoices):
    """The terms of a school year, which begins in autumn."""

    AUTUMN = "autumn", _("秋季学期")
    SPRING = "spring", _("春季学期")


class AidPayment(LedgerModel):
    """就学资助 — what an admitted student was paid for a term. Shape: `period` is the year the term is in."""

    is_personal: ClassVar[bool] = True

    applicant = models.ForeignKey(
        Applicant, verbose_name=_("招生报名"), on_delete=models.PROTECT, related_name="aid_payments"
    )
    school_term = models.CharField(_("学期"), max_length=6, choices=Term.choices, default=Term.AUTUMN)
    aid_paid = MoneyField(_("资助金额"))
    aid_paid_on = models.DateField(_("发放日期"))

    class Meta:
        verbose_name = verbose_name_plural = _("就学资助")
        ordering: ClassVar = ["-period"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["applicant", "period", "school_term"],
                name="training_aidpayment_applicant_term_unique",
                violation_error_message=_("该学生这个学期已发放过资助。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.applicant}·{self.period} {self.get_school_term_display()}"
