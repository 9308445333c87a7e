"""A list by one of its columns: rows and totals of each value."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.history import known
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.fields import resolve
from shanhai.kernel.surfaces.grouping import MOST_GROUPS, Group, groupable
from shanhai.kernel.surfaces.listing import Listing
from shanhai.kernel.surfaces.views import actor_of

from . import schemas
from .doors import on_ledger
from .naming import named

_TOTALS = "列名 → 合计，不含作废的行"


class GroupTold(Schema):
    """Rows that share a value."""

    text: str = Field(description="值，如页面所示；未填为（未填），不向您共享的合为一组（未共享）")
    rows: int = Field(description="行数")
    totals: dict[str, Decimal] = Field(description=_TOTALS)
    query: str | None = Field(description="只看这一组的列表参数；不能单独查看的为空")


class GroupsTold(Schema):
    """All groups, and what they make together."""

    items: list[GroupTold]
    is_cut: bool = Field(description=f"真：组数太多，只列出行数最多的 {MOST_GROUPS} 组")
    rows: int = Field(description="全部行数")
    is_exact: bool = Field(description="行数是否为准确值")
    totals: dict[str, Decimal] = Field(description=f"全部的合计：{_TOTALS}")


def add_grouping(router: Router, ledger: Ledger[Any]) -> None:
    names = "、".join(column.name for column in groupable(resolve(ledger)))
    parameters = [
        (Listing.GROUP, f"按哪一列分组：{names}；日期按月"),
        (Listing.COLUMNS, "合计哪些数量和金额的列，可重复；不说则为默认显示的"),
        (Listing.SORT, "按值的次序；写合计的列名则按合计，前加 - 为倒序"),
        (Listing.COUNT, "all：组数太多时，全部行数也数到底"),
        (Listing.SEARCH, "搜索"),
        (Listing.KNOWN, "当日所知的日期"),
    ]
    extra = {"parameters": schemas.query_parameters(ledger, parameters)}
    told = named(ledger, "groups", "分组合计") | {"description": "筛选与列表相同。"}
    may = on_ledger(ledger, Verb.VIEW)

    @router.get("/groups/", response=GroupsTold, openapi_extra=extra, auth=may, **told)
    def list_groups(request: HttpRequest) -> dict[str, Any]:
        with known.as_known_on(known.asked(request.GET)):
            return _told(Listing(ledger, request.GET, actor_of(request)))


def _told(listing: Listing) -> dict[str, Any]:
    """Errors: RuleViolated for what cannot be read, or when no column is named."""
    if listing.problems:
        raise RuleViolated(" ".join(listing.problems), code="bad_filter")
    if (groups := listing.groups) is None:
        names = "、".join(column.name for column in groupable(listing.resolved))
        raise RuleViolated(f"请写明按哪一列分组（group）：{names}。", code="bad_filter")
    counts = listing.counts
    return {
        "items": [_group(listing, one) for one in groups.items],
        "is_cut": groups.is_cut,
        "rows": counts.rows,
        "is_exact": counts.is_exact,
        "totals": dict(counts.totals),
    }


def _group(listing: Listing, group: Group) -> dict[str, Any]:
    query = None if group.opening is None else listing.opened(group)
    return {"text": group.text, "rows": group.rows, "totals": dict(group.totals or {}), "query": query}
