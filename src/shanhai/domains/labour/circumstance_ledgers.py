"""The ledgers of a worker's circumstances: categories by date, households, members, certificates."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Related, Sharing, State, register

from . import rules
from .models import Household, HouseholdMember, PersonCategory, SkillCertificate

SCHEME = "斗委农组〔2021〕3号 三（一） 实名制管理服务"

type Problems = dict[str, list[Any]]


def person_problems(row: Any) -> Problems:
    if row.person.side != row.owner_unit.side:
        return {"person": [_("请选择本方登记的人员。")]}
    return {}


def days_problems(row: Any) -> Problems:
    """First and last day: neither first in the future nor the last before it."""
    problems: Problems = {}
    if row.valid_from > clock.today():
        problems["valid_from"] = [_("这一天还没有到，请填写实际日期。")]
    if row.valid_to and row.valid_to < row.valid_from:
        problems["valid_to"] = [_("不能早于起始日期。")]
    return problems


def keep_others(rows: Sequence[Any], model: Any, names: Sequence[str]) -> None:
    """Give each row those that hold on a day of its own and agree in `names`; those of the file as well."""
    keys = {row.person_id for row in rows}
    stored = model.objects.exclude(state=State.VOIDED).filter(person__in=keys)
    here = {row.pk for row in rows}
    among: dict[Any, list[Any]] = {}
    for row in (*rows, *(one for one in stored if one.pk not in here)):
        among.setdefault(tuple(getattr(row, name) for name in names), []).append(row)
    for row in rows:
        same = among[tuple(getattr(row, name) for name in names)]
        row.others = [one for one in same if one is not row and rules.days_meet(row, one)]


@register
class PersonCategoryLedger(Ledger[PersonCategory]):
    model = PersonCategory
    source = SCHEME
    columns = (
        "person",
        "person__identity_number",
        Column("person__place", label=_("户籍")),
        "category",
        "valid_from",
        "valid_to",
        "basis",
    )
    filters = ("category", "valid_from", "valid_to")
    search = ("person__name", "person__identity_number", "basis")
    ordering = ("-valid_from",)
    import_key = ("person", "category", "valid_from")
    fields = ("person", "category", "valid_from", "valid_to", "basis")
    evidence_classes = (EvidenceClass("recognition", _("认定材料")), EvidenceClass("exit", _("退出材料")))
    # What a household is poor by is nobody else's business.
    sharing = Sharing.PRIVATE
    menu_order = 12
    example = {"category": "脱贫人口", "valid_from": "2019-12-31", "basis": "2019 年度脱贫人口名单"}

    def validate(self, row: PersonCategory, previous: PersonCategory | None) -> Mapping[str, Sequence[Any]]:
        problems = days_problems(row) | person_problems(row)
        if not hasattr(row, "others"):
            self.prefetch_for_validation([row])
        if (others := row.others) and not problems:  # type: ignore[attr-defined]
            told = {"days": rules.days_of(others[0])}
            problems["valid_from"] = [
                _("该人员这一类别已登记 %(days)s，不能重叠。请先登记退出，或改日期。") % told
            ]
        return problems

    def prefetch_for_validation(self, rows: Sequence[PersonCategory]) -> None:
        keep_others(rows, PersonCategory, ("person_id", "category"))


MEMBERS_NOW = Coalesce(
    Subquery(
        # Parts of the row itself, so no scope of their own.
        HouseholdMember._base_manager.filter(household=OuterRef("pk"), valid_to__isnull=True)
        .exclude(state=State.VOIDED)
        .order_by()
        .values("household")
        .annotate(found=Count("pk"))
        .values("found")
    ),
    0,
    output_field=IntegerField(),
)


@register
class HouseholdLedger(Ledger[Household]):
    model = Household
    source = SCHEME
    columns = (
        "code",
        Column("place", label=_("所在村")),
        Column("members_now", label=_("现有成员"), unit=_("人"), kind="integer", expression=MEMBERS_NOW),
        "address",
    )
    search = ("code", "address")
    ordering = ("code",)
    import_key = ("code",)
    fields = ("code", "address")
    panels = (
        Fields(_("家庭户")),
        Related(
            "labour.householdmember", "household", ("person", "relation", "valid_from", "valid_to"), _("成员")
        ),
    )
    sharing = Sharing.PRIVATE
    menu_order = 14
    example = {"code": "YX0001", "address": "3 组"}


@register
class HouseholdMemberLedger(Ledger[HouseholdMember]):
    model = HouseholdMember
    source = SCHEME
    columns = (
        "household",
        "person",
        "person__identity_number",
        "relation",
        "person__category",
        "valid_from",
        "valid_to",
    )
    filters = ("relation", "person__category", "valid_from", "valid_to")
    search = ("household__code", "person__name", "person__identity_number")
    ordering = ("-valid_from",)
    import_key = ("household", "person", "valid_from")
    fields = ("household", "person", "relation", "valid_from", "valid_to")
    sharing = Sharing.PRIVATE
    menu_order = 16
    example = {"relation": "户主", "valid_from": "2019-12-31"}

    def validate(self, row: HouseholdMember, previous: HouseholdMember | None) -> Mapping[str, Sequence[Any]]:
        problems = days_problems(row) | person_problems(row)
        if row.household.side != row.owner_unit.side:
            problems["household"] = [_("请选择本方登记的家庭户。")]
        if not hasattr(row, "others"):
            self.prefetch_for_validation([row])
        if (others := row.others) and not problems:  # type: ignore[attr-defined]
            told = {"code": others[0].household.code, "days": rules.days_of(others[0])}
            problems["person"] = [_("该人员 %(days)s 在 %(code)s 户，请先登记离户。") % told]
        return problems

    def prefetch_for_validation(self, rows: Sequence[HouseholdMember]) -> None:
        keep_others(rows, HouseholdMember, ("person_id",))


@register
class SkillCertificateLedger(Ledger[SkillCertificate]):
    model = SkillCertificate
    source = "斗委农组〔2021〕3号 三（一） 职业技能培训"
    columns = (
        "person",
        "person__identity_number",
        "kind",
        "trade",
        "level",
        Column("number", is_default=False),
        Column("issuer", is_default=False),
        "issued_on",
        "valid_to",
    )
    filters = ("kind", "level", "issued_on", "valid_to")
    search = ("person__name", "person__identity_number", "trade", "number")
    ordering = ("-issued_on",)
    import_key = ("person", "kind", "trade", "issued_on")
    fields = ("person", "kind", "trade", "level", "number", "issuer", "issued_on", "valid_to")
    evidence_classes = (EvidenceClass("certificate", _("证书照片")),)
    menu_order = 18
    example = {"trade": "电工", "level": "五级（初级工）", "number": "YS2021001", "issued_on": "2021-06-01"}

    def validate(
        self, row: SkillCertificate, previous: SkillCertificate | None
    ) -> Mapping[str, Sequence[Any]]:
        problems = person_problems(row)
        if row.issued_on > clock.today():
            problems["issued_on"] = [_("发证日期不能晚于今天。")]
        if row.valid_to and row.valid_to < row.issued_on:
            problems["valid_to"] = [_("证书有效期至不能早于发证日期。")]
        return problems

    def warn(self, row: SkillCertificate) -> Mapping[str, Sequence[Any]]:
        if row.valid_to and row.valid_to < clock.today():
            return {"valid_to": [_("证书已过期，请核对是否复审换证。")]}
        return {}
