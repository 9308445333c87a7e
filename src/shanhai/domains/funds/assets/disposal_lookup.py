"""Disposals as the rules see them, and who decides on them. A fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.evidence.models import EvidenceLink
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.registers.parties.models import Unit

from ..models import AssetDisposal, AssetDistribution, AssetIncome, DisposalRule
from . import disposal_rules
from .disposal_rules import Authority, Disposed

NOTHING = Decimal(0)
#: The class of evidence in which a village meeting is kept.
MEETING = "meeting"


def authority_of(owner_level: str, day: date) -> Authority:
    """By the rule in force; by the keeper's verifier where there is none."""
    rule = DisposalRule.objects.in_force(day).filter(owner_level=owner_level).first()
    return Authority(rule.decided_kind, rule.needs_meeting) if rule else Authority()


def missing(row: AssetDisposal, actor: Actor) -> list[str]:
    """What keeps `actor` from deciding on it, in words; nothing where it is open."""
    asset = row.asset
    authority = authority_of(asset.owner_level, clock.today())
    has_meeting = EvidenceLink.objects.for_row(row).filter(evidence_class=MEETING).exists()
    found = disposal_rules.lacks(
        asset.standing,
        authority,
        _kinds(actor),
        has_meeting=has_meeting,
        is_titled=asset.titled_on is not None,
    )
    return [_told(one, authority) for one in found]


def _kinds(actor: Actor) -> set[str]:
    """Kinds of the units for which somebody decides."""
    ids = [one.unit_id for one in actor.grants_for(Verb.VERIFY, AssetDisposal.ledger_key()) if one.unit_id]
    return set(Unit.objects.filter(pk__in=ids).values_list("kind", flat=True))


def _told(lack: str, authority: Authority) -> str:
    match lack:
        case disposal_rules.GONE:
            return _("这项资产已经处置")
        case disposal_rules.NO_TITLE:
            return _("这项资产还没有确权，请先登记权证")
        case disposal_rules.NO_MEETING:
            return _("缺少村民会议记录，请退回后补上")
    return _("须由%(kind)s决定") % {"kind": Unit.Kind(authority.kind).label}


@dataclass(frozen=True)
class Money:
    """What came in under each disposal, and what of that was given out or handed over. Unit: yuan."""

    received: dict[UUID, Decimal]
    settled: dict[UUID, Decimal]


def money_of(rows: Sequence[AssetDisposal], until: date) -> Money:
    keys = [one.pk for one in rows]
    came = AssetIncome.objects.reported().filter(disposal__in=keys, earned_on__lte=until).order_by()
    given = AssetDistribution.objects.reported().filter(
        asset_income__disposal__in=keys, decision_day__lte=until
    )
    return Money(_sums(came, "disposal"), _sums(given.order_by(), "asset_income__disposal"))


def _sums(rows: Any, by: str) -> dict[UUID, Decimal]:
    return dict(rows.values(by).annotate(total=Sum("amount")).values_list(by, "total"))


def disposals() -> list[Disposed]:
    """Every reported disposal within the scope in force."""
    rows = list(AssetDisposal.objects.reported().order_by("disposed_on", "id"))
    money = money_of(rows, clock.today())
    return [
        Disposed(
            one.pk,
            one.submitted_at.astimezone(clock.CHINA).date() if one.submitted_at else one.disposed_on,
            one.disposed_on,
            one.decided_on is not None,
            one.disposal_way == AssetDisposal.Way.SALE,
            one.appraised_value,
            one.price,
            money.received.get(one.pk, NOTHING),
            money.settled.get(one.pk, NOTHING),
        )
        for one in rows
    ]
