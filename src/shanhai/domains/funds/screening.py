"""Screening as it runs: over the projects of the reader, with what was let pass; letting one pass."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import constraint_sentences, get_row
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import REPORTED_STATES, Actor

from .lookup import threshold
from .models import NegativeItem, Project, ScreeningOverride, Threshold
from .screening_rules import Item, Objection, Screened, duplicates, forbidden


@dataclass(frozen=True)
class Judged:
    """An objection, and who let it pass if somebody did."""

    objection: Objection
    passed: ScreeningOverride | None


def items_in_force() -> list[Item]:
    rows = NegativeItem.objects.in_force(clock.today())
    return [Item(*row) for row in rows.values_list("sought_by", "sought", "forbidden")]


def screened_of(project: Project) -> Screened:
    place: Any = project.place
    names = () if place is None else (place.name, place.parent.name if place.parent else "")
    return Screened(
        id=project.pk,
        code=project.code,
        name=project.name,
        year=project.period,
        content=project.content,
        kind=project.kind,
        kind_label=str(project.get_kind_display()),
        account_code=project.account_code,
        place_id=project.place_id,
        places=names,
    )


def neighbours(projects: Iterable[Project]) -> list[Project]:
    """All live projects that the reader sees in the places of these."""
    places = {one.place_id for one in projects if one.place_id}
    rows = Project.objects.live().filter(place__in=places)
    return list(rows.select_related("place", "place__parent"))


def objections(projects: Sequence[Project], around: Iterable[Project]) -> list[Objection]:
    """Everything found in `projects`; `around` are the rows it may repeat."""
    items, least = items_in_force(), threshold(Threshold.Code.DUPLICATE_LIKENESS)
    mine = {one.pk: screened_of(one) for one in projects}
    found = [one for screened in mine.values() for one in forbidden(screened, items)]
    if least is not None:
        everyone = {one.pk: screened_of(one) for one in around} | mine
        found += [one for one in duplicates(everyone.values(), int(least)) if one.project in mine]
    return found


def judged(projects: Sequence[Project]) -> dict[UUID, list[Judged]]:
    """Objections to each, with what was let pass. A fixed number of queries."""
    passed = {
        (row.project_id, row.objection): row
        for row in ScreeningOverride.objects.filter(project__in=[one.pk for one in projects])
    }
    found: dict[UUID, list[Judged]] = defaultdict(list)
    for one in objections(projects, neighbours(projects)):
        key: Any = one.project
        found[key].append(Judged(one, passed.get((key, one.key))))
    return found


def standing_objections(projects: Sequence[Project]) -> dict[UUID, list[str]]:
    """Sentences of what nobody let pass."""
    return {
        key: [one.objection.sentence for one in those if one.passed is None]
        for key, those in judged(projects).items()
    }


def let_pass(pk: UUID, *, objection: str, reason: str, actor: Actor) -> ScreeningOverride:
    """A person who verifies answers for one objection with a reason.

    Errors: RuleViolated without a reason or for somebody who entered it; Conflict where it is not found any
    more; NotAllowed; NotVisible.
    """
    ledger = registry.get(Project.ledger_key())
    project: Project = get_row(ledger, pk, actor=actor, verb=Verb.VERIFY)
    if project.state not in REPORTED_STATES:
        raise RuleViolated(_("项目还没有提交，请先改好再提交。"), code="step_closed")
    if actor.key == project.submitted_by:
        raise RuleViolated(_("提交人不能放行自己提交的项目，请由他人放行。"), code="four_eyes")
    if not reason.strip():
        raise RuleViolated(_("请写明放行理由。"), code="reason_missing")
    one = next((one for one in judged([project])[pk] if one.objection.key == objection), None)
    if one is None or one.passed is not None:
        raise Conflict(_("这项发现已经不在了，或者已经放行。请刷新后再看。"))
    with context.because(_("筛查放行：%(why)s") % {"why": reason.strip()[:300]}), constraint_sentences():
        made: ScreeningOverride = ScreeningOverride.objects.create(
            project=project,
            objection=objection,
            objection_text=one.objection.sentence[:300],
            reason=reason.strip()[:300],
            passed_by=actor.key,
            passed_at=clock.now(),
        )
    return made
