"""Accounts of workers and employers: made for one row of a register, shut when it is gone (ADR 0041)."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock, context
from shanhai.kernel.erasing.acts import forget
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import REPORTED_STATES, Actor, Side
from shanhai.kernel.sealing import installed_keyring
from shanhai.registers.authority import administered_sides
from shanhai.registers.parties.fields import parse_identity
from shanhai.registers.parties.models import Body, Person

from .actions import SHUT, because
from .models import Membership, User
from .passwords import encoded, one_time_password
from .roles import WORKER
from .sessions import end_all

_NOBODY = gettext_lazy("{side}的登记里没有号码和名称都相符、已报的一条。请先在台账里核对。")
_GONE = gettext_lazy("（已删除）")


def find_subject(role: str, *, number: str, name: str, side: str) -> Person | Body:
    """The row of the register that has both the number and the name; either alone tells nothing.

    Errors: RuleViolated.
    """
    found = _person(number, name, side) if role == WORKER else _body(number, name, side)
    if found is None:
        told = str(_NOBODY).format(side=Side(side).label)
        raise RuleViolated(told, problems={"number": [told]}, code="no_such_subject")
    return found


def _person(number: str, name: str, side: str) -> Person | None:
    try:
        identity = parse_identity(number, clock.today()).number
    except ValidationError as refused:
        told = " ".join(map(str, refused.messages))
        raise RuleViolated(told, problems={"number": [told]}, code="no_such_subject") from None
    index = installed_keyring().blind_index(identity)
    people = Person._base_manager.filter(side=side, state__in=REPORTED_STATES, is_restricted=False)
    found: Person | None = people.filter(identity_number_index=index, name=name).first()
    return found


def _body(number: str, name: str, side: str) -> Body | None:
    bodies = Body._base_manager.filter(side=side, state__in=REPORTED_STATES)
    found: Body | None = bodies.filter(credit_code=number.strip().upper(), name=name).first()
    return found


def create_bound(
    *, role: str, subject: Person | Body, username: str, actor: Actor, reason: str
) -> tuple[User, str]:
    """An account bound to `subject` and to nobody else, ever; gives the one-time password, kept nowhere.

    It is shut until the system administrator puts it to use, as every new account.
    Errors: NotVisible for a side that `actor` does not administer; RuleViolated for a second account.
    """
    if subject.side not in administered_sides(actor):
        raise NotVisible
    bound = {"person": subject} if role == WORKER else {"employer": subject}
    if role == WORKER and Membership.objects.filter(**bound).exists():
        raise RuleViolated(_("这个人已有账号；忘了口令请重置，停用的请恢复。"), code="already_bound")
    password = one_time_password()
    with because(reason):
        user = User.objects.create(
            username=username,
            name=subject.name[: User._meta.get_field("name").max_length],
            password=encoded(password),
            must_change_password=True,
            **SHUT,
        )
        Membership.objects.create(
            user=user, unit_id=subject.owner_unit_id, role=role, valid_from=clock.today(), **bound
        )
    return user, password


def bound_to(rows: Sequence[LedgerModel]) -> list[User]:
    """Users bound to one of these rows of a register."""
    keys = [row.pk for row in rows]
    held = Membership.objects.filter(Q(person__in=keys) | Q(employer__in=keys))
    return list(User.objects.filter(pk__in=held.values("user")))


def close_accounts(people: Sequence[Person], is_erased: bool, reason: str, by: str) -> None:
    """The accounts of persons who are erased, or of whom nothing is done any more; sessions end at once.

    An erased person's account keeps no name, neither now nor in history.
    """
    users = bound_to(people)
    keys: list[UUID] = []
    with context.because(reason):
        for user in users:
            user.is_active, user.awaits = False, ""
            if is_erased:
                user.username, user.name = f"gone-{user.pk.hex[-12:]}", str(_GONE)
            user.save(update_fields=["is_active", "awaits", "username", "name"])
            keys.append(user.pk)
    for user in users:
        end_all(user)
    if is_erased:
        forget(User, keys, ("username", "name"), reason, by)
