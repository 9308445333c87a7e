"""Schemes over the API: read, imported, corrected, settled and put in force as on the pages."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from shanhai.domains.scheme.models import Scheme, Section
from shanhai.domains.scheme.rules import sentence_starts

from .conftest import SAMPLE

BASE = "/api/v1/schemes/"
TASKS = "/api/v1/tasks/"


def send(client: Any, url: str, body: Any, method: str = "post") -> Any:
    return getattr(client, method)(url, json.dumps(body), content_type="application/json")


def sent(client: Any, url: str, **more: str) -> Any:
    return client.post(url, {"file": SimpleUploadedFile("方案.txt", SAMPLE.read_bytes()), **more})


def test_a_file_becomes_a_draft_and_then_the_version_in_force(units: Any, cast: Any, client_of: Any) -> None:
    carol, alice = client_of("carol"), client_of("alice")
    assert sent(alice, BASE).status_code == 403
    assert list(sent(carol, BASE, side="west").json()["problems"]) == ["side"]
    refused = carol.post(BASE, {"file": SimpleUploadedFile("空.txt", "今天天气很好。".encode())})
    assert refused.json()["code"] == "no_clause"
    made = sent(carol, BASE, side="east", sharing="private")
    assert made.status_code == 201, made.content.decode()
    draft = made.json()
    duties = [duty for section in draft["sections"] for duty in section["duties"]]
    assert (draft["state"], len(duties)) == ("draft", 61)
    assert all(draft["text"][d["start"] : d["end"]].replace("\n", "") in d["name"] for d in duties)
    url = f"{BASE}versions/{draft['id']}/"
    assert alice.get(url).status_code == 404 and alice.get(BASE).json() == []
    assert send(carol, f"{url}save/", {"edition": draft["edition"] + 1}).json()["code"] == "conflict"
    saved = send(carol, f"{url}save/", {"edition": draft["edition"]}).json()
    assert saved["state"] == "in_force"
    (line,) = alice.get(BASE).json()
    assert (line["version"]["id"], line["tasks"]) == (draft["id"], 7)
    assert client_of("eve").get(f"{BASE}{line['id']}/").status_code == 404
    one = send(carol, f"{BASE}{line['id']}/", {"sharing": "shared", "due_days": 5}, "patch").json()
    assert (one["sharing"], one["due_days"]) == ("shared", 5)
    far = send(carol, f"{BASE}{line['id']}/", {"reports_since": "2031-01-01"}, "patch").json()
    assert list(far["problems"]) == ["reports_since"]
    assert send(alice, f"{BASE}{line['id']}/", {"due_days": 1}, "patch").status_code == 403


def test_a_correction_changes_words_cuts_and_duties_of_the_draft_alone(
    in_force: Any, units: Any, client_of: Any
) -> None:
    carol = client_of("carol")
    scheme = f"{BASE}{in_force.scheme_id}/"
    draft = send(carol, f"{scheme}corrections/", {}).json()
    assert send(carol, f"{scheme}corrections/", {}).json()["code"] == "draft_exists"
    section = next(one for one in draft["sections"] if one["duties"])
    url = f"{BASE}sections/{section['id']}/"
    said = {"edition": draft["edition"], "heading": "新标题"}
    changed = send(carol, url, said, "patch").json()
    assert (changed["heading"], changed["start"]) == ("新标题", section["start"])
    assert send(carol, url, said, "patch").json()["code"] == "conflict"
    bad = {"edition": changed["edition"], "at": section["start"]}
    assert send(carol, f"{url}split/", bad).json()["code"] == "bad_cut"
    bound = {duty["unit"]["id"] for duty in section["duties"] if duty["unit"]}
    free = next(one for one in units.values() if one.side == "east" and str(one.pk) not in bound)
    new = {"edition": changed["edition"], "unit": str(free.pk), "role": "support"}
    added = send(carol, f"{url}duties/", new).json()
    assert len(added["duties"]) == len(section["duties"]) + 1
    (duty,) = [one for one in added["duties"] if one["unit"] and one["unit"]["id"] == str(free.pk)]
    led = send(carol, f"{url}duties/{duty['id']}/", {"edition": added["edition"], "role": "lead"}, "patch")
    assert [d["role"] for d in led.json()["duties"] if d["id"] == duty["id"]] == ["lead"]
    told = carol.get(f"{BASE}versions/{draft['id']}/difference/").json()
    (change,) = told
    assert (change["change"], change["new"]["heading"]) == ("changed", "新标题")
    assert change["duties_added"] == [{"name": duty["name"], "role": "lead"}]
    gone = carol.delete(f"{url}duties/{duty['id']}/?edition={led.json()['edition']}").json()
    assert duty["id"] not in {one["id"] for one in gone["duties"]}
    assert carol.get(f"{BASE}sections/{in_force.sections.first().pk}/").status_code == 200
    locked = f"{BASE}sections/{in_force.sections.first().pk}/"
    assert send(carol, locked, {"edition": 1}, "patch").status_code == 404
    dropped = carol.delete(f"{BASE}versions/{draft['id']}/?edition={gone['edition']}")
    assert dropped.status_code == 204 and not Section.objects.filter(pk=section["id"]).exists()
    assert Scheme.objects.filter(pk=in_force.scheme_id).exists()


def test_a_clause_is_cut_and_joined_again(draft: Any, client_of: Any) -> None:
    carol, source = client_of("carol"), draft.document.text
    section, at = next(
        (one, starts[0])
        for one in draft.sections.order_by("start")
        if (starts := sentence_starts(source, one.start, one.end)) and not hasattr(one, "task")
    )
    url = f"{BASE}sections/{section.pk}/"
    rest = send(carol, f"{url}split/", {"edition": draft.edition, "at": at}).json()
    assert (rest["start"], rest["end"]) == (at, section.end)
    joined = send(carol, f"{BASE}sections/{rest['id']}/merge/", {"edition": rest["edition"]}).json()
    assert (joined["id"], joined["end"]) == (str(section.pk), section.end)


def test_names_are_settled_by_a_reply(draft: Any, units: Any, client_of: Any) -> None:
    carol = client_of("carol")
    url = f"{BASE}versions/{draft.pk}/"
    asked = carol.get(url).json()["questions"]
    name = next(one["name"] for one in asked if one["name"] and one["kind"] != "group")
    unit = units["dm_labour"]
    assert list(send(carol, f"{url}answers/", {"answer": "unit", "name": name}).json()["problems"]) == [
        "units"
    ]
    strange = {"answer": "unit", "name": name, "units": [str(draft.pk)]}
    assert list(send(carol, f"{url}answers/", strange).json()["problems"]) == ["units"]
    settled = send(carol, f"{url}answers/", {"answer": "unit", "name": name, "units": [str(unit.pk)]})
    assert settled.status_code == 200, settled.content.decode()
    assert settled.json()["open"] < len(asked)
    left = carol.get(url).json()["questions"]
    assert name not in {one["name"] for one in left}
    checked = {"answer": "checked", "questions": [one["id"] for one in left]}
    assert send(carol, f"{url}answers/", checked).json() == {"settled": len(left), "open": 0}


def test_a_newer_text_is_a_draft_beside_the_version_in_force(in_force: Any, client_of: Any) -> None:
    carol = client_of("carol")
    made = sent(carol, f"{BASE}{in_force.scheme_id}/texts/")
    assert made.status_code == 201, made.content.decode()
    assert carol.get(f"{BASE}versions/{made.json()['id']}/difference/").json() == []
    versions = carol.get(f"{BASE}{in_force.scheme_id}/").json()["versions"]
    assert [one["state"] for one in versions] == ["draft", "in_force"]
    assert len(client_of("alice").get(f"{BASE}{in_force.scheme_id}/").json()["versions"]) == 1


def test_tasks_tell_who_answers_and_what_is_owed(in_force: Any, units: Any, client_of: Any) -> None:
    carol, alice = client_of("carol"), client_of("alice")
    matrix = alice.get(f"{BASE}versions/{in_force.pk}/matrix/").json()
    assert len(matrix["tasks"]) == 7
    mine = next(one for one in matrix["units"] if one["unit"] == str(units["dm_labour"].pk))
    tasks = alice.get(TASKS).json()
    assert {one["id"] for one in tasks} == set(mine["roles"])
    url = f"{TASKS}{tasks[0]['id']}/"
    whole = alice.get(url).json()
    owed = [one for one in whole["reports"] if one["unit"]["id"] == str(units["dm_labour"].pk)]
    assert [one["standing"] for one in owed].count("late") == tasks[0]["late"] > 0
    plan = {"frequency": "once", "ledgers": ["nothing"]}
    assert send(alice, f"{url}plan/", plan, "put").status_code == 403
    assert send(carol, f"{url}plan/", plan, "put").json()["code"] == "unknown_link"
    planned = send(carol, f"{url}plan/", {"frequency": "once", "due_on": "2021-12-31"}, "put").json()
    assert (planned["frequency"], planned["due_on"]) == ("once", "2021-12-31")
    excel = alice.get(f"{BASE}versions/{in_force.pk}/tasks.xlsx")
    word = alice.get(f"{BASE}versions/{in_force.pk}/tasks.docx")
    assert excel.content.startswith(b"PK") and word.content.startswith(b"PK")


def test_a_task_is_found_by_its_words_by_who_may_read_it(in_force: Any, client_of: Any) -> None:
    found = client_of("alice").get("/api/v1/search/", {"q": "劳务协作"}).json()
    tasks = next(one for one in found if one["label"] == "任务")
    assert "做实劳务协作" in tasks["hits"][0]["label"] and tasks["hits"][0]["url"].startswith(
        "/scheme/tasks/"
    )
    assert "任务" not in {
        one["label"] for one in client_of("bob").get("/api/v1/search/", {"q": "劳务协作"}).json()
    }
    assert client_of("alice").get("/api/v1/search/", {"q": ""}).json()["code"] == "bad_body"
