"""Who asks to be erased is nowhere afterwards, history is still proved; what a rule keeps is only stored."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections

from casting import Cast
from committing import committing, empty
from samples.papers import blank_pdf
from shanhai.domains.labour.models import EmploymentSpell
from shanhai.kernel import actions, context
from shanhai.kernel.chain.archive import prove, write_month
from shanhai.kernel.chain.blocks import blocks
from shanhai.kernel.chain.sealing import seal
from shanhai.kernel.chain.verifying import verify
from shanhai.kernel.database import _seal_algorithm
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence.attach import upload
from shanhai.kernel.evidence.models import EvidenceFile, EvidenceLink
from shanhai.kernel.evidence.store import path_of
from shanhai.kernel.models import ErasedEntry
from shanhai.kernel.readings.unmask import read_field
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import SUBMIT, VERIFY, State
from shanhai.registers.parties.erasing import carry_out, erase_again
from shanhai.registers.parties.erasure_list import NAME, UnreadableList
from shanhai.registers.parties.erasures import RecordRetention
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person, PersonErasure, PersonRequest
from worlds import TODAY

NUMBER, OTHER = (demo_identity(area=2, born_on=date(1990, 1, 1), serial=one) for one in (51, 53))
SECRETS = ("李要删", "lǐ", "liyaoshan", "1990-01-01", "承诺书李要删")
LEDGER = registry.get("parties.personrequest")
PEOPLE = registry.get("parties.person")
LIST = "/parties/personrequest/"
JSON: dict[str, Any] = {"content_type": "application/json"}
WRITTEN = (
    "kernel_sealblock", "kernel_chaincheck", "kernel_erasedentry", "parties_personerasure",
    "labour_employmentspell", "kernel_evidencereading", "kernel_evidencelink", "kernel_evidencefile",
    "kernel_fieldreading", "parties_personrequest", "parties_person",
)  # fmt: skip


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Any:
    """In place of the transaction that undoes other tests: sealing waits for commits."""
    with committing(django_db_blocker, *WRITTEN):
        empty(*WRITTEN)
        yield


@pytest.fixture
def person(cast: Cast) -> Person:
    """Of Meitan, with a paper and a spell of work; their phone changed once. Another stands beside them."""
    west: dict[str, Any] = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing}
    with context.unscoped("people"):
        found = Person.objects.create(
            name="李要删", identity_number=NUMBER, phone="13800138051", born_on=date(1990, 1, 1), **west
        )
        Person.objects.create(name="王留下", identity_number=OTHER, phone="13800138053", **west)
        EmploymentSpell.objects.create(
            person=found, employer_name="演示厂", post="质检", destination="county", started_on=TODAY,
            period="2021Q3", state=State.VERIFIED, **west,
        )  # fmt: skip
    with context.acting(cast.actor("bob")) as current:
        upload(PEOPLE, found, blank_pdf(), "承诺书李要删.pdf", "authorisation", actor=current.actor)
        values = {"phone": "13800138052", "name": "李要删"}
        actions.save_row(PEOPLE, found, values, actor=current.actor, row_version=found.row_version)
    found.refresh_from_db()
    return found


@pytest.fixture
def request_(cast: Cast, person: Person) -> PersonRequest:
    """To be erased: received by bob, verified by wang."""
    values = {
        "kind": "erase", "name": "李要删", "identity_number": NUMBER, "proof": "持身份证到窗口",
        "demand": "删除本人的信息", "arrived_on": TODAY, "due_on": TODAY,
    }  # fmt: skip
    with context.acting(cast.actor("bob")) as current:
        row = actions.create_row(LEDGER, values, actor=current.actor)
        row = actions.step_row(LEDGER, row, SUBMIT, actor=current.actor)
    with context.acting(cast.actor("wang")) as current:
        found: PersonRequest = actions.step_row(LEDGER, row, VERIFY, actor=current.actor)
    return found


@pytest.fixture
def sealing_with(settings: Any) -> Any:
    """`sealing_with("sm3")`: from now on, until the test ends."""

    def by(algorithm: str) -> None:
        settings.SHANHAI_SEAL_ALGORITHM = algorithm
        with connections["owner"].cursor() as cursor:
            cursor.execute(_seal_algorithm())

    yield by
    by("sha256")


def carried_out(found: PersonRequest, cast: Cast) -> PersonErasure:
    with context.acting(cast.actor("wang")) as current:
        return carry_out(found, current.actor)


def everything(*but: str) -> str:
    """All tables of the database as text, without the requests, which prove that one was heard."""
    told = []
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            if table not in {"parties_personrequest", *but}:
                cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
                told += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    return "\n".join(line for line in told if "parties_personrequest" not in line)


def test_afterwards_the_person_is_nowhere_and_history_is_still_proved(
    request_: PersonRequest, person: Person, cast: Cast
) -> None:
    seal()
    path = path_of("west", EvidenceFile.objects.get().digest)
    token = person.identity_number.token
    assert path.exists() and token in everything() and "李要删" in everything()
    before = {block.number: block.hash for block in blocks()}

    done = carried_out(request_, cast)
    assert (done.kind, done.rows, done.papers) == ("erased", 1, 1) and done.entries >= 4

    left = everything()
    for secret in (*SECRETS, token, person.identity_number.blind_index):
        lines = [line for line in left.splitlines() if secret in line and "parties_personerasure" not in line]
        assert not lines, (secret, lines)
    assert not path.exists()
    seal()
    report = verify()
    assert report.problems == [] and report.erased == ErasedEntry.objects.count() > 0
    assert {block.number: block.hash for block in blocks()}.items() >= before.items()


def test_what_was_done_stays_as_a_fact_of_nobody(request_: PersonRequest, cast: Cast, client_of: Any) -> None:
    carried_out(request_, cast)
    spell = EmploymentSpell._base_manager.get()
    assert (spell.employer_name, spell.person.name, spell.state) == ("演示厂", "（已删除）", "verified")
    page = client_of("wang").get(f"/parties/person/{spell.person_id}/").content.decode()
    assert "（已删除）" in page and "**********" in page
    history = client_of("wang").get(f"/parties/person/{spell.person_id}/history/").content.decode()
    assert "李要删" not in history
    assert "李要删" not in client_of("wang").get("/parties/person/").content.decode()


def test_an_entry_altered_after_the_erasing_is_found(request_: PersonRequest, cast: Cast) -> None:
    seal()
    carried_out(request_, cast)
    seal()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            'UPDATE kernel_history SET row = row || \'{"name": "别人"}\' WHERE id ='
            " (SELECT min(entry_id) FROM kernel_erasedentry WHERE of_table = 'parties_person')"
        )
    assert "parties_person" in "".join(map(str, verify().problems))


def test_a_record_of_erasing_that_nobody_made_is_found(person: Person) -> None:
    seal()
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_erasedentry DISABLE TRIGGER ALL")
        cursor.execute(
            "INSERT INTO kernel_erasedentry (id, entry_id, of_table, row_id, fields, is_now, erased_at,"
            " erased_by, reason) SELECT gen_random_uuid(), 1, 'parties_person', gen_random_uuid(), '[]', '',"
            " now(), 'x', 'x'"
        )
        cursor.execute("ALTER TABLE kernel_erasedentry ENABLE TRIGGER ALL")
    assert "绕过系统写入" in "".join(map(str, verify().problems))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT kernel_erase('funds_payment', '{}', '{amount}', '{}', 'x', 'x', now())",
        "SELECT kernel_erase('parties_person', '{}', '{category}', '{}', 'x', 'x', now())",
        "SELECT kernel_erase('parties_person', '{}', '{name}', '{}', '', 'x', now())",
        "INSERT INTO kernel_erasedentry (id) VALUES (gen_random_uuid())",
        "UPDATE kernel_history SET reason = ''",
    ],
)
def test_the_application_can_erase_nothing_but_what_is_declared(db: None, statement: str) -> None:
    refused = pytest.raises(DatabaseError, match=r"personal|somebody|permission")
    with context.unscoped("trying"), refused, connection.cursor() as cursor:
        cursor.execute(statement)


def test_sealed_with_sm3_it_is_proved_as_well(request_: PersonRequest, cast: Cast, sealing_with: Any) -> None:
    sealing_with("sm3")
    seal()
    carried_out(request_, cast)
    assert verify().problems == [] and verify().erased


def test_an_archive_says_which_entries_were_erased_and_proves_itself(
    request_: PersonRequest, cast: Cast, tmp_path: Path
) -> None:
    seal()
    carried_out(request_, cast)
    seal()
    months = sorted({month for block in blocks() for month in block.by_month()})
    proofs = []
    for month in months:
        write_month(month, tmp_path / month)
        assert b"\xe6\x9d\x8e\xe8\xa6\x81\xe5\x88\xa0" not in (tmp_path / month).read_bytes()
        proofs.append(prove(tmp_path / month))
    assert sum(proof.erased for proof in proofs) == ErasedEntry.objects.exclude(was=None).count() > 0


def test_what_a_rule_keeps_is_only_stored_until_its_last_day(
    request_: PersonRequest, person: Person, cast: Cast, client_of: Any
) -> None:
    with context.unscoped("rule"):
        rule = RecordRetention.objects.create(
            ledger="labour.employmentspell", kept_years=30, valid_from=date(2016, 1, 1), source="演示规定"
        )
    try:
        done = carried_out(request_, cast)
        assert (done.kind, done.until, done.source) == ("restricted", date(2051, 12, 31), "演示规定")
        with context.acting(cast.actor("wang")) as current:
            row = PEOPLE.queryset(PEOPLE.rows_with_units()).get(pk=person.pk)
            assert row.name == "李要删"
            with pytest.raises(RuleViolated, match="停止处理"):
                read_field(PEOPLE, row, "phone", "核对", actor=current.actor)
        with context.acting(cast.actor("bob")) as current:
            with pytest.raises(RuleViolated, match="停止处理"):
                values: dict[str, Any] = {"phone": "13800138059"}
                actions.save_row(PEOPLE, row, values, actor=current.actor, row_version=row.row_version)
            with pytest.raises(RuleViolated, match="停止处理"):
                values = {"person": row, "employer_name": "厂", "post": "质检", "destination": "county"}
                values["started_on"] = TODAY
                actions.create_row(registry.get("labour.employmentspell"), values, actor=current.actor)
        with pytest.raises(RuleViolated, match="已经办理"):
            carried_out(request_, cast)
    finally:
        with context.unscoped("rule"):
            rule.delete()
    assert carried_out(request_, cast).kind == "erased"


def test_a_backup_from_before_is_erased_again_from_the_list(
    request_: PersonRequest, person: Person, cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.SHANHAI_ANCHORS = tmp_path
    index = person.identity_number.blind_index
    (tmp_path / NAME).write_text(json.dumps({"side": "west", "index": index, "decided_at": "x"}) + "\n")
    assert erase_again(tmp_path / NAME) == 1
    assert erase_again(tmp_path / NAME) == 0
    assert "李要删" not in everything()
    (tmp_path / NAME).write_text("{}\n")
    with pytest.raises(UnreadableList, match="第 1 行"):
        erase_again(tmp_path / NAME)


def test_each_erasing_is_written_to_the_list(
    request_: PersonRequest, person: Person, cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.SHANHAI_ANCHORS = tmp_path
    carried_out(request_, cast)
    (line,) = (tmp_path / NAME).read_text().splitlines()
    assert json.loads(line)["index"] == person.identity_number.blind_index and "李" not in line


def test_who_may_not_see_all_of_the_side_erases_nobody(request_: PersonRequest, client_of: Any) -> None:
    for who, status in {"bob": 403, "vera": 403, "alice": 404, "dave": 404, "root": 404}.items():
        client = client_of(who)
        assert client.post(f"{LIST}{request_.pk}/erase/", {"agreed": "1"}).status_code == status, who
        assert client.post(f"/api/v1{LIST}{request_.pk}/erase/", **JSON).status_code == status, who
    wang = client_of("wang")
    assert "再勾选确认" in wang.post(f"{LIST}{request_.pk}/erase/", follow=True).content.decode()
    assert not PersonErasure.objects.exists()
    page = wang.get(f"{LIST}{request_.pk}/").content.decode()
    assert "删除个人信息" in page and "各项合计不变" in page
    shown = wang.post(f"{LIST}{request_.pk}/erase/", {"agreed": "1"}, follow=True).content.decode()
    assert "已删除：1 行" in shown and "删除个人信息</button>" not in shown


def test_the_same_paper_can_be_handed_in_anew(request_: PersonRequest, cast: Cast) -> None:
    carried_out(request_, cast)
    with context.unscoped("anew"):
        other = Person.objects.get(name="王留下")
    with context.acting(cast.actor("bob")) as current:
        link = upload(PEOPLE, other, blank_pdf(), "承诺书.pdf", "authorisation", actor=current.actor)
    file = EvidenceLink.objects.get(pk=link.pk).file
    assert file.erased_at is None and path_of("west", file.digest).exists()
