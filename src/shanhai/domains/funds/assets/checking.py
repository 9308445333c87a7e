"""资产核查: gaps from money to assets, late titles, idle assets, printed totals that do not follow."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from shanhai.engines.findings import Finding
from shanhai.kernel import clock
from shanhai.kernel.scope import Actor
from shanhai.web.checks import Checks, Found, Named, render_checks

from ..models import (
    Asset,
    AssetDisposal,
    AssetDistribution,
    AssetInspection,
    AssetLease,
    AssetLimit,
    Project,
    StatedTotal,
)
from . import (
    care_lookup,
    disposal_lookup,
    disposal_rules,
    distributing,
    distribution_lookup,
    lookup,
    rents,
    rules,
)

TOTAL_OFF = "total_off"
LABELS = {
    rules.NO_ASSET: _("验收项目没有资产"),
    rules.NO_PROJECT: _("资产没有来源"),
    rules.TOO_EARLY: _("项目未验收已有资产"),
    rules.SOURCES_DIFFER: _("来源合计不等于原值"),
    rules.OVER_PAID: _("形成资产多于拨付"),
    rules.LATE_TITLE: _("逾期未确权"),
    rules.LONG_IDLE: _("长期闲置"),
    rents.RENT_OVERDUE: _("租金逾期"),
    rents.UNINSPECTED: _("逾期未巡查"),
    rents.UNLIKE: _("巡查与状态不一致"),
    distributing.SHARES_DIFFER: _("分配明细不等于决议"),
    distributing.NOT_FIRST: _("没有先分给监测户"),
    distributing.PAYOUT_LATE: _("逾期未兑付"),
    disposal_rules.UNDECIDED: _("处置久未决定"),
    disposal_rules.BELOW_VALUE: _("出售低于评估"),
    disposal_rules.PRICE_OPEN: _("处置价款未收齐"),
    disposal_rules.NOT_SETTLED: _("处置收入未分配或上缴"),
    TOTAL_OFF: _("上报合计算不出来"),
}


def findings() -> list[Finding]:
    """Everything that looks wrong with assets a reader may see."""
    today, assets = clock.today(), lookup.formed_assets()
    return [
        *rules.check_assets(assets, lookup.forming_projects()),
        *rules.check_terms(assets, lookup.limits_on(today), today),
        *_of_care(today),
        *_of_distributions(today),
        *_of_disposals(today),
        *_totals_off(),
    ]


def _of_care(today: date) -> Iterator[Finding]:
    numbers = lookup.numbers_on(today)
    leases = [lease for _row, lease in care_lookup.leases()]
    yield from rents.check_rents(leases, today, numbers.get(AssetLimit.Code.RENT_DAYS))
    looked = list(care_lookup.looked_at(list(Asset.objects.reported().order_by("code"))))
    yield from rents.check_inspections(looked, today, numbers.get(AssetLimit.Code.INSPECTIONS))


def _of_distributions(today: date) -> Iterator[Finding]:
    days = lookup.numbers_on(today).get(AssetLimit.Code.PAYOUT_DAYS)
    yield from distributing.check_distributions(distribution_lookup.decided(), today, days)


def _of_disposals(today: date) -> Iterator[Finding]:
    days = lookup.numbers_on(today).get(AssetLimit.Code.PAYOUT_DAYS)
    yield from disposal_rules.check_disposals(disposal_lookup.disposals(), today, days)


def _totals_off() -> Iterator[Finding]:
    for sheet in lookup.sheets(clock.today()).values():
        for crossed in rules.cross_check(lookup.printed(sheet)):
            if not crossed.follows:
                yield Finding(TOTAL_OFF, told(crossed), (sheet[rules.TOTAL].pk,))


def told(crossed: rules.Crossed) -> str:
    """A printed total against its parts, in a sentence."""
    way = "类别" if crossed.way == "class" else "权属"
    value = crossed.value
    return (
        f"按{way}分项相加 {crossed.counted} 项 {value.computed.normalize():,f} 万元，"
        f"印出的合计 {crossed.stated_count} 项 {value.stated.normalize():,f} 万元，"
        f"差 {crossed.stated_count - crossed.counted} 项 {value.difference.normalize():,f} 万元。"
    )


_FOUND_IN = (Asset, Project, StatedTotal, AssetLease, AssetInspection, AssetDistribution, AssetDisposal)


def _find(actor: Actor) -> list[Found]:
    found = findings()
    wanted = {pk for one in found for pk in one.rows}
    rows: dict[Any, Any] = {}
    for model in _FOUND_IN:
        rows |= model.objects.filter(pk__in=wanted).select_related("owner_unit").in_bulk()
    return [_found(one, [rows[pk] for pk in one.rows if pk in rows]) for one in found]


def _found(finding: Finding, rows: list[Any]) -> Found:
    main, *others = rows
    return Found(
        code=finding.code,
        sentence=finding.sentence,
        row=_named(main),
        unit_id=str(main.owner_unit_id),
        unit=str(main.owner_unit),
        others=tuple(_named(row) for row in others),
    )


def _named(row: Any) -> Named:
    return Named(row.ledger_key(), row.pk, str(row))


CHECKS = Checks(
    title=_("资产核查"),
    note=_("按现有台账实时核查，不改动任何数据；处理后再打开本页即消除。"),
    labels=LABELS,
    ledger=Asset.ledger_key(),
    find=_find,
)


@require_GET
def checks(request: HttpRequest) -> HttpResponseBase:
    """Findings in the assets the reader may see."""
    return render_checks(request, CHECKS)
