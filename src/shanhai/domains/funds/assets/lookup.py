"""Assets, projects and printed sheets as the rules see them. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from shanhai.kernel import clock

from ..models import Asset, AssetlessKind, AssetLimit, AssetSource, Payment, Project, Stage, StatedTotal
from . import rules

NOTHING = Decimal(0)
#: Stages in which a project is there to be handed over.
ACCEPTED = (Stage.ACCEPTED, Stage.AUDITED, Stage.TITLED, Stage.HANDED_OVER)


def numbers_on(day: date) -> dict[str, int]:
    """Limits in force, by code. One statement."""
    return {one.code: int(one.value) for one in AssetLimit.objects.in_force(day)}


def limits_on(day: date) -> rules.Limits:
    found = numbers_on(day)
    return rules.Limits(found.get(AssetLimit.Code.TITLE_MONTHS), found.get(AssetLimit.Code.IDLE_MONTHS))


def formed_assets() -> list[rules.Formed]:
    """Every live asset within the scope in force, with its sources by project."""
    sources: dict[Any, dict[Any, Decimal]] = defaultdict(dict)
    sums = AssetSource.objects.live().order_by().values("asset", "project").annotate(total=Sum("amount"))
    for asset, project, total in sums.values_list("asset", "project", "total"):
        sources[asset][project] = total
    return [
        rules.Formed(
            id=one.pk,
            original_value=one.original_value,
            formed_on=one.formed_on,
            standing=one.standing,
            standing_since=one.standing_since,
            is_titled=one.titled_on is not None,
            sources=sources.get(one.pk, {}),
        )
        for one in Asset.objects.live().order_by("code")
    ]


def forming_projects() -> dict[Hashable, rules.Forming]:
    """Every live project within the scope in force, with what is paid for it."""
    sums = Payment.objects.live().order_by().values("project").annotate(total=Sum("amount"))
    paid = dict(sums.values_list("project", "total"))
    without = set(AssetlessKind.objects.in_force(clock.today()).values_list("kind", flat=True))
    return {
        one.pk: rules.Forming(
            one.pk, one.name, paid.get(one.pk, NOTHING), one.stage in ACCEPTED, one.kind not in without
        )
        for one in Project.objects.live().order_by("code")
    }


def sheets(until: date) -> dict[str, dict[str, StatedTotal]]:
    """Printed sheets up to a day by name, the newest first; their lines by heading."""
    found: dict[str, dict[str, StatedTotal]] = {}
    rows = StatedTotal.objects.reported().filter(stated_on__lte=until).select_related("owner_unit")
    for one in rows.order_by("-stated_on", "sheet_name", "id"):
        found.setdefault(one.sheet_name, {})[one.stated_line] = one
    return found


def printed(sheet: Mapping[str, StatedTotal]) -> dict[str, rules.Printed]:
    return {heading: rules.Printed(one.asset_count, one.stated_value) for heading, one in sheet.items()}
