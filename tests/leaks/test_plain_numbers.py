"""Numbers of people are nowhere in plain: not in the database, files, log, figures or pages of errors."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, connection
from django.http import QueryDict
from django.test import Client

from databases import seeded
from kernel.imports.conftest import workbook
from kernel.imports.test_pages import confirm
from leaks.plain_numbers import Numbers, kept_files, kept_rows
from shanhai.kernel import context
from shanhai.kernel.exports import pages as exports
from shanhai.kernel.exports.formats import Format
from shanhai.kernel.imports.models import Import
from shanhai.kernel.jobs import runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.keys.places import sealed_fields
from shanhai.kernel.models import PlainExport
from shanhai.kernel.registry import registry
from shanhai.kernel.sealing import installed_keyring
from shanhai.kernel.surfaces import bulk_jobs
from shanhai.kernel.surfaces.bulk_act import Act
from shanhai.kernel.surfaces.listing import Listing
from shanhai.registers.parties.identity import demo_identity
from web.test_observing import log as log  # noqa: PLC0414 -- a fixture

LIST, SEARCH = "/parties/person/", "/search/"
GOOD, OTHER = (demo_identity(area=2, born_on=date(1991, 3, 4), serial=one) for one in (71, 73))
#: Wrong by its last sign, as somebody mistypes it: a number of a person all the same.
WRONG = f"{GOOD[:-1]}{(int(GOOD[-1]) + 1) % 10 if GOOD[-1].isdigit() else 1}"
PHONE, WRONG_PHONE = "13800138766", "138001387669"
PLANTED = Numbers([GOOD, OTHER, WRONG, PHONE, WRONG_PHONE])
SPACED = f"{GOOD[:6]} {GOOD[6:14]} {GOOD[14:]}"


def lines() -> list[dict[str, str]]:
    return [
        {"姓名": "甲演示", "身份证号": GOOD, "联系电话": PHONE},
        {"姓名": "乙演示", "身份证号": OTHER},
        {"姓名": "丙演示", "身份证号": WRONG},
        {"姓名": "丁演示", "身份证号": "", "联系电话": WRONG_PHONE},
    ]


@pytest.fixture
def used(cast: Any, client_of: Callable[..., Client], log: Any) -> Iterator[dict[str, str]]:
    """People go about their work with the numbers; what errors and figures told them."""
    with context.unscoped("people of the group"):
        cast.users["bob"].memberships.update(role="coordinator")
    bob, told = client_of("bob", raise_request_exception=False), {}
    _import(bob)
    _search(bob)
    told |= _go_wrong(bob)
    _export(cast, client_of, bob)
    _do_to_many(cast)
    _call(bob)
    told["figures"] = Client().get("/metrics").content.decode()
    told["log"] = log()[0]
    yield told


def _import(bob: Client) -> None:
    sent = bob.post(f"{LIST}import/", {"file": SimpleUploadedFile("人员.xlsx", workbook(lines()))})
    assert b"".join(bob.get(f"{sent.url}marked/").streaming_content)
    confirm(bob, sent.url)
    assert registry.get("parties.person").model._base_manager.count() == 2
    # A file whose headings are asked about is kept with its first values.
    other = [{f"{name}列": value for name, value in line.items()} for line in lines()]
    bob.post(f"{LIST}import/", {"file": SimpleUploadedFile("别的.xlsx", workbook(other))})
    assert Import.objects.filter(state=Import.State.MAPPING).exists()


def _search(bob: Client) -> None:
    for text in (GOOD, SPACED, WRONG, PHONE):
        for url in (LIST, SEARCH, f"{LIST}?columns=phone"):
            assert bob.get(url, {"q": text}).status_code == 200
        assert bob.get(LIST, {"identity_number": text}).status_code == 200
        assert bob.get("/lookup/parties.person/", {"q": text}).status_code == 200
        bob.post(f"{LIST}views/", {"name": f"看{text[-2:]}", "query": f"q={text}&category=ordinary"})


def _go_wrong(bob: Client) -> dict[str, str]:
    """Pages of errors, by what went wrong."""

    def fail(execute: Any, sql: Any, *given: Any) -> Any:
        if 'FROM "parties_person"' in str(sql) or "every_parties_person" in str(sql):
            raise DataError(f'invalid input syntax: "{GOOD}"')
        return execute(sql, *given)

    told = {
        "absent": bob.get(f"{LIST}{GOOD}/"),
        "bad": bob.get(f"{LIST}?page={GOOD}%00"),
        "API absent": bob.get(f"/api/v1/parties/person/{GOOD}/"),
    }
    with connection.execute_wrapper(fail):
        told["fault"] = bob.get(LIST, {"q": GOOD})
        told["API fault"] = bob.get("/api/v1/parties/person/", {"q": GOOD})
    assert told["fault"].status_code == told["API fault"].status_code == 500
    assert told["absent"].status_code == told["API absent"].status_code == 404
    return {name: answer.content.decode() for name, answer in told.items() if name != "bad"}


def _export(cast: Any, client_of: Callable[..., Client], bob: Client) -> None:
    ledger = registry.get("parties.person")
    asked = QueryDict(f"q={GOOD}&columns=phone&identity_number={GOOD}")
    assert b"".join(bob.get(f"{LIST}export/?{asked.urlencode()}").streaming_content)
    with context.acting(cast.actor("bob")) as current:
        job = exports.start(Listing(ledger, asked, current.actor), Format.CSV)
        spaced = QueryDict(f"q={SPACED}")
        lost = exports.start(Listing(ledger, spaced, current.actor), Format.XLSX)
    for one in (job, lost):
        runner.run(one.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 1)
    plain = client_of("ruth")
    asked_for = {"format": "xlsx", "reason": f"核对{GOOD}"}
    assert plain.post(f"{LIST}export/plain/?columns=phone&q={GOOD}", asked_for).status_code == 303
    found = PlainExport.objects.get()
    client_of("wang").post(f"/plain-exports/{found.pk}/decide/", {"what": "approve"})
    found.refresh_from_db()
    runner.run(found.job_id)
    assert Job.objects.get(pk=found.job_id).state == "done"


def _do_to_many(cast: Any) -> None:
    ledger = registry.get("parties.person")
    with context.acting(cast.actor("bob")) as current:
        listing = Listing(ledger, QueryDict(f"q={GOOD}"), current.actor)
        plan = bulk_jobs.start_plan(listing, Act(ledger, "submit", current.actor))
    runner.run(plan.pk)
    plan.refresh_from_db()
    with context.acting(cast.actor("bob")) as current:
        doing = bulk_jobs.start(plan, plan.result["digest"], "", actor=current.actor)
    runner.run(doing.pk)
    doing.refresh_from_db()
    assert (doing.state, doing.result["rows"]) == ("done", 1)


def _call(bob: Client) -> None:
    for key, values in enumerate(
        ({"identity_number": WRONG}, {"phone": WRONG_PHONE}, {"identity_number": {"x": GOOD}}, {GOOD: GOOD})
    ):
        body = json.dumps({"name": "戊演示", **values})
        bob.post("/api/v1/parties/person/", body, "application/json", headers={"Idempotency-Key": f"k{key}"})


def test_what_people_type_and_send_is_kept_nowhere_in_plain(used: dict[str, str], settings: Any) -> None:
    leaks = {name: PLANTED.within(text) for name, text in used.items()}
    for table, row in kept_rows():
        if found := PLANTED.within(row):
            leaks.setdefault(f"{table}: {row[:150]}", found)
    names = []
    for name, data in kept_files(Path(settings.SHANHAI_FILES)):
        names.append(name.partition("/")[0])
        leaks[name] = PLANTED.within_file(data)
    told = [f"{place}: {found}" for place, found in leaks.items() if found]
    assert not told, "\n".join(told)
    assert {"imports", "results"} <= set(names), "files were there to be looked at"


def test_a_job_still_tells_its_filters_without_the_number(used: dict[str, str], client_of: Any) -> None:
    labels = Job.objects.filter(kind="export").values_list("label", flat=True)
    told = f"{'*' * 16}{GOOD[-2:]}"
    assert sum(told in label for label in labels) == len(labels) == 2, "spaces within a number hide with it"
    assert all("筛选" in label or "搜索" in label for label in labels)
    page = client_of("bob").get("/jobs/").content.decode()
    assert told in page


def test_the_demonstration_holds_none_of_its_numbers_in_plain(demonstration_year: None) -> None:
    ring, numbers = installed_keyring(), set()
    for place in sealed_fields():
        with context.unscoped("all numbers"):
            tokens = place.model._base_manager.values_list(place.field, flat=True)
            for token in tokens.iterator():
                if token:
                    numbers.add(ring.open(token.token, place.purpose("", "")))
    assert len(numbers) > 100
    # What is sealed and no number, as a diagnosis, has no form that could be told from other words.
    sought = Numbers({one for one in numbers if any(map(str.isdigit, one))})
    found = {table for table, row in kept_rows() if sought.within(row)}
    assert found == set()
    assert {name for name, data in kept_files(seeded()[1]) if sought.within_file(data)} == set()
