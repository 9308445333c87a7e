"""Signatures and keys in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.scope import Side
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.fields import resolve

from .models import SigningKey
from .standing import Sealed, Standing

Drawn = dict[str, Any]

_KINDS = {Standing.VALID: "ok", Standing.CHANGED: "wait"}


def drawn_seal(ledger: Ledger[Any], one: Sealed) -> Drawn:
    """One side's signature for the panel beside its row."""
    holder = one.key.holder if one.key else ""
    return {
        "side": str(Side(one.side).label),
        "holder": holder,
        "state": {"label": str(one.standing.label), "kind": _KINDS.get(one.standing, "late")},
        "at": moment(one.signature.signed_at),
        "fingerprint": one.signature.fingerprint[:16],
        "changed": "、".join(changed_labels(ledger, one.changed)),
        "earlier": one.earlier,
    }


def changed_labels(ledger: Ledger[Any], names: Iterable[str]) -> list[str]:
    """Fields by their labels."""
    resolved = resolve(ledger)
    found = []
    for name in names:
        column = resolved.column(name)
        found.append(_("佐证") if name == "papers" else str(column.label) if column else name)
    return found


def key_state(key: SigningKey) -> Drawn:
    """Whether it signs."""
    if key.valid_until is not None:
        return {"label": _("已停用"), "kind": "void"}
    if key.kept == SigningKey.Kept.ELSEWHERE:
        return {"label": _("只用来核验"), "kind": ""}
    return {"label": _("在用"), "kind": "ok"}
