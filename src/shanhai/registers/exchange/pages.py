"""The roll-up of a period, the packages behind it, the rows behind one county's number."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.engines.exchange import Figure, rows_of
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.kernel.surfaces.respond import respond
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import draw_table, files_of
from shanhai.registers.papers import FORMS
from shanhai.registers.papers import file_of as taken_along
from shanhai.registers.tables import table_of

from . import reports
from .models import ExchangePackage
from .taking import file_of

Drawn = dict[str, Any]
#: Rows of one page.
SIZE = 50


def may_read(actor: Actor) -> bool:
    """Whoever reads ledgers here."""
    return actor.subject is None and any(grant.role.verbs for grant in actor.grants)


def reader(request: HttpRequest) -> Actor:
    """Errors: NotAllowed."""
    actor = actor_of(request)
    if not may_read(actor):
        raise NotAllowed
    return actor


def package_of(pk: Any, code: str) -> tuple[ExchangePackage, Figure]:
    """Errors: NotVisible for what nobody sent, and for a ratio, which has no rows of its own."""
    package = ExchangePackage.objects.select_related("exchange_sender").filter(pk=pk).first()
    figure = package.by_code.get(code) if package else None
    if package is None or figure is None:
        raise NotVisible
    return package, figure


@require_GET
def rollup(request: HttpRequest) -> HttpResponse:
    """Indicator by county, and the sum; `?period=`, `?format=`."""
    reader(request)
    known = reports.periods()
    period = request.GET.get("period") or (known[0] if known else "")
    if period and period not in known:
        raise NotVisible
    found = reports.board(period) if period else None
    if found and request.GET.get("format") in FORMS:
        return taken_along(reports.paper(found), request.GET["format"])
    sections = _sections(found) if found else []
    notices = (
        []
        if found
        else [{"kind": "", "text": _("还没有收到报送包。由系统管理员用 shanhai exchange import 接收。")}]
    )
    shown: Drawn = {
        "title": _("上报汇总"),
        "sub": _("各县报送的指标，逐县和合计；点县的数看包里的行"),
        "crumbs": [],
        "actions": files_of(request, {"period": period}, may=found is not None),
        "notices": notices,
        "tabs": None,
        "asked": [_chooser(known, period)] if known else [],
        "hidden": {},
        "sections": sections,
    }
    return respond(request, "kernel/report.html", "", shown)


def _chooser(known: list[str], period: str) -> Drawn:
    options = [{"value": one, "label": reports.label(one), "selected": one == period} for one in known]
    field = {"name": "period", "id": "period", "kind": "select", "value": period, "errors": []}
    return {**field, "label": _("所属期"), "options": options, "required": True}


def _sections(found: reports.Board) -> list[Drawn]:
    paper = reports.paper(found)
    return [
        {"title": paper.title, "note": paper.note, "table": draw_table(paper.tables[0]), "empty": ""},
        {"title": _("收到的报送包"), "note": "", "table": _packages(found.period), "empty": ""},
        {"title": _("与上一包的差异"), "note": "", "table": _changed(found), "empty": _("没有差异。")},
    ]


def _packages(period: str) -> Drawn:
    labels = (_("报送方"), _("状态"), _("截至"), _("生成时间"), _("包内行数"), _("接收时间"), _("清单摘要"))
    rows = []
    for one in ExchangePackage.objects.filter(period=period).select_related("exchange_sender"):
        state = (
            {"label": _("现行"), "kind": "ok"} if one.is_newest else {"label": _("已被替换"), "kind": "void"}
        )
        cells = (
            one.exchange_sender.name,
            {"text": state["label"], "badge": state},
            one.cut_off.isoformat(),
            moment(one.packed_at),
            {"text": f"{one.sent_rows:,}", "kind": "number"},
            moment(one.accepted_at),
            {"text": one.digest, "kind": "code"},
        )
        rows.append(("", cells))
    return table_of(labels, rows)


def _changed(found: reports.Board) -> Drawn:
    labels = (_("报送方"), _("指标"), _("上一包"), _("这一包"))
    rows = [
        (
            "",
            (
                package.exchange_sender.name,
                f"{one['code']} {one['name']}",
                one["was"] or "—",
                one["now"] or "—",
            ),
        )
        for package in found.packages.values()
        for one in package.changed_figures
    ]
    return table_of(labels, rows)


@require_GET
def rows(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """The rows of a county's package behind its number, `?from=`."""
    reader(request)
    package, figure = package_of(pk, code)
    first = _first(request)
    shown: Drawn = {
        "title": f"{figure.code} {figure.name}",
        "sub": f"{package.exchange_sender.name} · {reports.label(package.period)} · "
        f"{reports.printed(figure.value, figure.places)} {figure.unit}",
        "crumbs": [
            {
                "label": _("上报汇总"),
                "url": with_query(link_to("exchange:rollup"), {"period": package.period}),
            }
        ],
        "actions": _further(request, figure, first),
        "notices": [],
        "tabs": None,
        "asked": [],
        "hidden": {},
        "sections": _behind(package, figure, first),
    }
    return respond(request, "kernel/report.html", "", shown)


def _first(request: HttpRequest) -> int:
    text = request.GET.get("from", "0")
    return min(int(text), 10**7) if text.isascii() and text.isdigit() else 0


def _further(request: HttpRequest, figure: Figure, first: int) -> list[Drawn]:
    if figure.parts is not None or first + SIZE >= figure.counted:
        return []
    return [{"label": _("下一页"), "url": with_query(request.path, {"from": str(first + SIZE)}), "kind": ""}]


def _behind(package: ExchangePackage, figure: Figure, first: int) -> list[Drawn]:
    told = [
        {
            "title": _("口径"),
            "note": "",
            "table": table_of((_("项"), _("说明")), [("", tuple(one)) for one in figure.definition]),
            "empty": "",
        }
    ]
    if figure.parts is not None:
        parts = [package.by_code[code] for code in figure.parts]
        lines = [
            (
                link_to("exchange:rows", pk=package.pk, code=one.code),
                (f"{one.code} {one.name}", reports.printed(one.value, one.places)),
            )
            for one in parts
        ]
        table = table_of((_("分子、分母"), _("数值")), lines)
        return [{"title": _("怎么算的"), "note": "", "table": table, "empty": ""}, *told]
    labels = dict(figure.labels or {})
    headings = (_("单位"), _("地区"), *labels.values(), _("计入"), _("佐证"))
    lines = [
        (
            "",
            (
                row.columns.get("unit", ""),
                row.columns.get("place", ""),
                *(_shown(row.columns.get(name)) for name in labels),
                {"text": f"{row.weight:f}", "kind": "number"},
                {"text": f"{len(row.papers)}", "kind": "number"},
            ),
        )
        for row in rows_of(file_of(package), figure, first, SIZE)
    ]
    note = _("共 %(all)s 行，从第 %(first)s 行起") % {"all": f"{figure.counted:,}", "first": first + 1}
    return [
        {"title": _("包里的行"), "note": note, "table": table_of(headings, lines), "empty": _("没有行。")},
        *told,
    ]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return "" if value is None else str(value)
