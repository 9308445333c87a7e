"""Operations of one ledger: list, detail, create, change, step; the modules beside add the others."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from shanhai.kernel import actions
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.exports.cells import Cells
from shanhai.kernel.history import known
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Party, Verb
from shanhai.kernel.scope import REPORTED_STATES
from shanhai.kernel.surfaces.fields import resolve
from shanhai.kernel.surfaces.filters import filter_class
from shanhai.kernel.surfaces.list_address import PAGE_SIZES
from shanhai.kernel.surfaces.listing import Listing
from shanhai.kernel.surfaces.views import actor_of, actor_with

from . import schemas
from .amending import add_amending
from .defining import add_defining
from .doors import Found, on_ledger, on_row, on_step, step_named
from .extending import operations_of
from .grouping import add_grouping
from .importing import add_importing
from .many import add_many
from .naming import named
from .papers import add_papers
from .past import add_past
from .values import read_row, read_values, row_json
from .viewing import add_viewing
from .work import add_exporting

_LISTING = {
    Listing.SEARCH: "搜索",
    Listing.SORT: "排序：列名，前加 - 为倒序",
    Listing.COLUMNS: "要读出的列，可重复",
    Listing.SIZE: f"每页行数：{'、'.join(map(str, PAGE_SIZES))}",
    Listing.CURSOR: "页标，取自 next 或 previous",
    Listing.KNOWN: "当日所知：只按这一天 24 时（北京时间）系统已知的数据，如 2021-08-31",
}

_FILTERING = (
    "下列之外，各列都可以筛选：选项、单位、地区、期间写列名（可重复），数值加 _min、_max，"
    "日期加 _from、_to 或 _in（this_month、last_quarter、last_30_days 等），"
    "未填或已填加 _is=empty、_is=filled；所引用记录的列写成 引用列__列名。"
    "读不懂的参数返回 bad_filter，不返回行。"
)


def ledger_router(ledger: Ledger[Any]) -> Router:
    router = Router(tags=[ledger.key])
    row = schemas.row_schema(ledger)
    _add_reading(router, ledger, row)
    _add_writing(router, ledger, row)
    add_grouping(router, ledger)
    add_importing(router, ledger)
    add_amending(router, ledger)
    add_many(router, ledger)
    add_papers(router, ledger)
    add_past(router, ledger)
    add_exporting(router, ledger)
    add_viewing(router, ledger)
    add_defining(router, ledger)
    for add in operations_of(ledger.key):
        add(router, ledger, row)
    return router


def _add_reading(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    parameters = schemas.query_parameters(ledger, [*_LISTING.items(), *_filter_names(ledger)])
    extra = {"parameters": parameters}
    page = schemas.list_schema(ledger, row)

    listed = named(ledger, "list", "列表") | {"description": _FILTERING}

    @router.get("/", response=page, openapi_extra=extra, **listed)
    def list_rows(request: HttpRequest) -> dict[str, Any]:
        actor = actor_with(request, Verb.VIEW, ledger)
        with known.as_known_on(known.asked(request.GET)):
            return _page(request, Listing(ledger, request.GET, actor))

    of_row = {"parameters": schemas.query_parameters(ledger, [(Listing.KNOWN, _LISTING[Listing.KNOWN])])}

    @router.get("/{uuid:pk}/", response=row, openapi_extra=of_row, **named(ledger, "detail", "一行"))
    def detail(request: HttpRequest, pk: UUID) -> dict[str, Any]:
        with known.as_known_on(known.asked(request.GET)):
            return read_row(ledger, pk, actor_of(request))


def _filter_names(ledger: Ledger[Any]) -> list[tuple[str, str]]:
    """Parameters of the declared filters; all other columns are filtered alike, as `_FILTERING` says."""
    return [
        (name, f"筛选：{column.heading}")
        for column in resolve(ledger).filters
        for name in filter_class(column).parameters(column)
    ]


def _page(request: HttpRequest, listing: Listing) -> dict[str, Any]:
    if listing.problems:
        raise RuleViolated(" ".join(listing.problems), code="bad_filter")
    columns, counts, cells = listing.columns, listing.counts, Cells(listing.actor)

    def at(query: str) -> str | None:
        return f"{request.path}?{query}" if query else None

    return {
        "items": [row_json(row, columns, cells) for row in listing.page.rows],
        "rows": counts.rows,
        "is_exact": counts.is_exact,
        "next": at(listing.next_query()),
        "previous": at(listing.previous_query()),
    }


def _add_writing(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    new, change = schemas.create_schema(ledger), schemas.patch_schema(ledger)
    may_create, may_edit = on_ledger(ledger, Verb.CREATE), on_row(ledger, Verb.EDIT)

    @router.post("/", response={201: row}, auth=may_create, **named(ledger, "create", "新增"))
    def create(request: HttpRequest, body: new) -> Status[dict[str, Any]]:  # type: ignore[valid-type]
        actor = actor_of(request)
        values = read_values(ledger, body.dict(exclude_unset=True), actor)  # type: ignore[attr-defined]
        made = actions.create_row(ledger, values, actor=actor)
        return Status(201, read_row(ledger, made.pk, actor))

    @router.patch("/{uuid:pk}/", response=row, auth=may_edit, **named(ledger, "change", "修改"))
    def patch(request: Found, pk: UUID, body: change) -> dict[str, Any]:  # type: ignore[valid-type]
        actor = actor_of(request)
        given = body.dict(exclude_unset=True)  # type: ignore[attr-defined]
        version = given.pop("row_version")
        values = read_values(ledger, given, actor, row=request.auth)
        actions.save_row(ledger, request.auth, values, actor=actor, row_version=version)
        return read_row(ledger, pk, actor)

    taken = named(ledger, "step", "提交、核实等")

    @router.post("/{uuid:pk}/steps/{step}/", response=row, auth=on_step(ledger), **taken)
    def step(request: Found, pk: UUID, step: str, body: schemas.StepBody) -> dict[str, Any]:
        actor, found = actor_of(request), request.auth
        if found.row_version != body.row_version:
            raise Conflict
        taken = step_named(ledger, step)
        shown = read_row(ledger, pk, actor) if taken.party is Party.COUNTERPART else {}
        stepped = actions.step_row(ledger, found, taken, actor=actor, reason=body.reason)
        if shown and stepped.state not in REPORTED_STATES:  # sent back, it is the other side's own again
            return shown | {"state": stepped.state, "row_version": stepped.row_version}
        return read_row(ledger, pk, actor)
