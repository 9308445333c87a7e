"""Every step of row life, for every state and every role, through the page."""

from itertools import product
from typing import Any

import pytest

from kernel.surfaces.reading import WORKSHOPS, words
from shanhai.kernel import context
from shanhai.kernel.models import EvidenceLink
from shanhai.kernel.registry import registry
from toys.models import Output, Workshop

STATES = ("draft", "submitted", "verified", "returned", "voided")
STEPS = {
    "submit": ({"draft", "returned"}, "submitted", {"alice", "carol"}),
    "withdraw": ({"submitted"}, "draft", {"alice", "carol"}),
    "verify": ({"submitted"}, "verified", {"victor", "carol"}),
    "return": ({"submitted", "verified"}, "returned", {"victor", "carol"}),
    "void": ({"draft", "returned"}, "voided", {"alice", "carol"}),
}
#: Who sees a row of dm_labour in which states.
ALWAYS = {"alice", "victor", "carol", "dave", "lily"}
REPORTED = {"anna", "bob", "wang", "vera"}


def state_of(row: Any) -> str:
    with context.unscoped("look"):
        return str(type(row).objects.get(pk=row.pk).state)


def take(client: Any, row: Any, step: str, **more: Any) -> Any:
    with context.unscoped("look"):
        version = Workshop.objects.get(pk=row.pk).row_version
    return client.post(
        f"{WORKSHOPS}{row.pk}/step/", {"step": step, "row_version": version, "reason": "理由", **more}
    )


def expected(who: str, state: str, step: str) -> int:
    sources, _target, allowed = STEPS[step]
    if who not in ALWAYS and not (who in REPORTED and state in {"submitted", "verified"}):
        return 404
    if who not in allowed:
        return 403
    return 303 if state in sources else 422


#: Who takes which step: one of three at a state, another at the next. Every one of them in `make soak`; what
#: the acts behind the page say to everybody in every state is in `kernel.locking.test_row_life`.
TAKEN = list(product([*sorted(ALWAYS), *sorted(REPORTED), "root", "eve"], STEPS))


@pytest.mark.parametrize("one_in", [3, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("state", STATES)
def test_each_step_does_what_its_state_and_role_allow(
    state: str, one_in: int, make: Any, sign_in: Any
) -> None:
    for number, (who, step) in enumerate(TAKEN[STATES.index(state) % one_in :: one_in]):
        row = make(f"A{number}", state=state)
        response = take(sign_in(who), row, step)
        status = expected(who, state, step)
        assert response.status_code == status, (who, state, step)
        assert state_of(row) == (STEPS[step][1] if status == 303 else state), (who, state, step)


def test_who_submitted_a_row_does_not_verify_it(make: Any, sign_in: Any) -> None:
    row = make("A1", by="carol", state="submitted")
    response = take(sign_in("carol"), row, "verify")
    assert response.status_code == 422
    assert "提交人不能核实自己提交的记录" in words(response)


@pytest.mark.parametrize("step", ["return", "void"])
def test_sending_back_and_voiding_need_a_reason(step: str, make: Any, sign_in: Any) -> None:
    row = make("A1", state="submitted" if step == "return" else "draft")
    response = take(sign_in("carol"), row, step, reason="  ")
    assert response.status_code == 422 and "必须写明原因" in words(response)


def test_a_step_on_a_row_that_changed_meanwhile_is_not_taken(make: Any, sign_in: Any) -> None:
    row = make("A1", state="submitted")
    client = sign_in("victor")
    response = client.post(f"{WORKSHOPS}{row.pk}/step/", {"step": "verify", "row_version": "1"})
    assert response.status_code == 409 and "有了变化" in words(response)
    assert state_of(row) == "submitted"


def test_a_step_sent_twice_is_taken_once(make: Any, sign_in: Any) -> None:
    row = make("A1")
    client = sign_in("alice")
    sent = {"step": "submit", "row_version": "1"}
    assert client.post(f"{WORKSHOPS}{row.pk}/step/", sent).status_code == 303
    assert client.post(f"{WORKSHOPS}{row.pk}/step/", sent).status_code == 409
    assert state_of(row) == "submitted"


def test_an_unknown_step_is_not_found(make: Any, sign_in: Any) -> None:
    assert take(sign_in("alice"), make("A1"), "approve").status_code == 404


def test_a_row_without_the_evidence_its_ledger_demands_is_not_verified(
    make: Any, make_output: Any, sign_in: Any
) -> None:
    output = make_output(make("A1"), "2021-08", "100")
    sign_in("alice").post(f"/toys/output/{output.pk}/step/", {"step": "submit", "row_version": "1"})
    response = sign_in("carol").post(
        f"/toys/output/{output.pk}/step/", {"step": "verify", "row_version": "2"}
    )
    assert response.status_code == 422 and "缺少佐证：凭证" in words(response)
    attach(output)
    response = sign_in("carol").post(
        f"/toys/output/{output.pk}/step/", {"step": "verify", "row_version": "2"}
    )
    assert response.status_code == 303


def attach(row: Output, evidence_class: str = "voucher") -> None:
    from shanhai.kernel import clock
    from shanhai.kernel.models import EvidenceFile

    assert registry.get("toys.output").evidence_classes
    with context.unscoped("evidence"):
        file = EvidenceFile.objects.create(
            side=row.side,
            digest=f"{row.pk.hex:0>64}",
            size=1,
            content_type="text/plain",
            stored_at=clock.now(),
        )
        EvidenceLink.objects.create(
            ledger=row.ledger_key(), row_id=row.pk, file=file, evidence_class=evidence_class, name="凭证.txt",
            attached_at=clock.now(), attached_by="test",
        )  # fmt: skip
