"""What amendments made of a figure: the difference on its pages, and the rows behind it, before and after."""

import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shanhai.kernel import clock
from shanhai.kernel.amendments.effect import ALWAYS, Effect, TouchedRow, effect, touched_rows
from shanhai.kernel.amendments.models import Amendment
from shanhai.kernel.amendments.reading import changes_of
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.indicators.declare import Indicator
from shanhai.kernel.indicators.figures import display
from shanhai.kernel.indicators.rows import own
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link_to, row_link

from .asking import Asking
from .reports import signed

Drawn = dict[str, Any]


def amended_notice(asking: Asking) -> Drawn | None:
    """«含更正 +12 人（2 行）» with the address of the rows; None for a figure no amendment touches."""
    found = effect(asking.indicator, asking.scope, asking.period)
    if found is None:
        return None
    text = _("含更正 %(told)s") % {"told": told(asking.indicator, found)}
    return {"text": text, "url": asking.url("indicator_amended")}


def told(indicator: Indicator, found: Effect) -> str:
    """«+12 人（2 行）»; a ratio that had no value before tells the rows alone."""
    rows = ngettext("%(n)s 行", "%(n)s 行", found.rows) % {"n": f"{found.rows:,}"}
    if found.delta is None:
        return rows
    unit = str(indicator.unit)
    return _("%(delta)s %(unit)s（%(rows)s）") % {
        "delta": signed(indicator, found.delta),
        "unit": unit,
        "rows": rows,
    }


def amended_context(asking: Asking, since: str) -> Drawn:
    """What appraisal/indicator_amended.html asks for. `since`: a moment in the address, else all.

    Errors: NotVisible for a moment that cannot be read.
    """
    begin = _moment(since)
    found = effect(asking.indicator, asking.scope, asking.period, since=begin)
    version = own(asking.indicator, asking.period)
    touched = touched_rows(asking.indicator, asking.scope, asking.period, since=begin) if found else []
    lines = _lines(asking, version, touched, begin)
    notices = []
    if found and found.rows > len(lines):
        text = _("共 %(all)s 行因更正而不同，其中 %(shown)s 行在您的查看范围。")
        notices.append({"kind": "", "text": text % {"all": f"{found.rows:,}", "shown": f"{len(lines):,}"}})
    return {
        "summary": _("本数含更正 %(told)s") % {"told": told(asking.indicator, found)} if found else "",
        "since": _("只看 %(at)s 以后的更正") % {"at": moment(begin)} if since else "",
        "lines": lines,
        "notices": notices,
        "empty": {"title": _("没有更正"), "text": _("这个数所依据的记录没有更正过。"), "actions": []},
    }


def _moment(text: str) -> datetime.datetime:
    if not text:
        return ALWAYS
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise NotVisible from None
    return found if found.tzinfo else found.replace(tzinfo=clock.CHINA)


def _lines(
    asking: Asking, version: Indicator, touched: list[TouchedRow], since: datetime.datetime
) -> list[Drawn]:
    if not touched or version.source not in ledgers:
        return []
    ledger = ledgers.get(version.source)
    rows = ledger.model._default_manager.select_related("owner_unit").in_bulk([one.row_id for one in touched])
    accepted = Amendment.objects.filter(
        row_id__in=list(rows), state=Amendment.State.ACCEPTED, decided_at__gt=since
    )
    by_row: dict[Any, list[Amendment]] = {}
    for amendment in accepted.order_by("decided_at", "id"):
        by_row.setdefault(amendment.row_id, []).append(amendment)
    changes = changes_of(ledger, [one for group in by_row.values() for one in group])
    return [
        {
            "label": row_label(ledger, rows[one.row_id], asking.actor),
            "url": row_link(rows[one.row_id]),
            "unit": str(rows[one.row_id].owner_unit),
            "before": display(version, one.before),
            "after": display(version, one.after),
            "amendments": [
                {
                    "url": link_to("amendment", pk=amendment.pk),
                    "at": moment(amendment.decided_at),
                    "reason": amendment.reason,
                    "is_voiding": amendment.is_voiding,
                    "changes": changes[amendment.pk] if rows[one.row_id].side in asking.actor.sides else [],
                }
                for amendment in by_row.get(one.row_id, ())
            ],
        }
        for one in touched
    ]
