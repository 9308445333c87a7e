"""Demonstration schemes 演示: of western towns, and of each side as a whole; verified and released."""

from datetime import date
from decimal import Decimal
from typing import Any

from shanhai.kernel.scope import Side
from shanhai.registers.seeding import Filed, Seeding, morning

from ..models import AppraisalItem, AppraisalScheme
from .actions import release_scheme
from .texts import digest_of, items_of, text_of

ENTERED = date(2020, 11, 2)
RELEASED = date(2020, 11, 20)
SOURCE = "示例参数，未核实"
_GRADES = "好:15；较好:12；一般:8；差:0"
#: Of each item: number, block, name, indicator, rule, weight, and its parameters.
type _Item = tuple[int, str, str, str, str, str | None, dict[str, Any]]
TOWNS: tuple[_Item, ...] = (
    (1, "组织领导", "台账按时报送率", "OBL-1", "steps", "10", {"steps_text": "60:4；80:7；95:10"}),
    (2, "助力巩固拓展脱贫攻坚成果", "帮助农村劳动力就业", "LAB-1", "target", "30", {}),
    (3, "加强区域协作", "稳定就业占比", "LAB-1B", "steps", "20", {"steps_text": "60:8；75:14；85:20"}),
    (4, "加强区域协作", "实名制登记人数", "LAB-6", "rank", "15", {"steps_text": "1:15；5:12；10:8；20:4"}),
    (5, "促进乡村振兴", "协作典型做法", "", "grade", "15", {"steps_text": _GRADES, "needs_evidence": True}),
    (
        6,
        "资金项目管理",
        "项目现场督查次数",
        "",
        "target",
        "10",
        {"aim": Decimal(4), "needs_evidence": True},
    ),
    (
        7,
        "工作创新加分",
        "上级通报表扬",
        "",
        "bonus",
        None,
        {"each": Decimal(1), "most": Decimal(5), "needs_evidence": True},
    ),
    (
        8,
        "负面扣分",
        "被约谈通报",
        "",
        "deduction",
        None,
        {"each": Decimal(2), "most": Decimal(6), "needs_evidence": True},
    ),
    (
        9,
        "负面扣分",
        "数据弄虚作假",
        "",
        "veto",
        None,
        {"aim": Decimal(1), "most": Decimal(59), "needs_evidence": True},
    ),
)
EAST: tuple[_Item, ...] = (
    (1, "组织领导", "台账按时报送率", "OBL-1", "steps", "10", {"steps_text": "60:4；80:7；95:10"}),
    (2, "助力巩固拓展脱贫攻坚成果", "财政援助资金到账", "FUN-1", "target", "30", {"aim": Decimal(3600)}),
    (3, "加强区域协作", "帮助农村劳动力就业", "LAB-1", "target", "35", {"aim": Decimal(20)}),
    (4, "促进乡村振兴", "协作典型做法", "", "grade", "15", {"steps_text": _GRADES, "needs_evidence": True}),
    (5, "资金项目管理", "协议资金到账率", "FUN-1B", "steps", "10", {"steps_text": "60:4；90:7；100:10"}),
)
WEST: tuple[_Item, ...] = (
    *EAST[:2],
    (3, "加强区域协作", "帮助农村劳动力就业", "LAB-1", "target", "35", {"aim": Decimal(120)}),
    EAST[3],
    (5, "资金项目管理", "资金支出率", "FUN-2", "steps", "10", {"steps_text": "50:4；75:7；92:10"}),
)
#: Side, code, name, level, kind of units, items.
SCHEMES: tuple[tuple[Side, str, str, str, str, tuple[_Item, ...]], ...] = (
    (Side.WEST, "KH-XZ", "演示：镇（街道）协作工作年度考核", "unit", "town", TOWNS),
    (Side.WEST, "KH-XB", "演示：西部方成效考核自评", "west", "", WEST),
    (Side.EAST, "KH-DB", "演示：东部方成效考核自评", "east", "", EAST),
)


def seed_schemes(ctx: Seeding) -> dict[str, AppraisalScheme]:
    """Schemes by code, each with its first release."""
    made = {}
    for side, code, name, level, kind, items in SCHEMES:
        unit = ctx.units[keeper_of(side)]
        own = {"side": side, "owner_unit": unit, "place": unit.place}
        scheme = AppraisalScheme(
            **own,
            code=code,
            name=name,
            level=level,
            unit_kind=kind,
            first_year=2020,
            legal_basis=SOURCE,
        )
        ctx.file([Filed(scheme, ENTERED)])
        ctx.file(Filed(_item(scheme, own, one), ENTERED) for one in items)
        manager = ctx.actors[keeper_of(side), "coordinator"]
        with ctx.acting(manager, morning(RELEASED)):
            stored = AppraisalScheme.objects.get(pk=scheme.pk)
            digest = digest_of(text_of(stored, items_of(stored)))
            release_scheme(scheme.pk, digest=digest, valid_from=None, note="演示：首次发布", actor=manager)
        made[code] = scheme
    return made


def keeper_of(side: Side) -> str:
    """Code of the unit that keeps the schemes of a side."""
    return "dm_coordinator" if side is Side.EAST else "mt_coordinator"


def _item(scheme: AppraisalScheme, own: dict[str, Any], told: _Item) -> AppraisalItem:
    number, block, name, indicator, rule, weight, more = told
    return AppraisalItem(
        **own,
        scheme=scheme,
        number=number,
        block=block,
        name=name,
        indicator=indicator,
        rule_kind=rule,
        weight=None if weight is None else Decimal(weight),
        wording=f"演示：{name}",
        legal_basis=SOURCE,
        **more,
    )
