"""Answers to what the grammar doubted. A name is answered once, wherever the side's schemes write it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shanhai.domains.scheme.access import require_manager
from shanhai.domains.scheme.bindings import bind_reports
from shanhai.domains.scheme.models import Duty, Question, SchemeVersion
from shanhai.kernel import clock, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.registers.parties.models import GroupMember, Unit, UnitAlias, UnitGroup


def answer_unit(version: SchemeVersion, name: str, unit: Unit, *, actor: Actor) -> int:
    """`name` is `unit`: recorded as its alias, with the clause as source. How many duties found their unit.

    Errors: RuleViolated when the name is registered for another unit, or the unit is of the other side.
    """
    require_manager(actor, version.scheme)
    _require_own(version, [unit])
    with (
        transaction.atomic(),
        context.because(str(_("确认“%(name)s”即%(unit)s") % {"name": name, "unit": unit})),
    ):
        _record_alias(version, name, unit)
        changed: int = _open_duties(version, name).update(unit=unit)
        _answer(version, name, Question.Answer.UNIT, actor, unit=unit)
        bind_reports(version.scheme.side)
    return changed


def answer_group(version: SchemeVersion, name: str, units: Sequence[Unit], *, actor: Actor) -> int:
    """`name` stands for several units. A group of that name is made, or takes these members from today.

    Errors: RuleViolated without members, or with units of the other side.
    """
    require_manager(actor, version.scheme)
    if not units:
        raise RuleViolated(_("请至少选择一个单位。"), problems={"units": [_("请至少选择一个单位。")]})
    _require_own(version, units)
    with transaction.atomic(), context.because(str(_("确认“%(name)s”包括哪些单位") % {"name": name})):
        group, _is_new = UnitGroup.objects.get_or_create(name=name[:80], side=version.scheme.side)
        known = set(group.members.values_list("unit", flat=True))
        new = [unit for unit in units if unit.pk not in known]
        since = _since(version)
        GroupMember.objects.bulk_create(GroupMember(group=group, unit=unit, valid_from=since) for unit in new)
        changed: int = _open_duties(version, name).update(group=group)
        _answer(version, name, Question.Answer.GROUP, actor)
        bind_reports(version.scheme.side)
    return changed


def answer_checked(version: SchemeVersion, questions: Iterable[Any], *, actor: Actor) -> int:
    """A person has looked and the text stands as it was read: lines joined well, names different bodies."""
    require_manager(actor, version.scheme)
    _require_open(version)
    rows = version.questions.filter(pk__in=list(questions), answer=Question.Answer.OPEN)
    answered: int = rows.update(**_said(Question.Answer.CHECKED, actor))
    return answered


def _require_own(version: SchemeVersion, units: Sequence[Unit]) -> None:
    _require_open(version)
    if any(unit.side != version.scheme.side for unit in units):
        raise RuleViolated(_("请选择本方的单位。"), problems={"unit": [_("请选择本方的单位。")]})


def _require_open(version: SchemeVersion) -> None:
    if version.state == SchemeVersion.State.REPLACED:
        raise RuleViolated(_("这一版已被新版替换，不再修改。"), code="replaced")


def _record_alias(version: SchemeVersion, name: str, unit: Unit) -> None:
    if name in {unit.name, unit.short_name}:
        return
    others = Unit.objects.filter(Q(name=name) | Q(short_name=name), side=unit.side)
    aliases = UnitAlias.objects.in_force(clock.today()).filter(name=name, unit__side=unit.side)
    if others.exists() or aliases.exclude(unit=unit).exists():
        raise RuleViolated(
            _("“%(name)s”已登记为另一个单位。请先在单位登记中核对。") % {"name": name}, code="name_taken"
        )
    UnitAlias.objects.get_or_create(
        unit=unit,
        name=name[:80],
        defaults={
            "valid_from": _since(version),
            "source": f"{version.scheme.source} {_places(version, name)}"[:200],
        },
    )


def _since(version: SchemeVersion) -> Any:
    """From the day of the document; one dated in the future counts from today."""
    return min(version.scheme.dated_on or clock.today(), clock.today())


def _places(version: SchemeVersion, name: str) -> str:
    paths = Duty.objects.filter(task__section__version=version, name=name).values_list(
        "task__path", flat=True
    )
    return "、".join(dict.fromkeys(path for path in paths if path))


def _living(version: SchemeVersion) -> QuerySet[SchemeVersion]:
    """Drafts and versions in force of all schemes of the side."""
    living: QuerySet[SchemeVersion] = SchemeVersion.objects.filter(scheme__side=version.scheme.side).exclude(
        state=SchemeVersion.State.REPLACED
    )
    return living


def _open_duties(version: SchemeVersion, name: str) -> QuerySet[Duty]:
    duties: QuerySet[Duty] = Duty.objects.filter(
        task__section__version__in=_living(version), name=name, unit__isnull=True, group__isnull=True
    )
    return duties


def _answer(version: SchemeVersion, name: str, answer: str, actor: Actor, unit: Unit | None = None) -> None:
    rows = Question.objects.filter(version__in=_living(version), name=name, answer=Question.Answer.OPEN)
    rows.update(unit=unit, **_said(answer, actor))


def _said(answer: str, actor: Actor) -> dict[str, Any]:
    return {"answer": answer, "answered_by": actor.key, "answered_at": clock.now()}
