"""The ledgers of matching: skills, job orders, wishes of workers, weights."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, register

from .matching_rules import unknown_names
from .models import (
    JobOrder,
    JobWish,
    MatchWeight,
    SexLimit,
    Skill,
    Threshold,
    WorkClass,
    WorkerRegistration,
)

SCHEME = "斗委农组〔2021〕3号 三（一）"

type Problems = dict[str, list[Any]]


def skill_problems(row: Any, *names: str) -> Problems:
    """Skills that nobody listed: a misspelt one would match nobody, in silence."""
    known = getattr(row, "known_skills", None)
    if known is None:
        known = _known_skills() if any(getattr(row, name) for name in names) else ()
    problems: Problems = {}
    for name in names:
        unknown = unknown_names(getattr(row, name), known)
        if unknown:
            told = _("技能目录里没有“%(names)s”，请照目录填写，或先在技能目录里登记。")
            problems[name] = [told % {"names": "、".join(unknown)}]
    return problems


def _known_skills() -> frozenset[str]:
    return frozenset(Skill.objects.live().values_list("name", flat=True))


@register
class SkillLedger(Ledger[Skill]):
    model = Skill
    source = SCHEME
    columns = ("code", "name", "source")
    search = ("code", "name")
    ordering = ("code",)
    import_key = ("code",)
    menu_order = 46
    example = {"code": "JN01", "name": "叉车操作", "source": "演示：国家职业资格目录"}


@register
class JobOrderLedger(Ledger[JobOrder]):
    model = JobOrder
    source = SCHEME
    columns = (
        "code",
        "employer",
        "post",
        "headcount",
        "wage",
        "destination",
        "age_from",
        "age_to",
        "required_skills",
        "shift",
        "has_board",
        "has_lodging",
        "open_until",
        Column("wanted_skills", is_default=False),
        Column("workplace", is_default=False),
        Column("required_sex", is_default=False),
        Column("work", is_default=False),
        Column("has_couple_room", is_default=False),
        Column("has_school", is_default=False),
        Column("is_urgent", is_default=False),
        Column("valid_from", is_default=False),
    )
    filters = ("employer", "destination", "shift", "open_until", "has_board", "has_lodging", "is_urgent")
    search = ("code", "post", "employer__name")
    ordering = ("-valid_from",)
    import_key = ("code",)
    panels = (
        Fields(_("岗位"), ("code", "employer", "post", "headcount", "wage", "valid_from", "open_until")),
        Fields(_("地点与条件"), ("destination", "workplace", "shift", "has_board", "has_lodging")),
        Fields(_("要求"), ("age_from", "age_to", "work", "required_sex", "required_skills", "wanted_skills")),
        Fields(_("照顾家庭"), ("has_couple_room", "has_school", "is_urgent")),
    )
    evidence_classes = (EvidenceClass("order", _("用工需求表")), EvidenceClass("licence", _("营业执照")))
    menu_order = 40
    example = {
        "code": "GW2021-031",
        "post": "装配工",
        "headcount": "20",
        "wage": "5200",
        "age_from": "18",
        "age_to": "50",
        "valid_from": "2021-09-01",
        "open_until": "2021-12-31",
    }

    def validate(self, row: JobOrder, previous: JobOrder | None) -> Mapping[str, Sequence[Any]]:
        problems = skill_problems(row, "required_skills", "wanted_skills")
        if row.headcount < 1:
            problems["headcount"] = [_("招聘人数至少 1 人；不再招的，请改招聘截止日期。")]
        if row.open_until < row.valid_from:
            problems["open_until"] = [_("招聘截止不能早于招聘开始。")]
        if row.employer.side != row.owner_unit.side:
            problems["employer"] = [_("请选择本方登记的用工单位。")]
        problems |= self._of_ages(row)
        if row.required_sex and not self._may_limit(row):
            problems["required_sex"] = [
                _("没有规定允许这类作业限制性别（就业促进法禁止性别歧视），请删去，或改选作业类别。")
            ]
        return problems

    def _of_ages(self, row: JobOrder) -> Problems:
        least = _least_age(row)
        if row.age_from is not None and least is not None and row.age_from < least:
            return {"age_from": [_("年龄下限不能低于 %(age)s 周岁。") % {"age": least}]}
        first = row.age_from if row.age_from is not None else least
        if row.age_to is not None and first is not None and row.age_to < first:
            return {"age_to": [_("年龄上限不能低于年龄下限（%(age)s 周岁）。") % {"age": first}]}
        return {}

    def _may_limit(self, row: JobOrder) -> bool:
        if row.work == WorkClass.ORDINARY:
            return False
        limits = SexLimit.objects.in_force(row.valid_from).filter(work=row.work, allowed_sex=row.required_sex)
        return bool(limits.exists())

    def prefetch_for_validation(self, rows: Sequence[JobOrder]) -> None:
        known, ages = _known_skills(), {row.valid_from: None for row in rows}
        for day in ages:
            ages[day] = _least_age_on(day)
        for row in rows:
            row.known_skills = known  # type: ignore[attr-defined]
            row.least_age = ages[row.valid_from]  # type: ignore[attr-defined]


def _least_age(row: JobOrder) -> int | None:
    if not hasattr(row, "least_age"):
        row.least_age = _least_age_on(row.valid_from)  # type: ignore[attr-defined]
    found: int | None = row.least_age  # type: ignore[attr-defined]
    return found


def _least_age_on(day: Any) -> Any:
    rows = Threshold.objects.in_force(day).filter(code=Threshold.Code.LEAST_AGE)
    value = rows.values_list("value", flat=True).first()
    return None if value is None else int(value)


@register
class JobWishLedger(Ledger[JobWish]):
    model = JobWish
    source = SCHEME
    columns = (
        "person",
        "person__identity_number",
        Column("person__place", label=_("户籍")),
        "person__category",
        "first_destination",
        "second_destination",
        "wished_wage",
        "own_skills",
        "valid_to",
        Column("accepts_others", is_default=False),
        Column("needs_board", is_default=False),
        Column("needs_lodging", is_default=False),
        Column("needs_couple_room", is_default=False),
        Column("needs_school", is_default=False),
        Column("no_night", is_default=False),
        Column("valid_from", is_default=False),
    )
    filters = ("first_destination", "person__category", "valid_to", "needs_couple_room", "no_night")
    search = ("person__name", "person__identity_number", "own_skills")
    ordering = ("-valid_from",)
    import_key = ("person", "valid_from")
    panels = (
        Fields(_("意向"), ("person", "first_destination", "second_destination", "accepts_others")),
        Fields(_("工资与技能"), ("wished_wage", "own_skills", "valid_from", "valid_to")),
        Fields(
            _("离不开的条件"),
            ("needs_board", "needs_lodging", "needs_couple_room", "needs_school", "no_night"),
        ),
    )
    menu_order = 42
    example = {"wished_wage": "5000", "valid_from": "2021-09-01", "valid_to": "2021-12-31"}

    def validate(self, row: JobWish, previous: JobWish | None) -> Mapping[str, Sequence[Any]]:
        problems = skill_problems(row, "own_skills")
        if row.valid_from > clock.today():
            problems["valid_from"] = [_("意向日期不能晚于今天。")]
        if row.valid_to < row.valid_from:
            problems["valid_to"] = [_("有效期不能早于意向日期。")]
        if row.second_destination and row.second_destination == row.first_destination:
            problems["second_destination"] = [_("次选不能与首选相同；没有次选的请留空。")]
        if row.wished_wage is not None and row.wished_wage <= 0:
            problems["wished_wage"] = [_("期望月工资要大于零；没有要求的请留空。")]
        if row.person.side != row.owner_unit.side:
            problems["person"] = [_("请选择本方登记的人员。")]
        return problems

    def warn(self, row: JobWish) -> Mapping[str, Sequence[Any]]:
        registered = getattr(row, "is_registered", None)
        if registered is None:
            registered = WorkerRegistration.objects.live().filter(person=row.person).exists()
        return {} if registered else {"person": [_("还没有实名制登记，匹配时不会算上，请补登记。")]}

    def prefetch_for_validation(self, rows: Sequence[JobWish]) -> None:
        known, people = _known_skills(), {row.person_id for row in rows}
        registered = set(
            WorkerRegistration.objects.live().filter(person__in=people).values_list("person", flat=True)
        )
        for row in rows:
            row.known_skills = known  # type: ignore[attr-defined]
            row.is_registered = row.person_id in registered  # type: ignore[attr-defined]


@register
class MatchWeightLedger(Ledger[MatchWeight]):
    model = MatchWeight
    source = SCHEME
    columns = ("code", "term", "weight", "valid_from", "valid_to", "source")
    filters = ("term", "valid_from", "valid_to")
    search = ("code", "source")
    ordering = ("code",)
    import_key = ("code",)
    evidence_classes = (EvidenceClass("policy", _("决定权重的文件")),)
    menu_order = 48
    example = {
        "code": "QZ01",
        "weight": "40",
        "valid_from": "2021-01-01",
        "source": "演示：县就业领导小组会议纪要",
    }

    def validate(self, row: MatchWeight, previous: MatchWeight | None) -> Mapping[str, Sequence[Any]]:
        if row.valid_to and row.valid_to < row.valid_from:
            return {"valid_to": [_("停用日期不能早于启用日期。")]}
        return {}
