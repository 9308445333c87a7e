"""One scan for several rows: stored once, offered only where one works, never opened wider than it was."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from kernel.surfaces.reading import WORKSHOPS, page, words
from shanhai.kernel import actions, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence.reuse import attach_again
from shanhai.kernel.models import EvidenceFile, EvidenceLink, EvidenceReading
from shanhai.kernel.registry import registry

Make = Callable[..., Any]


def address(row: Any) -> str:
    return f"{WORKSHOPS}{row.pk}/evidence/stored/"


def test_a_scan_serves_further_rows_and_is_stored_once(workshop: Make, paper: Make, sign_in: Any) -> None:
    source = workshop()
    scans = [paper(source, data=f"%PDF-{n}".encode(), name=f"合同{n}.pdf") for n in range(3)]
    row, client = workshop(code="W2"), sign_in("alice")
    assert page(client.get(f"{WORKSHOPS}{row.pk}/")).select(f"a[href='{address(row)}']")
    assert "合同0.pdf" in words(client.get(address(row)))
    assert "合同0.pdf" not in words(client.get(f"{address(row)}?q=合同1"))
    chosen = {"paper": [str(scans[0].pk), str(scans[2].pk)], "category": "certificate"}
    answer = client.post(address(row), chosen, follow=True)
    assert "已添加 2 份" in words(answer) and "合同2.pdf" in words(answer)
    assert "合同0.pdf" not in words(client.get(address(row)))
    assert client.post(address(row), chosen).status_code == 422
    assert client.post(address(row), {}).status_code == 422
    with context.unscoped("look"):
        assert EvidenceFile.objects.count() == 3
        assert EvidenceLink.objects.filter(row_id=row.pk, evidence_class="certificate").count() == 2
        assert EvidenceReading.objects.filter(read_by=f"{answer.wsgi_request.actor.key}").exists()


@pytest.mark.parametrize(("who", "state"), [("bob", "draft"), ("bob", "submitted"), ("anna", "submitted")])
def test_papers_of_others_are_neither_offered_nor_taken(
    workshop: Make, paper: Make, sign_in: Any, who: str, state: str
) -> None:
    scan = paper(workshop(state=state), name="别人的.pdf")
    row, client = workshop(by=who, code="W2"), sign_in(who)
    assert "没有可选的文件" in words(client.get(address(row)))
    for guess in (scan.pk, UUID(int=7), "x"):
        assert client.post(address(row), {"paper": str(guess), "category": "photo"}).status_code == 404


def test_a_paper_about_persons_is_not_opened_by_another_ledger(
    workshop: Make, paper: Make, as_actor: Any, sign_in: Any
) -> None:
    scan = paper(home := workshop())
    ledger = registry.get("toys.output")
    with as_actor("alice") as actor:
        row = actions.create_row(ledger, {"workshop": home, "period": "2021-06", "amount": 1}, actor=actor)
        with pytest.raises(RuleViolated, match="个人信息"):
            attach_again(ledger, row, scan.pk, "voucher", actor=actor)
    assert "没有可选的文件" in words(sign_in("alice").get(f"/toys/output/{row.pk}/evidence/stored/"))


def test_queries_do_not_grow_with_the_papers(workshop: Make, paper: Make, sign_in: Any, queries: Any) -> None:
    source, row, client = workshop(), workshop(code="W2"), sign_in("alice")
    counted = []
    client.get(address(row))
    for first in (0, 1):
        for number in range(first, first + 1 + first * 6):
            paper(source, data=f"%PDF-{number}".encode(), name=f"{number}.pdf")
        with queries() as captured:
            client.get(address(row))
        counted.append(len(captured))
    assert counted[0] == counted[1]
