"""The book of rules: what documents set is read by all, changed by one person and approved by another."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaks.reading import shown
from shanhai.domains.labour.models import EmploymentSpell, MonthlyFact, SexLimit, Threshold
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.dated import DatedRule, Desk
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.indicators.figures import value
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Person
from shanhai.registers.rulebook import changing
from shanhai.registers.rulebook.book import book, rule_of
from shanhai.registers.rulebook.models import RuleChange
from worlds import TODAY

BOOK = "/rulebook/"
SINCE = date(2021, 1, 1)
STABLE = rule_of("labour.threshold")
DOCUMENT = {"source": "演示〔2021〕9号 第三条", "reason": "按新文件改"}


@pytest.fixture
def months(cast: Any) -> None:
    """Three months make an employment stable, since 2021."""
    with context.unscoped("rules"):
        Threshold.objects.filter(code="stable_months").delete()
        Threshold.objects.create(code="stable_months", value=3, valid_from=SINCE, source="演示")


def ask(cast: Any, months: int, valid_from: date, who: str = "wang", **more: Any) -> RuleChange:
    texts = {"code": "stable_months", "value": str(months)}
    with context.acting(cast.actor(who)) as current:
        asked = {**DOCUMENT, "valid_from": valid_from, "actor": current.actor, **more}
        return changing.ask(STABLE, RuleChange.Kind.SET, texts, **asked)


def decide(cast: Any, change: RuleChange, who: str = "carol", **more: Any) -> RuleChange:
    with context.acting(cast.actor(who)) as current:
        return changing.decide(change, **{"approve": True, "reason": "", "actor": current.actor, **more})


def held() -> list[tuple[int, date, date | None]]:
    rows = Threshold.objects.filter(code="stable_months").order_by("valid_from")
    return [(int(row.value), row.valid_from, row.valid_to) for row in rows]


def test_every_rule_with_days_stands_in_the_book_or_has_a_page_of_its_own() -> None:
    in_book = {rule.model for rule in book()}
    assert all(rule.key is not None and rule.said is not None for rule in book())
    others = {one for one in _kinds(DatedRule) if one not in in_book and not one._meta.abstract}
    assert {one.DESK for one in others} == {Desk.OWN_PAGE}


def _kinds(cls: type[DatedRule]) -> set[type[DatedRule]]:
    below = {one for one in cls.__subclasses__() if not one.__module__.startswith("__fake__")}
    return below.union(*(_kinds(one) for one in below)) if below else below


def test_a_rule_holds_when_another_person_agreed_and_the_one_before_ends_the_day_before(
    cast: Any, months: Any
) -> None:
    change = ask(cast, 4, date(2021, 10, 1))
    assert held() == [(3, SINCE, None)]
    decided = decide(cast, change)
    assert decided.state == RuleChange.State.APPROVED
    assert held() == [(3, SINCE, date(2021, 9, 30)), (4, date(2021, 10, 1), None)]
    entry = HistoryEntry.objects.filter(table_name="labour_threshold", row_id=decided.row).latest("id")
    assert (entry.actor, entry.reason) == (cast.actor("carol").key, DOCUMENT["reason"])


def test_nobody_decides_on_what_they_asked_for_nor_without_the_right(cast: Any, months: Any) -> None:
    change = ask(cast, 4, date(2021, 10, 1))
    for who in ("wang", "bob", "lily", "sean"):
        with pytest.raises(NotAllowed):
            decide(cast, change, who)
    with pytest.raises(NotAllowed):
        ask(cast, 5, date(2021, 11, 1), "bob")
    assert held() == [(3, SINCE, None)]


def test_what_is_decided_or_withdrawn_stays_so(cast: Any, months: Any) -> None:
    change = ask(cast, 4, date(2021, 10, 1))
    with context.acting(cast.actor("carol")) as current, pytest.raises(NotAllowed):
        changing.withdraw(change, actor=current.actor)
    with context.acting(cast.actor("wang")) as current:
        changing.withdraw(change, actor=current.actor)
    with pytest.raises(RuleViolated, match="已经办理"):
        decide(cast, change)
    refused = ask(cast, 4, date(2021, 10, 1))
    with pytest.raises(RuleViolated, match="须写明理由"):
        decide(cast, refused, approve=False)
    assert decide(cast, refused, approve=False, reason="文件没有这一条").state == RuleChange.State.REFUSED
    assert held() == [(3, SINCE, None)]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"source": " "}, "依据"),
        ({"reason": "改"}, "为什么"),
        ({"months": "三"}, "数"),
        ({"valid_to": date(2021, 9, 1)}, "不能早于"),
        ({"valid_to": date(2021, 12, 31)}, "还没有接替的"),
        ({"months": 3, "valid_from": SINCE, "source": "演示"}, "完全相同"),
    ],
)
def test_what_cannot_be_asked_for_is_said(cast: Any, months: Any, asked: Any, said: str) -> None:
    given = {"months": 4, "valid_from": date(2021, 10, 1), **asked}
    with pytest.raises(RuleViolated, match=said):
        ask(cast, **given)
    assert not RuleChange.objects.exists()


def test_one_change_at_a_time_waits_for_the_same_rule(cast: Any, months: Any) -> None:
    ask(cast, 4, date(2021, 10, 1))
    with pytest.raises(RuleViolated, match="等批准"):
        ask(cast, 5, date(2021, 11, 1), "carol")


def test_what_must_hold_is_followed_and_what_may_be_missing_is_ended(cast: Any, months: Any) -> None:
    limit = SexLimit.objects.get(work="mine", allowed_sex="male")
    kind = rule_of("labour.sexlimit")
    with context.acting(cast.actor("wang")) as current:
        with pytest.raises(RuleViolated, match="接替"):
            changing.ask(
                STABLE, "end", {"code": "stable_months"},
                valid_from=date(2021, 10, 1), actor=current.actor, **DOCUMENT,
            )  # fmt: skip
        change = changing.ask(
            kind, "end", kind.texts(limit), valid_from=date(2021, 10, 1), actor=current.actor, **DOCUMENT
        )
    decide(cast, change)
    limit.refresh_from_db()
    assert limit.valid_to == date(2021, 9, 30)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(
        st.tuples(
            st.integers(1, 12),
            st.integers(0, 30),
            st.none() | st.integers(0, 12),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_is_approved_each_day_has_one_rule_and_days_before_a_change_keep_theirs(
    cast: Any, months: Any, changes: list[tuple[int, int, int | None]]
) -> None:
    with context.unscoped("anew"):
        Threshold.objects.filter(code="stable_months").exclude(valid_from=SINCE).delete()
        Threshold.objects.filter(code="stable_months").update(valid_to=None, value=3, source="演示")
    days = [SINCE + timedelta(days=30 * number) for number in range(-2, 45)]
    for number, (months_asked, start, length) in enumerate(changes):
        before = {day: on(day) for day in days}
        day = SINCE + timedelta(days=30 * start)
        until = None if length is None else day + timedelta(days=30 * length + 1)
        try:
            change = ask(cast, months_asked, day, source=f"第{number}号", valid_to=until)
        except RuleViolated as refused:
            assert until is not None and "接替" in str(refused)
            continue
        decide(cast, change)
        after = {day: on(day) for day in days}
        assert after[day] == months_asked
        assert all(after[one] == before[one] for one in days if one < day)
        assert all(after[one] is not None for one in days if before[one] is not None), "a gap"


def on(day: date) -> int | None:
    found = list(Threshold.objects.in_force(day).filter(code="stable_months"))
    assert len(found) <= 1
    return int(found[0].value) if found else None


def test_a_figure_obeys_the_rule_from_the_moment_it_is_approved(cast: Any, months: Any) -> None:
    west = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing, "state": State.VERIFIED}
    with context.unscoped("people"):
        person = Person.objects.create(name="李演示", **west)
        spell = EmploymentSpell.objects.create(
            person=person, employer_name="演示厂", post="质检", destination="county",
            started_on=date(2021, 3, 2), period="2021Q1", **west,
        )  # fmt: skip
        for month in ("2021-03", "2021-04"):
            MonthlyFact.objects.create(spell=spell, period=month, **west)
    quarter = Period.parse("2021Q2")
    with context.unscoped("test"):
        assert value("LAB-1A", IndicatorScope(Side.WEST), quarter).value == 0
    decide(cast, ask(cast, 2, SINCE))
    with context.unscoped("test"):
        assert value("LAB-1A", IndicatorScope(Side.WEST), quarter).value == 1


def test_the_page_shows_rules_in_force_and_what_is_not_set_yet(months: Any, client_of: Any) -> None:
    with context.unscoped("rules"):
        Threshold.objects.filter(code="high_wage").delete()
    page = client_of("bob").get(BOOK).content.decode()
    assert "稳定就业至少月数" in page
    assert "还没有定：" in page
    assert "月工资核对线（元）" in page
    assert "/rulebook/labour.threshold/new/" not in page
    assert "/rulebook/labour.threshold/new/" in client_of("wang").get(BOOK).content.decode()


def test_rules_of_the_installation_are_the_security_administrators(client_of: Any, months: Any) -> None:
    form = "/rulebook/kernel.historyretention/new/"
    assert client_of("wang").get(form).status_code == 403
    assert client_of("sean").get(form).status_code == 200
    assert client_of("sean").get("/rulebook/labour.threshold/new/").status_code == 403


def test_a_change_goes_through_the_pages_and_is_in_force_for_everybody(months: Any, client_of: Any) -> None:
    row = Threshold.objects.get(code="stable_months")
    asking, deciding = client_of("wang"), client_of("carol")
    url = f"/rulebook/labour.threshold/new/?row={row.pk}"
    form = asking.get(url).content.decode()
    assert f'value="{(TODAY + timedelta(days=1)).isoformat()}"' in form
    sent = {"code": "stable_months", "value": "4", "valid_from": "2021-12-01", **DOCUMENT}
    wrong = asking.post(url, {**sent, "value": "很多"})
    assert (wrong.status_code, RuleChange.objects.count()) == (422, 0)
    page = asking.post(url, sent)
    change = RuleChange.objects.get()
    assert page["Location"] == f"/rulebook/changes/{change.pk}/"
    assert "撤回" in asking.get(page["Location"]).content.decode()
    assert "待我批准" in deciding.get(BOOK).content.decode()
    shown = deciding.get(page["Location"]).content.decode()
    assert "前后对照" in shown
    deciding.post(f"{page['Location']}decide/", {"what": "approve"})
    again = deciding.post(f"{page['Location']}decide/", {"what": "approve"})
    assert (again.status_code, held()) == (
        422,
        [(3, SINCE, date(2021, 11, 30)), (4, date(2021, 12, 1), None)],
    )
    new = Threshold.objects.get(code="stable_months", value=4)
    assert (
        DOCUMENT["source"] in client_of("bob").get(f"/rulebook/labour.threshold/{new.pk}/").content.decode()
    )
    assert DOCUMENT["reason"] in (
        client_of("bob").get(f"/rulebook/labour.threshold/{new.pk}/?history=all").content.decode()
    )


def test_a_change_goes_through_the_api(months: Any, client_of: Any) -> None:
    body = {
        "rule": "labour.threshold",
        "values": {"code": "stable_months", "value": "4"},
        "valid_from": "2021-12-01",
        **DOCUMENT,
    }
    api = "/api/v1/rulebook/"
    made = client_of("wang").post(f"{api}changes/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    decision = {"what": "approve"}
    url = f"{api}changes/{made.json()['id']}/decide/"
    assert client_of("wang").post(url, decision, content_type="application/json").status_code == 403
    assert (
        client_of("carol").post(url, decision, content_type="application/json").json()["state"] == "approved"
    )
    kinds = {one["rule"]: one for one in client_of("bob").get(api).json()}
    rows = [one for one in kinds["labour.threshold"]["rows"] if one["values"]["code"] == "stable_months"]
    assert [(one["values"]["value"], one["valid_to"]) for one in rows] == [
        ("3.00", "2021-11-30"),
        ("4.00", None),
    ]


def test_the_book_is_taken_along_as_excel_and_word(months: Any, client_of: Any) -> None:
    browser = client_of("lily")
    with context.unscoped("test"):
        Threshold.objects.filter(code="stable_months").update(valid_to=SINCE + timedelta(days=9))
    told = {
        (form, past): shown(browser.get(f"/rulebook/?form={form}{past}"))
        for form in ("xlsx", "docx")
        for past in ("", "&past=1")
    }
    for (form, past), text in told.items():
        assert "月工资核对线" in text, form
        assert ("稳定就业至少月数" in text) is bool(past), (form, past)
    assert browser.get("/rulebook/?form=pdf").status_code == 404
