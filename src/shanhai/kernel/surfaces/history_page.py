"""What `kernel/history.html` shows of one row; see the comment at the head of that template."""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from shanhai.kernel.history.known import told_of_archive
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor

from .detail_page import row_label
from .display import state_badge
from .history import Narrator, entries_of
from .links import link, own_list
from .typed import whole_number

_PAGE = 50


#: What else is said beside the changes of a row: who read what is masked. None for who may not know.
type Beside = Callable[[Ledger[Any], LedgerModel, Actor], dict[str, Any] | None]

_beside: list[Beside] = []


def register_beside(builder: Beside) -> Beside:
    """Decorator."""
    _beside.append(builder)
    return builder


def history_context(ledger: Ledger[Any], row: LedgerModel, actor: Actor, params: QueryDict) -> dict[str, Any]:
    """Entries from the newest, or from where the page before ended."""
    entries = entries_of(row, actor)
    url = link(ledger, "history", pk=row.pk)
    before = whole_number(params.get("before", ""))
    page = list((entries.filter(id__lt=before) if before else entries)[: _PAGE + 1])
    has_more, page = len(page) > _PAGE, page[:_PAGE]
    label = row_label(ledger, row, actor)
    return {
        "title": _("%(row)s的历史") % {"row": label},
        "sub": told_of_archive() or _("谁、何时、改了什么、为什么"),
        "crumbs": [
            {"label": ledger.label, "url": own_list(ledger, actor)},
            {"label": label, "url": link(ledger, "detail", pk=row.pk)},
        ],
        "actions": [],
        "state": state_badge(row.state, is_ours=row.side in actor.sides),
        "filters": [],
        "beside": [found for builder in _beside if (found := builder(ledger, row, actor))],
        "list_url": url,
        "as_of": {"url": link(ledger, "detail", pk=row.pk), "value": ""},
        "entries": Narrator(ledger, page, is_ours=row.side in actor.sides).drawn(),
        "pager": {
            "total": _("共 %(number)s 次") % {"number": f"{entries.count():,}"},
            "shown": _("本页 %(number)s 次") % {"number": len(page)},
            "first": url if before else "",
            "previous": "",
            "next": f"{url}?before={page[-1].id}" if has_more else "",
        },
    }
