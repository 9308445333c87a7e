"""用工单位: where workers are concentrated, who stays, which benefits were used, who was called on."""

import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.domains.labour.models import EmploymentSpell
from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.parties.models import Body
from shanhai.registers.tables import table_of

from .employer_reports import LARGEST, Employer, employers_of, per_cent, stable_months
from .models import Claim, EmployerVisit, Policy, Standing

MOST_SHOWN = 200


def require_reading(actor: Actor, verb: Verb = Verb.VIEW) -> None:
    """Errors: NotVisible for who reads neither policies nor employment."""
    if not all(actor.allows(verb, key) for key in (Policy.ledger_key(), EmploymentSpell.ledger_key())):
        raise NotVisible


@require_GET
def employers(request: HttpRequest) -> HttpResponse:
    """Employers of the reader's side, each number opening to its rows."""
    actor = actor_of(request)
    require_reading(actor)
    rows = employers_of(actor)
    total, months = sum(one.workers for one in rows), stable_months()
    visited = sum(one.visits > 0 for one in rows)
    largest, stable = sum(one.workers for one in rows[:LARGEST]), sum(one.stable for one in rows)
    figures = [
        _figure(_("用工单位"), f"{len(rows):,}", "", _("本年走访过 %(n)s 家") % {"n": f"{visited:,}"}),
        _figure(_("在岗人数"), f"{total:,}", _("人"), _("按单位分别计")),
        _figure(_("前 %(number)s 家占比") % {"number": LARGEST}, str(per_cent(largest, total)), "%", ""),
        _figure(_("稳定占比"), str(per_cent(stable, total)), "%", _("本年在岗满 %(n)s 个月") % {"n": months}),
    ]
    context = {
        "title": _("用工单位情况"),
        "sub": _("在岗人员集中在哪里、稳不稳、用了哪些政策、走访过没有"),
        "crumbs": [],
        "actions": [
            {"label": _("导出 Excel"), "url": reverse("benefits:employers_xlsx"), "icon": "download"}
        ],
        "figures": figures,
        "table": _table(rows[:MOST_SHOWN], total),
    }
    return render(request, "benefits/employers.html", context)


def _figure(name: str, value: str, unit: str, note: str) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "note": note}


def _table(rows: list[Employer], total: int) -> dict[str, Any]:
    spells = registry.get(EmploymentSpell.ledger_key())
    bodies = registry.get(Body.ledger_key())
    labels = (
        _("用工单位"),
        _("在岗人数"),
        _("占比"),
        _("参保人数"),
        _("稳定人数"),
        _("已发补贴"),
        _("补贴金额"),
        _("本年走访"),
        _("最近走访"),
    )
    drawn = [
        (
            link(bodies, "detail", pk=one.key),
            (
                one.name,
                {
                    "text": f"{one.workers:,}",
                    "kind": "number",
                    "url": with_query(link(spells, "list"), {"employer": str(one.key)}),
                },
                *(
                    {"text": text, "kind": "number"}
                    for text in (
                        f"{one.share_of(total)}%",
                        f"{one.insured:,}",
                        f"{one.stable:,}",
                    )
                ),
                _claims_cell(one),
                *({"text": text, "kind": "number"} for text in (f"{one.paid:,.2f}",)),
                _visits_cell(one),
                {"text": one.visited_on.isoformat() if one.visited_on else "", "kind": "date"},
            ),
        )
        for one in rows
    ]
    return table_of(labels, drawn)


def _claims_cell(one: Employer) -> dict[str, Any]:
    query = {"firm": str(one.key), "standing": Standing.PAID.value}
    url = with_query(link(registry.get(Claim.ledger_key()), "list"), query) if one.claims else ""
    return {"text": f"{one.claims:,}", "kind": "number", "url": url}


def _visits_cell(one: Employer) -> dict[str, Any]:
    visits = registry.get(EmployerVisit.ledger_key())
    query = {"firm": str(one.key), "visited_on_from": f"{clock.today().year}-01-01"}
    url = with_query(link(visits, "list"), query) if one.visits else ""
    return {"text": f"{one.visits:,}", "kind": "number", "url": url}


@require_GET
def employers_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook, all of them."""
    actor = actor_of(request)
    require_reading(actor, Verb.EXPORT)
    rows = employers_of(actor)
    total = sum(one.workers for one in rows)
    columns = [
        SheetColumn("name", _("用工单位"), Kind.TEXT, width=36),
        SheetColumn("workers", _("在岗人数"), Kind.INTEGER),
        SheetColumn("share", _("占比"), Kind.DECIMAL, unit="%", decimals=1),
        SheetColumn("insured", _("参保人数"), Kind.INTEGER),
        SheetColumn("stable", _("稳定人数"), Kind.INTEGER),
        SheetColumn("claims", _("已发补贴"), Kind.INTEGER),
        SheetColumn("paid", _("补贴金额"), Kind.MONEY, unit=_("元")),
        SheetColumn("visits", _("本年走访"), Kind.INTEGER),
        SheetColumn("visited_on", _("最近走访"), Kind.DATE),
    ]
    lines: list[Any] = [
        {
            "name": one.name,
            "workers": one.workers,
            "share": one.share_of(total),
            "insured": one.insured,
            "stable": one.stable,
            "claims": one.claims,
            "paid": one.paid,
            "visits": one.visits,
            "visited_on": one.visited_on,
        }
        for one in rows
    ]
    out = io.BytesIO()
    write_xlsx(columns, lines, _("用工单位情况。"), out, title=_("用工单位情况"))
    return file_answer(out.getvalue(), "employers.xlsx")
