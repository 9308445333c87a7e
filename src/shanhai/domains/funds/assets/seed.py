"""The demonstration of assets 演示: one untitled, one idle, one short of sources."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from shanhai.engines.values import split_exactly
from shanhai.kernel.scope import Side
from shanhai.registers.seeding import Filed, Seeding, morning

from ..models import (
    Asset,
    AssetClass,
    AssetlessKind,
    AssetSource,
    AssetStanding,
    OwnerLevel,
    Payment,
    Project,
    StatedTotal,
)
from . import care_seed, disposal_seed
from .lookup import ACCEPTED

ASSETS, EARLY, GONE = 21, 4, 7
FORMED_EARLY, FORMED_ON = date(2021, 3, 10), date(2021, 7, 26)
IDLE_SINCE, STATED_ON = date(2021, 5, 20), date(2021, 8, 31)
#: Name, class, form, owner level, holder.
KINDS = (
    ("生产厂房", AssetClass.OPERATING, Asset.Form.FIXED, OwnerLevel.VILLAGE),
    ("配套道路", AssetClass.PUBLIC, Asset.Form.FIXED, OwnerLevel.VILLAGE),
    ("加工设备", AssetClass.OPERATING, Asset.Form.FIXED, OwnerLevel.VILLAGE),
    ("种苗", AssetClass.HOUSEHOLD, Asset.Form.BIOLOGICAL, OwnerLevel.HOUSEHOLD),
    ("入股权益", AssetClass.OPERATING, Asset.Form.EQUITY, OwnerLevel.TOWN),
    ("公共设施", AssetClass.PUBLIC, Asset.Form.FIXED, OwnerLevel.COUNTY),
)
_Level = AssetSource.Level
#: Of ten parts of a project's money, so many from each level.
SHARES = ((_Level.PROVINCE, 4), (_Level.CITY, 3), (_Level.DISTRICT, 3))
#: What the printed total says more than its parts come to. Unit: 万元.
MISPRINTED = Decimal(10)


def seed(ctx: Seeding) -> list[Asset]:
    """Assets with their sources, and the county's printed totals with a slip in them."""
    actor = ctx.actors["mt_coordinator", "coordinator"]
    with ctx.acting(actor, morning(ctx.today)):
        without = set(AssetlessKind.objects.in_force(ctx.today).values_list("kind", flat=True))
        rows = Project.objects.reported().filter(stage__in=ACCEPTED).exclude(kind__in=without)
        projects = list(rows.select_related("owner_unit", "place__parent").order_by("code"))[:-1]
        sums = Payment.objects.reported().order_by().values("project").annotate(total=Sum("amount"))
        paid = dict(sums.values_list("project", "total"))
    projects = [one for one in projects if paid.get(one.pk)]
    if not projects:
        return []
    each = min(len(KINDS), -(-ASSETS // len(projects)))
    formed = [
        asset for project in projects for asset in _of_project(project, paid[project.pk] // 1000 * 1000, each)
    ][:ASSETS]
    for number, (asset, _project) in enumerate(formed):
        _stand(asset, number)
    ctx.file(Filed(asset, min(asset.formed_on + timedelta(days=9), ctx.today)) for asset, _project in formed)
    ctx.file(_sources(ctx, formed))
    assets = [asset for asset, _project in formed]
    for asset in assets[:8]:
        day = min(asset.formed_on + timedelta(days=10), ctx.today)
        ctx.attach(asset, "acceptance", f"验收-{asset.code}", ("验收报告", asset.code, asset.name), day)
    ctx.file(_sheet(ctx, assets))
    care_seed.seed(ctx, assets)
    disposal_seed.seed(ctx, assets)
    return assets


def _of_project(project: Project, worth: Decimal, number: int) -> Iterator[tuple[Asset, Project]]:
    parts = split_exactly(worth / 1000, [number + 2 - one for one in range(number)])
    village = str(project.place)
    for at, (part, (name, kind, form, level)) in enumerate(zip(parts, KINDS, strict=False), 1):
        household = kind is AssetClass.HOUSEHOLD
        yield (
            Asset(
                side=Side.WEST,
                owner_unit=project.owner_unit,
                place=project.place,
                code=f"ZC-{project.code.removeprefix('MT-')}-{at}",
                name=f"{village}{name}",
                asset_class=kind,
                asset_form=form,
                original_value=part * 1000,
                owner_level=level,
                ownership_holder=f"{village}第 {at} 批受益户" if household else f"{village}股份经济合作社",
                operation_holder="" if household else f"{village}股份经济合作社",
                income_holder=f"{village}受益户" if household else f"{village}股份经济合作社",
                supervision_holder="县农业农村局",
                caretaker=f"{village}村委会",
            ),
            project,
        )


def _stand(asset: Asset, number: int) -> None:
    """The first has no title, the second lies idle, two are let, one is gone; the others are in use."""
    early = number < EARLY
    asset.formed_on = FORMED_EARLY if early else FORMED_ON + timedelta(days=number % 9)
    if number == 0:
        asset.standing = AssetStanding.UNTITLED
        return
    asset.titled_on = asset.formed_on + timedelta(days=30)
    asset.certificate_number = f"黔湄帮扶资产第{number:04}号"
    asset.transferred_on = asset.titled_on + timedelta(days=5)
    asset.standing, asset.standing_since = AssetStanding.IN_USE, asset.titled_on
    if number == 1:
        asset.standing, asset.standing_since = AssetStanding.IDLE, IDLE_SINCE
    elif early:
        care_seed.let(asset)
    elif number == GONE:
        disposal_seed.gone(asset)


def _sources(ctx: Seeding, formed: Sequence[tuple[Asset, Project]]) -> Iterator[Filed]:
    for number, (asset, project) in enumerate(formed):
        amounts = split_exactly(asset.original_value, [share for _level, share in SHARES])
        for (level, _share), amount in zip(SHARES, amounts, strict=True):
            if number == len(formed) - 1 and level is _Level.DISTRICT:
                continue  # the last is short of sources
            row = AssetSource(
                side=asset.side,
                owner_unit=asset.owner_unit,
                place=asset.place,
                asset=asset,
                project=project,
                source_level=level,
                amount=amount,
            )
            yield Filed(row, min(asset.formed_on + timedelta(days=10), ctx.today))


def _sheet(ctx: Seeding, assets: Sequence[Asset]) -> Iterator[Filed]:
    """The county's printed totals: the lines are right, the printed total is not."""
    unit = ctx.units["mt_coordinator"]
    lines: dict[str, list[Asset]] = {"total": list(assets)}
    for asset in assets:
        lines.setdefault(asset.asset_class, []).append(asset)
        lines.setdefault(f"{asset.owner_level}_owned", []).append(asset)
    for heading in StatedTotal.Heading:
        held: list[Any] = lines.get(heading.value, [])
        value = sum((one.original_value for one in held), Decimal(0)) / 10_000
        row = StatedTotal(
            side=Side.WEST,
            owner_unit=unit,
            place=unit.place,
            stated_on=STATED_ON,
            stated_line=heading,
            asset_count=len(held),
            stated_value=value + (MISPRINTED if heading is StatedTotal.Heading.TOTAL else 0),
            sheet_name="2021 年 8 月帮扶资产总账（演示）",
        )
        yield Filed(row, STATED_ON + timedelta(days=3))
