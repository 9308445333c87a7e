"""Packs of the side, and asking for one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment, period_label
from shanhai.kernel.surfaces.keyset import Page, SortKey, page_of, read_cursor, write_cursor
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.kernel.surfaces.people import people
from shanhai.kernel.surfaces.respond import respond, see_other
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.parties.models import Unit
from shanhai.registers.tables import table_of

from ..asking import RECENT, recent_periods
from .actions import asked_of, packs_of, start_pack, subject
from .lines import lines_of

Drawn = dict[str, Any]
_SIZE, _PURPOSE = 30, "cursor:packs"
#: Parts and rows that the page looks into; the pack has all of them.
MOST_PARTS, MOST_ROWS = 60, 2000


@require_GET
def packs(request: HttpRequest) -> HttpResponse:
    """What was handed out, by whom, under which hash; and a pack of a unit."""
    actor = actor_of(request)
    found = packs_of(actor)
    cursor = read_cursor(request.GET.get("page", ""), _PURPOSE)
    page = page_of(found, [SortKey("id", is_descending=True)], cursor, _SIZE)
    shown = {
        "title": _("佐证包"),
        "sub": _("指标、单位、自评或整个考核背后的全部佐证，带目录和哈希，可离线核验。"),
        "crumbs": [{"label": _("指标"), "url": link_to("appraisal:indicators")}],
        "actions": [],
        "table": _table(page),
        "pager": _pager(page, found.count()),
        "fields": _fields(actor),
        "url": link_to("appraisal:pack"),
        "empty": {
            "title": _("还没有生成过佐证包"),
            "text": _("在指标页、考核方案或自评旁边生成，或在上面选一个单位。"),
            "actions": [],
        },
    }
    return respond(request, "appraisal/packs.html", "packs", shown)


def _table(page: Page) -> Drawn:
    labels = (
        _("生成时间"), _("内容"), _("台账记录数"), _("佐证份数"), _("缺佐证"), _("生成人"), _("清单摘要"),
    )  # fmt: skip
    who = people(one.packed_by for one in page.rows)
    rows = []
    for one in page.rows:
        numbers = [{"text": f"{n:,}", "kind": "number"} for n in (one.packed_rows, one.papers, one.missing)]
        digest = {"text": one.digest, "kind": "code"}
        rows.append(("", (moment(one.packed_at), one.label, *numbers, who[one.packed_by].name, digest)))
    return table_of(labels, rows)


def _pager(page: Page, number: int) -> Drawn:
    url = link_to("appraisal:packs")

    def at(cursor: Any) -> str:
        return with_query(url, {"page": write_cursor(cursor, _PURPOSE)}) if cursor else ""

    return {
        "shown": _("本页 %(number)s 项") % {"number": len(page.rows)},
        "total": _("共 %(number)s 项") % {"number": f"{number:,}"},
        "first": url if page.previous else "",
        "previous": at(page.previous),
        "next": at(page.next),
    }


def _fields(actor: Actor) -> list[Drawn]:
    """Unit and period of a pack about a unit of the reader's side."""
    side = actor.home.side if actor.home else ""
    home = str(actor.home.unit_id) if actor.home else ""
    year = Period.of(clock.today(), PeriodKind.YEAR)
    quarters = recent_periods(Period.of(clock.today(), PeriodKind.QUARTER), RECENT)
    return [
        _select(
            "unit",
            _("单位（含下级）"),
            [(str(one.pk), one.name) for one in Unit.objects.filter(side=side).order_by("path")],
            home,
        ),
        _select(
            "period",
            _("所属期"),
            [(one.code, period_label(one)) for one in (year, year.previous(), *reversed(quarters))],
            year.code,
        ),
    ]


def _select(name: str, label: str, options: list[tuple[str, str]], chosen: str) -> Drawn:
    drawn = [{"value": value, "label": text, "selected": value == chosen} for value, text in options]
    field = {"name": name, "id": name, "kind": "select", "value": chosen, "errors": []}
    return {**field, "label": label, "options": drawn, "required": True}


@require_http_methods(["GET", "POST"])
def pack(request: HttpRequest) -> HttpResponse:
    """What would be in a pack, and having it made: then the page of its job."""
    actor = actor_of(request)
    if request.method == "POST":
        return see_other(reverse("job", args=[start_pack(request.GET, actor).pk]))
    asked = asked_of(request.GET)
    found = subject(asked, actor)
    if not request.GET.get("period") and asked["about"] in ("indicator", "unit"):
        return redirect(with_query(request.path, {**asked, "period": found.period.code}))
    url = with_query(request.path, asked)
    make = {"label": _("生成佐证包"), "url": url, "method": "post", "kind": "primary", "main": True}
    shown = {
        "title": _("佐证包"),
        "sub": found.label,
        "crumbs": [{"label": _("佐证包"), "url": link_to("appraisal:packs")}],
        "actions": [{**make, "icon": "download"}],
        **_preview(found, actor),
    }
    return respond(request, "appraisal/pack.html", "", shown)


def _preview(found: Any, actor: Actor) -> Drawn:
    """The first parts with what they have and lack; says when there is more than it looked into."""
    rows: list[Any] = []
    looked, is_whole, missing = 0, True, 0
    for part in found.parts():
        if len(rows) >= MOST_PARTS or looked + len(part.ids) > MOST_ROWS:
            is_whole = False
            break
        looked += len(part.ids)
        lines = list(lines_of(part, actor, is_look=True))
        lacking = sum(one.standing == "missing" for one in lines)
        missing += lacking
        numbers = (len(part.ids), len(lines) - lacking, lacking)
        cells = [{"text": f"{n:,}", "kind": "number"} for n in numbers]
        rows.append(("", (f"{part.code} {part.name}", part.whose, part.value, *cells)))
    labels = (_("指标或考核项"), _("单位"), _("数值"), _("台账记录数"), _("佐证份数"), _("缺佐证"))
    lacks = _("缺 %(number)s 份佐证：目录里逐条列为“缺”。") % {"number": f"{missing:,}"}
    more = _("后面还有，这里没有全部清点；佐证包里是全部。")
    return {
        "table": table_of(labels, rows),
        "notices": [*([lacks] if missing else []), *([] if is_whole else [more])],
        "empty": {
            "title": _("没有计入的记录"),
            "text": _("换一个所属期或单位看看；只列您能打开的记录。"),
            "actions": [],
        },
    }


def pack_url(about: str, **asked: str) -> str:
    """Address of the page that makes a pack."""
    return with_query(link_to("appraisal:pack"), {"about": about, **asked})
