"""协议完成情况 on the page, targets by year, and what does not add up."""

from collections.abc import Mapping
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.indicators.figures import display
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import answer_file, draw_table, files_of
from shanhai.registers.parties.models import Unit
from shanhai.web.checks import Checks, Found, Named, render_checks

from . import agreed_rules as rules
from .agreed_reports import Line, lines, paper
from .models import AgreementTarget

LEDGER = AgreementTarget.ledger_key()
FIRST_YEAR, LAST_YEAR = 2000, 2199
LABELS = {
    rules.SHORT: gettext_lazy("分解合计少于协议"),
    rules.NOT_SPLIT: gettext_lazy("协议指标没有分解"),
    rules.DIFFERS: gettext_lazy("全方目标与协议不一致"),
}
WAYS = {rules.BY_UNIT: gettext_lazy("单位"), rules.BY_PLACE: gettext_lazy("地区")}


def may_read(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, LEDGER)


def asked(actor: Actor, query: Mapping[str, str]) -> tuple[int, list[Line]]:
    """The year, this one without, and its lines. Errors: NotVisible; RuleViolated for no year."""
    if not may_read(actor):
        raise NotVisible
    year = whole_number(query.get("year", ""), clock.today().year)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleViolated(_("年份写成 2021 这样。"), code="bad_year")
    return year, lines(actor, year)


@require_GET
def agreed(request: HttpRequest) -> HttpResponse:
    """`?year=`; `?format=xlsx` or `docx`: a file."""
    actor, query = actor_of(request), request.GET.dict()
    year, found = asked(actor, query)
    told = paper(found, year)
    if (file := answer_file(request, told, actor, LEDGER)) is not None:
        return file
    kept = {"year": str(year)}
    when = {"name": "year", "id": "year", "label": _("年份"), "kind": "number", "value": year}
    empty = _("这一年还没有已报的协议指标，请在“协议指标”登记。")
    context = {
        "title": told.title,
        "sub": _("%(number)s 项") % {"number": len(found)},
        "crumbs": [{"label": _("指标"), "url": link_to("appraisal:indicators")}],
        "actions": files_of(request, kept, actor.allows(Verb.EXPORT, LEDGER) and bool(found)),
        "notices": [{"kind": "", "text": told.note}],
        "tabs": [],
        "hidden": {},
        "asked": [when],
        "sections": [{"title": "", "note": "", "table": draw_table(told.tables[0]), "empty": empty}],
    }
    return render(request, "kernel/report.html", context)


def _find(actor: Actor) -> list[Found]:
    """Of this year, of what the reader's own side bears, told to its coordinating unit."""
    offices: dict[str, Unit] = {}
    for unit in Unit.objects.filter(kind=Unit.Kind.COORDINATOR).order_by("path"):
        offices.setdefault(unit.side, unit)
    found = []
    for line in lines(actor, clock.today().year):
        office = offices.get(line.row.bearing_side)
        if not line.is_own or office is None:
            continue
        named = Named(LEDGER, line.row.pk, str(line.row))
        for code, way, missing in rules.findings(line.rolled):
            sentence = _sentence(line, code, way, missing)
            found.append(Found(code, sentence, named, str(office.pk), str(office)))
    return found


def _sentence(line: Line, code: str, way: str, missing: Decimal) -> str:
    said = {
        rules.SHORT: _("%(indicator)s 协议 %(agreed)s %(unit)s，分到%(way)s合计 %(given)s，差 %(missing)s。"),
        rules.NOT_SPLIT: _("%(indicator)s 协议 %(agreed)s %(unit)s，还没有分到单位或地区。"),
        rules.DIFFERS: _("%(indicator)s 协议 %(agreed)s %(unit)s，全方目标 %(own)s，差 %(missing)s。"),
    }
    rolled, indicator = line.rolled, line.indicator
    shown = display(indicator, abs(missing))
    return said[code] % {
        "indicator": indicator,
        "agreed": display(indicator, rolled.agreed),
        "unit": indicator.unit,
        "way": WAYS.get(way, ""),
        "given": display(indicator, rolled.given(way)),
        "own": display(indicator, rolled.own),
        "missing": f"−{shown}" if missing < 0 else f"+{shown}",
    }


CHECKS = Checks(
    title=gettext_lazy("协议分解核查"),
    note=gettext_lazy(
        "今年协议中本方承担的指标，和全方目标、分到单位、分到地区的合计核对；分够、改一致后即消除。"
    ),
    labels=LABELS,
    ledger=LEDGER,
    find=_find,
)


@require_GET
def agreed_checks(request: HttpRequest) -> HttpResponseBase:
    """What of the year's agreement does not add up, of the reader's own side."""
    return render_checks(request, CHECKS)
