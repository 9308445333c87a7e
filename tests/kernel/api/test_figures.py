"""From a figure down to rows, papers and what changed since, by the rules of the indicator's pages."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel.indicators.conftest import Toys
from shanhai.kernel import context
from shanhai.kernel.scope import Sharing
from shanhai.kernel.workflow import State

FIGURES = "/api/v1/indicators/"
TOLD = {"period": "2021Q3", "side": "west"}


@pytest.fixture
def outputs(cast: Any) -> list[Any]:
    """Three outputs of Meitan that count, one that is not verified yet."""
    toys = Toys(cast)
    shop = toys.workshop("W1")
    return [
        toys.output(shop, "2021-07", 5),
        toys.output(shop, "2021-08", 7, sharing=Sharing.PRIVATE),
        toys.output(shop, "2021-09", 9),
        toys.output(toys.workshop("W2"), "2021-08", 11, state=State.SUBMITTED),
    ]


def test_a_figure_is_told_with_definition_splits_and_reasons(outputs: Any, client_of: Any) -> None:
    bob = client_of("bob")
    listed = {one["code"]: one for one in bob.get(FIGURES, TOLD).json()["items"]}
    whole = bob.get(f"{FIGURES}TOY-1/", TOLD).json()
    assert listed["TOY-1"].items() <= whole.items()
    assert (whole["value"], whole["counted"], whole["excluded"]["unverified"]) == ("21", 3, 1)
    assert {one["head"] for one in whole["definition"]} >= {"台账", "算法", "时间", "状态"}
    assert all(sum(int(one["value"]) for one in members) == 21 for members in whole["splits"].values())
    (place,) = [one for one in whole["splits"]["place"] if one["value"] == "21"]
    narrowed = bob.get(f"{FIGURES}TOY-1/", {**TOLD, "by.place": place["member"]}).json()
    assert narrowed["value"] == "21"


def test_every_row_behind_a_figure_is_reached_and_adds_up(outputs: Any, client_of: Any) -> None:
    page = client_of("bob").get(f"{FIGURES}TOY-1/rows/", {**TOLD, "reason": "counted"}).json()
    assert sum(int(one["amount"]) for one in page["items"]) == 21
    assert {one["id"] for one in page["items"]} == {str(one.pk) for one in outputs[:3]}
    assert all(one["ledger"] == "toys.output" for one in page["items"])
    left = client_of("bob").get(f"{FIGURES}TOY-1/rows/", {**TOLD, "reason": "unverified"}).json()
    assert [one["id"] for one in left["items"]] == [str(outputs[3].pk)]


def test_the_other_side_is_told_only_of_what_is_shared(outputs: Any, client_of: Any) -> None:
    page = client_of("alice").get(f"{FIGURES}TOY-1/rows/", TOLD).json()
    opened = {one["id"] for one in page["items"]}
    assert str(outputs[1].pk) not in opened
    assert client_of("alice").get(f"{FIGURES}TOY-1/", TOLD).json()["value"] == "14"


def test_papers_behind_a_figure_name_their_row_and_hash(cast: Any, client_of: Any) -> None:
    toys, bob = Toys(cast), client_of("bob")
    row = toys.output(toys.workshop("W1"), "2021-07", 5, state=State.DRAFT)
    sent = {"file": SimpleUploadedFile("产量.pdf", b"%PDF-1.4\n%%EOF"), "category": "voucher"}
    paper = bob.post(f"/api/v1/toys/output/{row.pk}/evidence/", sent).json()
    toys.output(toys.workshop("W2"), "2021-07", 9)
    assert bob.get(f"{FIGURES}TOY-1/evidence/", TOLD).json()["items"] == []
    with context.unscoped("verified by somebody"):
        row.state = State.VERIFIED
        row.save()
    answer = bob.get(f"{FIGURES}TOY-1/evidence/", TOLD).json()
    assert (answer["rows"], answer["rows_with_paper"], answer["next"]) == (2, 1, None)
    (told,) = answer["items"]
    assert (told["row"], told["id"], told["digest"]) == (str(row.pk), paper["id"], paper["digest"])


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("NONE-1/", {}),
        ("TOY-1/", {"period": "2021Q9"}),
        ("TOY-1/", {"unit": "a"}),
        ("TOY-1/", {"by.nothing": "a"}),
        ("TOY-1/rows/", {"reason": "weather"}),
        ("TOY-1/rows/", {"after": "x"}),
    ],
)
def test_what_no_page_gave_out_is_not_found(client_of: Any, path: str, query: dict[str, str]) -> None:
    answer = client_of("bob").get(f"{FIGURES}{path}", query)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_visible")


def test_the_budget_of_queries_does_not_grow_with_the_rows(cast: Any, client_of: Any, queries: Any) -> None:
    toys, bob = Toys(cast), client_of("bob")
    shop = toys.workshop("W1")

    def asked() -> int:
        with queries() as captured:
            assert bob.get(f"{FIGURES}TOY-1/rows/", TOLD).status_code == 200
        return len(captured)

    toys.output(shop, "2021-07", 1)
    asked()
    few = asked()
    for number in range(30):
        toys.output(toys.workshop(f"X{number}"), "2021-07", number)
    assert asked() == few
