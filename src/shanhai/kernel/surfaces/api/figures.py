"""Operations on indicators: figures, splits, and the way down to rows, papers and what changed since."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.http import HttpRequest
from ninja import Query, Router

from shanhai.kernel.amendments.effect import effect
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.evidence.attach import may_open, shown_name
from shanhai.kernel.evidence.models import EvidenceLink
from shanhai.kernel.history import known
from shanhai.kernel.indicators.asked import Question, asked_period, asked_scope, dimensions
from shanhai.kernel.indicators.figures import Breakdown, Figure, breakdown, display, value
from shanhai.kernel.indicators.reasons import reason_label, reasons
from shanhai.kernel.indicators.registry import filed_by, registry
from shanhai.kernel.indicators.rows import Cursor, counted_ids, ledger_rows, own, row_page, visible
from shanhai.kernel.indicators.scopes import told
from shanhai.kernel.indicators.since import Since, since
from shanhai.kernel.indicators.words import definition
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.views import actor_of

from .doors import Door, Found, argument
from .figure_schemas import (
    After,
    CountedAnswers,
    Day,
    Down,
    FigureAnswer,
    FigureAnswers,
    PapersBehind,
    SinceAnswer,
)
from .naming import called

#: Rows and papers of one page.
_SIZE = 50
_ASKED = [
    ("period", "报告期，如 2021Q3、2021；不写为本季度"),
    ("side", "east 或 west；不写为本方"),
    ("unit", "单位的编号：该单位及其下级"),
    ("place", "地区的编号：该地区及其下级"),
    (known.PARAMETER, "当日所知：只按这一天 24 时（北京时间）系统已知的数据，如 2021-08-31"),
]
_NARROWED = "按分组收窄写成 by.<分组>=<成员>，分组和成员取自指标的 splits。"
#: What the document says of every operation about a figure.
ASKED: dict[str, Any] = {
    "description": _NARROWED,
    "openapi_extra": {
        "parameters": [
            {"name": name, "in": "query", "description": meaning, "schema": {"type": "string"}}
            for name, meaning in _ASKED
        ]
    },
}


def _reading(request: HttpRequest, actor: Actor) -> Actor:
    if actor.home is None:
        raise NotAllowed
    return actor


def figure_question(request: HttpRequest, actor: Actor) -> Question:
    asked = Question.of(actor, request.GET, argument(request, "code"))
    told(own(asked.indicator, asked.period).model, asked.scope.side)  # refuses who reads no row of it
    return asked


def about_figure() -> Door:
    """The figure of the address may be read; finds the question."""
    return Door(figure_question)


def figures_router() -> Router:
    """Below `/indicators/`."""
    router = Router(tags=["indicators"])
    asking = about_figure()
    listed = called("indicators", "指标", auth=Door(_reading), **ASKED)
    one = called("indicator", "一个指标：数值、口径、分组", auth=asking, **ASKED)
    down = called("indicator_rows", "指标背后的行", auth=asking, **ASKED)
    papers = called("indicator_evidence", "指标背后的佐证", auth=asking, **ASKED)
    changed = called("indicator_since", "与过去某日所知相比", auth=asking, **ASKED)

    @router.get("/", response=FigureAnswers, **listed)
    @known.shows_past
    def list_indicators(request: HttpRequest) -> dict[str, Any]:
        scope, period = asked_scope(actor_of(request), request.GET), asked_period(request.GET)
        questions = (Question(registry.get(one.code, period), scope, period) for one in registry)
        return {"side": scope.side, "period": period.code, "items": list(_readable(questions))}

    @router.get("/{code}/", response=FigureAnswer, **one)
    @known.shows_past
    def read_indicator(request: Found, code: str) -> dict[str, Any]:
        return _whole(request.auth)

    @router.get("/{code}/rows/", response=CountedAnswers, **down)
    @known.shows_past
    def read_rows(request: Found, code: str, asked: Query[Down]) -> dict[str, Any]:
        return _rows(request, request.auth, asked)

    @router.get("/{code}/evidence/", response=PapersBehind, **papers)
    @known.shows_past
    def read_papers(request: Found, code: str, asked: Query[After]) -> dict[str, Any]:
        return _papers(request, request.auth, asked.after)

    @router.get("/{code}/since/", response=SinceAnswer, **changed)
    def read_since(request: Found, code: str, asked: Query[Day]) -> dict[str, Any]:
        found: Question = request.auth
        between = since(found.indicator, found.scope, found.period, asked.day, most=_SIZE)
        return _between(between, actor_of(request))

    return router


def exact(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _readable(questions: Iterable[Question]) -> Iterable[dict[str, Any]]:
    """The figures of ledgers the side keeps and the reader reads."""
    for one in questions:
        if not filed_by(one.indicator, one.scope.side):
            continue
        try:
            yield _figure(value(one.indicator, one.scope, one.period))
        except NotAllowed:
            continue


def _figure(figure: Figure) -> dict[str, Any]:
    indicator = figure.indicator
    return {
        "code": indicator.code,
        "name": str(indicator),
        "unit": str(indicator.unit),
        "chapter": str(apps.get_app_config(registry.chapter(indicator)).verbose_name),
        "clause": indicator.clause,
        "valid_from": indicator.valid_from.isoformat(),
        "period": figure.period.code,
        "value": exact(figure.value),
        "display": figure.display,
        "counted": figure.counted,
        "excluded": dict(figure.excluded),
    }


def _whole(asked: Question) -> dict[str, Any]:
    splits = list(dimensions(asked.indicator, asked.period))
    found = breakdown(asked.indicator, asked.scope, asked.period, splits)
    made = effect(asked.indicator, asked.scope, asked.period)
    return {
        **_figure(found.figure),
        "definition": [{"head": head, "text": text} for head, text in definition(asked.indicator)],
        "splits": _splits(found),
        "amended": {"difference": exact(made.delta), "rows": made.rows} if made else None,
        "parts": [
            {"code": one.figure.indicator.code, "value": exact(one.figure.value)} for one in found.parts
        ],
    }


def _splits(found: Breakdown) -> dict[str, list[dict[str, Any]]]:
    return {
        code: [
            {"member": one.code, "text": one.label, "value": exact(one.value), "counted": one.counted}
            for one in members
        ]
        for code, members in found.splits.items()
    }


def _rows(request: HttpRequest, asked: Question, down: Down) -> dict[str, Any]:
    version, actor = own(asked.indicator, asked.period), actor_of(request)
    if down.reason not in ("", "counted", *reasons(version)):
        raise NotVisible
    page = row_page(
        version,
        asked.scope,
        asked.period,
        reason=down.reason.removeprefix("counted") if down.reason else None,
        after=Cursor.parse(down.after),
        before=Cursor.parse(down.before),
        size=_SIZE,
    )
    rows = [
        {
            **row_named(one.row, actor),
            "reason": one.reason,
            "reason_text": str(reason_label(version, one.reason)),
            "amount": exact(one.amount),
        }
        for one in page.rows
    ]
    openable = visible(version, asked.scope, asked.period)
    return {
        "code": version.code,
        "candidates": value(version, asked.scope, asked.period).candidates,
        "openable": sum(openable.values()),
        "items": rows,
        "next": turned(request, after=str(page.following)) if page.following else None,
        "previous": turned(request, before=str(page.previous)) if page.previous else None,
    }


def row_named(row: Any, actor: Actor) -> dict[str, str]:
    """Which row it is: one of a ledger, or an obligation."""
    if isinstance(row, LedgerModel):
        key = row.ledger_key()
        return {"ledger": key, "id": str(row.pk), "text": row_label(ledgers.get(key), row, actor)}
    return {"ledger": "", "id": str(row.pk), "text": str(row)}


def turned(request: HttpRequest, **at: str) -> str:
    """Another page of the same question."""
    kept = {name: text for name, text in request.GET.items() if name not in {"after", "before"}}
    return with_query(request.path, {**kept, **at})


def _papers(request: HttpRequest, asked: Question, after: UUID | None) -> dict[str, Any]:
    version = own(asked.indicator, asked.period)
    ids = counted_ids(version, asked.scope, asked.period)
    links = EvidenceLink.objects.for_rows(version.source, ids)
    page = links.select_related("file").order_by("id")
    if after:
        page = page.filter(id__gt=after)
    found = list(page[: _SIZE + 1])
    has_more, found = len(found) > _SIZE, found[:_SIZE]
    rows = ledger_rows(version.model, [one.row_id for one in found])
    return {
        "rows": len(ids),
        "rows_with_paper": links.order_by().values("row_id").distinct().count(),
        "items": _described(found, rows, actor_of(request)),
        "next": turned(request, after=str(found[-1].pk)) if has_more else None,
    }


def _described(links: Sequence[EvidenceLink], rows: Mapping[UUID, Any], actor: Actor) -> list[dict[str, Any]]:
    described = []
    for one in links:
        ledger, row = ledgers.get(one.ledger), rows.get(one.row_id)
        is_open = row is not None and may_open(ledger, row, actor)
        described.append(
            {
                "ledger": one.ledger,
                "row": str(one.row_id),
                "id": str(one.pk),
                "name": shown_name(one, ledger, is_open=is_open),
                "category": one.evidence_class,
                "digest": one.file.digest,
            }
        )
    return described


def _between(found: Since, actor: Actor) -> dict[str, Any]:
    return {
        "day": found.day.isoformat(),
        "was": exact(found.was.value),
        "now": exact(found.now.value),
        "difference": exact(found.difference),
        "turns": [
            {
                "turn": turn,
                "text": turn.label,
                "rows": tally.rows,
                "openable": tally.openable,
                "difference": exact(tally.difference),
            }
            for turn, tally in found.tallies.items()
        ],
        "rows": [
            {
                **row_named(one.row, actor),
                "turn": one.turn,
                "was": display(found.version, one.was),
                "now": display(found.version, one.now),
            }
            for one in found.rows
        ],
    }
