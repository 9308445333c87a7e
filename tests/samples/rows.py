"""Rows of any ledger, made from its resolved columns; `SAMPLES` and `MAKERS` hold what those cannot tell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from itertools import count
from typing import Any

from django.db import models

from shanhai.domains.scheme.models import Duty, Scheme, SchemeVersion, Section, SourceDocument, Task
from shanhai.engines.values import Period
from shanhai.kernel import actions, clock, context
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, Sharing
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.surfaces.fields import ResolvedColumn, resolve
from shanhai.kernel.within import links
from shanhai.registers.parties.fields import CreditCodeField, IdentityNumberField, PhoneField
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Person, Unit
from shanhai.registers.places.models import Place

#: Every date, so that periods of rows that hang together fit: the first day of the month of the tests.
DAY = date(2021, 9, 1)
BORN = date(1990, 1, 1)
_serial = count(1)

type Values = dict[str, Any]
#: Makes the row that a reference to a ledger points at.
type Refer = Callable[[Ledger[Any]], Any]

PAID_CLAIM = "a claim whose money arrived"
ADMITTED = "an applicant who was admitted"
A_SCHEME = "a scheme with an item"
A_HOSPITAL = "a body that is a hospital"
#: Optional fields that a rule of the ledger asks for all the same; a model stands for a row of it.
SAMPLES: Mapping[str, Mapping[str, Any]] = {
    "labour.joborder": {"open_until": date(2021, 12, 31)},
    "labour.employmentspell": {"employer_name": "样例用工单位"},
    "insurance.medicalvisit": {"hospital": A_HOSPITAL},
    "insurance.reconciliation": {"hospital": A_HOSPITAL, "told_fee": 3, "told_fund": 2, "told_patient": 1},
    "appraisal.agreementtarget": {"code": "FUN-1"},
    "appraisal.appraisalscheme": {"first_year": 2021},
    "funds.carryover": {"carried": 1},
    "appraisal.appraisalentry": {"scheme": A_SCHEME, "item_number": 1, "grade": "好"},
    "appraisal.appraisalitem": {"number": 1, "rule_kind": "grade", "weight": 10, "steps_text": "好:10；差:0"},
    "benefits.claim": {"person": Person, "benefit_period": "2021Q3"},
    "benefits.policy": {"recipients": "worker", "period_kind": "quarter"},
    "labour.followupvisit": {"outcome": "reached", "status": "employed"},
    "benefits.clawback": {"claim": PAID_CLAIM},
    "benefits.payeeaccount": {"person": Person},
    "benefits.publicnotice": {"benefit_period": "2021Q3"},
    "benefits.policypush": {"benefit_period": "2021Q3"},
    "benefits.pushrecipient": {"person": Person, "told_on": DAY, "told_way": "phone"},
    "benefits.policyterm": {"fact": "registered", "operator": "is"},
    "governance.supervisionentry": {"entry_kind": "inspected"},
    "scheme.supersession": {"ended_way": "repealed"},
    "training.workshopmonth": {"wage_bill": 3000},
    "funds.projectnotice": {"notice_to": date(2021, 9, 30)},
    "funds.projectconsent": {"matter": "change", "new_content": "样例内容"},
    "training.trainingclass": {"places_offered": 400},
    "training.aidpayment": {"applicant": ADMITTED},
}

#: What of a row with every field filled agrees with the others.
FULL: Mapping[str, Mapping[str, Any]] = {"scheme.supersession": {"ended_way": "replaced"}}


def values_for(ledger: Ledger[Any], actor: Actor) -> Values:
    """What a form needs: every required field and those the rules ask for, fresh at each call."""
    wanted = [column for column in resolve(ledger).fields if column.is_editable and column.name != "place"]
    given = {
        column.name: _value(ledger, column, actor, lambda target: make_row(target, actor))
        for column in wanted
        if column.is_required
    }
    return given | {name: _sample(value, actor) for name, value in SAMPLES.get(ledger.key, {}).items()}


def _sample(value: Any, actor: Actor) -> Any:
    if value == PAID_CLAIM:
        return make_paid_claim(actor)
    if value == A_SCHEME:
        return make_row(registry.get("appraisal.appraisalitem"), actor).scheme
    if value == ADMITTED:
        return make_admitted(actor)
    if value == A_HOSPITAL:
        return make_hospital(actor)
    return make_row(registry.for_model(value), actor) if isinstance(value, type) else value


def make_hospital(actor: Actor) -> Any:
    """A body of the actor's side whose kind is said."""
    body = make_row(registry.get("parties.body"), actor)
    with context.unscoped("a hospital for the samples"):
        type(body).objects.filter(pk=body.pk).update(kind="hospital")
        return type(body).objects.get(pk=body.pk)


def make_paid_claim(actor: Actor) -> Any:
    """A claim whose money arrived, past the rules."""
    claim = make_row(registry.get("benefits.claim"), actor)
    with context.unscoped("a paid claim for the samples"):
        paid = {"state": "verified", "standing": "paid", "amount": 1000, "approved_by": "system:samples"}
        type(claim).objects.filter(pk=claim.pk).update(**paid, subject_index=str(claim.pk))
        return type(claim).objects.select_related("owner_unit", "person").get(pk=claim.pk)


def make_admitted(actor: Actor) -> Any:
    """An applicant with a place, past the rules."""
    applicant = make_row(registry.get("training.applicant"), actor)
    with context.unscoped("an admitted applicant for the samples"):
        admitted = {"state": "verified", "study_stage": "admitted", "accepted_on": DAY}
        type(applicant).objects.filter(pk=applicant.pk).update(**admitted)
        return type(applicant).objects.select_related("owner_unit", "person").get(pk=applicant.pk)


def make_row(ledger: Ledger[Any], actor: Actor, *steps: str) -> Any:
    """A draft of `actor`, taken through `steps` by the same person, by the rules."""
    with context.acting(actor) as current:
        row = actions.create_row(ledger, values_for(ledger, actor), actor=current.actor)
        for step in steps:
            row = actions.step_row(ledger, row, ledger.life.by_name[step], actor=current.actor)
    return row


@dataclass
class Planted:
    """A row with what no stranger may read of it and of the rows it points at."""

    row: Any = None
    texts: set[str] = dataclass_field(default_factory=set)
    #: Names of persons.
    names: set[str] = dataclass_field(default_factory=set)
    #: Sensitive values in full.
    sealed: set[str] = dataclass_field(default_factory=set)
    #: Keys of the row and of those that were planted for it.
    keys: set[str] = dataclass_field(default_factory=set)


def plant_row(
    ledger: Ledger[Any], actor: Actor, *, state: str = "verified", sharing: str = Sharing.SHARED
) -> Planted:
    """A full row of `actor` in any state, past the rules; rows it points at are alike, texts are unique."""
    planted = Planted()

    def plant(target: Ledger[Any]) -> Any:
        values = {
            column.name: _planted_value(target, column, actor, plant, planted)
            for column in resolve(target).fields
            if column.is_editable and _is_planted(target, column)
        }
        grant = actor.grants[0]
        own = {"side": grant.side, "owner_unit_id": grant.unit_id, "state": state, "sharing": sharing}
        values.pop("owner_unit", None)
        values |= FULL.get(target.key, {})
        row = target.model(**values, **own, submitted_by="system:samples")
        row.save(force_insert=True)
        planted.keys.add(str(row.pk))
        return row

    with context.unscoped("rows for the attackers"):
        planted.row = plant(ledger)
    return planted


def _is_planted(ledger: Ledger[Any], column: ResolvedColumn) -> bool:
    """Everything that can be filled without contradicting the rest, and without end."""
    if column.related is ledger.model:
        return False
    is_optional_date = column.kind is Kind.DATE and not column.is_required
    is_other_reference = column.is_reference and not issubclass(column.target, LedgerModel | Place)
    return not is_optional_date and (column.is_required or not is_other_reference)


def _planted_value(
    ledger: Ledger[Any], column: ResolvedColumn, actor: Actor, refer: Refer, planted: Planted
) -> Any:
    value = _value(ledger, column, actor, refer)
    if column.is_sensitive:
        planted.sealed.add(value)
    elif isinstance(value, str) and value.startswith(MARK):
        (planted.names if column.is_personal else planted.texts).add(value)
    return value


#: What every invented text begins with.
MARK = "样例"


def _value(ledger: Ledger[Any], column: ResolvedColumn, actor: Actor, refer: Refer) -> Any:
    if column.related is not None:
        return _reference(ledger, column, actor, refer)
    match column.model_field:
        case IdentityNumberField():
            area, serial = divmod(next(_serial), 1000)
            return demo_identity(area=area + 1, born_on=BORN, serial=serial)
        case PhoneField():
            return f"138{next(_serial):08}"
        case CreditCodeField():
            return demo_credit_code(next(_serial))
    if column.choices:
        return column.choices[0][0]
    return _plain(ledger, column)


def is_first_limit(model: Any, name: str) -> bool:
    """Whether others take from this number and it takes from none: there is enough for several samples."""
    held = any(
        one._meta.get_field(link.field).related_model is model and link.limit == name for one, link in links()
    )
    return held and name not in {link.amount for link in model.WITHIN}


def _plain(ledger: Ledger[Any], column: ResolvedColumn) -> Any:
    match column.kind:
        case Kind.PERIOD:
            assert ledger.period_kind is not None
            return Period.of(clock.today(), ledger.period_kind).code
        case Kind.DATE:
            return DAY
        case Kind.BOOLEAN:
            return True
        case _ if column.is_number:
            return 1000 if is_first_limit(ledger.model, column.name) else 1
        case _:
            return f"{MARK}{next(_serial):05}"[: column.max_length]


def _reference(ledger: Ledger[Any], column: ResolvedColumn, actor: Actor, refer: Refer) -> Any:
    if column.name == ledger.counterpart:
        return Unit.objects.filter(kind="coordinator").exclude(side=actor.grants[0].side).get()
    if issubclass(column.target, LedgerModel):
        return refer(registry.for_model(column.target))
    return MAKERS[column.target](actor)


def _unit(actor: Actor) -> Any:
    return Unit.objects.get(pk=actor.grants[0].unit_id)


def _place(actor: Actor) -> Place:
    return Place.objects.filter(side=actor.grants[0].side, level="county").get()


def make_task(actor: Actor) -> Task:
    """A task in force that the actor's unit answers for."""
    with context.unscoped("a task for the samples"):
        scheme = Scheme.objects.create(
            side=actor.grants[0].side,
            sharing=Sharing.SHARED,
            title=f"方案{next(_serial)}",
            reports_since=date(2021, 1, 1),
            due_days=10,
        )
        version = SchemeVersion.objects.create(
            scheme=scheme,
            document=SourceDocument.objects.create(text="一、样例", parsed={}),
            ordinal=1,
            state=SchemeVersion.State.IN_FORCE,
            started_at=clock.now(),
        )
        section = Section.objects.create(version=version, text="一、样例", start=0, end=4)
        task = Task.objects.create(scheme=scheme, section=section, title=f"任务{next(_serial)}")
        unit = _unit(actor)
        Duty.objects.create(task=task, unit=unit, name=str(unit), role=Duty.Role.LEAD)
    return task


#: What a required reference to something that is no ledger points at.
MAKERS: Mapping[type[models.Model], Callable[[Actor], Any]] = {Place: _place, Task: make_task, Unit: _unit}


def posted(values: Values) -> dict[str, str]:
    """`values` as a form sends them."""
    return {name: _text(value) for name, value in values.items()}


def _text(value: Any) -> str:
    match value:
        case models.Model():
            return str(value.pk)
        case bool():
            return "1" if value else ""
        case _:
            return str(value)
