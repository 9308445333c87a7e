"""Accounts of the demonstration: one per role on each side, a reporter for every unit; named by role."""

from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password
from django.db.models import Count, Q

from shanhai.domains.labour.models import JobOrder
from shanhai.kernel import clock
from shanhai.kernel.scope import REPORTED_STATES, Actor, Side
from shanhai.registers.accounts.models import Membership, User
from shanhai.registers.accounts.roles import BOUND, ROLES, WORKER
from shanhai.registers.parties.models import Body, Person
from shanhai.registers.seeding import Seeding

from .government import SINCE

#: Printed by `demo_accounts`; accepted only where demonstration data lies, on the loopback address.
PASSWORD = "shanhai-yanshi-2021"  # noqa: S105


class Shown(NamedTuple):
    """An account that `demo_accounts` prints."""

    username: str
    unit: str
    role: str


_PREFIXES = {"dm": Side.EAST, "mt": Side.WEST}
SHOWN = tuple(
    Shown(f"{prefix}-{name}", f"{prefix}_{unit}", role)
    for prefix in ("dm", "mt")
    for name, unit, role in (
        ("coordinator", "coordinator", "coordinator"),
        ("reporter", "labour", "reporter"),
        ("verifier", "coordinator", "verifier"),
        ("group", "group", "work_group"),
        ("officer", "baijiao" if prefix == "dm" else "yongxing", "officer"),
        ("leader", "leader", "leader"),
        ("auditor", "audit", "auditor"),
        ("organisation", "organisation", "organisation"),
        ("admin", "admin", "administrator"),
        ("security", "admin", "security"),
        ("audit", "admin", "audit"),
    )
)
#: Of each side a worker and an employer, who see their own rows and nothing else (ADR 0041).
BOUND_SHOWN = tuple((f"{prefix}-{role}", side, role) for prefix, side in _PREFIXES.items() for role in BOUND)
#: Holders of roles that are no unit of their own in the scheme: the government, or the coordinator.
_HELD_BY = {
    "dm_leader": "dm",
    "mt_leader": "mt",
    "dm_audit": "dm",
    "dm_admin": "dm_coordinator",
    "mt_admin": "mt_coordinator",
}


def seed_accounts(ctx: Seeding) -> None:
    """Users and memberships. One hash for all: nobody is protected by a printed password."""
    encoded = make_password(PASSWORD)
    shown = [Shown(one.username, _HELD_BY.get(one.unit, one.unit), one.role) for one in SHOWN]
    taken = {(one.unit, one.role) for one in shown}
    reporters = [
        Shown(f"{code.replace('_', '-')}-reporter", code, "reporter")
        for code, unit in ctx.units.items()
        if (code, "reporter") not in taken and unit.parent
    ]
    users = {}
    for one in (*shown, *reporters):
        unit = ctx.units[one.unit]
        users[one] = User(
            username=one.username,
            name=f"{unit}·{ROLES[one.role].label}",
            password=encoded,
            must_change_password=False,
            date_joined=clock.now(),
        )
    User.objects.bulk_create(users.values())
    memberships = {
        one: Membership(user=user, unit=ctx.units[one.unit], role=one.role, valid_from=SINCE)
        for one, user in users.items()
    }
    Membership.objects.bulk_create(memberships.values())
    for one, user in users.items():
        grant = memberships[one].grant()
        actor = Actor(str(user.pk), user.name, (grant,), user.pk, fields_version="")
        ctx.actors[(one.unit, one.role)] = actor


def seed_bound(ctx: Seeding) -> None:
    """When the chapters have filed: accounts of those about whom there is most to see."""
    for username, side, role in BOUND_SHOWN:
        subject = _worker(side) if role == WORKER else _employer(side)
        if subject is None:
            continue
        user = User.objects.create(
            username=username,
            name=f"{subject.name}·{ROLES[role].label}"[:40],
            password=make_password(PASSWORD),
            must_change_password=False,
            date_joined=clock.now(),
        )
        bound = {"person": subject} if role == WORKER else {"employer": subject}
        unit = subject.owner_unit_id
        Membership.objects.create(user=user, unit_id=unit, role=role, valid_from=SINCE, **bound)


def _reported(path: str) -> Count:
    return Count(path, filter=Q(**{f"{path}__state__in": REPORTED_STATES}), distinct=True)


def _worker(side: Side) -> Person | None:
    """Somebody with a post on offer if there is one, with benefits and spells."""
    people: Any = Person.objects.filter(side=side, state__in=REPORTED_STATES, is_restricted=False)
    offered = Count("placements", filter=Q(placements__match_state="proposed"), distinct=True)
    told = people.annotate(o=offered, c=_reported("claims"), s=_reported("employment_spells"))
    found: Person | None = told.order_by("-o", "-c", "-s", "pk").first()
    return found


def _employer(side: Side) -> Body | None:
    """An employer with job orders if there is one, and the most people."""
    bodies: Any = Body.objects.filter(side=side, state__in=REPORTED_STATES)
    orders = JobOrder.objects.filter(side=side).values("employer")
    told = bodies.annotate(s=_reported("employment_spells"), o=Count("pk", filter=Q(pk__in=orders)))
    found: Body | None = told.order_by("-o", "-s", "pk").first()
    return found


def described() -> list[dict[str, str]]:
    """The accounts printed, for those that exist."""
    shown = [(one.username, one.role) for one in SHOWN] + [(name, role) for name, _side, role in BOUND_SHOWN]
    users = {
        user.username: user for user in User.objects.filter(username__in=[name for name, _role in shown])
    }
    return [
        {
            "username": name,
            "password": PASSWORD,
            "role": str(ROLES[role].label),
            "name": users[name].name,
            "side": str(_PREFIXES[name[:2]].label),
        }
        for name, role in shown
        if name in users
    ]
