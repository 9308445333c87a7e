"""Sensitive values leave unmasked by right alone, for a reason, and never without a record."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from shanhai.kernel import actions, context
from shanhai.kernel.exports.rows import Reading
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import plan_import
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.models import ExportReading
from shanhai.kernel.registry import registry
from shanhai.kernel.sealing import RevealRefused
from shanhai.kernel.surfaces.listing import Listing
from shanhai.registers.parties.identity import demo_identity

NUMBER = demo_identity(area=1, born_on=date(1990, 1, 1), serial=1)
MASKED = f"{NUMBER[:6]}********{NUMBER[-4:]}"
COLUMNS = "?columns=keeper_identity"
LIST, PLAIN = f"/toys/workshop/{COLUMNS}", f"/toys/workshop/export/plain/{COLUMNS}"
ASKED = {"format": "csv", "reason": "核对身份"}


@pytest.fixture
def rows(cast: Any) -> list[Any]:
    ledger = registry.get("toys.workshop")
    with context.acting(cast.actor("alice")) as current:
        made = [
            actions.create_row(ledger, {"code": code, "name": "车间", **more}, actor=current.actor)
            for code, more in (("W1", {"keeper_identity": NUMBER}), ("W2", {}), ("W3", {"kind": "home"}))
        ]
    with context.acting(cast.actor("bob")) as current:
        values = {"code": "B1", "name": "对方车间", "keeper_identity": NUMBER}
        made.append(actions.create_row(ledger, values, actor=current.actor))
    with context.unscoped("test"):
        ledger.model.objects.filter(code="B1").update(state="verified", sharing="shared")
    return made


def lines(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_who_may_unmask_gets_the_values_for_a_reason_and_is_recorded(
    rows: Any, client_of: Any, cast: Any
) -> None:
    dave = client_of("dave")
    assert "/toys/workshop/export/plain/" in dave.get(LIST).content.decode()
    page = dave.get(PLAIN).content.decode()
    assert "负责人身份证号" in page and "都会记录" in page
    _heading, *found, note = lines(dave.post(PLAIN, ASKED))
    numbers = {line[0]: line[1] for line in found}
    assert numbers["W1"] == NUMBER and numbers["W2"] == ""
    assert numbers["B1"] == MASKED  # the other side's stays so
    assert "含敏感信息原文（负责人身份证号），理由：核对身份。" in note[0]
    kept = ExportReading.objects.get()
    assert (kept.rows, kept.fields, kept.filters, kept.form) == (1, ["keeper_identity"], "", "csv")
    assert (kept.read_by, kept.side, kept.reason) == (str(cast.users["dave"].pk), "east", "核对身份")
    told = dave.get("/readings/").content.decode()
    assert "导出 1 行的“负责人身份证号”原文（CSV；筛选：全部）" in told and "核对身份" in told
    assert "原文（CSV" not in client_of("ruth").get("/readings/").content.decode()


@pytest.mark.parametrize("form", ["xlsx", "parquet", "pdf"])
def test_every_format_says_that_it_holds_them(rows: Any, client_of: Any, form: str) -> None:
    answer = client_of("dave").post(PLAIN, {**ASKED, "format": form})
    assert b"".join(answer.streaming_content)
    assert ExportReading.objects.get().form == form


def test_filters_are_recorded_and_what_was_not_opened_is_not(rows: Any, client_of: Any) -> None:
    dave = client_of("dave")
    assert len(lines(dave.post(f"{PLAIN}&kind=home", ASKED))) == 3
    assert not ExportReading.objects.exists()  # W3 has no number
    lines(dave.post(f"{PLAIN}&kind=factory", ASKED))
    assert ExportReading.objects.get().filters == "类型：厂房式"


def test_without_a_reason_nothing_is_given(rows: Any, client_of: Any) -> None:
    answer = client_of("dave").post(PLAIN, {**ASKED, "reason": " "})
    assert answer.status_code == 422
    assert 'id="export-reason-error"><div>导出敏感信息原文须写明理由。' in answer.content.decode()
    assert not ExportReading.objects.exists()


@pytest.mark.parametrize("who", ["alice", "bob", "lily", "eve", "root"])
def test_without_the_right_it_is_neither_offered_nor_given(rows: Any, client_of: Any, who: str) -> None:
    client = client_of(who)
    assert "export/plain" not in client.get(LIST).content.decode()
    assert client.get(PLAIN).status_code == client.post(PLAIN, ASKED).status_code == 403
    assert client.get("/toys/workshop/export/?format=csv&reason=核对&plain=1").status_code in {403, 422}
    assert not ExportReading.objects.exists()


def test_a_list_that_shows_nothing_sensitive_does_not_offer_it(rows: Any, client_of: Any) -> None:
    dave = client_of("dave")
    assert dave.post("/toys/workshop/export/plain/?columns=name", ASKED).status_code == 403
    assert "export/plain" not in dave.get("/toys/workshop/?columns=name").content.decode()


def test_over_the_api_the_same_holds(rows: Any, client_of: Any) -> None:
    def send(who: str, **body: Any) -> Any:
        address = "/api/v1/toys/workshop/exports/?columns=keeper_identity"
        return client_of(who).post(address, {"format": "csv", **body}, content_type="application/json")

    assert send("alice", reason="核对").status_code == 403
    assert send("dave", reason="").json()["code"] == "reason_missing"
    started = send("dave", reason="核对身份")
    assert started.status_code == 202 and "含敏感信息原文" in started.json()["label"]
    assert Job.objects.get(pk=started.json()["id"]).arguments["reason"] == "核对身份"


def test_rows_are_not_opened_by_programs_that_give_no_reason(rows: Any, cast: Any) -> None:
    with context.acting(cast.actor("dave")) as current:
        params = QueryDict("columns=keeper_identity")
        listing = Listing(registry.get("toys.workshop"), params, current.actor)
        with pytest.raises(RevealRefused):
            list(Reading(listing, plain=[c for c in listing.columns if c.is_sensitive]))


def test_exported_as_it_stands_and_imported_again_nothing_changes(
    rows: Any, client_of: Any, cast: Any
) -> None:
    content = b"".join(client_of("dave").post(f"{PLAIN}&side=east", ASKED).streaming_content)
    assert NUMBER.encode() in content
    with context.acting(cast.actor("alice")) as current:
        ledger = registry.get("toys.workshop")
        plan = plan_import(ledger, read_upload(ledger, content), current.actor)
    assert not plan.problems
    assert (plan.expected, len(plan.unchanged)) == (0, 3)
