"""A token of the API never does more than its owner, nor more than its own scope, by whatever door."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection

from leaks.reading import shown
from samples.pages import api
from samples.rows import make_task, plant_row
from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.jobs import runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.models import Import
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Narrowing
from tokens import hand_out

WORKSHOP, OUTPUT = "toys.workshop", "toys.output"
EVERY_ACT = ("view", "file", "verify", "manage")


@pytest.fixture
def workshop(plant: Any) -> Any:
    return plant(registry.get(WORKSHOP), state="submitted")


@pytest.fixture
def elsewhere(cast: Any) -> Any:
    """A program of the coordinator who sees the whole side, let to another ledger with every act."""
    return hand_out(cast.users["carol"], [OUTPUT], EVERY_ACT)[1]


def test_a_ledger_out_of_scope_answers_as_one_that_the_role_may_not_see(
    cast: Any, workshop: Any, elsewhere: Any, client_of: Any
) -> None:
    ledger, row = registry.get(WORKSHOP), workshop.row
    nobody = client_of("root")  # whose role sees no ledger
    of_row = ("", "history/", "evidence/", "amendments/")
    general = ("", "groups/?group=kind", "imports/", "imports/template/", "views/", "fields/")
    for url in [
        *(f"{api(ledger, row)}{part}" for part in of_row),
        *(f"{api(ledger)}{part}" for part in general),
    ]:
        mine, theirs = elsewhere.get(url), nobody.get(url)
        assert (mine.status_code, mine.json()["code"]) == (theirs.status_code, theirs.json()["code"]), url
        assert mine.status_code in {403, 404}, url


def test_neither_search_nor_lookup_nor_waiting_lists_nor_figures_name_its_rows(
    cast: Any, workshop: Any, elsewhere: Any
) -> None:
    words = workshop.texts | workshop.names | workshop.sealed | {str(workshop.row.pk)}
    doors = [
        f"/api/v1/search/?{urlencode({'q': 'code'})}",
        *(f"/api/v1/search/?{urlencode({'q': word})}" for word in sorted(workshop.texts)[:3]),
        f"/api/v1/lookup/{WORKSHOP}/",
        "/api/v1/amendments/",
        "/api/v1/amendments/?waiting=true",
        "/api/v1/obligations/",
        "/api/v1/obligations/rules/",
        "/api/v1/obligations/locks/",
        "/api/v1/indicators/",
        "/api/v1/jobs/",
    ]
    for url in doors:
        answer = elsewhere.get(url)
        text = shown(answer).replace(url, "")
        assert not [word for word in words if word in text], (url, answer.status_code)


def test_a_figure_of_a_ledger_out_of_scope_and_what_is_behind_it_stay_shut(cast: Any) -> None:
    _token, program = hand_out(cast.users["carol"], [WORKSHOP], EVERY_ACT)
    for part in (
        "",
        "rows/?reason=counted",
        "evidence/",
        "since/?day=2021-01-01",
        "sides/",
        "amended/",
    ):
        assert program.get(f"/api/v1/indicators/TOY-1/{part}").status_code == 403, part
    pack = {"about": "indicator", "code": "TOY-1"}
    answer = program.post("/api/v1/packs/", pack, content_type="application/json")
    assert answer.status_code == 403
    with context.unscoped("test"):
        assert not Job.objects.exists()
    listed = {one["code"] for one in program.get("/api/v1/indicators/").json()["items"]}
    assert "TOY-1" not in listed
    inside = hand_out(cast.users["carol"], [OUTPUT])[1]
    assert inside.get("/api/v1/indicators/TOY-1/").status_code == 200


def test_bulletins_targets_schemes_and_tasks_need_their_own_place_in_the_scope(
    cast: Any, elsewhere: Any
) -> None:
    with context.acting(cast.actor("alice")) as current:
        task = make_task(current.actor)
    for url in ("/api/v1/bulletins/", "/api/v1/targets/", "/api/v1/schemes/", f"/api/v1/tasks/{task.pk}/"):
        answer = elsewhere.get(url)
        assert answer.status_code in {403, 404} or answer.json() == [], url
    assert elsewhere.get("/api/v1/tasks/").json() == []
    named = hand_out(cast.users["carol"], ["scheme.scheme"])[1]
    assert [one["id"] for one in named.get("/api/v1/tasks/").json()] == [str(task.pk)]


def test_readings_and_the_seal_are_for_people(cast: Any) -> None:
    program = hand_out(cast.users["dave"], [one.key for one in registry], EVERY_ACT)[1]
    assert program.get("/api/v1/audit/").status_code in {403, 404}


def test_fields_of_a_ledger_out_of_scope_narrow_no_other_list(cast: Any, client_of: Any) -> None:
    url = f"{api(registry.get(OUTPUT))}?workshop__keeper_identity=1"
    program = hand_out(cast.users["carol"], [OUTPUT])[1]
    refused = program.get(url)
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_filter")
    by_kind = f"{api(registry.get(OUTPUT))}?workshop__kind=home"
    assert client_of("carol").get(by_kind).status_code == 200
    assert program.get(by_kind).status_code == 422


def test_only_the_acts_of_the_token_are_done(cast: Any, workshop: Any) -> None:
    ledger, url = registry.get(WORKSHOP), api(registry.get(WORKSHOP), workshop.row)
    reader = hand_out(cast.users["carol"], [WORKSHOP])[1]
    step = {"row_version": 1, "reason": "对"}
    sent = {"content_type": "application/json"}
    assert reader.get(url).status_code == 200
    assert reader.post(f"{url}steps/verify/", step, **sent).status_code == 403
    assert reader.patch(url, {"name": "改", "row_version": 1}, **sent).status_code == 403
    assert reader.post(api(ledger), {"code": "N", "name": "新"}, **sent).status_code == 403
    verifier = hand_out(cast.users["carol"], [WORKSHOP], ["verify"])[1]
    assert verifier.post(f"{url}steps/void/", step, **sent).status_code == 403
    assert verifier.post(f"{url}steps/verify/", step, **sent).status_code == 200


def test_a_token_gives_nothing_that_its_owner_has_not(cast: Any, workshop: Any) -> None:
    url = api(registry.get(WORKSHOP), workshop.row)
    leader = hand_out(cast.users["lily"], [WORKSHOP], EVERY_ACT)[1]
    sent = {"content_type": "application/json"}
    assert leader.get(url).status_code == 200
    assert leader.post(f"{url}steps/verify/", {"row_version": 1}, **sent).status_code == 403
    stranger = hand_out(cast.users["bob"], [WORKSHOP], EVERY_ACT)[1]
    hidden = plant_row(registry.get(WORKSHOP), cast.actor("alice"), sharing="private").row
    assert stranger.get(api(registry.get(WORKSHOP), hidden)).status_code == 404


def test_sensitive_values_are_never_unmasked_by_a_token(cast: Any, workshop: Any) -> None:
    program = hand_out(cast.users["carol"], [WORKSHOP], EVERY_ACT)[1]
    asked = f"{api(registry.get(WORKSHOP))}exports/plain/"
    body = {"format": "csv", "reason": "核对"}
    assert program.post(asked, body, content_type="application/json").status_code == 403


def test_a_job_runs_with_the_rights_of_the_token_that_began_it_and_is_its_own(
    cast: Any, workshop: Any, client_of: Any
) -> None:
    ledger, sent = registry.get(WORKSHOP), {"content_type": "application/json"}
    first = hand_out(cast.users["carol"], [WORKSHOP])[1]
    other = hand_out(cast.users["carol"], [WORKSHOP], EVERY_ACT)[1]
    begun = first.post(f"{api(ledger)}exports/", {"format": "csv"}, **sent)
    assert begun.status_code == 202, begun.content.decode()
    url = f"/api/v1/jobs/{begun.json()['id']}/"
    assert [one.get(url).status_code for one in (first, other)] == [200, 404]
    assert client_of("carol").get(url).status_code == 200
    job = Job.objects.get(pk=begun.json()["id"])
    assert job.actor().allows(Verb.EXPORT, WORKSHOP)
    assert not job.actor().allows(Verb.VERIFY, WORKSHOP)
    assert not job.actor().allows(Verb.VIEW, OUTPUT)
    whole = client_of("carol").post(f"{api(ledger)}exports/", {"format": "csv"}, **sent)
    assert whole.json()["id"] != begun.json()["id"]
    assert first.get(f"/api/v1/jobs/{whole.json()['id']}/").status_code == 404


def test_an_answer_given_to_the_person_is_not_given_again_to_their_token(cast: Any, client_of: Any) -> None:
    ledger = registry.get(WORKSHOP)
    sent = {"content_type": "application/json", "headers": {"Idempotency-Key": "once"}}
    body = {"code": "W9", "name": "九号"}
    assert client_of("carol").post(api(ledger), body, **sent).status_code == 201
    program = hand_out(cast.users["carol"], [WORKSHOP], ["file"])[1]
    again = program.post(
        api(ledger), body, content_type="application/json",
        headers={"Idempotency-Key": "once"},
    )  # fmt: skip
    assert (again.status_code, again.json()["code"]) == (422, "idempotency_mismatch")


def test_the_wall_in_the_database_is_as_narrow(cast: Any, workshop: Any, behind_the_wall: None) -> None:
    """Asked by SQL alone: what narrows the rights is told to the database as well."""

    def seen(*ledgers: str) -> int:
        actor = cast.actor("carol").narrowed(Narrowing("t", frozenset(ledgers), frozenset({Verb.VIEW})))
        with context.acting(actor), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM toys_workshop")
            found: int = cursor.fetchone()[0]
        return found

    assert (seen(WORKSHOP), seen(OUTPUT), seen()) == (1, 0, 0)


def test_own_uploads_that_hold_rows_of_other_ledgers_stay_away(cast: Any) -> None:
    from shanhai.kernel.imports.uploads import visible_imports
    from shanhai.kernel.models import ImportPart

    ledger = registry.get(WORKSHOP)
    with context.unscoped("uploads"):
        upload = Import.objects.create(
            ledger=WORKSHOP, requester=cast.users["alice"], name="两张.xlsx", size=1, created_at=clock.now()
        )
        for position, key in enumerate((WORKSHOP, OUTPUT)):
            ImportPart.objects.create(upload=upload, ledger=key, position=position)
    alice = cast.actor("alice")

    def seen(*ledgers: str) -> int:
        narrow = Narrowing("t", frozenset(ledgers), frozenset(Verb))
        with context.acting(alice.narrowed(narrow)) as current:
            return visible_imports(ledger, current.actor).count()

    assert (seen(WORKSHOP, OUTPUT), seen(WORKSHOP)) == (1, 0)


def test_work_that_needs_an_account_finds_it_behind_a_token(cast: Any) -> None:
    narrow = cast.actor("carol").narrowed(Narrowing("t", frozenset(), frozenset(Verb)))
    assert runner.account_of(narrow) == cast.users["carol"]
    with pytest.raises(NotAllowed):
        runner.account_of(type(narrow)(key="system:x", name=""))
