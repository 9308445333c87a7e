"""A locked row changes by amendment only: proposed for a reason, verified by somebody else."""

from decimal import Decimal
from typing import Any

import pytest

from kernel.surfaces.reading import page, words
from shanhai.kernel import actions, context
from shanhai.kernel.amendments.deciding import accept, refuse
from shanhai.kernel.amendments.proposing import propose_values, propose_voiding, withdraw
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.models import Amendment, HistoryEntry
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import RETURN
from toys.models import Output, Workshop

OUTPUTS = "/toys/output/"


@pytest.fixture
def ledger() -> Any:
    return registry.get("toys.output")


@pytest.fixture
def propose(cast: Any, ledger: Any) -> Any:
    """`propose(row, amount=5)`: alice's proposal; `propose(row)` asks for voiding."""

    def made(
        row: Any, by: str = "alice", reason: str = "抄错了", version: int = 0, **values: Any
    ) -> Amendment:
        with context.acting(cast.actor(by)) as current:
            told = {"reason": reason, "actor": current.actor, "row_version": version or row.row_version}
            if not values:
                return propose_voiding(ledger, row, **told)
            return propose_values(ledger, row, values, **told)

    return made


def now(row: Any) -> Any:
    with context.unscoped("look"):
        return type(row).objects.get(pk=row.pk)


def test_the_row_changes_when_somebody_else_verifies_and_not_before(
    output: Any, propose: Any, cast: Any, ledger: Any
) -> None:
    row = output("2021-08", "verified")
    amendment = propose(row, amount=Decimal("12.50"))
    assert (amendment.before, amendment.after) == ({"amount": "10.00"}, {"amount": "12.50"})
    assert now(row).amount == Decimal("10.00") and now(row).row_version == row.row_version
    with context.acting(cast.actor("victor")) as current:
        accept(amendment, ledger, row, actor=current.actor)
    changed = now(row)
    assert (changed.amount, changed.state, changed.row_version) == (
        Decimal("12.50"),
        "verified",
        row.row_version + 1,
    )
    assert changed.verified_at == row.verified_at
    (entry,) = HistoryEntry.objects.filter(row_id=row.pk, reason="更正：抄错了")
    assert entry.actor == cast.actor("victor").key and entry.before["amount"] == 10
    stored = Amendment.objects.get()
    assert (stored.state, stored.handled_by) == ("accepted", cast.actor("victor").key)


def test_voiding_is_an_amendment_too(output: Any, propose: Any, cast: Any, ledger: Any) -> None:
    row = output("2021-08", "verified")
    amendment = propose(row)
    assert amendment.is_voiding and now(row).state == "verified"
    with context.acting(cast.actor("carol")) as current:
        accept(amendment, ledger, row, actor=current.actor)
    assert now(row).state == "voided"


def test_who_proposes_does_not_verify_and_rights_are_asked(
    output: Any, propose: Any, cast: Any, ledger: Any
) -> None:
    row = output("2021-08", "verified")
    for who in ("victor", "dave", "bob"):
        with pytest.raises(NotAllowed):
            propose(row, by=who, amount=1)
    amendment = propose(row, by="carol", amount=1)
    with context.acting(cast.actor("carol")) as current, pytest.raises(RuleViolated, match="提出人不能"):
        accept(amendment, ledger, row, actor=current.actor)
    for who in ("alice", "dave", "vera"):
        with context.acting(cast.actor(who)) as current, pytest.raises(NotAllowed):
            accept(amendment, ledger, row, actor=current.actor)
    with context.acting(cast.actor("victor")) as current:
        with pytest.raises(RuleViolated, match="原因"):
            refuse(amendment, ledger, row, reason=" ", actor=current.actor)
        refuse(amendment, ledger, row, reason="原数没错", actor=current.actor)
        with pytest.raises(RuleViolated, match="已经办理"):
            accept(amendment, ledger, row, actor=current.actor)
    assert now(row).amount == 10


@pytest.mark.parametrize(("state", "is_locked", "is_open"), [
    ("draft", False, False), ("draft", True, False), ("submitted", False, False), ("submitted", True, True),
    ("verified", False, True), ("verified", True, True), ("returned", True, False), ("voided", True, False),
])  # fmt: skip
def test_only_rows_that_count_and_are_not_edited_as_usual_are_amended(
    duties: Any, output: Any, propose: Any, state: str, is_locked: bool, is_open: bool
) -> None:
    if is_locked:
        duties.rule(duties.cast.dm_labour, lock_days=0)
    row = output("2021-08", state)
    if is_open:
        assert propose(row, amount=3).is_open
    else:
        with pytest.raises(RuleViolated) as refused:
            propose(row, amount=3)
        assert refused.value.refusal == "not_amendable"


def test_what_is_wrong_with_a_proposal_is_said(output: Any, propose: Any, cast: Any) -> None:
    row = output("2021-08", "verified")
    other = output("2021-07", "verified")
    for given, code in (
        ({"amount": 10}, "nothing_amended"),
        ({"amount": 3, "reason": " "}, "reason_missing"),
        ({"owner_unit": cast.dm_finance}, "owner_not_amended"),
        ({"pieces": -1}, "rule_violated"),
        ({"period": "2021Q3"}, "rule_violated"),
    ):
        with pytest.raises(RuleViolated) as refused:
            propose(row, **given)
        assert refused.value.refusal == code, given
    with pytest.raises(RuleViolated):
        propose(row, workshop=other.workshop, period="2021-07")
    with pytest.raises(Conflict):
        propose(row, amount=3, version=1)
    propose(row, amount=3)
    with pytest.raises(RuleViolated, match="已有一条更正"):
        propose(row, amount=4)


def test_a_proposal_overtaken_by_events_is_not_accepted(
    output: Any, propose: Any, cast: Any, ledger: Any
) -> None:
    row = output("2021-08", "verified")
    amendment = propose(row, amount=3)
    with context.unscoped("another amendment meanwhile"):
        Output.objects.filter(pk=row.pk).update(amount=4)
    with context.acting(cast.actor("victor")) as current, pytest.raises(Conflict, match="又变了"):
        accept(amendment, ledger, row, actor=current.actor)
    with context.acting(cast.actor("victor")) as current:
        actions.step_row(ledger, row, RETURN, actor=current.actor, reason="请核对")
        with pytest.raises(RuleViolated, match="可以直接修改"):
            accept(amendment, ledger, row, actor=current.actor)
    with context.acting(cast.actor("alice")) as current:
        withdraw(amendment, ledger, row, actor=current.actor)
        with pytest.raises(RuleViolated, match="已经办理"):
            withdraw(amendment, ledger, row, actor=current.actor)
    assert Amendment.objects.get().state == "withdrawn" and now(row).amount == 4


def test_a_sealed_value_is_amended_and_never_told(cast: Any) -> None:
    workshops = registry.get("toys.workshop")
    with context.acting(cast.actor("alice")) as current:
        values = {"code": "W1", "name": "车间", "keeper_phone": "13800130001"}
        row = actions.create_row(workshops, values, actor=current.actor)
    with context.unscoped("verified"):
        Workshop.objects.filter(pk=row.pk).update(state="verified")
    with context.acting(cast.actor("alice")) as current:
        row = Workshop.objects.get(pk=row.pk)
        told = {"reason": "换号", "actor": current.actor, "row_version": 1}
        amendment = propose_values(workshops, row, {"keeper_phone": "13800130002"}, **told)
    assert "keeper_phone" in amendment.after and "13800130002" not in str(amendment.after)
    with context.acting(cast.actor("victor")) as current:
        accept(amendment, workshops, row, actor=current.actor)
    with context.unscoped("look"):
        assert str(Workshop.objects.get(pk=row.pk).keeper_phone).endswith("0002")


def test_the_pages_propose_decide_and_show(output: Any, sign_in: Any, client_of: Any) -> None:
    row = output("2021-08", "verified")
    alice, victor = sign_in("alice"), client_of("victor")
    assert "提出更正" in words(alice.get(f"{OUTPUTS}{row.pk}/"))
    assert "提出更正" not in words(victor.get(f"{OUTPUTS}{row.pk}/"))
    address = f"{OUTPUTS}{row.pk}/amend/"
    given = {
        "workshop": str(row.workshop_id),
        "period": "2021-08",
        "amount": "12",
        "pieces": "0",
        "row_version": str(row.row_version),
        "reason": "抄错了",
    }
    assert "更正原因" in words(alice.get(address))
    assert "更正必须写明原因" in words(alice.post(address, {**given, "reason": ""}))
    assert alice.post(address, {**given, "amount": "很多"}).status_code == 422
    sent = alice.post(address, given)
    assert sent.status_code == 303
    shown = words(alice.get(sent["Location"]))
    assert "10.00 → 12.00" in shown and "您提出的，须由他人核实" in shown and "核实，使更正生效" not in shown
    decide = f"{sent['Location']}decide/"
    assert alice.post(decide, {"what": "accept"}).status_code == 403
    assert client_of("bob").get(sent["Location"]).status_code == 404
    assert client_of("anna").get("/amendments/", {"view": "all"}).status_code == 200
    assert "抄错了" not in words(client_of("wang").get("/amendments/", {"view": "all"}))
    assert "抄错了" in words(victor.get("/amendments/")) and "待核实的更正" in words(victor.get("/"))
    assert "抄错了" not in words(alice.get("/amendments/"))
    assert victor.post(decide, {"what": "refuse", "reason": ""}).status_code == 422
    assert victor.post(decide, {"what": "erase"}).status_code == 404
    assert victor.post(decide, {"what": "accept"}).status_code == 303
    rail = page(alice.get(f"{OUTPUTS}{row.pk}/")).get_text()
    assert "抄错了" in rail and "已生效" in rail
    assert now(row).amount == 12


def test_the_api_amends_by_the_same_rules(output: Any, client_of: Any) -> None:
    row = output("2021-08", "verified")
    address = f"/api/v1/toys/output/{row.pk}/amendments/"

    def send(client: Any, url: str, **body: Any) -> Any:
        return client.post(url, body, content_type="application/json")

    alice, victor = client_of("alice"), client_of("victor")
    asked = {"row_version": row.row_version, "reason": "抄错了", "amount": "12"}
    assert send(alice, address, **{**asked, "reason": ""}).json()["code"] == "reason_missing"
    assert send(victor, address, **asked).status_code == 403
    made = send(alice, address, **asked)
    assert made.status_code == 201
    assert made.json()["changes"] == [{"label": "产值（元）", "before": "10.00", "after": "12.00"}]
    one = f"{address}{made.json()['id']}/"
    assert send(alice, f"{one}accept/").status_code == 403
    assert send(victor, f"{one}accept/").json()["state"] == "accepted"
    assert [found["state"] for found in victor.get(address).json()] == ["accepted"]
    assert client_of("bob").get(address).json() == []
    assert send(client_of("bob"), f"{one}accept/").status_code == 404
