"""How the signatures of a row stand today."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.engines.signing import BadKey, Signed, plain, verify
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.rows import LedgerModel

from .content import Content, contents
from .models import RowSignature, SigningKey


class Standing(models.TextChoices):
    """What is to be said of one signature; of several faults the first."""

    BROKEN = "broken", _("签名不符")
    UNKNOWN_KEY = "unknown_key", _("密钥未知")
    OUT_OF_TIME = "out_of_time", _("密钥过期")
    CHANGED = "changed", _("内容已变")
    VALID = "valid", _("有效")


@dataclass(frozen=True)
class Sealed:
    """The last signature of a side. `changed`: names of fields that say something else by now."""

    signature: RowSignature
    key: SigningKey | None
    standing: Standing
    changed: Sequence[str]
    #: How many the side made before.
    earlier: int

    @property
    def side(self) -> str:
        return self.signature.side

    @property
    def is_good(self) -> bool:
        return self.standing is Standing.VALID

    @property
    def packed(self) -> Signed:
        told = self.key.told if self.key else None
        return Signed(self.signature.statement, self.signature.signature, told)


def standing_of(ledger: Ledger[Any], row: LedgerModel) -> list[Sealed]:
    """Of each side that signed the last signature; one query where nobody did."""
    made = RowSignature.objects.filter(ledger=ledger.key, row_id=row.pk).order_by("signed_at", "id")
    by_side: dict[str, list[RowSignature]] = {}
    for one in made:
        by_side.setdefault(one.side, []).append(one)
    if not by_side:
        return []
    last = [signatures[-1] for _side, signatures in sorted(by_side.items())]
    known = {
        key.fingerprint: key
        for key in SigningKey.objects.filter(fingerprint__in={s.fingerprint for s in last})
    }
    stored = ledger.rows_with_units().get(pk=row.pk)
    content = contents(ledger, [stored])[row.pk]
    return [_judged(one, known.get(one.fingerprint), content, len(by_side[one.side]) - 1) for one in last]


def _judged(one: RowSignature, key: SigningKey | None, content: Content, earlier: int) -> Sealed:
    if key is None:
        return Sealed(one, None, Standing.UNKNOWN_KEY, (), earlier)
    said = _said(one, key)
    if said is None:
        return Sealed(one, key, Standing.BROKEN, (), earlier)
    if not key.told.is_good_at(one.signed_at):
        return Sealed(one, key, Standing.OUT_OF_TIME, (), earlier)
    changed = _changed(said, content)
    return Sealed(one, key, Standing.CHANGED if changed else Standing.VALID, changed, earlier)


def _said(one: RowSignature, key: SigningKey) -> Mapping[str, Any] | None:
    """The statement, if it was signed and is about this row of this ledger, by this side, at this time."""
    try:
        if not verify(key.public_key, one.statement.encode(), one.signature):
            return None
    except BadKey:
        return None
    said: dict[str, Any] = json.loads(one.statement)
    columns = {"ledger": one.ledger, "row": one.row_id, "side": one.side, "key": one.fingerprint}
    columns["signed_at"] = one.signed_at
    return said if all(said.get(name) == plain(value) for name, value in columns.items()) else None


def _changed(said: Mapping[str, Any], content: Content) -> list[str]:
    """What a later version of the program added to the ledger was not signed, and is no change."""
    now = plain(content.fields)
    changed = [name for name, value in said["fields"].items() if name in now and now[name] != value]
    papers = {tuple(one) for one in content.papers}
    return [*changed, *(["papers"] if any(tuple(one) not in papers for one in said["papers"]) else [])]
