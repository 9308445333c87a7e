"""Both lists as tables: what the page, Excel and Word show of people, numbers of theirs masked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.registry import registry
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link, row_link, with_query
from shanhai.registers.paper_pages import sentences
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from ..models import FollowUpVisit, WorkerRegistration
from .asking import Asked
from .unemployed import Seeking
from .warnings import LABELS, LEVELS, Warned, summary


def _text(name: str, label: str, width: int) -> SheetColumn:
    return SheetColumn(name, label, Kind.TEXT, width=width)


def _number(name: str, label: str, unit: str) -> SheetColumn:
    return SheetColumn(name, label, Kind.INTEGER, unit=unit, width=10)


def _who(row: WorkerRegistration) -> tuple[Any, ...]:
    """Name, number as pages show it, registered in, looked after by."""
    person = row.person
    return str(person.name), str(person.identity_number), str(person.place or ""), str(row.owner_unit)


def said(asked: Asked) -> str:
    """Of whom and when."""
    parts = [
        _("%(side)s，截至 %(day)s。") % {"side": asked.side.label, "day": asked.day.isoformat()},
        _("户籍在%(place)s。") % {"place": asked.place.short_name} if asked.place else "",
    ]
    return sentences(*parts)


def unemployed_paper(asked: Asked, found: Sequence[Seeking]) -> Paper:
    """未就业清单 as values; each row leads to its registration."""
    columns = [
        _text("name", _("姓名"), 12),
        _text("identity", _("身份证号"), 22),
        _text("place", _("户籍地"), 16),
        _number("age", _("年龄"), _("岁")),
        _text("categories", _("人员类别"), 20),
        _text("status", _("就业状况"), 12),
        _text("wish", _("就业意愿"), 16),
        SheetColumn("left_on", _("最近离岗"), Kind.DATE),
        _number("days", _("未就业天数"), _("天")),
        _text("why", _("未就业原因"), 24),
        _number("offered", _("推荐岗位"), _("次")),
        _text("last_offer", _("最近推荐"), 18),
        SheetColumn("heard_on", _("最近联系日期"), Kind.DATE),
        _text("unit", _("负责单位"), 24),
    ]
    rows = [PaperRow(_seeking(one), url=row_link(one.registration)) for one in found]
    told = _("劳动年龄内、已登记、当日没有在岗记录的人员；年龄不详的也列入。")
    note = sentences(said(asked), told)
    counted = _("共 %(number)s 人") % {"number": f"{len(found):,}"}
    table = PaperTable(_("未就业清单"), columns, rows, note=counted)
    stem = f"{_('未就业清单')}-{asked.side.label}-{asked.day.isoformat()}"
    return Paper(_("未就业清单"), note, (table,), stem)


def _seeking(one: Seeking) -> tuple[Any, ...]:
    row = one.registration
    name, number, place, unit = _who(row)
    wish = " ".join(filter(None, (str(row.get_wish_display()), row.wished_post)))
    return (
        name, number, place, one.age, "、".join(one.categories), str(row.get_status_display()), wish,
        one.left_on, one.days, one.why, one.offered, one.last_offer, row.last_contact_on, unit,
    )  # fmt: skip


def warnings_paper(asked: Asked, found: Sequence[Warned]) -> Paper:
    """失业返乡预警 as values; each row leads to its registration."""
    columns = [
        _text("name", _("姓名"), 12),
        _text("identity", _("身份证号"), 22),
        _text("place", _("户籍地"), 16),
        _text("kind", _("预警信号"), 16),
        _text("level", _("预警级别"), 8),
        SheetColumn("sentence", _("情况"), Kind.LONG_TEXT, width=46),
        SheetColumn("since", _("起算日期"), Kind.DATE),
        SheetColumn("handled_on", _("最近走访"), Kind.DATE),
        _text("unit", _("负责单位"), 24),
    ]
    told = [_warned(one) for one in found]
    rows = [PaperRow(cells, url=row_link(one.registration)) for cells, one in zip(told, found, strict=True)]
    explained = _("按现有台账实时算出，各条线见“劳务规则数值”；再就业后自动消除。")
    title = _("失业返乡预警")
    stem = f"{title}-{asked.side.label}-{asked.day.isoformat()}"
    table = PaperTable(title, columns, rows, note=summary(found))
    return Paper(title, sentences(said(asked), explained), (table,), stem)


def with_visits(table: PaperTable, found: Sequence[Warned]) -> PaperTable:
    """The warnings on the page of somebody who may write a visit: each with its button."""
    visits = registry.get(FollowUpVisit.ledger_key())
    rows = [
        replace(
            row,
            cells=(*row.cells, _("记走访")),
            urls=(*[""] * len(row.cells), _visit_url(visits, one)),
        )
        for row, one in zip(table.rows, found, strict=True)
    ]
    return replace(table, columns=[*table.columns, _text("visit", _("办理"), 10)], rows=rows)


def _visit_url(visits: Any, one: Warned) -> str:
    """A visit to be written, its worker filled in."""
    return with_query(link(visits, "create"), {"registration": str(one.registration.pk)})


def _warned(one: Warned) -> tuple[Any, ...]:
    name, number, place, unit = _who(one.registration)
    kind, level = str(LABELS[one.code]), str(LEVELS[one.level])
    return name, number, place, kind, level, one.sentence, one.since, one.handled_on, unit
