"""Accounts of the demonstration: one per role on each side, a reporter for every unit; named by role."""

from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from shanhai.kernel import clock
from shanhai.kernel.scope import Actor, Side
from shanhai.registers.accounts.models import Membership, User
from shanhai.registers.accounts.roles import ROLES
from shanhai.registers.seeding import Seeding

from .government import SINCE

#: Printed by `demo_accounts`; accepted only where demonstration data lies, on the loopback address.
PASSWORD = "shanhai-yanshi-2021"  # noqa: S105


class Shown(NamedTuple):
    """An account that `demo_accounts` prints."""

    username: str
    unit: str
    role: str


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
        ("admin", "admin", "administrator"),
        ("security", "admin", "security"),
        ("audit", "admin", "audit"),
    )
)
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


def described() -> list[dict[str, str]]:
    """The accounts printed, for those that exist."""
    users = {
        user.username: user for user in User.objects.filter(username__in=[one.username for one in SHOWN])
    }
    return [
        {
            "username": one.username,
            "password": PASSWORD,
            "role": str(ROLES[one.role].label),
            "name": users[one.username].name,
            "side": str(Side.EAST.label if one.username.startswith("dm") else Side.WEST.label),
        }
        for one in SHOWN
        if one.username in users
    ]
