"""The one decision on rows: which rows an actor may reach with a verb (ADR 0003).

Visible = own side and (unit in my unit tree, or place in my place tree, or a side-wide role);
or sharing is not private, the row is reported, and the role reads shared rows of that ledger.
Whoever is bound to one person or body sees the rows that lead to it, where a ledger says how (ADR 0041).
The counterpart of a joint row reaches it with the verbs of a party (ADR 0022), and reads it as shared.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .leads import Subject, lead_of, led_to
from .permissions import Reach, Role, Verb


class Side(models.TextChoices):
    """Which of the two governments a row belongs to."""

    EAST = "east", _("帮扶方")
    WEST = "west", _("受援方")

    @property
    def other(self) -> "Side":
        return Side.WEST if self is Side.EAST else Side.EAST


class Sharing(models.TextChoices):
    """Whether the other side and other units may read a reported row."""

    PRIVATE = "private", _("仅本单位")
    SHARED = "shared", _("两地共享")
    JOINT = "joint", _("两地共有")


#: States from which a shared row is readable beyond its own unit.
REPORTED_STATES = ("submitted", "awaiting", "verified")
_VOIDED = "voided"


@dataclass(frozen=True)
class Grant:
    """One membership of an actor, flattened to what the scope decision needs."""

    role: Role
    side: Side
    unit_id: UUID
    unit_path: str
    place_path: str | None = None
    #: With `Reach.BOUND`: whose rows alone are reached.
    subject: Subject | None = None


@dataclass(frozen=True)
class Narrowing:
    """How much of somebody's rights is used through what they handed out: an API token (ADR 0028)."""

    #: What was handed out: the jobs that it began are its own.
    key: str
    ledgers: frozenset[str]
    verbs: frozenset[Verb]

    def told(self) -> dict[str, Any]:
        """As `read` takes it back, for what is done later."""
        return {"key": self.key, "ledgers": sorted(self.ledgers), "verbs": sorted(self.verbs)}

    @classmethod
    def read(cls, told: dict[str, Any]) -> Self:
        return cls(told["key"], frozenset(told["ledgers"]), frozenset(map(Verb, told["verbs"])))


@dataclass(frozen=True)
class Actor:
    """Who acts: built once per request, task or token by `registers.accounts`."""

    #: User id as text, or `system:<what>` for work without a user.
    key: str
    name: str
    grants: tuple[Grant, ...] = ()
    user_id: int | UUID | None = None
    #: Version of the custom fields when the actor was found, see `custom.definitions`; None: nobody asked.
    fields_version: str | None = field(default=None, compare=False)
    #: Through what they act; None for the person themselves.
    through: Narrowing | None = None

    def narrowed(self, narrowing: Narrowing) -> Self:
        """The same person with no more than `narrowing` leaves of their rights of this moment.

        The one place where rights become fewer: memberships that keep none are no memberships, and whatever
        asks for a verb on a ledger is answered as somebody whose role does not grant it.
        """
        left = [
            replace(grant, role=grant.role.narrowed(narrowing.ledgers, narrowing.verbs))
            for grant in self.grants
        ]
        grants = tuple(grant for grant in left if grant.role.by_ledger)
        return replace(self, grants=grants, through=narrowing)

    def allows(self, verb: Verb, ledger: str) -> bool:
        """Whether any membership grants the verb on the ledger, whatever the row."""
        return any(grant.role.allows(verb, ledger) for grant in self.grants)

    def grants_for(self, verb: Verb, ledger: str) -> list[Grant]:
        return [grant for grant in self.grants if grant.role.allows(verb, ledger)]

    @cached_property
    def rights(self) -> Hashable:
        """All of the memberships that decides on what the actor reaches; equal for equal reach."""
        return tuple(
            (grant.role.rights, grant.side, grant.unit_id, grant.unit_path, grant.place_path, grant.subject)
            for grant in self.grants
        )

    @cached_property
    def sides(self) -> frozenset[Side]:
        return frozenset(grant.side for grant in self.grants)

    @property
    def subject(self) -> Subject | None:
        """The one person or body an account is bound to; None for people of the two governments."""
        return next((grant.subject for grant in self.grants if grant.subject), None)

    @property
    def home(self) -> Grant | None:
        """The first membership: defaults for new rows come from it."""
        return self.grants[0] if self.grants else None


ANONYMOUS = Actor(key="anonymous", name="")


def _within(model_setting: str, path: str) -> Any:
    model = apps.get_model(getattr(settings, model_setting))
    return model._base_manager.filter(path__descendant_of=path).values("pk")


def own_rows(grant: Grant, ledger: str) -> Q:
    """Rows of `ledger`, of the grant's own side, that its reach covers."""
    side = Q(side=grant.side)
    match grant.role.reach:
        case Reach.BOUND:
            return _bound_rows(grant, ledger)
        case Reach.SIDE:
            return side
        case Reach.UNIT:
            return side & Q(owner_unit_id=grant.unit_id)
        case Reach.TREE:
            reach = Q(owner_unit__in=_within("SHANHAI_UNIT_MODEL", grant.unit_path))
            if grant.place_path:
                reach |= Q(place__in=_within("SHANHAI_PLACE_MODEL", grant.place_path))
            return side & reach
        case _:
            return nothing()


def _bound_rows(grant: Grant, ledger: str) -> Q:
    """Reported rows that lead to the subject; of the other side those that are not private."""
    lead = lead_of(ledger, grant.subject.kind) if grant.subject else None
    if grant.subject is None or lead is None:
        return nothing()
    ours = Q(side=grant.side) | (~Q(sharing=Sharing.PRIVATE) & Q(state__in=REPORTED_STATES))
    shown = ~Q(state=_VOIDED) if lead.drafts else Q(state__in=REPORTED_STATES)
    return Q(**{lead.path: grant.subject.pk}) & shown & ours


def shared_rows() -> Q:
    return ~Q(sharing=Sharing.PRIVATE) & Q(state__in=REPORTED_STATES)


def nothing() -> Q:
    return Q(pk__in=[])


def addressed_rows(actor: Actor, verb: Verb, ledger: str, counterpart: str) -> Q:
    """Rows of the other side that name, in the field `counterpart`, a unit in the actor's reach."""
    predicate = nothing()
    for grant in actor.grants_for(verb, ledger):
        match grant.role.reach:
            case Reach.SIDE:
                reach = Q(**{f"{counterpart}__side": grant.side})
            case Reach.UNIT:
                reach = Q(**{counterpart: grant.unit_id})
            case Reach.TREE:
                reach = Q(**{f"{counterpart}__in": _within("SHANHAI_UNIT_MODEL", grant.unit_path)})
            case _:
                continue
        predicate |= Q(side=Side(grant.side).other) & reach
    return predicate & Q(state__in=REPORTED_STATES)


def is_addressed(actor: Actor, verb: Verb, ledger: str, row: Any, counterpart: str) -> bool:
    """`addressed_rows` for one row in memory."""
    unit = getattr(row, counterpart)
    if unit is None or unit.side == row.side or row.state not in REPORTED_STATES:
        return False
    grants = actor.grants_for(verb, ledger)
    return any(reaches_unit(grant, unit.side, unit.pk, unit.path) for grant in grants)


def own_reach(actor: Actor, verb: Verb, ledger: str) -> Q:
    """Rows of the actor's own sides in the reach of the verb, and nothing that is only shared."""
    predicate = nothing()
    for grant in actor.grants_for(verb, ledger):
        predicate |= own_rows(grant, ledger)
    return predicate


def visible_rows(actor: Actor, verb: Verb, ledger: str) -> Q:
    """The predicate on rows of `ledger` that `actor` reaches with `verb`; no grant gives no row."""
    grants = actor.grants_for(verb, ledger)
    predicate = nothing()
    # First what costs the database least to tell of a row.
    if verb in {Verb.VIEW, Verb.EXPORT} and any(grant.role.reads_shared for grant in grants):
        predicate |= shared_rows()
    for grant in grants:
        predicate |= own_rows(grant, ledger)
    return predicate


def covers(actor: Actor, verb: Verb, ledger: str, row: Any) -> bool:
    """`visible_rows` for one row in memory, new ones included; writing never reaches others' shared rows."""
    for grant in actor.grants_for(verb, ledger):
        if _owns(grant, row, ledger):
            return True
        is_reading = verb in {Verb.VIEW, Verb.EXPORT} and grant.role.reads_shared
        if is_reading and row.sharing != Sharing.PRIVATE and row.state in REPORTED_STATES:
            return True
    return False


def _is_bound_to(grant: Grant, row: Any, ledger: str) -> bool:
    lead = lead_of(ledger, grant.subject.kind) if grant.subject else None
    if grant.subject is None or lead is None or led_to(row, lead) != grant.subject.pk:
        return False
    is_reported = row.state in REPORTED_STATES
    is_ours = row.side == grant.side or (row.sharing != Sharing.PRIVATE and is_reported)
    return is_ours and (row.state != _VOIDED if lead.drafts else is_reported)


def _owns(grant: Grant, row: Any, ledger: str) -> bool:
    if grant.role.reach is Reach.BOUND:
        return _is_bound_to(grant, row, ledger)
    if row.side != grant.side:
        return False
    match grant.role.reach:
        case Reach.SIDE:
            return True
        case Reach.UNIT:
            return bool(row.owner_unit_id == grant.unit_id)
        case Reach.TREE:
            in_units = is_below(row.owner_unit.path, grant.unit_path)
            return in_units or bool(
                row.place and grant.place_path and is_below(row.place.path, grant.place_path)
            )
        case _:
            return False


def reaches_unit(grant: Grant, side: str, unit_id: UUID, path: str) -> bool:
    """Whether rows of a whole unit are in the grant's reach, whatever their place."""
    if side != grant.side:
        return False
    match grant.role.reach:
        case Reach.SIDE:
            return True
        case Reach.UNIT:
            return bool(unit_id == grant.unit_id)
        case Reach.TREE:
            return is_below(path, grant.unit_path)
        case _:
            return False


def is_below(path: str, root: str) -> bool:
    """Whether a tree path is `root` or lies under it."""
    return path == root or path.startswith(f"{root}.")
