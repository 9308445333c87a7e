"""How many of the demanded papers a row has, in lists, filters, groups, files and the API."""

from typing import Any

import pytest

from kernel.surfaces.reading import OUTPUTS, WORKSHOPS, page
from shanhai.kernel import actions
from shanhai.kernel.evidence.attach import remove, upload
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import PLAIN

PDF = b"%PDF-1.4\n%%EOF"
API = "/api/v1/toys/output/"


@pytest.fixture
def outputs(as_actor: Any) -> dict[str, Any]:
    """One with its voucher, one with only another paper, one whose voucher was taken off, one voided."""
    ledger, workshops = registry.get("toys.output"), registry.get("toys.workshop")
    with as_actor("alice") as actor:
        workshop = actions.create_row(workshops, {"code": "W1", "name": "一号车间"}, actor=actor)
        made = {}
        for month, name in enumerate(("whole", "other", "taken", "voided"), 1):
            values = {"workshop": workshop, "period": f"2021-0{month}", "amount": 100}
            made[name] = actions.create_row(ledger, values, actor=actor)
        for name, kind in (("whole", "voucher"), ("whole", ""), ("other", ""), ("taken", "voucher")):
            paper = upload(ledger, made[name], PDF, "凭证.pdf", kind, actor=actor)
        remove(paper, "拍错了", actor=actor)
        actions.step_row(ledger, made["voided"], PLAIN.by_name["void"], actor=actor, reason="重复")
    return made


def shares(response: Any) -> dict[str, str]:
    """Period → cell of the papers."""
    lines = page(response).select("main table.ledger tbody tr")
    found = [{str(c.get("data-label")): c.get_text(strip=True) for c in line.select("td")} for line in lines]
    return {cells["所属期"]: cells["佐证"] for cells in found}


def test_a_list_tells_of_each_row_how_many_demanded_papers_it_has(
    outputs: dict[str, Any], sign_in: Any, queries: Any
) -> None:
    client = sign_in("alice")
    response = client.get(OUTPUTS)
    assert shares(response) == {
        "2021年1月": "1/1", "2021年2月": "0/1", "2021年3月": "0/1", "2021年4月": "—",
    }  # fmt: skip
    with queries() as captured:
        client.get(OUTPUTS)
    assert sum("kernel_evidencelink" in one["sql"] for one in captured) == 1, "whatever the rows"
    assert "佐证" not in [th.get_text(strip=True) for th in page(client.get(WORKSHOPS)).select("thead th")]


@pytest.mark.parametrize(
    ("query", "number"),
    [("evidence=missing", 2), ("evidence=complete", 1), ("evidence=0/1", 2), ("evidence=9/1", 0),
     ("evidence=missing&evidence=complete", 3), ("sort=-evidence", 4)],
)  # fmt: skip
def test_rows_are_found_by_the_papers_they_lack(
    query: str, number: int, outputs: dict[str, Any], sign_in: Any
) -> None:
    assert len(shares(sign_in("alice").get(f"{OUTPUTS}?{query}"))) == number


def test_groups_files_and_the_api_tell_the_same(outputs: dict[str, Any], sign_in: Any) -> None:
    client = sign_in("alice")
    told = client.get(f"{API}groups/?group=evidence&columns=amount").json()["items"]
    assert [(one["text"], one["rows"]) for one in told] == [("0/1", 2), ("1/1", 1), ("（未填）", 1)]
    assert len(client.get(f"{API}?{told[0]['query']}").json()["items"]) == 2
    assert told[2]["query"] is None
    items = client.get(f"{API}?columns=evidence&sort=period").json()["items"]
    assert [one["evidence"] for one in items] == ["1/1", "0/1", "0/1", None]
    whole = outputs["whole"]
    assert client.get(f"{API}{whole.pk}/").json()["evidence"] == "1/1"
    file = client.get(f"{OUTPUTS}export/?format=csv&columns=evidence&sort=period").getvalue()
    cells = [line.split(",")[1] for line in file.decode("utf-8-sig").splitlines()[:3]]
    assert cells == ["佐证", "1/1", "0/1"]
