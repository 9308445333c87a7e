"""Pages, files and API of a past day: what they show, what they carry on, and what they never show."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shanhai.kernel import actions, clock, context
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Sharing
from shanhai.kernel.workflow import SUBMIT, VERIFY
from toys.models import Workshop

FIRST = date(2021, 8, 30)
THEN = FIRST + timedelta(1)
ASKED = f"known_on={THEN.isoformat()}"
LIST, API = "/toys/workshop/", "/api/v1/toys/workshop/"


@pytest.fixture
def lived(days: None, cast: Any) -> Any:
    """A workshop of Doumen: drafted on the first day, reported on the second, renamed and voided later."""
    ledger = registry.get("toys.workshop")

    def on(day: date, name: str, do: Callable[[Any], Any]) -> Any:
        moment = datetime.combine(day, datetime.min.time(), clock.CHINA) + timedelta(hours=23)
        with clock.at(moment), context.acting(cast.actor(name)) as current:
            return do(current.actor)

    values = {"code": "W1", "name": "旧名车间", "workers": 3, "opened_on": FIRST}
    values["keeper_phone"] = "13912345678"
    row = on(FIRST, "alice", lambda a: actions.create_row(ledger, values, actor=a))
    on(THEN, "alice", lambda a: actions.step_row(ledger, row, SUBMIT, actor=a))
    on(THEN, "victor", lambda a: actions.step_row(ledger, row, VERIFY, actor=a))
    with clock.at(THEN + timedelta(5)), context.unscoped("renamed"):
        Workshop.objects.update(name="新名车间", workers=8)
    row.refresh_from_db()
    return row, on, ledger


def text_of(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = body.decode()
    return json.dumps(json.loads(text), ensure_ascii=False) if text.startswith("{") else text


def test_list_row_file_and_api_show_the_day_and_carry_it_on(lived: Any, sign_in: Any) -> None:
    row, _on, _ledger = lived
    client = sign_in("alice")
    shown = text_of(client.get(f"{LIST}?{ASKED}"))
    assert "旧名车间" in shown and "新名车间" not in shown
    assert "按 2021年8月31日 24时 系统已知的数据" in shown and "回到现在" in shown
    assert f"/{row.pk}/?{ASKED}" in shown and f"export/?format=csv&amp;{ASKED}" in shown
    assert "/new/" not in shown and 'id="bulk"' not in shown
    detail = text_of(client.get(f"{LIST}{row.pk}/?{ASKED}"))
    assert "旧名车间" in detail and "新名车间" not in detail
    assert "这是过去的样子" in detail and "/edit/" not in detail and 'name="step"' not in detail
    assert "139****5678" in detail and "13912345678" not in detail
    file = text_of(client.get(f"{LIST}export/?{ASKED}&format=csv"))
    assert "旧名车间" in file and "新名车间" not in file and "按 2021-08-31 24时系统已知的数据" in file
    assert client.get(f"{API}?{ASKED}").json()["items"][0]["name"] == "旧名车间"
    groups = client.get(f"{API}groups/?{ASKED}&group=opened_on&columns=workers").json()
    assert groups["totals"] == {"workers": "3"} and ASKED in groups["items"][0]["query"]
    assert client.get(f"{API}{row.pk}/?{ASKED}").json()["name"] == "旧名车间"
    day_before = client.get(f"{API}{row.pk}/?known_on={FIRST}").json()
    assert (day_before["state"], day_before["workers"]) == ("draft", 3)
    assert "旧名车间" not in text_of(client.get(LIST))


def test_a_past_day_shows_nobody_more_than_today(lived: Any, client_of: Any) -> None:
    """Neither what was not shared then, nor what is not shared any more."""
    row, _on, _ledger = lived
    other = client_of("bob")
    pages = [f"{LIST}?{ASKED}", f"{LIST}export/?{ASKED}&format=csv", f"{API}?{ASKED}"]
    assert all("旧名车间" in text_of(other.get(page)) for page in pages)
    drafted = f"known_on={FIRST}"  # a draft then, though reported today
    assert "旧名车间" not in text_of(other.get(f"{LIST}?{drafted}"))
    assert other.get(f"{LIST}{row.pk}/?{drafted}").status_code == 404
    with context.unscoped("kept back"):
        Workshop.objects.update(sharing=Sharing.PRIVATE)
    found = [page for page in pages if "旧名车间" in text_of(other.get(page))]
    assert not found
    assert other.get(f"{LIST}{row.pk}/?{ASKED}").status_code == 404
    assert other.get(f"{API}{row.pk}/?{ASKED}").status_code == 404


@pytest.mark.parametrize("day", ["2021-13-01", "yesterday", "2031-01-01", "2001-01-01"])
def test_a_day_that_cannot_be_shown_is_said(lived: Any, sign_in: Any, day: str) -> None:
    client = sign_in("alice")
    for page in (LIST, API, f"{LIST}{lived[0].pk}/"):
        response = client.get(f"{page}?known_on={day}")
        assert response.status_code == 422
        assert "当日所知" in text_of(response) or "系统的历史从" in text_of(response)


def test_a_figure_stands_beside_todays_with_the_rows_between(lived: Any, sign_in: Any) -> None:
    with clock.at(THEN + timedelta(9)), context.unscoped("late"):
        Workshop.objects.filter(code="W1").update(state="voided")
    client = sign_in("carol")
    shown = text_of(client.get(f"/appraisal/indicators/TOY-4/?side=east&period=2021Q3&{ASKED}"))
    assert "与现在相比" in shown and "后来不计（已作废）" in shown
    assert "按 2021年8月31日" in shown
    assert f"{ASKED}" in shown.split("rows/")[1]
    assert "与现在相比" not in text_of(client.get("/appraisal/indicators/TOY-4/?side=east&period=2021Q3"))
    assert "旧名车间" in text_of(
        client.get(f"/appraisal/indicators/TOY-4/rows/?side=east&period=2021Q3&{ASKED}")
    )


def test_nothing_leaves_unmasked_of_a_past_day(lived: Any, sign_in: Any) -> None:
    dave, columns = sign_in("dave"), "columns=keeper_identity"
    assert "export/plain" in text_of(dave.get(f"{LIST}?{columns}"))
    assert "export/plain" not in text_of(dave.get(f"{LIST}?{columns}&{ASKED}"))
    answer = dave.post(f"{LIST}export/plain/?{columns}&{ASKED}", {"format": "csv", "reason": "核对"})
    assert answer.status_code == 403
