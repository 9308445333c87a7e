"""The ledgers of directed enrolment: plans, applicants, aid."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, register

from .enrolment_actions import places_held
from .ledgers_workshops import SCHEME, Problems, own_problems
from .models import AidPayment, Applicant, EnrolmentPlan
from .rules import enrolment as rules


@register
class EnrolmentPlanLedger(Ledger[EnrolmentPlan]):
    model = EnrolmentPlan
    source = SCHEME
    columns = (
        "code",
        "school",
        "major",
        "period",
        "quota",
        "study_years",
        "aid_a_year",
        Column("aid_source", is_default=False),
    )
    filters = ("school", "quota")
    search = ("code", "school__name", "major")
    ordering = ("-period",)
    import_key = ("code",)
    fields = ("code", "school", "major", "period", "quota", "study_years", "aid_a_year", "aid_source")
    panels = (
        Fields(_("计划"), ("code", "school", "major", "period", "quota", "study_years")),
        Fields(_("资助"), ("aid_a_year", "aid_source")),
        Related(
            "training.applicant",
            "enrolment_plan",
            ("person", "enrolled_on", "study_stage", "accepted_on", "state"),
            _("报名与录取"),
        ),
    )
    period_kind = PeriodKind.YEAR
    evidence_classes = (EvidenceClass("agreement", _("招生协议")),)
    menu_order = 70
    example = {
        "code": "ZS2021-01",
        "major": "护理",
        "period": "2021",
        "quota": "20",
        "study_years": "3",
        "aid_a_year": "3000",
        "aid_source": "演示：就学资助办法",
    }

    def validate(self, row: EnrolmentPlan, previous: EnrolmentPlan | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "school", _("请选择本方登记的主体。"))
        if previous is not None and row.quota < previous.quota:
            held = places_held(row.pk)
            if held > row.quota:
                problems["quota"] = [_("已录取 %(held)s 人，名额不能少于此数。") % {"held": held}]
        return problems


@register
class ApplicantLedger(Ledger[Applicant]):
    model = Applicant
    source = SCHEME
    columns = (
        "person",
        "person__identity_number",
        Column("person__place", label=_("户籍")),
        "person__category",
        "enrolment_plan",
        "enrolled_on",
        "study_stage",
        "accepted_on",
        Column("practice_from", is_default=False),
        Column("graduated_on", is_default=False),
        Column("dropped_on", is_default=False),
    )
    filters = ("enrolment_plan", "study_stage", "person__category", "accepted_on", "graduated_on")
    search = ("person__name", "person__identity_number", "enrolment_plan__major", "enrolment_plan__code")
    ordering = ("-enrolled_on",)
    import_key = ("enrolment_plan", "person")
    fields = ("enrolment_plan", "person", "enrolled_on")
    panels = (
        Fields(_("报名"), ("enrolment_plan", "person", "enrolled_on")),
        Fields(_("就学"), ("study_stage", "accepted_on", "practice_from", "graduated_on", "dropped_on")),
        Related(
            "training.aidpayment",
            "applicant",
            ("period", "school_term", "aid_paid", "aid_paid_on", "state"),
            _("就学资助"),
        ),
    )
    evidence_classes = (EvidenceClass("form", _("报名表")), EvidenceClass("notice", _("录取通知书")))
    menu_order = 75
    example = {"enrolled_on": "2021-06-10"}

    def validate(self, row: Applicant, previous: Applicant | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "person", _("请选择本方登记的人员。"))
        problems |= own_problems(row, "enrolment_plan", _("请选择本方的招生计划。"))
        if row.enrolled_on > clock.today():
            problems["enrolled_on"] = [_("报名日期不能晚于今天。")]
        return problems


@register
class AidPaymentLedger(Ledger[AidPayment]):
    model = AidPayment
    source = SCHEME
    columns = (
        "applicant",
        Column("applicant__person__identity_number", label=_("身份证号")),
        Column("applicant__enrolment_plan", label=_("定向招生计划")),
        "period",
        "school_term",
        "aid_paid",
        "aid_paid_on",
    )
    filters = ("applicant__enrolment_plan", "school_term", "aid_paid", "aid_paid_on")
    search = ("applicant__person__name", "applicant__person__identity_number")
    ordering = ("-period",)
    import_key = ("applicant", "period", "school_term")
    fields = ("applicant", "period", "school_term", "aid_paid", "aid_paid_on")
    period_kind = PeriodKind.YEAR
    evidence_classes = (EvidenceClass("slip", _("发放凭证")),)
    menu_order = 78
    example = {"period": "2021", "school_term": "秋季学期", "aid_paid": "1500", "aid_paid_on": "2021-09-10"}

    def validate(self, row: AidPayment, previous: AidPayment | None) -> Mapping[str, Sequence[Any]]:
        problems: Problems = own_problems(row, "applicant", _("请选择本方的报名。"))
        admitted, left = row.applicant.accepted_on, row.applicant.dropped_on
        if "applicant" not in problems and admitted is None:
            problems["applicant"] = [_("该学生还没有录取，不能发放资助。")]
        if row.aid_paid_on > clock.today():
            problems["aid_paid_on"] = [_("发放日期不能晚于今天。")]
        elif admitted and row.aid_paid_on < admitted:
            problems["aid_paid_on"] = [_("发放日期不能早于录取日期 %(day)s。") % {"day": admitted}]
        elif left and row.aid_paid_on > left:
            problems["aid_paid_on"] = [_("该学生已于 %(day)s 退学。") % {"day": left}]
        return problems

    def warn(self, row: AidPayment) -> Mapping[str, Sequence[Any]]:
        if not row.period:
            return {}
        if not hasattr(row, "paid_before"):
            self.prefetch_for_validation([row])
        paid = {**row.paid_before, (row.period, row.school_term): row.aid_paid}  # type: ignore[attr-defined]
        total = rules.paid_in_school_year(paid, row.period, row.school_term)
        rate = row.applicant.enrolment_plan.aid_a_year
        if total <= rate:
            return {}
        told = {"total": f"{total:,}", "rate": f"{rate:,}"}
        sentence = _("这一学年共 %(total)s 元，高于计划写明的每学年资助标准 %(rate)s 元，请核对。")
        return {"aid_paid": [sentence % told]}

    def prefetch_for_validation(self, rows: Sequence[AidPayment]) -> None:
        paid: dict[Any, dict[tuple[str, str], Decimal]] = defaultdict(dict)
        known = AidPayment.objects.live().filter(applicant__in={row.applicant_id for row in rows})
        for one in known.order_by():
            paid[one.applicant_id][one.period, one.school_term] = one.aid_paid
        for row in rows:
            paid[row.applicant_id][row.period, row.school_term] = row.aid_paid
        for row in rows:
            row.paid_before = paid[row.applicant_id]  # type: ignore[attr-defined]
