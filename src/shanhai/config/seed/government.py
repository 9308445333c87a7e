"""The two governments: places from the register's own data, units as the scheme writes them."""

from datetime import date
from typing import NamedTuple

from shanhai.kernel import pinyin
from shanhai.kernel.scope import Side
from shanhai.registers.parties.models import GroupMember, Unit, UnitGroup
from shanhai.registers.places.loading import shipped_places
from shanhai.registers.places.models import Place
from shanhai.registers.seeding import Seeding

SINCE = date(2020, 1, 1)
SCHEME = "斗委农组〔2021〕3号"
DEMONSTRATION = "演示数据"


def seed_places(ctx: Seeding) -> None:
    """Provinces, cities, counties, towns and villages, of the edition that ships with the register."""
    ctx.places.update((place.code, place) for place in shipped_places())
    Place.objects.bulk_create(ctx.places.values())


class Known(NamedTuple):
    """A unit to be made. The short name is how tables show it."""

    code: str
    name: str
    kind: str
    short_name: str = ""
    place: str = ""


K = Unit.Kind
EAST = (
    Known("dm", "珠海市斗门区", K.GOVERNMENT, "斗门区", "440403"),
    Known("dm_coordinator", "区乡村振兴局", K.COORDINATOR, "", "440403"),
    Known("dm_group", "广东省粤黔协作工作队遵义工作组湄潭小组", K.WORK_GROUP, "湄潭小组"),
    Known("dm_organisation", "区委组织部", K.DEPARTMENT),
    Known("dm_publicity", "区委宣传部", K.DEPARTMENT),
    Known("dm_legal", "区委政法委", K.DEPARTMENT),
    Known("dm_network", "区委网信办", K.DEPARTMENT),
    Known("dm_development", "区发展和改革局", K.DEPARTMENT),
    Known("dm_education", "区教育局", K.DEPARTMENT),
    Known("dm_industry", "区科技和工业信息化局", K.DEPARTMENT),
    Known("dm_civil", "区民政局", K.DEPARTMENT),
    Known("dm_finance", "区财政局", K.DEPARTMENT),
    Known("dm_labour", "区人力资源和社会保障局", K.DEPARTMENT, "区人社局", "440403"),
    Known("dm_housing", "区住房和城乡建设局", K.DEPARTMENT),
    Known("dm_culture", "区文化广电旅游体育局", K.DEPARTMENT),
    Known("dm_health", "区卫生健康局", K.DEPARTMENT),
    Known("dm_data", "区政务服务数据管理局", K.DEPARTMENT),
    Known("dm_assets", "区国资办", K.DEPARTMENT),
    Known("dm_insurance", "市医疗保障局斗门分局", K.DEPARTMENT),
    Known("dm_unions", "区总工会", K.PEOPLE_ORGANISATION),
    Known("dm_youth", "团区委", K.PEOPLE_ORGANISATION),
    Known("dm_women", "区妇联", K.PEOPLE_ORGANISATION),
    Known("dm_redcross", "区红十字会", K.PEOPLE_ORGANISATION),
    Known("dm_commerce", "区工商联", K.PEOPLE_ORGANISATION),
    Known("dm_supply", "区供销社", K.PEOPLE_ORGANISATION),
    Known("dm_charity", "区慈善总会", K.PEOPLE_ORGANISATION),
    Known("dm_fushan", "富山工业园管委会", K.PARK),
    Known("dm_ecopark", "斗门生态农业园管委会", K.PARK),
    Known("dm_jingan", "井岸镇人民政府", K.TOWN, "井岸镇", "440403107"),
    Known("dm_baijiao", "白蕉镇人民政府", K.TOWN, "白蕉镇", "440403106"),
    Known("dm_doumen", "斗门镇人民政府", K.TOWN, "斗门镇", "440403103"),
    Known("dm_qianwu", "乾务镇人民政府", K.TOWN, "乾务镇", "440403105"),
    Known("dm_lianzhou", "莲洲镇人民政府", K.TOWN, "莲洲镇", "440403100"),
    Known("dm_baiteng", "白藤街道办事处", K.TOWN, "白藤街道", "440403001"),
)
WEST = (
    Known("mt", "遵义市湄潭县", K.GOVERNMENT, "湄潭县", "520328"),
    Known("mt_coordinator", "县乡村振兴局", K.COORDINATOR, "", "520328"),
    Known("mt_group", "县东西部协作工作专班", K.WORK_GROUP, "县协作专班"),
    Known("mt_organisation", "县委组织部", K.DEPARTMENT),
    Known("mt_publicity", "县委宣传部", K.DEPARTMENT),
    Known("mt_development", "县发展和改革局", K.DEPARTMENT, "县发改局"),
    Known("mt_education", "县教育体育局", K.DEPARTMENT),
    Known("mt_industry", "县工业和商务局", K.DEPARTMENT),
    Known("mt_civil", "县民政局", K.DEPARTMENT),
    Known("mt_finance", "县财政局", K.DEPARTMENT),
    Known("mt_labour", "县人力资源和社会保障局", K.DEPARTMENT, "县人社局", "520328"),
    Known("mt_housing", "县住房和城乡建设局", K.DEPARTMENT, "县住建局"),
    Known("mt_farming", "县农业农村局", K.DEPARTMENT),
    Known("mt_culture", "县文化旅游局", K.DEPARTMENT),
    Known("mt_health", "县卫生健康局", K.DEPARTMENT),
    Known("mt_insurance", "县医疗保障局", K.DEPARTMENT),
    Known("mt_audit", "县审计局", K.DEPARTMENT),
    Known("mt_supply", "县供销社", K.PEOPLE_ORGANISATION),
    Known("mt_women", "县妇联", K.PEOPLE_ORGANISATION),
    Known("mt_commerce", "县工商联", K.PEOPLE_ORGANISATION),
)
TOWNS = "各镇（街道）"


def _western_towns(ctx: Seeding) -> list[Known]:
    towns = [p for p in ctx.places.values() if p.parent and p.parent.code == "520328"]
    return [
        Known(
            "mt_" + pinyin.sort_key(town.name.removesuffix("街道").removesuffix("镇")),
            town.name + ("办事处" if town.name.endswith("街道") else "人民政府"),
            K.TOWN,
            town.name,
            town.code,
        )
        for town in towns
    ]


def seed_units(ctx: Seeding) -> None:
    """Both trees, one level deep below each government, and the group by which documents name all towns.

    Names that the scheme writes in several ways (富山工业园, 区政数局) stay questions: no alias is made.
    """
    for side, known in ((Side.EAST, EAST), (Side.WEST, (*WEST, *_western_towns(ctx)))):
        root = known[0].code
        for one in known:
            parent = ctx.units.get(root)
            ctx.units[one.code] = Unit(
                code=one.code,
                name=one.name,
                short_name=one.short_name,
                kind=one.kind,
                side=side,
                parent=parent,
                path=f"{root}.{one.code}" if parent else root,
                place=ctx.places[one.place] if one.place else None,
                valid_from=SINCE,
                source=SCHEME if side is Side.EAST else DEMONSTRATION,
            )
    Unit.objects.bulk_create(ctx.units.values())
    for side in Side:
        group = UnitGroup.objects.create(name=TOWNS, side=side)
        towns = [unit for unit in ctx.units.values() if unit.kind == K.TOWN and unit.side == side]
        GroupMember.objects.bulk_create(
            GroupMember(group=group, unit=unit, valid_from=SINCE) for unit in towns
        )
