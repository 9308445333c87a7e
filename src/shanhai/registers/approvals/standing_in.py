"""Who stands in for whom: named by who is away, for days, among those who see the same rows anyway."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Reach
from shanhai.kernel.scope import Actor, Grant, Side
from shanhai.registers.accounts.models import Membership, User
from shanhai.registers.accounts.roles import AUDITOR

from .models import StandIn

#: Longer ones are no absence: duties are handed over by the administrator of users.
MOST_DAYS = 180
_LEAST_WORDS = 2


@dataclass(frozen=True)
class Named:
    """What who is away says. `stands_in`: key of the colleague."""

    stands_in: str
    valid_from: date | None
    valid_to: date | None
    reason: str


def colleagues(actor: Actor) -> list[User]:
    """Who may stand in for `actor`: people of the side that reach all the actor's units own; two queries."""
    own = _signing(actor.grants)
    if not own:
        return []
    others = Membership.objects.in_force(clock.today()).filter(unit__side=own[0].side, user__is_active=True)
    found: dict[UUID, list[Grant]] = {}
    for one in others.exclude(user__pk=actor.key).select_related("unit__place", "place"):
        found.setdefault(one.user_id, []).append(one.grant())
    able = [key for key, grants in found.items() if all(_reaches(grants, grant) for grant in own)]
    return list(User.objects.filter(pk__in=able).order_by("name", "username"))


def _signing(grants: Iterable[Grant]) -> list[Grant]:
    """Memberships by which rows are read, of one side: not to audit them, nor those bound to a person."""
    reading = [
        grant for grant in grants if grant.role.verbs and grant.role.code != AUDITOR and grant.subject is None
    ]
    return [grant for grant in reading if grant.side == reading[0].side]


def _reaches(grants: Iterable[Grant], wanted: Grant) -> bool:
    return any(_covers(grant, wanted) for grant in _signing(grants))


def _covers(grant: Grant, wanted: Grant) -> bool:
    if grant.role.reach is Reach.SIDE or grant.unit_id == wanted.unit_id:
        return True
    return grant.role.reach is Reach.TREE and f"{wanted.unit_path}.".startswith(f"{grant.unit_path}.")


def name_stand_in(named: Named, *, actor: Actor) -> StandIn:
    """Errors: RuleViolated by field."""
    first, last = named.valid_from, named.valid_to
    problems = _problems(named, actor)
    if problems or first is None or last is None:
        raise RuleViolated(problems=problems)
    made = StandIn(
        side=_side(actor),
        absent=actor.key,
        stands_in=named.stands_in,
        valid_from=first,
        valid_to=last,
        absence_reason=named.reason.strip(),
    )
    with context.because(made.absence_reason):
        try:
            made.full_clean()
        except ValidationError as refused:
            raise RuleViolated(problems={"valid_from": refused.messages}) from None
        made.save(force_insert=True)
    return made


def _problems(named: Named, actor: Actor) -> dict[str, list[Any]]:
    problems: dict[str, list[Any]] = {}
    if named.stands_in not in {str(one.pk) for one in colleagues(actor)}:
        problems["stands_in"] = [_("请选一位同样看得到您单位记录的本方同事。")]
    if named.valid_from is None or named.valid_to is None:
        problems["valid_from"] = [_("请选生效和失效日期。")]
    elif not clock.today() <= named.valid_from <= named.valid_to:
        problems["valid_from"] = [_("生效日期不能早于今天，失效日期不能早于生效日期。")]
    elif named.valid_to - named.valid_from >= timedelta(days=MOST_DAYS):
        told = {"most": MOST_DAYS}
        problems["valid_to"] = [_("最多代签 %(most)s 天；更久的请用户管理员调整岗位。") % told]
    if len(named.reason.strip()) < _LEAST_WORDS:
        problems["reason"] = [_("请写明离岗原因，至少 2 个字。")]
    return problems


def _side(actor: Actor) -> Side:
    return _signing(actor.grants)[0].side


def concerning(actor: Actor) -> QuerySet[StandIn]:
    """Where the actor is away or stands in, the last first."""
    return StandIn.objects.filter(Q(absent=actor.key) | Q(stands_in=actor.key))


def own_stand_in(pk: Any, actor: Actor) -> StandIn:
    """Locked. Errors: NotVisible for any but who is away."""
    found = StandIn.objects.select_for_update().filter(pk=pk, absent=actor.key).first()
    if found is None:
        raise NotVisible(_("没有找到这一次代签，或不是您请的。"))
    return found


def end_stand_in(found: StandIn) -> None:
    """At once; of what has not begun, or began today, nothing is left but its history and the acts."""
    today = clock.today()
    with context.because(str(_("结束代签"))):
        if found.valid_from >= today:
            found.delete()
        else:
            found.valid_to = min(found.valid_to, today - timedelta(days=1))
            found.save(update_fields=["valid_to"])
