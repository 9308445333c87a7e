"""预警: findings of all chapters in one list, by severity, chapter, unit and place; as Excel and Word."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import draw_table, files_of
from shanhai.registers.papers import FORMS, Paper, PaperRow, PaperTable, file_of, issuer_of
from shanhai.registers.places.models import Place
from shanhai.web.deeds import Subject, deeds_of

from ..models import Severity
from . import alarms
from .alarms import Alarm, Narrowed

Drawn = dict[str, Any]
#: Alarms of one page.
PAGE = 50


def may_open(actor: Actor) -> bool:
    return bool(alarms.readable(actor))


def may_export(actor: Actor) -> bool:
    return any(actor.allows(Verb.EXPORT, checks.ledger) for _chapter, checks in alarms.readable(actor))


def require(actor: Actor) -> None:
    """Errors: NotVisible."""
    if not may_open(actor):
        raise NotVisible


def alarms_paper(found: Sequence[Alarm], actor: Actor) -> Paper:
    """All of them as a table; each opens its row."""
    names = {one.pk: one.short_name for one in Place.objects.filter(pk__in={one.place for one in found})}
    columns = [
        SheetColumn("row", _("对象"), Kind.TEXT, width=30),
        SheetColumn("level", _("预警级别"), Kind.TEXT, width=12),
        SheetColumn("label", _("预警事项"), Kind.TEXT, width=22),
        SheetColumn("sentence", _("情况"), Kind.LONG_TEXT, width=60),
        SheetColumn("unit", _("填报单位"), Kind.TEXT, width=22),
        SheetColumn("place", _("所在地"), Kind.TEXT, width=16),
        SheetColumn("chapter", _("类别"), Kind.TEXT, width=14),
    ]
    rows = [
        PaperRow(
            (
                one.found.row.text, str(one.level.label), one.label, one.found.sentence, one.found.unit,
                names.get(one.place, "") if one.place else "", one.chapter_label,
            ),
            url=one.found.row.url,
        )
        for one in found
    ]  # fmt: skip
    title = _("预警")
    note = _("按现有台账实时核查，不改动任何数据；处理后再打开本页即消除。级别见规则汇编“预警分级”。")
    return Paper(title, note, [PaperTable("", columns, rows)], title, issuer_of(actor))


@require_GET
def all_alarms(request: HttpRequest) -> HttpResponse:
    """`?level=`, `?chapter=`, `?code=`, `?unit=`, `?place=`, `?page=`; `?format=xlsx`, `docx`."""
    actor = actor_of(request)
    require(actor)
    asked = Narrowed.read(request.GET)
    every = alarms.alarms(actor)
    found = asked.of(every)
    if request.GET.get("format") in FORMS:
        if not may_export(actor):
            raise NotAllowed
        return file_of(alarms_paper(found, actor), request.GET["format"])
    last = max(0, (len(found) - 1) // PAGE)
    at = min(max(whole_number(request.GET.get("page", "")) - 1, 0), last)
    paper = alarms_paper(found[at * PAGE : (at + 1) * PAGE], actor)
    context = {
        "title": _("预警"),
        "sub": _("%(number)s 项") % {"number": f"{len(found):,}"},
        "actions": files_of(request, asked.query(), may_export(actor) and bool(found)),
        "note": paper.note,
        "levels": _chips(asked, every, "level", {one.value: str(one.label) for one in Severity}),
        "chapters": _chips(asked, every, "chapter", {one.chapter: one.chapter_label for one in every}),
        "narrowings": _narrowings(asked, every),
        "table": _with_deeds(draw_table(paper.tables[0]), found[at * PAGE : (at + 1) * PAGE], actor),
        "empty": {"title": _("没有预警"), "text": _("按现有数据核查，没有需要处理的事项。")},
        "pager": _pager(asked, at, last, len(found)),
    }
    return render(request, "appraisal/alarms.html", context)


def _url(asked: Narrowed, **changes: str) -> str:
    return with_query(reverse("appraisal:alarms"), asked.query(**changes))


def _chips(asked: Narrowed, every: Sequence[Alarm], name: str, labels: dict[str, str]) -> list[Drawn]:
    """All first, then each with how many it would leave."""
    others = Narrowed(**{**asked.query(), name: ""}).of(every)
    counts = Counter(str(getattr(one, name)) for one in others)
    items = [("", f"{_('全部')} {len(others):,}")]
    items += [(key, f"{label} {counts[key]:,}") for key, label in labels.items() if counts[key]]
    here = getattr(asked, name)
    return [{"label": label, "url": _url(asked, **{name: key}), "here": key == here} for key, label in items]


def _narrowings(asked: Narrowed, every: Sequence[Alarm]) -> list[Drawn]:
    """Kind, unit and place in force, each with an address without it."""
    kinds = {one.code: one.label for one in every}
    units = {one.found.unit_id: one.found.unit for one in every}
    told = {
        "code": (_("预警事项"), kinds.get(asked.code, asked.code)),
        "unit": (_("填报单位"), units.get(asked.unit, "")),
        "place": (_("所在地"), _place_name(asked.place)),
    }
    return [
        {"label": label, "text": text, "url": _url(asked, **{name: ""}), "here": True, "remove": True}
        for name, (label, text) in told.items()
        if getattr(asked, name)
    ]


def _place_name(key: str) -> str:
    if key in {"", alarms.NOWHERE}:
        return _("未分到镇村") if key else ""
    inside = alarms.below(key)
    return str(Place.objects.filter(pk=key).first()) if inside else ""


def _with_deeds(table: Drawn, found: Sequence[Alarm], actor: Actor) -> Drawn:
    """With the level as a badge, and what may be done about each."""
    ways = [
        deeds_of(actor, Subject(one.found.row.ledger, one.found.row.id, f"{one.label}：{one.found.row.text}",
                                one.found.sentence, one.found.unit_id))
        for one in found
    ]  # fmt: skip
    if any(ways):
        table["columns"].append({"label": _("办理"), "kind": ""})
    table["columns"][1]["kind"] = "state"
    for row, one, deeds in zip(table["rows"], found, ways, strict=True):
        kind = "late" if one.level is Severity.RED else "wait"
        told = row["cells"][1]
        row["cells"][1] = {**told, "kind": "state", "state": {"label": told["text"], "kind": kind}}
        if any(ways):
            deed = deeds[0] if deeds else None
            way = {"text": deed.label if deed else "", "url": deed.url if deed else "", "kind": ""}
            row["cells"].append({**way, "label": _("办理")})
    return table


def _pager(asked: Narrowed, at: int, last: int, number: int) -> Drawn | None:
    if not last:
        return None

    def address(page: int) -> str:
        return with_query(reverse("appraisal:alarms"), {**asked.query(), "page": page + 1 if page else ""})

    told = {"first": at * PAGE + 1, "last": min((at + 1) * PAGE, number)}
    return {
        "total": _("共 %(number)s 项") % {"number": f"{number:,}"},
        "shown": _("第 %(first)s–%(last)s 项") % told,
        "first": address(0) if at else "",
        "previous": address(at - 1) if at else "",
        "next": address(at + 1) if at < last else "",
    }
