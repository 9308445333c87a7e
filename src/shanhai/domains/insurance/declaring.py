"""What the declarations of the chapter share."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SCHEME = "斗委农组〔2021〕3号 三（一）"

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
