"""按号查人的记录: every number that was asked, found or not, for those who watch over it (ADR 0050)."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.readings.found import watched_sides
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.menu import SYSTEM, MenuPage, register_page
from shanhai.kernel.surfaces.people import Someone, people
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import draw_table, files_of
from shanhai.registers.papers import FORMS, Paper, PaperRow, PaperTable, file_of, issuer_of

from .askings import NumberAsking, purposes

Drawn = dict[str, Any]
#: Of the last so many; the file has all.
SHOWN, MOST = 200, 50_000
FOUND, MISSED = "found", "missed"

register_page(
    MenuPage(
        SYSTEM, gettext_lazy("按号查人记录"), "parties:askings", 46, lambda actor: bool(watched_sides(actor))
    )
)


@dataclass(frozen=True)
class Wanted:
    """Which askings; empty values narrow nothing. `result` is found or missed."""

    sides: Sequence[Side]
    who: str = ""
    purpose: str = ""
    result: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def query(self) -> dict[str, str]:
        days = {"first": self.first, "last": self.last}
        told = {"who": self.who, "purpose": self.purpose, "result": self.result}
        return told | {name: day.isoformat() if day else "" for name, day in days.items()}


def wanted_of(asked: Any, actor: Actor) -> Wanted:
    """Errors: NotAllowed for who watches over no side; NotVisible for a word or day that is none."""
    sides, result = watched_sides(actor), asked.get("result", "")
    if not sides:
        raise NotAllowed
    if result not in {"", FOUND, MISSED}:
        raise NotVisible
    try:
        first, last = (date.fromisoformat(text) if (text := asked.get(name, "")) else None
                       for name in ("first", "last"))  # fmt: skip
    except ValueError:
        raise NotVisible from None
    return Wanted(sides, asked.get("who", ""), asked.get("purpose", ""), result, first, last)


def askings(wanted: Wanted) -> Any:
    """The newest first."""
    rows = NumberAsking.objects.filter(side__in=wanted.sides)
    for field, value in (
        ("asked_by", wanted.who),
        ("purpose", wanted.purpose),
        ("asked_on__gte", wanted.first),
        ("asked_on__lte", wanted.last),
    ):
        rows = rows.filter(**{field: value}) if value else rows
    if wanted.result:
        rows = rows.filter(is_found=wanted.result == FOUND)
    return rows.order_by("-asked_at", "-id")


def paper_of(wanted: Wanted, most: int = MOST) -> Paper:
    """How often each account asked and missed, and every asking; numbers of people are in none of it."""
    rows = askings(wanted)
    counted = Counter(rows.order_by().values_list("asked_by", "is_found"))
    found = list(rows[:most])
    names = people({key for key, _found in counted})
    each = PaperTable(_("逐次"), _columns(), [PaperRow(_cells(one, names)) for one in found])
    note = _("每个号码一个账号一天记一次，查到没查到都记；记录里没有身份证号。没有查到的多，可能是在试号。")
    return Paper(_("按号查人记录"), note, [_by_account(counted, names), each], _("按号查人记录"), sheet=each)


def _columns() -> Sequence[SheetColumn]:
    return (
        SheetColumn("at", _("查询时间"), Kind.TEXT, width=18),
        SheetColumn("who", _("查询人"), Kind.TEXT, width=16),
        SheetColumn("unit", _("单位"), Kind.TEXT, width=24),
        SheetColumn("purpose", _("用途"), Kind.TEXT, width=16),
        SheetColumn("ledger", _("台账"), Kind.TEXT, width=14),
        SheetColumn("result", _("结果"), Kind.TEXT, width=10),
    )


def _cells(one: NumberAsking, names: dict[str, Someone]) -> tuple[Any, ...]:
    who, known = names[one.asked_by], purposes().get(one.purpose)
    ledger = registry.get(one.ledger).label if one.ledger in registry else one.ledger
    purpose = str(known.label) if known else one.purpose
    return moment(one.asked_at), who.name, who.unit, purpose, str(ledger), result_of(one)


def result_of(one: NumberAsking) -> str:
    return _("查到") if one.is_found else _("没有查到")


def _by_account(counted: Counter[Any], names: dict[str, Someone]) -> PaperTable:
    columns = (
        SheetColumn("who", _("查询人"), Kind.TEXT, width=16),
        SheetColumn("unit", _("单位"), Kind.TEXT, width=24),
        SheetColumn("asked", _("查询"), Kind.INTEGER, unit=_("次")),
        SheetColumn("missed", _("没有查到"), Kind.INTEGER, unit=_("次")),
    )
    keys = sorted({key for key, _found in counted}, key=lambda key: (-counted[key, False], names[key].name))
    rows = [
        PaperRow((
            names[key].name, names[key].unit, counted[key, True] + counted[key, False], counted[key, False]
        ))
        for key in keys
    ]  # fmt: skip
    return PaperTable(_("按查询人"), columns, rows)


@require_GET
def asking_list(request: HttpRequest) -> HttpResponse:
    """Narrowed by `?who=`, `purpose=`, `result=`, `first=`, `last=`; with `format=` all of it as a file."""
    actor = actor_of(request)
    wanted = wanted_of(request.GET, actor)
    if (form := request.GET.get("format", "")) in FORMS:
        return file_of(replace(paper_of(wanted), issuer=issuer_of(actor)), form)
    paper, number = paper_of(wanted, SHOWN), askings(wanted).count()
    last = _("最近 %(number)s 次，全部在导出里") % {"number": SHOWN} if number > SHOWN else ""
    context = {
        "title": paper.title,
        "sub": _("共 %(number)s 次") % {"number": f"{number:,}"},
        "crumbs": [],
        "actions": files_of(request, wanted.query, bool(number)),
        "notices": [{"kind": "", "text": paper.note}],
        "tabs": [],
        "hidden": {},
        "asked": _fields(wanted),
        "sections": [
            {"title": table.title, "note": note, "table": draw_table(table), "empty": _("没有这样的查询。")}
            for table, note in zip(paper.tables, ("", last), strict=True)
        ],
    }
    return render(request, "kernel/report.html", context)


def _fields(wanted: Wanted) -> list[Drawn]:
    keys = set(askings(Wanted(wanted.sides)).order_by().values_list("asked_by", flat=True).distinct())
    who = sorted((one.name, key) for key, one in people(keys).items())
    return [
        _choice("who", _("查询人"), [(key, name) for name, key in who], wanted.who),
        _choice("purpose", _("用途"), [(c, str(p.label)) for c, p in purposes().items()], wanted.purpose),
        _choice("result", _("结果"), [(MISSED, _("没有查到")), (FOUND, _("查到"))], wanted.result),
        *(
            {"name": name, "id": f"asked-{name}", "label": label, "kind": "date",
             "value": wanted.query[name]}
            for name, label in (("first", _("起日")), ("last", _("止日")))
        ),
    ]  # fmt: skip


def _choice(name: str, label: str, options: Sequence[tuple[str, str]], value: str) -> Drawn:
    shown = [{"value": code, "label": told, "selected": code == value}
             for code, told in (("", _("全部")), *options)]  # fmt: skip
    return {"name": name, "id": f"asked-{name}", "label": label, "kind": "select", "options": shown}


class AskingsAsked(Schema):
    """Which askings; all without."""

    who: str = ""
    purpose: str = ""
    result: str = Field("", description="found、missed")
    first: str = Field("", description="起日")
    last: str = Field("", description="止日")


class AskingTold(Schema):
    """A number that was asked; the number itself is kept nowhere."""

    at: datetime.datetime
    who: str
    unit: str
    purpose: str
    ledger: str
    is_found: bool


def _watches(request: HttpRequest, actor: Actor) -> Actor:
    if not watched_sides(actor):
        raise NotAllowed
    return actor


@register_routes("/parties/")
def routes() -> Router:
    router = Router(tags=["parties"])
    told = called("parties_askings", "按号查人的记录，最近的在前", auth=Door(_watches))

    @router.get("/askings/", response=list[AskingTold], **told)
    def read_askings(request: HttpRequest, asked: Query[AskingsAsked]) -> list[dict[str, Any]]:
        rows = list(askings(wanted_of(asked.model_dump(), actor_of(request)))[:SHOWN])
        names = people({one.asked_by for one in rows})
        return [
            {
                "at": one.asked_at,
                "who": names[one.asked_by].name,
                "unit": names[one.asked_by].unit,
                "purpose": one.purpose,
                "ledger": one.ledger,
                "is_found": one.is_found,
            }
            for one in rows
        ]

    return router
