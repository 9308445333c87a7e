"""What the declarations of the chapter share."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.by_number import Purpose
from shanhai.registers.parties.models import Body

SCHEME = "斗委农组〔2021〕3号 三（一）"
#: For what a bureau names people whom a town registered (ADR 0050).
MEDICAL_INSURANCE = Purpose("insurance", _("医疗保险经办"))

type Problems = dict[str, list[Any]]


def days_problems(row: Any) -> Problems:
    """A last day before the first."""
    if row.valid_to and row.valid_to < row.valid_from:
        return {"valid_to": [_("停用日期不能早于启用日期。")]}
    return {}


def person_problems(row: Any) -> Problems:
    if row.person.side != row.owner_unit.side:
        return {"person": [_("请选择本方登记的人员。")]}
    return {}


def hospital_problems(row: Any, previous: Any) -> Problems:
    """A body that is no hospital, where one is chosen."""
    hospital = row.hospital
    is_chosen = previous is None or previous.hospital_id != row.hospital_id
    if is_chosen and hospital.kind != Body.Kind.HOSPITAL:
        sentence = _("“%(name)s”的主体类别是%(kind)s，不是医疗机构；请改选医院，或先更正它的主体类别。")
        return {"hospital": [sentence % {"name": hospital.name, "kind": hospital.get_kind_display()}]}
    return {}
