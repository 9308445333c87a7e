"""Policies typed as terms, tried on real people, released, restored; and why one is entitled."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from shanhai.domains.benefits import reports, rules, wording
from shanhai.domains.benefits.actions import release_policy, restore_release
from shanhai.domains.benefits.facts import asked_of
from shanhai.domains.benefits.models import Policy, PolicyRelease, PolicyTerm
from shanhai.domains.benefits.texts import digest_of, terms_of, text_of
from shanhai.domains.labour.models import EmploymentSpell, PersonCategory
from shanhai.engines.eligibility import State
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.registers.parties.identity import demo_credit_code
from shanhai.registers.parties.models import Body, Person

AUGUST = Period.parse("2021-08")


def drafted(policy: Policy) -> dict[str, Any]:
    return text_of(policy, terms_of(policy))


def released(policy: Policy, actor: Any, note: str = "首次") -> PolicyRelease:
    return release_policy(policy.pk, digest=digest_of(drafted(policy)), note=note, actor=actor)


def test_a_trial_says_who_gains_and_sums_to_the_cent(policy: Policy, people: Any, as_actor: Any) -> None:
    with as_actor("wang"):
        found = reports.preview(drafted(policy), None, AUGUST, "west")
    assert (found.after.entitled, found.after.not_yet, found.after.not_entitled) == (2, 2, 1)
    assert found.after.total == 150_000
    assert [(one.name, one.after) for one in found.gains] == [("演示1", 100_000), ("演示2", 50_000)]


def test_a_changed_text_is_tried_against_the_one_in_force(policy: Policy, people: Any, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        before = released(policy, wang)
        changed = json.loads(json.dumps(drafted(policy)))
        changed["terms"][1]["value"] = "4"
        found = reports.preview(changed, before.text, AUGUST, "west")
    assert [(one.name, one.before, one.after) for one in found.loses] == [("演示1", 100_000, 0)]
    assert (found.before.total, found.after.total, found.gains) == (150_000, 50_000, [])


@pytest.mark.parametrize(
    ("place", "state", "sentence"),
    [
        (0, State.ENTITLED, "标准 1,000.00 元，按上年人均纯收入 9,999.00 元 定档，合计 1,000.00 元。"),
        (2, State.NOT_YET, "登记“上年人均纯收入”"),
        (3, State.NOT, "“就业地”由 县内 变为 东部结对市"),
        (4, State.NOT_YET, "登记“就业地”"),
    ],
)
def test_why_and_what_is_lacking(
    policy: Policy, people: Any, as_actor: Any, place: int, state: State, sentence: str
) -> None:
    with as_actor("wang") as wang:
        release = released(policy, wang)
        [found] = reports.answers_for([release], "worker", people[place].pk, "west", "2021-08")
        assert found.trace is not None
        said = wording.amount_sentence(found.trace) or wording.nearest(found.trace)
    assert found.trace.state is state
    assert sentence in said


def test_a_released_text_is_changed_by_nobody(policy: Policy, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        release = released(policy, wang)
        with pytest.raises(DatabaseError), transaction.atomic():
            PolicyRelease.objects.filter(pk=release.pk).update(release_note="改")


def test_going_back_is_a_new_release_of_the_old_text(policy: Policy, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        first = released(policy, wang)
        PolicyTerm.objects.filter(policy=policy, number=4).update(value=900)
        second = released(policy, wang, "降低标准")
        third = restore_release(policy.pk, number=1, note="恢复原标准", actor=wang)
        assert (second.number, third.number, third.restores) == (2, 3, 1)
        assert third.text == first.text != second.text
        with pytest.raises(RuleViolated, match="与现行的第 3 版相同"):
            restore_release(policy.pk, number=1, note="再来", actor=wang)
        with pytest.raises(NotVisible):
            restore_release(policy.pk, number=9, note="没有", actor=wang)


def test_what_was_not_tried_or_not_verified_is_not_released(policy: Policy, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        seen = digest_of(drafted(policy))
        PolicyTerm.objects.filter(policy=policy, number=4).update(value=900)
        with pytest.raises(Conflict, match="重新试算"):
            release_policy(policy.pk, digest=seen, note="首次", actor=wang)
        PolicyTerm.objects.filter(policy=policy, number=4).update(state="submitted")
        with pytest.raises(RuleViolated, match="还有 1 项没有核实"):
            released(policy, wang)


def test_who_files_does_not_release_and_the_other_side_sees_no_trial(
    policy: Policy, people: Any, as_actor: Any, sign_in: Any
) -> None:
    with as_actor("bob") as bob, pytest.raises(NotAllowed):
        released(policy, bob)
    assert sign_in("carol").get(f"/benefits/policy/{policy.pk}/preview/").status_code == 404


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [((2, 3), "没有条件条款"), ((0, 2), "没有起点的金额"), ((0, 1, 2, 3, 3), "两行在同一天有效")],
)
def test_a_text_that_cannot_be_computed_says_why(
    policy: Policy, as_actor: Any, kept: Any, sentence: str
) -> None:
    with as_actor("wang"):
        text = drafted(policy)
    said = list(rules.problems_of({**text, "terms": [text["terms"][place] for place in kept]}))
    assert any(sentence in one for one in said)


def test_the_page_tries_releases_and_opens_to_each_person(policy: Policy, people: Any, sign_in: Any) -> None:
    browser = sign_in("wang")
    url = f"/benefits/policy/{policy.pk}"
    page = browser.get(f"{url}/preview/?period=2021-08").content.decode()
    assert "1,500.00" in page
    digest = page.split('name="digest" value="')[1].split('"')[0]
    browser.post(f"{url}/release/", {"digest": digest, "note": "首次"})
    page = browser.get(f"{url}/preview/?period=2021-08").content.decode()
    assert "V1" in page
    answer = browser.get(f"{url}/answer/{people[3].pk}/?period=2021-08").content.decode()
    assert "不享受" in answer
    assert (
        "没有有效的条款数值" in browser.get(f"{url}/answer/{people[3].pk}/?period=2020-08").content.decode()
    )
    assert browser.get(f"{url}/preview/?period=去年").status_code == 422
    told = browser.get(f"/api/v1/benefits/policy/{policy.pk}/answer/{people[0].pk}/?period=2021-08").json()
    assert (told["state"], told["amount"], len(told["clauses"])) == ("entitled", "1000.00", 2)
    assert "可享政策" in browser.get(f"/parties/person/{people[0].pk}/").content.decode()


def test_the_category_of_the_last_day_of_the_period_counts_whoever_recorded_it(
    cast: Any, whose: Any, people: Any, as_actor: Any
) -> None:
    """In the lists until the middle of the year and then no more; of others the register tells."""
    town = {**whose, "owner_unit": cast.mt_yongxing, "sharing": "private"}
    with context.unscoped("test"):
        Person.objects.filter(pk=people[1].pk).update(category="monitored")
        PersonCategory.objects.create(
            person=people[0], category="out_of_poverty", basis="演示",
            valid_from=date(2020, 1, 1), valid_to=date(2021, 6, 30), **town,
        )  # fmt: skip
        Person.objects.filter(pk=people[0].pk).update(category="monitored")
        EmploymentSpell.objects.filter(person__in=people[:2]).update(employer=_firm(whose))
    choices = rules.READINGS["category"].fact.choices
    told = {}
    with as_actor("bob"):
        assert not PersonCategory.objects.exists()
        for month in ("2021-06", "2021-07"):
            period = Period.parse(month)
            asked = asked_of("worker", period, ["west"])
            column = asked.population.columns["category", ""]
            told[month] = [choices[column.values[asked.keys.index(one.pk)]] for one in people[:2]]
            only = asked_of("worker", period, ["west"], people[0].pk).population.columns["category", ""]
            assert choices[only.values[0]] == told[month][0]
            firms = asked_of("employer", period, ["west"]).population.columns["ex_poor_workers", ""]
            told[month].append(int(firms.values[0]))
    assert told == {
        "2021-06": ["out_of_poverty", "monitored", 2],
        "2021-07": ["ordinary", "monitored", 1],
    }


def _firm(whose: Any) -> Body:
    firm: Body = Body.objects.create(
        name="演示厂", credit_code=demo_credit_code(77), kind="enterprise", **whose
    )
    return firm
