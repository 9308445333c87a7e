"""What must never come in, at every door: the page's form, a file in GBK, the API; each told in words.

The nine of «Bad input and limits»: one table, so that a door left open is a failed line of it.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from samples.pages import api, at
from samples.rows import make_row, posted, values_for
from shanhai.domains.insurance.models import Filing, Settlement
from shanhai.domains.labour.models import EmploymentSpell
from shanhai.kernel import context
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import plan_import
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.surfaces.fields import resolve
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Person

NUMBER = demo_identity(area=328, born_on=date(1990, 1, 1), serial=5)
BOY = demo_identity(area=328, born_on=date(2005, 9, 25), serial=6)
CODE = demo_credit_code(5)
#: What is wrong → ledger, field, what is typed, what is said.
BAD: Mapping[str, tuple[str, str, str, str]] = {
    "no identity number": ("parties.person", "identity_number", "", "必须填写"),
    "15 digits": ("parties.person", "identity_number", f"{NUMBER[:6]}{NUMBER[8:17]}", "15 位的旧身份证号"),
    "under sixteen": ("labour.employmentspell", "person", BOY, "未满 16 周岁"),
    "wrong credit code": ("parties.body", "credit_code", f"{CODE[:-1]}{'12'[CODE[-1] == '1']}", "校验码"),
    "no places": ("labour.joborder", "headcount", "0", "招聘人数至少 1 人"),
    "wage in 万元": ("labour.monthlyfact", "wage", "0.52", "像是按万元填的"),
}  # fmt: skip
LINES = pytest.mark.parametrize("what", BAD)


@pytest.fixture
def typed(cast: Any, as_actor: Any) -> Any:
    """`typed(what)`: a whole form in which one field is wrong."""

    def made(what: str) -> dict[str, Any]:
        key, field, bad, _said = BAD[what]
        ledger = registry.get(key)
        with as_actor("alice") as alice:
            values = values_for(ledger, alice)
            if what == "under sixteen":
                Person.objects.create(
                    name="王演示",
                    identity_number=BOY,
                    side="east",
                    owner_unit=cast.dm_labour,
                    sharing="private",
                )
            if what == "wage in 万元":
                spell = EmploymentSpell.objects.get(pk=values["spell"].pk)
                values |= {"is_in_post": True, "period": f"{spell.started_on:%Y-%m}"}
        return values | {field: bad}

    return made


@LINES
def test_the_form_keeps_what_was_typed_and_says_at_the_field_what_is_wrong(
    what: str, typed: Any, client_of: Any
) -> None:
    key, field, _bad, said = BAD[what]
    ledger, values, browser = registry.get(key), posted(typed(what)), client_of("alice")
    (signed,) = re.findall(r'name="key" value="([^"]+)"', browser.get(at(ledger, "create")).content.decode())
    told = browser.post(at(ledger, "create"), values | {"key": signed})
    page = told.content.decode()
    assert told.status_code == 422
    place = page.index(f'id="id_{field}-error"')
    assert said in page[place : place + 400]
    for name, value in values.items():
        column = next(one for one in resolve(ledger).fields if one.name == name)
        assert name == field or column.is_sensitive or value in page, f"{name} is lost"


@LINES
def test_the_api_says_at_the_field_what_is_wrong(what: str, typed: Any, client_of: Any) -> None:
    key, field, _bad, said = BAD[what]
    body = posted(typed(what))
    told = client_of("alice").post(api(registry.get(key)), body, content_type="application/json")
    assert told.status_code == 422, told.content.decode()
    assert any(said in sentence for sentence in told.json()["problems"][field])


@LINES
def test_a_file_in_gbk_says_at_the_cell_what_is_wrong_and_takes_the_line_beside_it(
    what: str, typed: Any, as_actor: Any, cast: Any
) -> None:
    key, field, bad, said = BAD[what]
    ledger, wrong = registry.get(key), typed(what)
    with as_actor("alice") as alice:
        known = {"identity_number": NUMBER, "side": "east", "owner_unit": cast.dm_labour}
        if what in {"under sixteen", "wage in 万元"}:
            wrong["person"] = Person.objects.create(name="李演示", sharing="private", **known)
        if what == "wage in 万元":
            since = {"person": wrong.pop("person"), "started_on": date(2021, 8, 1)}
            EmploymentSpell.objects.filter(pk=wrong["spell"].pk).update(**since)
        right = {**values_for(ledger, alice), **{name: wrong[name] for name in wrong if name != field}}
        texts = {"spell": f"{NUMBER} 2021-08-01", "person": NUMBER, **UNIQUE.get(what, {})}
        lines = [_written(ledger, wrong, {**texts, field: bad}), _written(ledger, right, texts | GOOD[what])]
        heads = list(dict.fromkeys(head for line in lines for head in line))
        rows = [",".join(line.get(head, "") for head in heads) for line in lines]
        content = "\r\n".join([",".join(heads), *rows]).encode("gbk")
        plan = plan_import(ledger, read_upload(ledger, content), alice)
    label = next(str(one.label) for one in resolve(ledger).fields if one.name == field)
    found = [(one.row, one.label, one.message) for one in plan.problems]
    assert [(row, column) for row, column, _message in found] == [(2, label)], found
    assert said in found[0][2]
    assert len(plan.creates) == 1


#: What the line beside the wrong one holds in the field; and where both would be the same row, what tells it.
GOOD: Mapping[str, Mapping[str, str]] = {
    "no identity number": {"identity_number": NUMBER},
    "15 digits": {"identity_number": NUMBER},
    "under sixteen": {"person": NUMBER},
    "wrong credit code": {"credit_code": CODE},
    "no places": {"headcount": "5", "code": "GW-2"},
    "wage in 万元": {"wage": "5200", "period": "2021-08"},
}
UNIQUE: Mapping[str, Mapping[str, str]] = {"no places": {"code": "GW-1"}}


def _written(ledger: Any, values: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """A line as a file holds it."""
    texts = {}
    for column in resolve(ledger).fields:
        if column.name in values and column.name != "owner_unit":
            value = values[column.name]
            text = value.reference_text() if isinstance(value, LedgerModel) else posted({"": value})[""]
            if column.kind == "boolean":
                text = "是" if text else "否"
            texts[column.heading] = given.get(column.name, text)
    return texts


def _refused(browser: Any, visit: Any, act: str, body: dict[str, Any]) -> list[str]:
    """What page and API say of a step with a visit."""
    address = f"/insurance/medicalvisit/{visit.pk}/{act}/"
    answers = [
        browser.post(address, body, follow=True),
        browser.post(f"/api/v1{address}", body, content_type="application/json"),
    ]
    assert answers[1].status_code == 422
    return [answers[0].content.decode(), answers[1].json()["detail"]]


def test_a_claim_before_its_filing_is_refused_at_both_doors(example: Any, client_of: Any) -> None:
    with context.unscoped("test"):
        Filing.objects.update(valid_from=date(2021, 8, 20))
    for told in _refused(client_of("alice"), example.visit, "settle", {"row_version": 1}):
        assert "2021-08-12 出院，异地备案 2021-08-20 才生效" in told
    with context.unscoped("test"):
        assert not Settlement.objects.exists()


def test_a_claim_is_taken_back_once_at_either_door(example: Any, client_of: Any) -> None:
    browser = client_of("alice")
    address, body = f"/insurance/medicalvisit/{example.visit.pk}/", {"row_version": 1, "reason": "退费"}
    assert browser.post(f"{address}settle/", {"row_version": 1}).status_code == 302
    assert browser.post(f"{address}reverse/", body).status_code == 302
    for told in _refused(browser, example.visit, "reverse", body):
        assert "没有可以撤销的结算，或已经撤销过" in told
    with context.unscoped("test"):
        assert Settlement.objects.count() == 2


def test_a_row_made_of_samples_is_right(as_actor: Any) -> None:
    """Else a refusal would prove nothing."""
    with as_actor("alice") as alice:
        for key, *_rest in BAD.values():
            assert make_row(registry.get(key), alice).pk
