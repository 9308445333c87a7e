"""What the monthly report counts. An item is a line of its first table; each counts persons once."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import EmploymentSpell, MonthlyFact, OfficialGroup, PersonCategory, ReturnHome

#: Columns: the month, the one before, the same of last year, the year up to the month.
THIS, LAST, YEAR_AGO, YEAR = "this", "last", "year_ago", "year"
COLUMNS: tuple[tuple[str, Any], ...] = (
    (THIS, _("本月")),
    (LAST, _("上月")),
    (YEAR_AGO, _("上年同月")),
    (YEAR, _("本年累计")),
)
#: Whole years from which an age group begins. assumption: statistical groups, no document sets them.
AGES = (0, 30, 40, 50, 60)
#: Yuan a month from which a wage band begins. assumption: as AGES.
WAGES = (0, 2_000, 3_000, 4_000, 5_000)


@dataclass(frozen=True)
class Item:
    """One line. `ledger`: whose rows it counts and opens to. `parts_of`: what it is a part of, or none."""

    code: str
    heading: Any
    label: Any
    ledger: str = EmploymentSpell.ledger_key()
    parts_of: str = ""
    #: Ledger that is read for it as well.
    rests_on: str = ""
    #: Is told of months only.
    is_monthly: bool = False
    #: Stands in the table of places as well.
    is_by_place: bool = False
    #: What it is called at the head of a narrow column; its label without.
    brief: Any = ""
    #: Is told only where it is not nought.
    is_rare: bool = False


#: Only their own side reads the dated categories of people.
_DATED = PersonCategory.ledger_key()


def _ages() -> list[Item]:
    heads = [_("30 岁以下"), _("30—39 岁"), _("40—49 岁"), _("50—59 岁"), _("60 岁及以上")]
    told = [
        Item(f"age_{first}", _("年龄"), label, parts_of="total")
        for first, label in zip(AGES, heads, strict=True)
    ]
    return [*told, Item("age_unknown", _("年龄"), _("年龄不详"), parts_of="total", is_rare=True)]


def _wages() -> list[Item]:
    heads = [_("2000 元以下"), _("2000—2999 元"), _("3000—3999 元"), _("4000—4999 元"), _("5000 元及以上")]
    told = [_wage(str(first), label) for first, label in zip(WAGES, heads, strict=True)]
    return [*told, _wage("unknown", _("工资不详"), is_rare=True)]


def _wage(code: str, label: Any, *, is_rare: bool = False) -> Item:
    return Item(
        f"wage_{code}",
        _("月工资"),
        label,
        ledger=MonthlyFact.ledger_key(),
        parts_of="in_post",
        is_monthly=True,
        is_rare=is_rare,
    )


_GROUPS = [
    Item(f"to_{code}", _("就业地区"), label, parts_of="total", is_by_place=True)
    for code, label in OfficialGroup.choices
]
_CATEGORIES = [
    Item(f"is_{code}", _("人员类别"), label, rests_on=_DATED)
    for code, label in PersonCategory.Category.choices
]
ITEMS: tuple[Item, ...] = (
    Item("total", _("在册务工"), _("在册务工人数"), is_by_place=True),
    *_GROUPS,
    Item("to_none", _("就业地区"), _("就业地未归类"), parts_of="total", is_rare=True),
    Item(
        "ex_poor",
        _("人员类别"),
        _("脱贫人口（含监测对象）"),
        rests_on=_DATED,
        is_by_place=True,
        brief=_("脱贫人口"),
    ),
    *_CATEGORIES,
    Item("female", _("性别"), _("女"), parts_of="total"),
    Item("male", _("性别"), _("男"), parts_of="total"),
    Item("sex_unknown", _("性别"), _("性别未填"), parts_of="total", is_rare=True),
    *_ages(),
    Item("new", _("增减"), _("新增（上期不在册）"), is_by_place=True, brief=_("新增")),
    Item("gone", _("增减"), _("减少（上期在册、本期不在册）"), is_by_place=True, brief=_("减少")),
    Item("returned", _("增减"), _("返乡登记人数"), ledger=ReturnHome.ledger_key()),
    Item(
        "in_post",
        _("在岗"),
        _("在岗人数"),
        ledger=MonthlyFact.ledger_key(),
        is_monthly=True,
        is_by_place=True,
    ),
    *_wages(),
    Item(
        "stable",
        _("稳定就业"),
        _("稳定就业人数"),
        rests_on=MonthlyFact.ledger_key(),
        is_by_place=True,
    ),
)
BY_CODE = {one.code: one for one in ITEMS}
