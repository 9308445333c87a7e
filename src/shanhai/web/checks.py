"""Findings that chapters share: what looks wrong, in whose rows, with links; page, Excel, operation."""

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.typed import whole_number

from .deeds import Deed, Subject, deeds_of

#: Findings on one page.
PAGE = 50


@dataclass(frozen=True)
class Named:
    """A row a finding is about, and how it is called; without `id` the ledger in which it is missing."""

    ledger: str
    id: UUID | None
    text: str

    @property
    def url(self) -> str:
        ledger = registry.get(self.ledger)
        return link(ledger, "detail", pk=self.id) if self.id else link(ledger, "list")


@dataclass(frozen=True)
class Found:
    """A finding as it is told."""

    code: str
    sentence: str
    row: Named
    unit_id: str
    unit: str
    #: The rows it disagrees with.
    others: tuple[Named, ...] = ()


@dataclass(frozen=True)
class Checks:
    """What a chapter checks. `find`: everything found in rows of the reader's own side."""

    title: Any
    note: Any
    #: Code of a kind of finding → what it is called.
    labels: Mapping[str, Any]
    #: Who reads this ledger may read the findings.
    ledger: str
    find: Callable[[Actor], Sequence[Found]]

    def require(self, actor: Actor) -> None:
        """Errors: NotVisible."""
        if not actor.allows(Verb.VIEW, self.ledger):
            raise NotVisible

    def found(self, actor: Actor) -> list[Found]:
        """Findings about rows of ledgers that `actor` reads."""
        return [one for one in self.find(actor) if actor.allows(Verb.VIEW, one.row.ledger)]


#: Chapter (app label) and what it checks, in the order of registration.
_known: list[tuple[str, Checks]] = []


def remember(chapter: str, checks: Checks) -> None:
    """So that boards find the checks of every chapter."""
    _known.append((chapter, checks))


def known_checks() -> tuple[tuple[str, Checks], ...]:
    return tuple(_known)


def narrowed(found: Sequence[Found], code: str, unit: str) -> list[Found]:
    """Of one kind, of one unit; of all without."""
    return [one for one in found if code in {"", one.code} and unit in {"", one.unit_id}]


def render_checks(request: HttpRequest, checks: Checks) -> HttpResponseBase:
    """Findings narrowed by `?code=` and `?unit=`, with what each choice would leave; `?format=xlsx`: a file.

    Errors: NotVisible; NotAllowed for a file, where exporting is not granted.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    checks.require(actor)
    found, labels = checks.found(actor), checks.labels
    code, unit = request.GET.get("code", ""), request.GET.get("unit", "")
    shown = narrowed(found, code, unit)
    may_export = actor.allows(Verb.EXPORT, checks.ledger)
    if request.GET.get("format") == "xlsx":
        if not may_export:
            raise NotAllowed
        return _workbook(checks, shown)
    page = _page(request, len(shown))
    here = {"code": code, "unit": unit}
    units = {one.unit_id: one.unit for one in found}
    by_code = Counter(one.code for one in found if unit in {"", one.unit_id})
    by_unit = Counter(one.unit_id for one in found if code in {"", one.code})
    context = {
        "title": checks.title,
        "sub": _("%(number)s 项") % {"number": f"{len(shown):,}"},
        "actions": [_export(request, here)] if may_export and shown else [],
        "note": checks.note,
        "kinds": _choices(request, here, "code", {key: str(labels[key]) for key in labels}, by_code),
        "units": _choices(request, here, "unit", units, by_unit),
        "table": _table(shown[page * PAGE : (page + 1) * PAGE], labels, actor),
        "empty": {"title": _("没有发现问题"), "text": _("按现有数据核查，没有需要处理的事项。")},
        "pager": _pager(request, here, page, len(shown)),
    }
    return render(request, "web/checks.html", context)


def _export(request: HttpRequest, here: Mapping[str, str]) -> dict[str, str]:
    url = with_query(request.path, {**here, "format": "xlsx"})
    return {"label": _("导出 Excel"), "url": url, "kind": "", "icon": "download"}


_COLUMNS = (
    SheetColumn("row", "对象", Kind.TEXT),
    SheetColumn("label", "核查事项", Kind.TEXT),
    SheetColumn("sentence", "情况", Kind.TEXT),
    SheetColumn("unit", "填报单位", Kind.TEXT),
    SheetColumn("others", "相关记录", Kind.TEXT),
)


def _workbook(checks: Checks, found: Sequence[Found]) -> FileResponse:
    """The same findings in the same order, all pages of them."""
    rows = (
        {
            "row": one.row.text,
            "label": str(checks.labels[one.code]),
            "sentence": one.sentence,
            "unit": one.unit,
            "others": "；".join(other.text for other in one.others),
        }
        for one in found
    )
    title = str(checks.title)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "checks.xlsx"
        write_xlsx(_COLUMNS, rows, title, out)
        opened = out.open("rb")  # stays readable after the folder is gone
    return FileResponse(opened, as_attachment=True, filename=f"{title}.xlsx")


def _page(request: HttpRequest, number: int) -> int:
    last = max(0, (number - 1) // PAGE)
    return min(max(whole_number(request.GET.get("page", "")) - 1, 0), last)


def _choices(
    request: HttpRequest, here: Mapping[str, str], name: str, labels: Mapping[str, str], counts: Counter[str]
) -> list[dict[str, Any]]:
    """Tabs: everything first, then what has findings, most first."""
    everything = {"label": f"{_('全部')} {sum(counts.values()):,}", "key": ""}
    keys = sorted((key for key in labels if counts[key]), key=lambda key: -counts[key])
    items = [everything, *({"label": f"{labels[key]} {counts[key]:,}", "key": key} for key in keys)]
    return [
        {
            "label": item["label"],
            "url": with_query(request.path, {**here, name: item["key"]}),
            "here": here[name] == item["key"],
        }
        for item in items
    ]


def _table(found: Sequence[Found], labels: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    headings = [_("对象"), _("核查事项"), _("情况"), _("填报单位"), _("相关记录")]
    ways = [deeds_of(actor, _subject(one, labels)) for one in found]
    if any(ways):
        headings.append(_("办理"))
    return {
        "columns": [{"label": heading} for heading in headings],
        "rows": [
            {
                "id": "",
                "label": one.row.text,
                "url": one.row.url,
                "cells": [
                    {"text": one.row.text, "label": headings[0]},
                    {"text": str(labels[one.code]), "label": headings[1]},
                    {"text": one.sentence, "label": headings[2], "kind": "long"},
                    {"text": one.unit, "label": headings[3]},
                    _other(one, headings[4]),
                    *([_way(deeds, headings[5])] if any(ways) else []),
                ],
            }
            for one, deeds in zip(found, ways, strict=True)
        ],
    }


def _subject(one: Found, labels: Mapping[str, Any]) -> Subject:
    return Subject(
        one.row.ledger, one.row.id, f"{labels[one.code]}：{one.row.text}", one.sentence, one.unit_id
    )


def _way(deeds: Sequence[Deed], heading: str) -> dict[str, str]:
    """The first thing that may be done about a finding."""
    deed = deeds[0] if deeds else Deed("", "")
    return {"text": deed.label, "url": deed.url, "label": heading}


def _other(one: Found, heading: str) -> dict[str, str]:
    other = one.others[0] if one.others else None
    return {"text": other.text if other else "", "url": other.url if other else "", "label": heading}


def _pager(request: HttpRequest, here: Mapping[str, str], page: int, number: int) -> dict[str, Any] | None:
    if number <= PAGE:
        return None

    def address(target: int) -> str:
        return with_query(request.path, {**here, "page": target + 1 if target else ""})

    last = (number - 1) // PAGE
    first, end = page * PAGE + 1, min((page + 1) * PAGE, number)
    return {
        "total": _("共 %(number)s 项") % {"number": f"{number:,}"},
        "shown": _("第 %(first)s–%(last)s 项") % {"first": first, "last": end},
        "first": address(0) if page else "",
        "previous": address(page - 1) if page else "",
        "next": address(page + 1) if page < last else "",
    }
