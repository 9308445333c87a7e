"""What administrators do with users and memberships; every act is in history with its reason."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import context
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.offered import uuid_of
from shanhai.registers.authority import administered_sides

from . import kinds, tokens
from .factors import forget_all
from .models import Membership, SignInEvent, User
from .passwords import encoded, one_time_password
from .record import remember
from .roles import SECURITY, SYSTEM
from .sessions import end_all
from .single_sign_on import links

#: How an account begins: made by the security administrator, it awaits the system administrator.
SHUT: Mapping[str, Any] = {"is_active": False, "awaits": SYSTEM}


def users_of(actor: Actor) -> QuerySet[User]:
    """Users with a membership, now or once, on a side that `actor` administers."""
    own = Membership.objects.filter(user=OuterRef("pk"), unit__side__in=administered_sides(actor))
    return User.objects.filter(Exists(own))


def get_user(pk: UUID, actor: Actor, *, lock: bool = False) -> User:
    """Errors: NotVisible."""
    users = users_of(actor)
    user = (users.select_for_update() if lock else users).filter(pk=pk).first()
    if user is None:
        raise NotVisible(_("没有找到这个用户，或他不归您管理。"))
    return user


def get_membership(user: User, pk: UUID, actor: Actor) -> Membership:
    """Locked. Errors: NotVisible, also for a membership on the other side."""
    memberships = user.memberships.select_for_update(of=("self",)).select_related("unit", "place")
    found = memberships.filter(pk=pk, unit__side__in=administered_sides(actor)).first()
    if found is None:
        raise NotVisible(_("没有找到这个岗位，或它不归您管理。"))
    return found


def create_user(
    *, username: str, name: str, membership: Mapping[str, Any], actor: Actor, reason: str
) -> tuple[User, str]:
    """A user with a first role; gives the one-time password, which is kept nowhere.

    It is shut until the other administrators put it to use: nobody makes himself somebody else alone.
    Errors: NotVisible when the unit is on a side that `actor` does not administer.
    """
    _require_side(membership["unit"], actor)
    password = one_time_password()
    with because(reason):
        user = User.objects.create(
            username=username, name=name, password=encoded(password), must_change_password=True, **SHUT
        )
        Membership.objects.create(user=user, **membership)
    return user, password


def save_membership(membership: Membership, *, actor: Actor, reason: str) -> None:
    """A new or changed role. Whoever holds it signs in anew, unless it is the administrator at work.

    Errors: NotVisible for a unit of another side; RuleViolated for what `kinds` refuses, and when no
    administrator of a kind would be left.
    """
    _require_side(membership.unit, actor)
    kinds.require_apart(membership)
    with because(reason), kinds.administrators_stay(administered_sides(actor)):
        membership.save()
    if str(membership.user_id) != actor.key:
        end_all(membership.user)


def deactivate(user: User, *, actor: Actor, reason: str) -> None:
    """Shut the account at once; open sessions end with it.

    Errors: RuleViolated for oneself, with roles elsewhere, or when no administrator would be left.
    """
    if str(user.pk) == actor.key:
        raise RuleViolated(_("不能停用自己的账号；请由另一位系统管理员来做。"), code="own_account")
    require_whole(user, actor)
    user.is_active = False
    with because(reason), kinds.administrators_stay(administered_sides(actor)):
        user.save(update_fields=["is_active"])
    end_all(user)


def put_to_use(user: User, *, actor: Actor, reason: str) -> None:
    """Open a shut account. One that administers is opened by two kinds of administrators.

    Errors: RuleViolated with roles elsewhere, or when it awaits another kind.
    """
    require_whole(user, actor)
    kinds.require_awaited(user, actor)
    kinds.require_somebody(user)
    needs_another = not user.awaits and kinds.administers(user)
    user.is_active, user.awaits = not needs_another, SECURITY if needs_another else ""
    with because(reason):
        user.save(update_fields=["is_active", "awaits"])


def put_all_to_use(actor: Actor, *, reason: str) -> int:
    """Every account that awaits the actor; gives how many."""
    found = [user for user in kinds.awaiting(users_of(actor), actor) if kinds.is_whole(user, actor)]
    for user in found:
        put_to_use(user, actor=actor, reason=reason)
    return len(found)


def reset_password(user: User, *, actor: Actor, reason: str) -> str:
    """A fresh one-time password, shown once; open sessions end with the old one.

    An account that administers is shut with it until the security administrator consents: whoever resets it
    must not become it. Errors: RuleViolated with roles elsewhere.
    """
    require_whole(user, actor)
    password = one_time_password()
    user.password, user.must_change_password = encoded(password), True
    if kinds.administers(user):
        user.is_active, user.awaits = False, SECURITY
    with because(reason), kinds.administrators_stay(administered_sides(actor)):
        user.save(update_fields=["password", "must_change_password", "is_active", "awaits"])
    end_all(user)
    return password


def unlock(user: User, request: HttpRequest, *, actor: Actor, reason: str) -> None:
    """Open the account before its time is over, as when somebody else had guessed at it.

    Errors: RuleViolated with roles elsewhere.
    """
    require_whole(user, actor)
    remember(SignInEvent.Kind.UNLOCKED, request, user=user, note=_required(reason))


def because(reason: str) -> AbstractContextManager[context.Context]:
    """Errors: RuleViolated without a reason: what people may do never changes without one."""
    return context.because(_required(reason))


def _required(reason: str) -> str:
    if not reason.strip():
        raise RuleViolated(_("用户和岗位的变动必须写明原因。"), code="reason_missing")
    return reason


def reset_factors(user: User, request: HttpRequest, *, actor: Actor, reason: str) -> None:
    """Takes away the second factors of somebody who lost them; open sessions end.

    Errors: RuleViolated with roles elsewhere.
    """
    require_whole(user, actor)
    forget_all(user)
    end_all(user)
    remember(SignInEvent.Kind.FACTOR_RESET, request, user=user, note=reason)


def revoke_token(user: User, key: str, request: HttpRequest, *, actor: Actor, reason: str) -> None:
    """Errors: NotVisible; RuleViolated with roles elsewhere."""
    require_whole(user, actor)
    found = tokens.get_token(user, uuid_of(key))
    with because(reason):
        tokens.revoke(found, request, reason=reason)


def cut_link(user: User, key: str, request: HttpRequest, *, actor: Actor, reason: str) -> None:
    """Whoever came through that provider is out. Errors: NotVisible; RuleViolated with roles elsewhere."""
    require_whole(user, actor)
    links.cut(user, key, request, reason=_required(reason))
    end_all(user)


def require_whole(user: User, actor: Actor) -> None:
    """The account as a whole belongs to who administers every side it acts for.

    Otherwise one side's administrator could take over an account of the other. Errors: RuleViolated.
    """
    if not kinds.is_whole(user, actor):
        raise RuleViolated(
            _("他在另一方也有岗位。请先由那一方的管理员停用那里的岗位，再办理。"), code="roles_elsewhere"
        )


def _require_side(unit: Any, actor: Actor) -> None:
    if unit.side not in administered_sides(actor):
        raise NotVisible(_("没有找到这个单位，或它不归您管理。"))
