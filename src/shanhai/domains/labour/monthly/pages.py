"""务工就业月报 on the page, as Excel and Word, and the rows behind each number."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.indicators.rows import ledger_rows
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.fields import resolve
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.respond import respond
from shanhai.kernel.surfaces.tables import draw_rows
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import Drawn, answer_file, draw_table, files_of
from shanhai.registers.places.models import Place

from ..models import EmploymentSpell
from .items import BY_CODE, COLUMNS, THIS
from .papers import label_of, paper_of
from .report import Asked, Monthly, asked_report, monthly

#: Rows of a page behind a number, and the columns of their ledger it shows.
SIZE, MOST_COLUMNS = 50, 8


def may_read(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, EmploymentSpell.ledger_key())


@require_GET
def report(request: HttpRequest) -> HttpResponseBase:
    """`?month=`, `?side=`, `?place=`; `?format=xlsx` or `docx`: a file."""
    actor = actor_of(request)
    try:
        asked = asked_report(actor, request.GET.dict())
    except RuleViolated as refused:
        return render(request, "kernel/report.html", _refused(request, refused), status=422)
    found = monthly(asked, actor)
    paper = paper_of(found, lambda item, column, line: _rows_url(asked, item, column, line))
    ledger = EmploymentSpell.ledger_key()
    if (file := answer_file(request, paper, actor, ledger)) is not None:
        return file
    context = {
        "title": paper.title,
        "sub": _("%(side)s %(month)s") % {"side": asked.side.label, "month": asked.month.label},
        "crumbs": [],
        "actions": files_of(request, asked.query, actor.allows(Verb.EXPORT, ledger)),
        "notices": [{"kind": "", "text": paper.note}],
        "tabs": _tabs(request, asked),
        "asked": _fields(asked),
        "hidden": {"side": asked.side.value},
        "sections": [
            {"title": one.title, "note": one.note, "table": draw_table(one), "empty": _("没有可列的内容。")}
            for one in paper.tables
        ],
    }
    return render(request, "kernel/report.html", context)


def _refused(request: HttpRequest, refused: RuleViolated) -> Drawn:
    text = request.GET.get("month", "")
    month = {"name": "month", "id": "month", "label": _("月份"), "kind": "text", "value": text, "errors": []}
    return {
        "title": _("务工就业月报"),
        "crumbs": [],
        "actions": [],
        "notices": [{"kind": "late", "text": str(refused)}],
        "asked": [month],
        "sections": [],
    }


def _tabs(request: HttpRequest, asked: Asked) -> list[Drawn]:
    return [
        {
            "label": side.label,
            "url": with_query(request.path, {"side": side.value, "month": asked.month.code}),
            "here": side == asked.side,
        }
        for side in Side
    ]


def _fields(asked: Asked) -> list[Drawn]:
    this = Period.of(clock.today(), PeriodKind.MONTH)
    months = [this]
    while len(months) < 24:  # noqa: PLR2004 -- two years to choose from; others by the address
        months.append(months[-1].previous())
    if asked.month not in months:
        months.append(asked.month)
    towns = Place.objects.filter(side=asked.side, level=Place.Level.TOWN, valid_to=None).order_by("path")
    places = list(towns)
    if asked.place and asked.place not in places:
        places.append(asked.place)
    chosen = str(asked.place.pk) if asked.place else ""
    return [
        _choice("month", _("月份"), [(one.code, one.label) for one in months], asked.month.code),
        _choice(
            "place", _("户籍地"), [("", _("全部")), *((str(one.pk), str(one)) for one in places)], chosen
        ),
    ]


def _choice(name: str, label: str, options: list[tuple[str, str]], value: str) -> Drawn:
    shown = [{"value": one, "label": told, "selected": one == value} for one, told in options]
    return {
        "name": name, "id": name, "label": label, "kind": "select", "value": value, "options": shown,
        "errors": [],
    }  # fmt: skip


def _rows_url(asked: Asked, item: str, column: str, line: str, **more: Any) -> str:
    query = {**asked.query, "item": item, "column": column, "line": line, **more}
    return with_query(reverse("labour:monthly_rows"), query)


@require_GET
def rows(request: HttpRequest) -> HttpResponse:
    """`?item=`, `?column=`, `?line=`: exactly the rows a number of the report counts."""
    actor, query = actor_of(request), request.GET.dict()
    try:
        asked = asked_report(actor, query)
        number = whole_number(query.get("page") or "1")
    except RuleViolated:
        raise NotVisible from None
    item, column, line = asked_cell(query)
    found = monthly(asked, actor)
    keys = found.keys(item, column, line)
    pages = max(1, -(-len(keys) // SIZE))
    number = min(max(1, number), pages)
    ledger = registry.get(BY_CODE[item].ledger)
    columns = resolve(ledger).defaults[:MOST_COLUMNS]
    start = (number - 1) * SIZE
    shown = keys[start : start + SIZE]
    rows_by_key = ledger_rows(ledger.model, shown)
    at_hand = [rows_by_key[key] for key in shown if key in rows_by_key]
    context = {
        "title": label_of(BY_CODE[item]),
        "sub": _where(found, column, line),
        "crumbs": [{"label": _("务工就业月报"), "url": with_query(reverse("labour:monthly"), asked.query)}],
        "actions": [],
        "table": {
            "columns": [
                {"label": str(one.label), "unit": str(one.unit), "kind": "number" if one.is_number else ""}
                for one in columns
            ],
            "rows": draw_rows(ledger, columns, at_hand, actor),
        },
        "pager": {
            "total": _("共 %(rows)s 行") % {"rows": f"{len(keys):,}"},
            "shown": _("第 %(page)s 页，共 %(pages)s 页") % {"page": number, "pages": pages},
            "first": "",
            "previous": _rows_url(asked, item, column, line, page=number - 1) if number > 1 else "",
            "next": _rows_url(asked, item, column, line, page=number + 1) if number < pages else "",
            "is_whole": pages == 1,
        },
        "empty": {"title": _("没有这样的行"), "text": _("这个数字是零。")},
    }
    return respond(request, "labour/paper_rows.html", "rows", context)


def asked_cell(query: dict[str, str]) -> tuple[str, str, str]:
    """Item, column and line of a number. Errors: NotVisible."""
    item, column = query.get("item", ""), query.get("column", "") or THIS
    if item not in BY_CODE or column not in dict(COLUMNS):
        raise NotVisible
    return item, column, query.get("line", "")


def _where(found: Monthly, column: str, line: str) -> str:
    place = next((one.name for one in found.lines if one.key == line), "")
    window = next(one for one in found.windows if one.column == column)
    days = {"first": window.first.isoformat(), "last": window.last.isoformat()}
    told = _("%(first)s 至 %(last)s") % days
    parts = (found.asked.side.label, place, str(dict(COLUMNS)[column]), told)
    return " · ".join(str(one) for one in parts if one)
