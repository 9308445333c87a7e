"""Complaints and suggestions run to their end; who complained is on no list, in no file and no slip."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from shanhai.domains.governance.models import OutsideMatter, PublicComplaint
from shanhai.domains.governance.outside_actions import handle
from shanhai.domains.governance.outside_pages import CHECKS
from shanhai.kernel import context
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.registry import registry

NAME, PHONE = "欧阳示例", "13812345678"


@pytest.fixture
def complaint(cast: Any) -> PublicComplaint:
    with context.unscoped("example"):
        row: PublicComplaint = PublicComplaint.objects.create(
            side="east", owner_unit=cast.dm_labour, sharing="private", state="submitted", number="投1号",
            complaint_kind="complaint", received_way="phone", subject="工资迟发", content="七月工资迟发",
            received_on=date(2021, 8, 2), complainant=NAME, complainant_phone=PHONE,
        )  # fmt: skip
    return row


@pytest.fixture
def suggestion(cast: Any) -> OutsideMatter:
    with context.unscoped("example"):
        row: OutsideMatter = OutsideMatter.objects.create(
            side="east", owner_unit=cast.dm_labour, sharing="private", state="submitted", number="建1号",
            matter_kind="deputy", proposer="代表团", subject="加快投产", content="加快",
            received_on=date(2021, 9, 1),
        )  # fmt: skip
    return row


def do(row: Any, actor: Any, what: str, text: str = "已办", satisfaction: str = "") -> Any:
    ledger = registry.get(row.ledger_key())
    seen = type(row).objects.filter(pk=row.pk).first()
    version = seen.row_version if seen else 0
    return handle(
        ledger, row.pk, what, text=text, satisfaction=satisfaction, actor=actor, row_version=version
    )


def test_the_unit_answers_and_the_office_closes_or_opens_again(complaint: Any, as_actor: Any) -> None:
    with as_actor("alice") as alice:
        with pytest.raises(RuleViolated, match="写明"):
            do(complaint, alice, "answer", " ")
        do(complaint, alice, "answer")
        with pytest.raises(NotAllowed):
            do(complaint, alice, "close")
    with as_actor("carol") as carol:
        again = do(complaint, carol, "reopen", "来电称没有补发")
        assert (again.handling_stage, again.times_reopened) == ("reopened", 1)
        with pytest.raises(RuleViolated, match="不能这样办理"):
            do(complaint, carol, "close")
    with as_actor("alice") as alice:
        do(complaint, alice, "answer")
    with as_actor("carol") as carol:
        assert do(complaint, carol, "close").handling_stage == "closed"
        assert CHECKS.found(carol) == []
    with as_actor("bob") as bob, pytest.raises(NotVisible):
        do(complaint, bob, "answer")


def test_a_suggestion_is_closed_with_what_its_authors_say(suggestion: Any, as_actor: Any) -> None:
    with as_actor("alice") as alice:
        do(suggestion, alice, "answer")
    with as_actor("carol") as carol:
        for satisfaction in ("", "unsatisfied"):
            with pytest.raises(RuleViolated):
                do(suggestion, carol, "close", satisfaction=satisfaction)
        assert do(suggestion, carol, "close", satisfaction="mostly").satisfaction == "mostly"


def test_a_late_one_is_found_goes_to_a_slip_in_one_step_and_names_nobody(
    cast: Any, complaint: Any, suggestion: Any, as_actor: Any, sign_in: Any
) -> None:
    with as_actor("carol") as carol:
        (found,) = CHECKS.found(carol)
        assert (found.code, found.unit_id) == ("answer_overdue", str(cast.dm_labour.pk))
    browser = sign_in("carol")
    row = f"/governance/publiccomplaint/{complaint.pk}/"
    pages = [
        browser.get(address).content.decode()
        for address in (
            "/governance/outside/", "/governance/outside/checks/", "/governance/publiccomplaint/", row,
            "/api/v1/governance/outside/", "/api/v1/governance/publiccomplaint/", "/?q=投1号",
        )
    ]  # fmt: skip
    assert "投1号" in pages[0] and "逾期未答复" in pages[0] and "slips/raise/" in pages[1] + pages[3]
    for form in ("/governance/outside/?format=xlsx", "/governance/publiccomplaint/export/?format=xlsx"):
        answer = browser.get(form)
        if answer.status_code == 200:
            content = b"".join(answer) if answer.streaming else answer.content
            cells = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
            pages.append(repr(list(cells)))
    assert browser.get("/governance/outside/?format=docx").status_code == 200
    assert all(NAME not in page and PHONE not in page for page in pages)
    assert "handle/" in pages[3]
    sent = browser.post(f"{row}handle/", {"act": "close", "text": "x", "row_version": "1"})
    assert sent.status_code == 302
    with context.unscoped("look"):
        assert PublicComplaint.objects.get(pk=complaint.pk).handling_stage == "received"


def test_what_is_stored_of_the_complainant_is_sealed(complaint: Any) -> None:
    with context.unscoped("look"):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT complainant, complainant_phone FROM governance_publiccomplaint")
            (stored,) = cursor.fetchall()
    assert NAME not in str(stored) and PHONE not in str(stored)
