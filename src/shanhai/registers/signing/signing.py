"""Putting the seals of the sides under rows that have come to count."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.amendments.models import Amendment
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.joint import party_of, side_of
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Party, Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.settled import register_follower
from shanhai.kernel.workflow import State

from .content import Content, Decided, contents, statement
from .keys import current_keys, signed_with
from .models import RowSignature, SigningKey
from .standing import standing_of


@register_follower
def sign_settled(ledger: Ledger[Any], rows: Sequence[LedgerModel], actor: Actor) -> None:
    """Both sides sign a joint row; another is signed anew where it was signed before."""
    keys = [row.pk for row in rows]
    if not ledger.is_joint:
        signed = RowSignature.objects.filter(ledger=ledger.key, row_id__in=keys)
        keys = list(signed.order_by().values_list("row_id", flat=True).distinct())
    if keys:
        sign_rows(ledger, keys)


def sign_rows(
    ledger: Ledger[Any],
    keys: Sequence[UUID],
    decided: Sequence[Decided] = (),
    parties: Iterable[Party] = Party,
) -> list[RowSignature]:
    """Sign rows as they are stored now; a side without a key signs nothing.

    `decided`: what people did beyond the steps that stand on the row.
    """
    seals = current_keys()
    if not seals:
        return []
    rows = list(ledger.rows_with_units().filter(pk__in=keys))
    found, amended = contents(ledger, rows), _amended(rows)
    made = [
        _signature(
            ledger,
            row,
            party,
            found[row.pk],
            seal,
            [*_steps(row, party), *_agreed(amended.get(row.pk), party), *decided],
        )
        for row in rows
        for party in (parties if ledger.is_joint else (Party.OWN,))
        if (seal := seals.get(side_of(row, party)))
    ]
    return list(RowSignature.objects.bulk_create(made))


def _signature(
    ledger: Ledger[Any],
    row: LedgerModel,
    party: Party,
    content: Content,
    seal: SigningKey,
    decided: Sequence[Decided],
) -> RowSignature:
    at, side = clock.now(), side_of(row, party)
    unit = row.owner_unit if party is Party.OWN else getattr(row, ledger.counterpart)
    told = statement(
        ledger, row, content, side=side, unit=str(unit), decided=decided, at=at, key=seal.fingerprint
    )
    return RowSignature(
        ledger=ledger.key,
        row_id=row.pk,
        side=side,
        statement=told,
        signature=signed_with(seal, told),
        fingerprint=seal.fingerprint,
        signed_at=at,
    )


def _steps(row: Any, party: Party) -> list[Decided]:
    """The steps of row life by which this party stands for the row, as far as the row says who took them."""
    own = ((_("提交"), "submitted"), (_("核实"), "verified"))
    taken = own if party is Party.OWN else ((_("确认"), "confirmed"),)
    found = (
        (str(label), getattr(row, f"{step}_by", ""), getattr(row, f"{step}_at", None))
        for label, step in taken
    )
    return [Decided(label, who, at) for label, who, at in found if who and at]


def _amended(rows: Sequence[LedgerModel]) -> dict[UUID, Amendment]:
    """The last amendment of each row that took effect."""
    accepted = Amendment.objects.filter(row_id__in=[row.pk for row in rows], state=Amendment.State.ACCEPTED)
    return {one.row_id: one for one in accepted.order_by("decided_at")}


def _agreed(amendment: Amendment | None, party: Party) -> list[Decided]:
    if amendment is None or amendment.decided_at is None:
        return []
    is_proposer = Party(amendment.party) is party
    if amendment.agreed_at and is_proposer:
        return [Decided(str(_("核实更正")), amendment.agreed_by, amendment.agreed_at)]
    if amendment.agreed_at or is_proposer:
        return [Decided(str(_("确认更正")), amendment.handled_by, amendment.decided_at)]
    return []


def may_sign(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> Party | None:
    """As which party the actor may sign what that side has not signed as it is; None: not at all."""
    if row.state != State.VERIFIED:
        return None
    party = party_of(actor, Verb.VERIFY, ledger, row)
    if party is None:
        return None
    standing = standing_of(ledger, row)
    if not ledger.is_joint and not standing:
        return None
    is_good = any(one.side == side_of(row, party) and one.is_good for one in standing)
    return None if is_good or side_of(row, party) not in current_keys() else party


def signing_party(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> Party:
    """For which party the actor may sign. Errors: NotAllowed for who may verify for neither."""
    party = party_of(actor, Verb.VERIFY, ledger, row)
    if party is None:
        raise NotAllowed
    return party


def sign_row(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> RowSignature:
    """Sign afterwards. Errors: NotAllowed; RuleViolated where there is nothing to sign, or no key."""
    party = signing_party(ledger, row, actor)
    if side_of(row, party) not in current_keys():
        told = {"side": Side(side_of(row, party)).label}
        raise RuleViolated(_("%(side)s还没有签名密钥，请系统管理员先生成。") % told, code="no_signing_key")
    if may_sign(ledger, row, actor) is None:
        raise RuleViolated(
            _("这条记录现在不用签：没有核实，不是两地共有，或本方已经签好。"), code="not_to_sign"
        )
    signed = Decided(str(_("补签")), actor.key, clock.now())
    return sign_rows(ledger, [row.pk], [signed], [party])[0]
