"""Beside a joint row: who of either side has signed it, and when (ADR 0022)."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State

from .display import moment
from .people import people
from .rail import RailPanel, register_panel

Drawn = dict[str, Any]


@register_panel("signatures", order=4, has_past=True)
def signatures_panel(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """None for rows that one side alone stands for."""
    if not ledger.is_joint:
        return None
    shown = {"sides": signatures(ledger, row)}
    return RailPanel("kernel/components/signatures_panel.html", shown, is_first=True)


def signatures(ledger: Ledger[Any], row: Any) -> list[Drawn]:
    """Both sides with their units, and what each has signed."""
    who = people(key for key in (row.submitted_by, row.verified_by, row.confirmed_by) if key)

    def signed(label: str, key: str, at: Any) -> Drawn:
        someone = who.get(key)
        unit = f"（{someone.unit}）" if someone and someone.unit else ""
        return {"label": label, "who": f"{someone.name}{unit}" if someone else "", "at": moment(at)}

    counterpart = getattr(row, ledger.counterpart)
    own = [signed(_("提交"), row.submitted_by, row.submitted_at)]
    own.append(signed(_("核实"), row.verified_by, row.verified_at))
    theirs = [signed(_("确认"), row.confirmed_by, row.confirmed_at)]
    return [
        _side(row.side, row.owner_unit, own, ""),
        _side(Side(row.side).other, counterpart, theirs, _open_sentence(row)),
    ]


def _side(side: str, unit: Any, signed: list[Drawn], waits: str) -> Drawn:
    given = [one for one in signed if one["at"]]
    return {
        "side": str(Side(side).label),
        "unit": str(unit),
        "signed": given,
        "waits": "" if given else waits,
    }


def _open_sentence(row: Any) -> str:
    if row.state == State.VERIFIED:
        return _("启用双方确认以前已核，按双方认可处理。")
    return _("待确认。") if row.state == State.AWAITING else _("还没有送来确认。")
