"""The ledgers of labour cooperation."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import (
    Avg,
    Case,
    CharField,
    Count,
    DecimalField,
    F,
    IntegerField,
    OuterRef,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, Round
from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, State, register

from . import (  # noqa: F401  (importing registers)
    circumstance_ledgers,
    ledgers_matching,
    placement_ledgers,
    roster_ledgers,
    station_ledgers,
)
from .lines import age_problems, keep_lines, wage_problems, wage_warnings
from .models import EmploymentSpell, MonthlyFact, WorkerRegistration
from .transport import ledgers as transport_ledgers  # noqa: F401  (importing registers)
from .transport import retention_ledgers  # noqa: F401  (importing registers)

SCHEME = "斗委农组〔2021〕3号 三（一）"


def _facts_of_row() -> Any:
    """Monthly facts of the spell in the outer query: parts of the row itself, so no scope of their own."""
    facts = MonthlyFact._base_manager.filter(spell=OuterRef("pk"), is_in_post=True)
    return facts.exclude(state=State.VOIDED).order_by().values("spell")


MONTHS_IN_POST = Coalesce(
    Subquery(_facts_of_row().annotate(found=Count("pk")).values("found")), 0, output_field=IntegerField()
)
AVERAGE_WAGE = Round(
    Subquery(_facts_of_row().annotate(found=Avg("wage")).values("found")),
    2,
    output_field=DecimalField(max_digits=18, decimal_places=2),
)
EMPLOYER = Case(
    When(employer__isnull=False, then=F("employer__name")),
    default=F("employer_name"),
    output_field=CharField(),
)


@register
class WorkerRegistrationLedger(Ledger[WorkerRegistration]):
    model = WorkerRegistration
    source = SCHEME
    columns = (
        "person",
        "person__identity_number",
        Column("person__place", label=_("户籍")),
        "person__category",
        "status",
        Column("status_since", is_default=False),
        "wish",
        Column("wished_post", is_default=False),
        Column("wished_wage", is_default=False),
        Column("available_from", is_default=False),
        "education",
        Column("skills", is_default=False),
        "registered_on",
        "last_contact_on",
    )
    filters = ("person__category", "status", "wish", "education", "registered_on", "available_from")
    search = ("person__name", "person__identity_number", "skills")
    ordering = ("-registered_on",)
    import_key = ("person",)
    fields = (
        "person",
        "status",
        "status_since",
        "wish",
        "wished_post",
        "wished_wage",
        "available_from",
        "education",
        "skills",
        "registered_on",
        "last_contact_on",
    )
    panels = (
        Fields(_("登记"), ("person", "status", "status_since", "registered_on", "last_contact_on")),
        Fields(_("就业意愿"), ("wish", "wished_post", "wished_wage", "available_from")),
        Fields(_("就业条件"), ("education", "skills")),
    )
    evidence_classes = (
        EvidenceClass("registration", _("登记表")),
        EvidenceClass("certificate", _("技能证书")),
    )
    reconcile_key = ("person__identity_number",)
    reconcile_fields = ("status",)
    menu_order = 10
    example = {"registered_on": "2021-03-01", "skills": "初级电工证"}

    def validate(
        self, row: WorkerRegistration, previous: WorkerRegistration | None
    ) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        today = clock.today()
        if row.registered_on > today:
            problems["registered_on"] = [_("登记日期不能晚于今天。")]
        if row.status_since and row.status_since > today:
            problems["status_since"] = [_("状况起始日期不能晚于今天。")]
        if row.last_contact_on and row.last_contact_on > today:
            problems["last_contact_on"] = [_("最近联系日期不能晚于今天。")]
        if row.person.side != row.owner_unit.side:
            problems["person"] = [_("请选择本方登记的人员。")]
        elif too_young := age_problems(row, row.registered_on):
            problems["person"] = too_young
        return problems

    def prefetch_for_validation(self, rows: Sequence[WorkerRegistration]) -> None:
        keep_lines(rows)


@register
class EmploymentSpellLedger(Ledger[EmploymentSpell]):
    model = EmploymentSpell
    source = SCHEME
    columns = (
        "person",
        "person__identity_number",
        Column("person__place", label=_("户籍")),
        "person__category",
        "destination",
        Column("employer_shown", label=_("用工单位"), kind="text", expression=EMPLOYER),
        "post",
        Column("average_wage", label=_("月均工资"), unit=_("元"), kind="money", expression=AVERAGE_WAGE),
        "started_on",
        Column("ended_on", is_default=False),
        Column("months", label=_("在岗月数"), unit=_("月"), kind="integer", expression=MONTHS_IN_POST),
        Column("has_contract", is_default=False),
        Column("is_insured", is_default=False),
        Column("channel", is_default=False),
    )
    filters = (
        "destination",
        "person__category",
        "started_on",
        "has_contract",
        "is_insured",
        "channel",
        "employer",
    )
    search = ("person__name", "person__identity_number", "employer__name", "employer_name", "post")
    ordering = ("-started_on",)
    import_key = ("person", "started_on")
    fields = (
        "person",
        "employer",
        "employer_name",
        "post",
        "destination",
        "started_on",
        "ended_on",
        "has_contract",
        "is_insured",
        "channel",
    )
    panels = (
        Fields(_("人员与用工单位"), ("person", "employer", "employer_name", "post", "destination")),
        Fields(_("在岗"), ("started_on", "ended_on", "has_contract", "is_insured", "channel")),
        Related("labour.monthlyfact", "spell", ("period", "is_in_post", "wage", "state"), _("各月在岗")),
    )
    period_kind = PeriodKind.QUARTER
    evidence_classes = (
        EvidenceClass("contract", _("劳动合同")),
        EvidenceClass("payroll", _("工资流水")),
        EvidenceClass("insurance", _("社保证明")),
        EvidenceClass("photo", _("现场照片")),
    )
    reconcile_key = ("person__identity_number", "period")
    reconcile_fields = ("destination", "started_on", "ended_on")
    menu_order = 20
    example = {"employer_name": "演示电器有限公司", "post": "装配工", "started_on": "2021-03-02"}

    def validate(self, row: EmploymentSpell, previous: EmploymentSpell | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        today = clock.today()
        if not row.employer_id and not row.employer_name.strip():
            problems["employer"] = [_("请选择用工单位；没有登记的，填写其名称。")]
        if row.started_on > today:
            problems["started_on"] = [_("到岗日期不能晚于今天。")]
        if row.ended_on and row.ended_on > today:
            problems["ended_on"] = [_("离岗日期不能晚于今天。")]
        if row.ended_on and row.ended_on < row.started_on:
            problems["ended_on"] = [_("离岗日期不能早于到岗日期。")]
        if row.person.side != row.owner_unit.side:
            problems["person"] = [_("请选择本方登记的人员。")]
        elif too_young := age_problems(row, row.started_on):
            problems["person"] = too_young
        return problems

    def prefetch_for_validation(self, rows: Sequence[EmploymentSpell]) -> None:
        keep_lines(rows)

    def warn(self, row: EmploymentSpell) -> Mapping[str, Sequence[Any]]:
        warnings: dict[str, list[Any]] = {}
        if row.employer and row.employer_name and row.employer.name != row.employer_name:
            warnings["employer_name"] = [_("与所选用工单位的名称不同，请核对。")]
        if row.is_insured and not row.has_contract:
            warnings["has_contract"] = [_("已参加社保而没有签订合同，请核对。")]
        return warnings


@register
class MonthlyFactLedger(Ledger[MonthlyFact]):
    model = MonthlyFact
    source = SCHEME
    columns = (
        Column("spell__person", label=_("人员")),
        "spell__person__identity_number",
        "period",
        "spell__destination",
        Column(
            "employer_shown",
            label=_("用工单位"),
            kind="text",
            expression=Case(
                When(spell__employer__isnull=False, then=F("spell__employer__name")),
                default=F("spell__employer_name"),
                output_field=CharField(),
            ),
        ),
        "is_in_post",
        "wage",
        Column("spell", is_default=False),
    )
    filters = ("is_in_post", "wage", "spell__destination")
    search = ("spell__person__name", "spell__person__identity_number", "spell__employer__name")
    ordering = ("-period",)
    import_key = ("spell", "period")
    fields = ("spell", "period", "is_in_post", "wage")
    period_kind = PeriodKind.MONTH
    evidence_classes = (EvidenceClass("payroll", _("工资流水")),)
    reconcile_key = ("spell__person__identity_number", "period")
    reconcile_fields = ("is_in_post", "wage")
    menu_order = 30
    example = {"period": "2021-08", "wage": "5200"}

    def validate(self, row: MonthlyFact, previous: MonthlyFact | None) -> Mapping[str, Sequence[Any]]:
        problems: dict[str, list[Any]] = {}
        if not row.period:
            return {"period": [_("请填写所属月份。")]}
        month = Period.parse(row.period)
        if month.kind is not PeriodKind.MONTH:
            return {"period": [_("按月填报，请写成 2021-08。")]}
        if month.start > clock.today():
            problems["period"] = [_("不能填报还没有到的月份。")]
        elif month.end < row.spell.started_on or (row.spell.ended_on and month.start > row.spell.ended_on):
            problems["period"] = [_("该月不在务工记录的起止日期之内。")]
        if not row.is_in_post and row.wage is not None:
            problems["wage"] = [_("不在岗的月份不填工资。")]
        elif unlikely := wage_problems(row):
            problems["wage"] = unlikely
        if row.spell.side != row.owner_unit.side:
            problems["spell"] = [_("请选择本方的务工记录。")]
        return problems

    def prefetch_for_validation(self, rows: Sequence[MonthlyFact]) -> None:
        keep_lines(rows)

    def warn(self, row: MonthlyFact) -> Mapping[str, Sequence[Any]]:
        warnings = wage_warnings(row)
        return {"wage": warnings} if warnings else {}
