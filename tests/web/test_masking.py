"""People of the other side stay masked through every door: list, page, history, search, look-up, form."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from shanhai.kernel import actions, context
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import SUBMIT
from shanhai.registers.parties.identity import demo_identity

NAME = "欧阳演示"
LIST = "/parties/person/"


def words(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


@pytest.fixture
def number() -> str:
    return demo_identity(area=2, born_on=date(1990, 1, 1), serial=11)


@pytest.fixture
def person(cast: Any, number: str) -> Any:
    """A person of Meitan, reported and shared."""
    ledger = registry.get("parties.person")
    given = {"name": NAME, "identity_number": number, "sharing": "shared", "place": cast.yongxing}
    with context.acting(cast.actor("bob")) as current:
        row = actions.create_row(ledger, given, actor=current.actor)
        row = actions.save_row(ledger, row, {"name": NAME + "甲"}, actor=current.actor, row_version=1)
        return actions.step_row(ledger, row, SUBMIT, actor=current.actor)


def test_the_own_side_reads_the_name(person: Any, sign_in: Any) -> None:
    client = sign_in("bob")
    assert NAME in words(client.get(LIST)) and NAME in words(client.get(f"{LIST}{person.pk}/"))


@pytest.mark.parametrize("path", ["", "{pk}/", "{pk}/history/", "?sort=name", "?columns=name&columns=place"])
def test_the_other_side_reads_a_mask_on_every_page(path: str, person: Any, number: str, sign_in: Any) -> None:
    response = sign_in("alice").get(LIST + path.format(pk=person.pk))
    assert response.status_code == 200
    assert NAME not in response.content.decode() and number not in response.content.decode()
    assert "欧阳***" in words(response)


@pytest.mark.parametrize("text", [NAME, "欧阳", "ouyang"])
def test_a_name_of_the_other_side_is_not_found_by_search(text: str, person: Any, sign_in: Any) -> None:
    for path in (LIST, "/search/"):
        assert "欧阳***" not in words(sign_in("alice").get(path, {"q": text}))
    assert NAME in words(sign_in("bob").get(LIST, {"q": "欧阳"}))


def test_a_person_of_the_other_side_is_not_offered_or_taken_by_a_form(
    person: Any, number: str, sign_in: Any
) -> None:
    client = sign_in("alice")
    for text in ("欧阳", number, ""):
        assert client.get("/lookup/parties.person/", {"q": text}).json()["results"] == []
    form = BeautifulSoup(client.get("/labour/workerregistration/new/").content, "html.parser")
    key = form.select_one("main input[name=key]")["value"]  # type: ignore[index]
    for typed in (str(person.pk), number):
        response = client.post("/labour/workerregistration/new/", {"person": typed, "key": key})
        assert response.status_code == 422 and "您无权引用" in words(response)
