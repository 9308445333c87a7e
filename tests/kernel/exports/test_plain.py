"""Sensitive values leave unmasked by right alone, for a reason, and never without a record."""

import csv
import html
import io
import re
from collections.abc import Callable
from copy import copy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from shanhai.kernel import actions, clock, context
from shanhai.kernel.exports.marks import MARKS, _mark, ink
from shanhai.kernel.exports.rows import Reading
from shanhai.kernel.exports.tracing import traced
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import plan_import
from shanhai.kernel.jobs import runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.models import ExportReading, HistoryEntry, PlainExport
from shanhai.kernel.registry import registry
from shanhai.kernel.sealing import RevealRefused
from shanhai.kernel.surfaces.listing import Listing
from shanhai.registers.parties.identity import demo_identity
from worlds import TODAY

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


@pytest.fixture
def ask(client_of: Any) -> Callable[..., PlainExport]:
    """`ask("dave")`: a request of that person."""

    def asked(who: str = "dave", more: str = "", **values: Any) -> PlainExport:
        answer = client_of(who).post(PLAIN + more, {**ASKED, **values})
        assert answer.status_code == 303, answer.content.decode()
        return PlainExport.objects.get(pk=answer.url.split("/")[-2])

    return asked


@pytest.fixture
def take(client_of: Any, ask: Any) -> Callable[..., Any]:
    """`take("dave")`: asked for, approved by carol, made, and downloaded by who asked."""

    def taken(who: str = "dave", more: str = "", **values: Any) -> Any:
        found = ask(who, more, **values)
        decide(client_of("carol"), found, "approve")
        found.refresh_from_db()
        runner.run(found.job_id)
        return client_of(who).get(f"/jobs/{found.job_id}/file/")

    return taken


def decide(client: Any, found: PlainExport, what: str, reason: str = "") -> Any:
    return client.post(f"/plain-exports/{found.pk}/decide/", {"what": what, "reason": reason})


def test_whoever_is_to_agree_finds_it_on_the_workbench_and_who_asked_does_not(
    rows: Any, client_of: Any, ask: Any
) -> None:
    found = ask()
    card, panel = "待批准的原文导出", "待我批准"
    carol, dave = client_of("carol"), client_of("dave")
    assert card in carol.get("/").content.decode() and card not in dave.get("/").content.decode()
    assert panel in carol.get("/plain-exports/").content.decode()
    assert panel not in dave.get("/plain-exports/").content.decode()
    decide(carol, found, "approve")
    assert card not in carol.get("/").content.decode()


def test_no_request_is_cut_off_the_page(rows: Any, client_of: Any, ask: Any) -> None:
    made = [ask() for _ in range(60)]
    dave, seen, url = client_of("dave"), set(), "/plain-exports/"
    while url:
        page = dave.get(url).content.decode()
        seen |= set(re.findall(r"/plain-exports/([0-9a-f-]{36})/", page))
        following = re.search(r'href="([^"]+)"[^>]*rel="next"', page)
        url = html.unescape(following[1]) if following else ""
    assert seen == {str(one.pk) for one in made}


def test_who_may_unmask_gets_the_values_when_another_agrees_and_is_recorded(
    rows: Any, client_of: Any, cast: Any, take: Any
) -> None:
    dave = client_of("dave")
    assert "/toys/workshop/export/plain/" in dave.get(LIST).content.decode()
    page = dave.get(PLAIN).content.decode()
    assert "负责人身份证号" in page and "都会记录" in page and "批准" in page
    _heading, *found, note = lines(take())
    numbers = {line[0]: line[1] for line in found}
    assert numbers["W1"] == NUMBER and numbers["W2"] == ""
    assert numbers["B1"] == MASKED  # the other side's stays so
    asked = PlainExport.objects.get()
    assert "含敏感信息原文（负责人身份证号），理由：核对身份。" in note[0]
    assert f"{asked.code} 仅供 dave 使用，carol 于" in note[0]
    kept = ExportReading.objects.get()
    assert (kept.rows, kept.fields, kept.filters, kept.form) == (1, ["keeper_identity"], "", "csv")
    assert (kept.read_by, kept.side, kept.reason) == (str(cast.users["dave"].pk), "east", "核对身份")
    told = dave.get("/readings/").content.decode()
    assert "导出 1 行的“负责人身份证号”原文（CSV；筛选：全部）" in told and "核对身份" in told
    assert "原文（CSV" not in client_of("ruth").get("/readings/").content.decode()
    entries = HistoryEntry.objects.filter(table_name="kernel_plainexport")
    assert list(entries.order_by("id").values_list("operation", "reason")) == [
        ("insert", "核对身份"),
        ("update", "批准导出敏感信息原文"),
    ]


def test_nobody_agrees_to_what_he_asked_for_and_no_stranger_sees_it(
    rows: Any, client_of: Any, ask: Any
) -> None:
    found = ask("carol")
    assert decide(client_of("carol"), found, "approve").status_code == 403
    for who, status in {"victor": 404, "ruth": 404, "alice": 403, "root": 403}.items():
        assert client_of(who).get(f"/plain-exports/{found.pk}/").status_code == status
        assert decide(client_of(who), found, "approve").status_code == status
    found.refresh_from_db()
    assert (found.state, found.job_id) == ("waiting", None)
    assert "须由本方另一位" in client_of("carol").get(f"/plain-exports/{found.pk}/").content.decode()
    assert found.code[3:] and "批准" in client_of("dave").get(f"/plain-exports/{found.pk}/").content.decode()
    assert not ExportReading.objects.exists()


def test_refusing_needs_a_reason_that_the_asker_reads_and_is_final(
    rows: Any, client_of: Any, ask: Any
) -> None:
    found, carol = ask(), client_of("carol")
    assert decide(carol, found, "refuse").status_code == 422
    assert decide(carol, found, "refuse", "没有必要").status_code == 303
    assert "没有必要" in client_of("dave").get(f"/plain-exports/{found.pk}/").content.decode()
    assert "已经办理" in decide(carol, found, "approve").content.decode()
    assert not Job.objects.filter(kind="plain_export").exists()


def test_the_file_is_the_askers_alone_and_only_for_a_time(rows: Any, client_of: Any, take: Any) -> None:
    assert NUMBER in take().getvalue().decode()
    found = PlainExport.objects.get()
    assert client_of("carol").get(f"/jobs/{found.job_id}/file/").status_code == 404
    with clock.at(TODAY + timedelta(days=4)):
        answer = client_of("dave").get(f"/jobs/{found.job_id}/file/")
        assert answer.status_code == 404
        assert "去下载" not in client_of("dave").get(f"/plain-exports/{found.pk}/").content.decode()


def test_the_record_keeps_no_number_that_somebody_searched_for(rows: Any, client_of: Any, take: Any) -> None:
    assert NUMBER in take(more=f"&q={NUMBER}").getvalue().decode()
    found = PlainExport.objects.get()
    kept = [found.filters, found.query, *ExportReading.objects.values_list("filters", flat=True)]
    kept += [str(job.arguments) + job.label for job in Job.objects.all()]
    assert NUMBER not in " ".join(kept)


def test_a_copy_is_traced_by_its_code_or_by_one_cell_that_was_copied_elsewhere(
    rows: Any, take: Any, tmp_path: Path
) -> None:
    ours = tmp_path / "ours.xlsx"
    ours.write_bytes(b"".join(take(format="xlsx").streaming_content))
    found = PlainExport.objects.get()
    sheet = load_workbook(ours).worksheets[0]
    assert found.code in sheet.oddHeader.center.text and found.code in sheet.oddFooter.center.text
    assert [line.split("（")[0] for line in traced(ours)] == [found.code]
    # One cell with its format, saved by another program.
    cell, book = sheet["B2"], Workbook()
    book.active["D7"] = cell.value
    book.active["D7"].font = copy(cell.font)
    book.save(tmp_path / "theirs.xlsx")
    (line,) = traced(tmp_path / "theirs.xlsx")
    assert found.code in line and "暗记" in line and "dave" in line and "核对身份" in line
    # Values alone tell nothing, nor does a workbook of somebody else.
    book = Workbook()
    book.active["A1"] = cell.value
    book.active["A1"].font = Font(color="FF111111")
    book.save(tmp_path / "nobody.xlsx")
    assert traced(tmp_path / "nobody.xlsx") == []


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_other_files_are_traced_by_the_code_in_their_note(
    rows: Any, take: Any, tmp_path: Path, form: str
) -> None:
    path = tmp_path / "copy"
    path.write_bytes(b"".join(take(format=form).streaming_content))
    assert PlainExport.objects.get().code in "".join(traced(path))


@given(st.integers(0, MARKS - 1))
def test_every_mark_is_read_from_its_ink(mark: int) -> None:
    channels = [int(ink(mark)[at : at + 2], 16) for at in (1, 3, 5)]
    assert max(channels) < 32, "nearly black"
    found = _mark(ink(mark)[1:])
    assert found == (-1 if len(set(channels)) == 1 else mark)


@pytest.mark.parametrize("form", ["xlsx", "parquet", "pdf"])
def test_every_format_says_that_it_holds_them(rows: Any, take: Any, form: str) -> None:
    answer = take(format=form)
    assert b"".join(answer.streaming_content)
    assert ExportReading.objects.get().form == form


def test_filters_are_recorded_and_what_was_not_opened_is_not(rows: Any, take: Any) -> None:
    assert len(lines(take(more="&kind=home"))) == 3
    assert not ExportReading.objects.exists()  # W3 has no number
    lines(take(more="&kind=factory"))
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
    assert not PlainExport.objects.exists()
    assert client.get("/toys/workshop/export/?format=csv&reason=核对&plain=1").status_code in {403, 422}
    assert not ExportReading.objects.exists()


def test_a_list_that_shows_nothing_sensitive_does_not_offer_it(rows: Any, client_of: Any) -> None:
    dave = client_of("dave")
    assert dave.post("/toys/workshop/export/plain/?columns=name", ASKED).status_code == 403
    assert "export/plain" not in dave.get("/toys/workshop/?columns=name").content.decode()


def test_over_the_api_the_same_holds(rows: Any, client_of: Any) -> None:
    def send(who: str, address: str, **body: Any) -> Any:
        return client_of(who).post(f"/api/v1/{address}", body, content_type="application/json")

    here = "toys/workshop/exports/plain/?columns=keeper_identity"
    assert send("alice", here, format="csv", reason="核对").status_code == 403
    assert send("dave", here, format="csv", reason="").json()["code"] == "reason_missing"
    asked = send("dave", here, format="csv", reason="核对身份")
    assert (asked.status_code, asked.json()["state"]) == (201, "waiting")
    one = f"plain-exports/{asked.json()['id']}/"
    assert send("dave", f"{one}decide/", approve=True).status_code == 403
    assert send("ruth", f"{one}decide/", approve=True).status_code == 404
    assert send("carol", f"{one}decide/", approve=False).json()["code"] == "reason_missing"
    approved = send("carol", f"{one}decide/", approve=True).json()
    assert approved["state"] == "approved" and approved["job"]
    assert client_of("dave").get(f"/api/v1/{one}").json()["expires_at"]
    assert client_of("dave").get("/api/v1/plain-exports/").json()["items"][0]["code"] == approved["code"]
    runner.run(approved["job"])
    assert NUMBER in client_of("dave").get(f"/api/v1/jobs/{approved['job']}/file/").getvalue().decode()
    assert client_of("carol").get(f"/api/v1/jobs/{approved['job']}/file/").status_code == 404


def test_rows_are_not_opened_by_programs_that_give_no_reason(rows: Any, cast: Any) -> None:
    with context.acting(cast.actor("dave")) as current:
        params = QueryDict("columns=keeper_identity")
        listing = Listing(registry.get("toys.workshop"), params, current.actor)
        with pytest.raises(RevealRefused):
            list(Reading(listing, plain=[c for c in listing.columns if c.is_sensitive]))


def test_exported_as_it_stands_and_imported_again_nothing_changes(rows: Any, take: Any, cast: Any) -> None:
    content = b"".join(take(more="&side=east").streaming_content)
    assert NUMBER.encode() in content
    with context.acting(cast.actor("alice")) as current:
        ledger = registry.get("toys.workshop")
        plan = plan_import(ledger, read_upload(ledger, content), current.actor)
    assert not plan.problems
    assert (plan.expected, len(plan.unchanged)) == (0, 3)
