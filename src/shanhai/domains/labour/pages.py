"""务工核查: what the rules found, unit by unit, with a link to each row."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shanhai.engines.findings import Finding
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.kernel.sealing import mask_name
from shanhai.registers.parties.models import Unit
from shanhai.web.checks import Checks, Found, Named, render_checks
from shanhai.web.later import answer

from . import actions, person_rules, reports, rules
from .models import EmploymentSpell, HouseholdMember, MonthlyFact, PersonCategory
from .person_checks import person_findings

LABELS = {
    rules.OVERLAP: gettext_lazy("时间重叠"),
    rules.FILED_TWICE: gettext_lazy("两个单位重复填报"),
    rules.SIDES_DIFFER: gettext_lazy("两地就业去向不一致"),
    rules.WAGE_MISSING: gettext_lazy("在岗缺工资"),
    rules.WAGE_HIGH: gettext_lazy("工资偏高"),
    person_rules.TWO_YEARS: gettext_lazy("跨年重复计"),
    person_rules.PHONE_DEAD: gettext_lazy("电话打不通"),
    person_rules.NO_CONTACT: gettext_lazy("久未联系"),
    person_rules.CATEGORY_DIFFERS: gettext_lazy("人员类别不一致"),
    person_rules.UNPLACED: gettext_lazy("输送人员没有拟配"),
}
_OF_MONTHS = {rules.WAGE_MISSING, rules.WAGE_HIGH}


def _find(actor: Actor) -> list[Found]:
    findings = reports.employment_findings(sorted(actor.sides))
    spells = reports.people_of([spell for one in findings for spell in _spells(one)])
    units = {unit.pk: str(unit) for unit in Unit.objects.all()}
    of_spells = [_found(one, actor, spells, units) for one in findings]
    return of_spells + person_findings(sorted(actor.sides), units)


CHECKS = Checks(
    title=gettext_lazy("务工核查"),
    note=gettext_lazy("按现有台账实时核查，不改动任何数据；处理后再打开本页即消除。"),
    labels=LABELS,
    ledger=EmploymentSpell.ledger_key(),
    find=_find,
)


@require_GET
def checks(request: HttpRequest) -> HttpResponseBase:
    """Every finding in rows of the reader's own side."""
    return render_checks(request, CHECKS)


def _spells(finding: Finding) -> tuple[Any, ...]:
    return finding.rows[1:] if finding.code in _OF_MONTHS else finding.rows


def _found(finding: Finding, actor: Actor, spells: dict[Any, dict[str, Any]], units: dict[Any, str]) -> Found:
    main = spells[_spells(finding)[0]]
    model = MonthlyFact if finding.code in _OF_MONTHS else EmploymentSpell
    first: Any = finding.rows[0]
    others = [spells[pk] for pk in finding.rows[1:] if pk in spells]
    return Found(
        code=finding.code,
        sentence=finding.sentence,
        row=Named(model.ledger_key(), first, main["name"]),
        unit_id=str(main["unit"]),
        unit=units[main["unit"]],
        others=tuple(
            Named(
                EmploymentSpell.ledger_key(),
                other["id"],
                f"{_name(other, actor)}·{units[other['unit']]}",
            )
            for other in others
        ),
    )


def _name(spell: dict[str, Any], actor: Actor) -> str:
    return str(spell["name"]) if spell["side"] in actor.sides else mask_name(spell["name"])


@require_POST
def end_spell(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a spell: the day the worker left, or none."""
    actor: Actor = request.actor  # type: ignore[attr-defined]

    def record(version: int) -> None:
        actions.end_spell(pk, ended_on=_day(request, "ended_on"), actor=actor, row_version=version)

    return answer(request, reverse("labour:employmentspell_detail", args=[pk]), record)


@require_POST
def end_category(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a category: the day the person left it, or none."""
    return _end_holding(request, PersonCategory, pk)


@require_POST
def leave_household(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a member: the day the person left the household, or none."""
    return _end_holding(request, HouseholdMember, pk)


def _end_holding(
    request: HttpRequest, model: type[PersonCategory] | type[HouseholdMember], pk: UUID
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]

    def record(version: int) -> None:
        actions.end_holding(model, pk, valid_to=_day(request, "valid_to"), actor=actor, row_version=version)

    return answer(request, reverse(f"labour:{model._meta.model_name}_detail", args=[pk]), record)


def _day(request: HttpRequest, name: str) -> date | None:
    text = request.POST.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RuleViolated(_("日期请写成 2021-09-24。"), code="bad_date") from None
