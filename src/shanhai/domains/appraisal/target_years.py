"""分年目标: what each side, unit and place is to reach, year by year, in one table."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Side
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import answer_file, draw_table, files_of
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from .targets import LEDGER, reading_side, targets_of

#: Of the whole side first, then units, then places.
WHOLE, UNIT, PLACE = "side", "unit", "place"


def paper(side: Side) -> Paper:
    """One row an indicator and whom it is for, one column a year."""
    values: dict[tuple[str, str, str], dict[int, Decimal]] = defaultdict(dict)
    for one in targets_of(side):
        of = UNIT if one.unit_id else PLACE if one.place_id else WHOLE
        values[one.code, of, str(one.unit or one.place or side.label)][one.year] = one.value
    years = sorted({year for found in values.values() for year in found})
    columns = [
        SheetColumn("indicator", _("指标"), Kind.TEXT, width=28),
        SheetColumn("unit", _("单位"), Kind.TEXT, width=8),
        SheetColumn("whom", _("对象"), Kind.TEXT, width=22),
        *(SheetColumn(f"y{year}", str(year), Kind.DECIMAL, decimals=2) for year in years),
    ]
    order = {WHOLE: 0, UNIT: 1, PLACE: 2}
    rows = [
        _row(code, of, whom, [values[code, of, whom].get(year) for year in years], years)
        for code, of, whom in sorted(values, key=lambda key: (key[0], order[key[1]], key[2]))
    ]
    title = _("分年目标")
    note = _("%(side)s各年的目标：全方、单位、镇（街道）。空格是没有定。") % {"side": side.label}
    return Paper(title, note, [PaperTable("", columns, rows)], title)


def _row(code: str, of: str, whom: str, values: list[Any], years: list[int]) -> PaperRow:
    indicator, targets = registry.get(code), link_to("appraisal:targets")
    own = [
        "" if value is None else with_query(targets, {"code": code, "year": year, "of": of})
        for value, year in zip(values, years, strict=True)
    ]
    cells = (str(indicator), str(indicator.unit), whom, *values)
    return PaperRow(cells, (link_to("appraisal:indicator", code=code), "", "", *own))


@require_GET
def target_years(request: HttpRequest) -> HttpResponse:
    """Of the reader's own side; `?format=xlsx` or `docx`: a file."""
    actor = actor_of(request)
    told = paper(reading_side(actor))
    if (file := answer_file(request, told, actor, LEDGER)) is not None:
        return file
    context = {
        "title": told.title,
        "sub": "",
        "crumbs": [{"label": _("指标目标"), "url": link_to("appraisal:targets")}],
        "actions": files_of(request, {}, actor.allows(Verb.EXPORT, LEDGER)),
        "notices": [{"kind": "", "text": told.note}],
        "tabs": [],
        "hidden": {},
        "asked": [],
        "sections": [
            {"title": "", "note": "", "table": draw_table(told.tables[0]), "empty": _("还没有目标")}
        ],
    }
    return render(request, "kernel/report.html", context)
