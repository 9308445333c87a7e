"""减负: what a coordinator sees of the burden of filing, month by month; each number opens."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel import clock
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import row_link, with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import draw_table, files_of
from shanhai.registers.papers import FORMS, Paper, PaperRow, PaperTable, file_of, issuer_of
from shanhai.web.boards import page, section

from ..models import BurdenGoal
from .burden import Burden, Month, Repeats, times
from .score_pages import asked_year

Drawn = dict[str, Any]
#: Facts of one kind that a page lists; Excel of the ledgers has them all.
MOST = 200


def burden_paper(found: Burden) -> Paper:
    """Months of the year, the kinds that stand in several ledgers, the bulletins."""
    title = _("减负统计")
    note = _(
        "%(side)s，%(year)s年。一个事实是同一人或项目的同一种数（字段同名）、同一个值；在几个台账里各报一次，"
        "就是录入几次。由系统填的数，指通报里引用指标的数；手工保留或录入的不算。分钟从报告期结束的次日零点"
        "（北京时间）算到签发。"
    ) % {"side": found.side.label, "year": found.year}
    return Paper(title, note, [_months(found), _kinds(found), _bulletins(found)], f"{title}-{found.year}",
                 issuer_of(found.actor), sheet=_months(found))  # fmt: skip


def _months(found: Burden) -> PaperTable:
    columns = [
        SheetColumn("month", _("月份"), Kind.TEXT, width=12),
        SheetColumn("entries", _("录入"), Kind.INTEGER, unit=_("个"), width=12),
        SheetColumn("again", _("重复录入"), Kind.INTEGER, unit=_("个"), width=12),
        SheetColumn("times", _("平均录入次数"), Kind.DECIMAL, unit=_("次"), width=14, decimals=2),
        SheetColumn("filled", _("系统填的数"), Kind.INTEGER, unit=_("个"), width=12),
        SheetColumn("by_hand", _("手工填的数"), Kind.INTEGER, unit=_("个"), width=12),
        SheetColumn("share", _("系统填报率"), Kind.DECIMAL, unit="%", width=12, decimals=1),
        SheetColumn("minutes", _("期末到通报"), Kind.INTEGER, unit=_("分钟"), width=14),
    ]
    rows = [PaperRow((one.code, *_numbers(one)), ("", "", _anchor(found, "kinds"), "", *_opens(found)))
            for one in found.months]  # fmt: skip
    rows.append(PaperRow((_("全年"), *_numbers(found.whole)), is_total=True))
    return PaperTable(_("逐月"), columns, rows)


def _numbers(one: Month) -> tuple[Any, ...]:
    return (one.entries, one.again, one.times, one.filled, one.by_hand, one.share, one.minutes)


def _anchor(found: Burden, part: str) -> str:
    return f"{reverse('appraisal:burden')}?year={found.year}#{part}"


def _opens(found: Burden) -> tuple[str, ...]:
    return (_anchor(found, "bulletins"),) * 4


def _kinds(found: Burden) -> PaperTable:
    columns = [
        SheetColumn("kind", _("事实"), Kind.TEXT, width=18),
        SheetColumn("ledgers", _("在哪些台账"), Kind.LONG_TEXT, width=50),
        SheetColumn("entries", _("录入"), Kind.INTEGER, unit=_("个"), width=12),
        SheetColumn("again", _("重复录入"), Kind.INTEGER, unit=_("个"), width=12),
        SheetColumn("times", _("平均录入次数"), Kind.DECIMAL, unit=_("次"), width=14, decimals=2),
    ]
    return PaperTable(_("录入不止一处的事实"), columns, [_kind(found, one) for one in found.repeats])


def _kind(found: Burden, one: Repeats) -> PaperRow:
    url = with_query(reverse("appraisal:burden_facts"), {"kind": one.kind.code, "year": found.year})
    ledgers = "、".join(str(source.ledger.label) for source in one.kind.sources)
    cells = (one.kind.label, ledgers, one.entries, one.again, times(one.entries, one.again))
    return PaperRow(cells, ("", "", "", url, ""), url=url)


def _bulletins(found: Burden) -> PaperTable:
    columns = [
        SheetColumn("title", _("通报"), Kind.TEXT, width=34),
        SheetColumn("issued", _("签发日期"), Kind.DATE, width=14),
        SheetColumn("filled", _("系统填的数"), Kind.INTEGER, unit=_("个"), width=12),
        SheetColumn("by_hand", _("手工填的数"), Kind.INTEGER, unit=_("个"), width=12),
        SheetColumn("minutes", _("期末到通报"), Kind.INTEGER, unit=_("分钟"), width=14),
        SheetColumn("drafting", _("起草到签发"), Kind.INTEGER, unit=_("分钟"), width=14),
    ]
    rows = [
        PaperRow(
            (one.bulletin.title, one.at.astimezone(clock.CHINA).date(), one.filled, one.by_hand, one.minutes,
             one.drafting),
            url=reverse("appraisal:bulletin", args=[one.bulletin.pk]),
        )
        for one in found.issued
    ]  # fmt: skip
    return PaperTable(_("签发的通报"), columns, rows)


@require_GET
def burden(request: HttpRequest) -> HttpResponse:
    """`?year=`; `?format=xlsx`, `docx`. For coordinators."""
    found = Burden(actor_of(request), asked_year(request.GET.get("year", "")))
    paper = burden_paper(found)
    if request.GET.get("format") in FORMS:
        return file_of(paper, request.GET["format"])
    now = clock.today().year
    months, kinds, bulletins = paper.tables
    context = page(
        paper.title,
        sub=_("%(year)s年") % {"year": found.year},
        note=paper.note,
        actions=files_of(request, {"year": str(found.year)}, True),
        figures=_figures(found),
        charts=[_chart(found, months)] if any(one.entries for one in found.months) else [],
        sections=[
            {**section(months.title, draw_table(months)), "id": "months"},
            {**section(kinds.title, draw_table(kinds), empty=_("没有。")), "id": "kinds"},
            {**section(bulletins.title, draw_table(bulletins), empty=_("这一年没有签发通报。")),
             "id": "bulletins"},
        ],
        tabs=[
            {
                "label": str(one),
                "url": with_query(reverse("appraisal:burden"), {"year": one}),
                "here": one == found.year,
            }
            for one in sorted({now, now - 1, found.year}, reverse=True)
        ],
    )  # fmt: skip
    return render(request, "web/board.html", context)


def _figures(found: Burden) -> list[Drawn]:
    whole = found.whole
    share, hours = whole.share, whole.minutes
    goal = found.goals.get(BurdenGoal.Code.SYSTEM_SHARE)
    most = found.goals.get(BurdenGoal.Code.TYPED_TIMES)
    return [
        _figure(_("每个事实录入"), whole.times, _("次"), _anchor(found, "kinds"), most, is_most=True),
        _figure(_("系统填报率"), share, "%", _anchor(found, "bulletins"), goal, is_most=False),
        {
            "name": _("期末到通报（中位数）"),
            "value": f"{hours:,}" if hours is not None else "—",
            "unit": _("分钟"),
            "url": _anchor(found, "bulletins"),
        },
    ]


def _figure(
    name: str, value: Decimal | None, unit: str, url: str, goal: Decimal | None, *, is_most: bool
) -> Drawn:
    """A number beside its goal."""
    shown: Drawn = {"name": name, "value": "—" if value is None else f"{value}", "unit": unit, "url": url}
    if goal is not None:
        text = _("目标不多于 %(goal)s") if is_most else _("目标不低于 %(goal)s")
        shown["note"] = text % {"goal": f"{goal.normalize():f}{unit}"}
        if value is not None and (value > goal if is_most else value < goal):
            shown["state"] = {"label": _("未达到"), "kind": "late"}
    return shown


def _chart(found: Burden, months: PaperTable) -> Drawn:
    return {
        "id": "burden",
        "title": _("重复录入走势"),
        "data": {
            "unit": _("个"),
            "categories": [one.code for one in found.months],
            "series": [
                {
                    "name": _("重复录入"),
                    "values": [one.again for one in found.months],
                    "role": "value",
                    "kind": "bar",
                }
            ],
            "urls": [_anchor(found, "kinds")] * len(found.months),
        },
        "table": draw_table(months),
    }


@require_GET
def burden_facts(request: HttpRequest) -> HttpResponse:
    """`?kind=`, `?year=`: facts of one kind that were typed more than once, with where they stand."""
    found = Burden(actor_of(request), asked_year(request.GET.get("year", "")))
    one = found.repeat(request.GET.get("kind", ""))
    back = with_query(reverse("appraisal:burden"), {"year": found.year})
    context = page(
        one.kind.label,
        sub=_("%(year)s年又录入过的 %(number)s 个") % {"year": found.year, "number": f"{len(one.facts):,}"},
        crumbs=[{"label": _("减负统计"), "url": back}],
        sections=[section(one.kind.label, _facts(one, one.facts[:MOST]), empty=_("没有。"))],
    )
    return render(request, "web/board.html", context)


def _facts(one: Repeats, listed: Sequence[Any]) -> Drawn:
    """Whose fact, and the day it was first reported in each ledger; values are not shown here."""
    rows = one.kind.subject._default_manager.in_bulk([fact.subject for fact in listed])
    columns = [SheetColumn("subject", str(one.kind.subject._meta.verbose_name), Kind.TEXT)]
    columns += [SheetColumn(f"at{at}", str(source.ledger.label), Kind.DATE)
                for at, source in enumerate(one.kind.sources)]  # fmt: skip
    drawn = [
        PaperRow(
            (
                str(rows[fact.subject]) if fact.subject in rows else "＊",
                *(_day(fact.moments.get(source.ledger.key)) for source in one.kind.sources),
            ),
            url=row_link(rows[fact.subject]) if fact.subject in rows else "",
        )
        for fact in listed
    ]
    return draw_table(PaperTable("", columns, drawn))


def _day(at: Any) -> Any:
    return at.astimezone(clock.CHINA).date() if at is not None else None
