"""A policy as terms, and five people it may concern."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shanhai.domains.benefits.actions import release_policy
from shanhai.domains.benefits.models import IncomeRecord, Policy, PolicyTerm
from shanhai.domains.benefits.texts import digest_of, terms_of, text_of
from shanhai.domains.labour.models import EmploymentSpell, MonthlyFact
from shanhai.kernel import context
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person

TERMS = (
    {
        "number": 1,
        "kind": "condition",
        "fact": "destination",
        "operator": "one_of",
        "choices_text": "东部结对市、其他省",
    },
    {"number": 2, "kind": "condition", "fact": "months", "operator": "at_least", "value": Decimal(3)},
    {"number": 3, "kind": "amount", "value": Decimal(500), "threshold": Decimal(10000)},
    {"number": 4, "kind": "amount", "value": Decimal(1000)},
)


@pytest.fixture
def whose(cast: Any) -> dict[str, Any]:
    return {"side": "west", "owner_unit": cast.mt_labour, "state": "verified"}


@pytest.fixture
def policy(whose: Any) -> Policy:
    """500 yuan, or 1,000 for who had less than 10,000 last year."""
    with context.unscoped("test"):
        made = Policy.objects.create(
            code="T1", name="交通补贴", period_kind="month", amount_by="income", legal_basis="演示", **whose
        )
        for term in TERMS:
            PolicyTerm.objects.create(
                policy=made,
                wording="第一条",
                legal_basis="演示",
                valid_from=date(2021, 1, 1),
                **term,
                **whose,
            )
    return made


@pytest.fixture
def people(whose: Any, cast: Any) -> list[Person]:
    """In order: poor and three months in Zhuhai; better off; income unknown; at home; nothing known."""
    told = (
        ("paired_city", 3, 9999),
        ("elsewhere", 4, 10000),
        ("paired_city", 3, None),
        ("county", 8, 5000),
        None,
    )
    made = []
    with context.unscoped("test"):
        for serial, one in enumerate(told, 1):
            number = demo_identity(area=328, born_on=date(1990, 1, 1), serial=serial)
            person = Person.objects.create(name=f"演示{serial}", identity_number=number, **whose)
            made.append(person)
            if one is not None:
                _at_work(person, whose, *one)
    return made


def _at_work(person: Person, whose: Any, destination: str, months: int, income: int | None) -> None:
    spell = EmploymentSpell.objects.create(
        person=person, employer_name="演示厂", post="质检", destination=destination,
        started_on=date(2021, 1, 1), period="2021Q1", **whose,
    )  # fmt: skip
    for month in range(1, months + 1):
        MonthlyFact.objects.create(
            spell=spell, period=f"2021-{month:02}", is_in_post=True, wage=4000, **whose
        )
    if income is not None:
        IncomeRecord.objects.create(person=person, period="2020", income=income, basis="演示", **whose)


@pytest.fixture
def in_force(policy: Policy, as_actor: Any) -> Policy:
    """The policy with its first release."""
    with as_actor("wang") as actor:
        digest = digest_of(text_of(policy, terms_of(policy)))
        release_policy(policy.pk, digest=digest, note="首次", actor=actor)
    return policy
