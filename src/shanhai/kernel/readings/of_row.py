"""On a row's history: who opened its sensitive values and papers, for those who watch over them."""

from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, Side, covers
from shanhai.kernel.surfaces.history_page import register_beside
from shanhai.kernel.surfaces.links import link_to, with_query

from .found import Wanted, drawn, readings, watched_sides

_LATEST = 20


@register_beside
def readings_of(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> dict[str, Any] | None:
    """What kernel/history.html shows beside the changes; None for who may not unmask the row."""
    if not covers(actor, Verb.UNMASK, ledger.key, row):
        return None
    wanted = Wanted(sides=[Side(row.side)], ledger=ledger.key, row_id=row.pk)
    found = list(readings(wanted)[:_LATEST])
    query = {"ledger": ledger.key, "row": row.pk}
    is_watcher = row.side in watched_sides(actor)
    return {
        "title": _("谁看过遮盖的内容"),
        "note": _("全部查阅") if is_watcher else _("最近 %(n)s 次") % {"n": _LATEST},
        "url": with_query(link_to("readings"), query) if is_watcher else "",
        "entries": drawn(found, actor, with_rows=False),
        "empty": _("没有人查看过。"),
    }
