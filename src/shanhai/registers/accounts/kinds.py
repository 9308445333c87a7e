"""Three kinds of administrators who share no right: what keeps one from becoming another (ADR 0028).

An account holds one kind and nothing else. A kind is only given to an account that has never been in use,
which the security administrator makes and the system administrator puts to use. So whoever wants to be
another kind needs somebody of another kind, and the history shows both.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor, Side
from shanhai.registers.authority import administered_sides
from shanhai.registers.parties.models import Person

from .models import Membership, User
from .roles import ADMINISTRATORS, BOUND, ROLES, SYSTEM


def held_by(user: User, *, but: UUID | None = None) -> set[str]:
    """Roles in force or to come."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today())
    held = user.memberships.filter(lasting)
    return set((held.exclude(pk=but) if but else held).values_list("role", flat=True))


def administers(user: User) -> bool:
    return bool(held_by(user) & ADMINISTRATORS)


def refusal(role: str, others: Collection[str], *, is_new: bool) -> str:
    """Why an account with the roles `others` may not have `role` as well; "" when it may."""
    kind = next((one for one in (role, *others) if one in ADMINISTRATORS or one in BOUND), None)
    if kind is None:
        return ""
    if set(others) - {role}:
        told = {"kind": ROLES[kind].label}
        return _("“%(kind)s”的账号不能再有别的岗位。请为他另建一个账号。") % told
    if role in ADMINISTRATORS and not is_new:
        told = {"kind": ROLES[role].label}
        return _("“%(kind)s”只能给新建、还没有启用的账号：由安全管理新建，由系统管理启用。") % told
    return ""


def require_apart(membership: Membership) -> None:
    """Errors: RuleViolated for a role that does not go with the others, unless it only ends sooner."""
    if _only_ends_sooner(membership):
        return
    _require_binding(membership)
    user = membership.user
    is_new = user.awaits == SYSTEM and user.last_login is None
    if why := refusal(membership.role, held_by(user, but=membership.pk), is_new=is_new):
        raise RuleViolated(why, code="kinds_apart")


def _require_binding(membership: Membership) -> None:
    """Errors: RuleViolated for a role that binds an account later, frees it, or binds it to another."""
    before = Membership.objects.filter(pk=membership.pk).first()
    if membership.role not in BOUND and (before is None or before.role not in BOUND):
        return
    kept = ("role", "unit_id", "place_id", "person_id", "employer_id")
    if before is None or any(getattr(before, name) != getattr(membership, name) for name in kept):
        raise RuleViolated(
            _("劳动者和用人单位的账号建好以后不能改成别人的，只能改起止日期。"), code="binding_fixed"
        )


def _only_ends_sooner(membership: Membership) -> bool:
    before = Membership.objects.filter(pk=membership.pk).first()
    if before is None or membership.valid_to is None:
        return False
    kept = ("role", "unit_id", "place_id", "valid_from")
    is_same = all(getattr(before, name) == getattr(membership, name) for name in kept)
    return is_same and (before.valid_to is None or membership.valid_to <= before.valid_to)


def awaiting(users: QuerySet[User], actor: Actor) -> QuerySet[User]:
    """Those that the actor's kind is to put to use."""
    return users.filter(awaits__in={grant.role.code for grant in actor.grants}).order_by("username")


def awaits_kind_of(user: User, actor: Actor) -> bool:
    """Whether putting it to use is for the actor's kind: the system's, unless it awaits another."""
    return (user.awaits or SYSTEM) in {grant.role.code for grant in actor.grants}


def require_awaited(user: User, actor: Actor) -> None:
    """Errors: RuleViolated for an account that awaits another kind."""
    if not awaits_kind_of(user, actor):
        told = {"kind": ROLES[user.awaits or SYSTEM].label}
        raise RuleViolated(_("这个账号要由“%(kind)s”启用。") % told, code="awaits_another")


def require_somebody(user: User) -> None:
    """Errors: RuleViolated for an account whose person is erased, or only stored (ADR 0041)."""
    held = Membership.objects.filter(user=user, person__isnull=False)
    if Person._base_manager.filter(pk__in=held.values("person"), is_restricted=True).exists():
        raise RuleViolated(_("这个人的信息已删除或停止处理，账号不能再启用。"), code="person_gone")


def is_whole(user: User, actor: Actor) -> bool:
    """Whether all sides that the account acts for are looked after by the actor."""
    sides = set(user.memberships.in_force(clock.today()).values_list("unit__side", flat=True))
    return sides <= administered_sides(actor)


@contextmanager
def administrators_stay(sides: Collection[Side]) -> Iterator[None]:
    """Nobody may lock a side out: what kind of administrators it had before the block it has after.

    Two administrators who would end each other at once wait here, and the second is refused.
    """
    kept = Membership.objects.filter(role__in=ADMINISTRATORS, unit__side__in=sides)
    list(kept.select_for_update(of=("self",)).order_by("pk"))
    before = active_kinds(sides)
    yield
    if gone := before - active_kinds(sides):
        _side, role = min(gone)
        told = {"kind": ROLES[role].label}
        raise RuleViolated(_("每一方至少要留一位在岗的“%(kind)s”。") % told, code="last_administrator")


def active_kinds(sides: Collection[Side]) -> set[tuple[str, str]]:
    """Side and kind of every administrator whose account is open and whose role is in force."""
    held = Membership.objects.in_force(clock.today()).filter(
        role__in=ADMINISTRATORS, user__is_active=True, unit__side__in=sides
    )
    return set(held.values_list("unit__side", "role"))
