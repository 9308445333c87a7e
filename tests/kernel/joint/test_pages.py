"""Joint rows by page, API, bulk and file: the other side confirms or sends back, and writes no more."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import QueryDict

from kernel.imports.conftest import Desk
from kernel.surfaces.reading import page, words
from kernel.surfaces.test_bulk import confirm as press
from shanhai.kernel import clock, context
from shanhai.kernel.checks import check_ledger
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.surfaces.listing import Listing
from toys.models import Meeting

MEETINGS, BULK = "/toys/meeting/", "/toys/meeting/bulk/"
API = "/api/v1/toys/meeting/"


def take(client: Any, row: Any, step: str, **more: Any) -> Any:
    sent = {"step": step, "row_version": row.row_version, "reason": "金额不对", **more}
    return client.post(f"{MEETINGS}{row.pk}/step/", sent)


def test_the_other_side_confirms_and_both_stand_on_the_page(
    meeting: Any, client_of: Any, cast: Any, now: Any
) -> None:
    row, alice, vera = meeting("awaiting"), client_of("alice"), client_of("vera")
    assert "填报方已核，等县人力资源和社会保障局确认。" in words(
        client_of("dave").get(f"{MEETINGS}{row.pk}/")
    )
    listed = page(vera.get(MEETINGS)).select_one(f"main input[name=ids][value='{row.pk}']")
    assert listed is not None and not listed.has_attr("disabled"), "it may be ticked"
    assert "待我方确认" in words(vera.get(MEETINGS)) and "待我方确认" not in words(alice.get(MEETINGS))
    reason = page(vera.get(MEETINGS)).select_one("#bulk input[name=reason]")
    assert reason is not None and "退回对方" in str(reason["placeholder"])
    asked = vera.get(f"{MEETINGS}{row.pk}/")
    assert {one.get_text(strip=True) for one in page(asked).select("form[action$='step/'] button")} == {
        "确认",
        "退回对方",
    }
    assert take(vera, row, "confirm").status_code == 303
    stored = now(row)
    assert (stored.state, stored.confirmed_by) == ("verified", cast.actor("vera").key)
    for browser in (alice, vera):
        shown = browser.get(f"{MEETINGS}{row.pk}/")
        assert "双方签认" in page(shown).select(".next")[0].get_text(), (
            "on a phone, before all that is linked"
        )
        panel = words(shown)
        assert all(f"{mark}：{who}" in panel for mark, who in (("核实", "victor"), ("确认", "vera")))
        history = words(browser.get(f"{MEETINGS}{row.pk}/history/"))
        assert all(word in history for word in ("vera", "victor", "确认", "核实"))
    entry = HistoryEntry.objects.filter(row_id=row.pk).order_by("-id").first()
    assert entry is not None and entry.actor == cast.actor("vera").key


def test_what_is_sent_back_is_the_other_sides_own_again(meeting: Any, client_of: Any, now: Any) -> None:
    row, vera = meeting("awaiting"), client_of("vera")
    assert take(vera, row, "decline", reason="").status_code == 422
    sent = take(vera, row, "decline")
    assert (sent.status_code, sent.url) == (303, MEETINGS)
    assert vera.get(f"{MEETINGS}{row.pk}/").status_code == 404
    assert (now(row).state, now(row).verified_at, now(row).verified_by) == ("returned", None, "")
    assert "退回原因：金额不对" in words(client_of("alice").get(f"{MEETINGS}{row.pk}/"))


@pytest.mark.parametrize("state", ["draft", "returned", "voided"])
def test_what_is_not_submitted_to_it_the_other_side_does_not_find(
    meeting: Any, client_of: Any, state: str
) -> None:
    row, vera = meeting(state), client_of("vera")
    assert str(row.pk) not in vera.get(MEETINGS).content.decode()
    assert vera.get(f"{MEETINGS}{row.pk}/").status_code == 404
    assert take(vera, row, "confirm").status_code == 404


def test_a_unit_that_is_not_named_reads_and_confirms_nothing(
    meeting: Any, client_of: Any, cast: Any, now: Any
) -> None:
    row = meeting("awaiting", partner_unit=cast.mt_yongxing)
    for who in ("vera", "bob", "ruth", "alice", "victor", "carol", "anna"):
        client = client_of(who)
        assert client.get(f"{MEETINGS}{row.pk}/").status_code == 200, who
        assert [take(client, row, step).status_code for step in ("confirm", "decline")] == [403, 403], who
    assert now(row).row_version == row.row_version
    assert take(client_of("wang"), row, "confirm").status_code == 303, "coordinators confirm side-wide"


def test_the_named_unit_writes_nothing_else(meeting: Any, client_of: Any, now: Any) -> None:
    row = meeting("awaiting")
    for who in ("bob", "vera", "wang"):
        client = client_of(who)
        assert client.get(f"{MEETINGS}{row.pk}/edit/").status_code == 403
        assert client.post(f"{MEETINGS}{row.pk}/evidence/").status_code == 403
        for step in ("withdraw", "verify", "return", "void", "submit"):
            assert take(client, row, step).status_code == 403, (who, step)
    assert now(row).row_version == row.row_version


def test_the_workbench_tells_what_waits_since_when_and_leads_there(
    meeting: Any, client_of: Any, cast: Any, ledger: Any
) -> None:
    with clock.at(clock.now() - timedelta(days=9)):
        row = meeting("awaiting")
    meeting("awaiting", "联2"), meeting("submitted", "联3"), meeting("awaiting", "联4", by="bob")
    vera, home = client_of("vera"), words(client_of("vera").get("/"))
    assert "待我方确认 共 2 条" in home and "玩具联席会议 · 最早已等 9 天" in home
    soup = page(vera.get("/"))
    url = next(one["href"] for one in soup.select("a") if "最早已等 9 天" in one.get_text())
    with context.acting(cast.actor("vera")) as current:
        listing = Listing(ledger, QueryDict(url.partition("?")[2]), current.actor)
        assert {one.number for one in listing.page.rows} == {"联1", "联2"}
    assert str(row.pk) in vera.get(url).content.decode()
    for who in ("alice", "bob", "dave"):
        assert "待我方确认" not in words(client_of(who).get("/")), who
    assert "待我方确认 共 1 条" in words(client_of("victor").get("/"))


def test_many_are_confirmed_or_sent_back_at_once(meeting: Any, client_of: Any, now: Any) -> None:
    rows = [meeting("awaiting", f"联{n}") for n in range(3)] + [meeting("submitted", "联8")]
    vera = client_of("vera")
    shown = vera.post(BULK, {"verb": "confirm", "ids": [str(row.pk) for row in (*rows[:2], rows[3])]})
    assert "将处理 2 条，跳过 1 条" in words(shown)
    assert press(vera, shown, BULK).status_code == 303
    shown = vera.post(BULK, {"verb": "decline", "ids": [str(rows[2].pk)]})
    assert press(vera, shown, BULK).status_code == 422, "a reason is asked for"
    assert press(vera, shown, BULK, reason="日期不对").status_code == 303
    assert [now(row).state for row in rows] == ["verified", "verified", "returned", "submitted"]
    assert all(now(row).confirmed_by for row in rows[:2]) and now(rows[2]).return_reason == "日期不对"
    refused = client_of("victor").post(BULK, {"verb": "confirm", "matching": "1"})
    assert "将处理 0 条" in words(refused)


def test_the_api_takes_the_same_steps(meeting: Any, client_of: Any) -> None:
    def step(who: str, row: Any, name: str) -> Any:
        sent = {"row_version": row.row_version, "reason": "金额不对"}
        return client_of(who).post(
            f"{API}{row.pk}/steps/{name}/", json.dumps(sent), content_type="application/json"
        )

    first, second = meeting("awaiting"), meeting("awaiting", "联2")
    assert [step(who, first, "confirm").status_code for who in ("victor", "bob", "eve")] == [403, 403, 404]
    confirmed = step("vera", first, "confirm").json()
    assert (confirmed["state"], bool(confirmed["confirmed_at"])) == ("verified", True)
    sent_back = step("vera", second, "decline")
    assert (sent_back.status_code, sent_back.json()["state"]) == (200, "returned")
    assert client_of("vera").get(f"{API}{second.pk}/").status_code == 404
    assert step("vera", first, "confirm").json()["code"] == "conflict"
    first.row_version = confirmed["row_version"]
    assert step("vera", first, "confirm").json()["code"] == "wrong_state"
    listed = client_of("alice").get(API, {"confirmed_at_is": "filled"}).json()
    assert [one["number"] for one in listed["items"]] == ["联1"]
    waiting = client_of("alice").get(API, {"state": "awaiting"}).json()
    assert waiting["rows"] == 0


def test_plain_ledgers_know_neither_step_nor_state(client_of: Any, cast: Any) -> None:
    carol, plan = client_of("carol"), "/api/v1/toys/workshop/many/confirm/plan/"
    assert carol.post(plan, "{}", content_type="application/json").status_code == 404
    assert "待对方确认" not in words(carol.get("/toys/workshop/filter/state/"))
    assert "待对方确认" in words(carol.get(f"{MEETINGS}filter/state/"))


def test_a_list_and_its_export_tell_when_the_other_side_confirmed(meeting: Any, client_of: Any) -> None:
    meeting("verified")
    for who in ("alice", "bob"):
        answer = client_of(who).get(f"{MEETINGS}export/?format=csv&columns=number&columns=confirmed_at")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        assert "对方确认时间" in text and "联1" in text and "2021-09-24" in text


def test_the_form_and_a_file_name_a_unit_of_the_other_side(client_of: Any, cast: Any, ledger: Any) -> None:
    soup = page(client_of("alice").get(f"{MEETINGS}new/"))
    offered = {one.get_text(strip=True) for one in soup.select("[name=partner_unit] option")}
    assert "县人力资源和社会保障局" in offered and "区人力资源和社会保障局" not in offered
    line = {"所属期": "2021-09", "会议编号": "联1", "会议日期": "2021-09-01", "参会人数": "3"}
    desk = Desk(cast)
    ours = desk.told([line | {"对方单位": "区人力资源和社会保障局"}], ledger=ledger)
    assert any("请填对方的单位" in one for one in ours)
    assert desk.told([line | {"对方单位": "县人力资源和社会保障局"}], ledger=ledger) == []
    assert any("必须填写" in one for one in desk.told([line | {"对方单位": ""}], ledger=ledger))
    sent = {"period": "2021-09", "number": "联2", "held_on": "2021-09-01", "attendees": "3"}
    own = sent | {"partner_unit": str(cast.dm_finance.pk), "owner_unit": str(cast.dm_labour.pk)}
    refused = client_of("alice").post(API, json.dumps(own), content_type="application/json")
    assert (refused.status_code, "请选择对方的单位" in str(refused.json())) == (422, True)
    with context.unscoped("look"):
        assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("counterpart", ""),
        ("counterpart", "owner_unit"),
        ("counterpart", "number"),
        ("sides", (Side.EAST,)),
        ("sharing", Sharing.SHARED),
        ("reconcile_key", ("number",)),
        ("fields", ("period", "number")),
    ],
)
def test_a_joint_ledger_says_who_confirms(
    ledger: Any, monkeypatch: pytest.MonkeyPatch, option: str, value: Any
) -> None:
    assert not [one for one in check_ledger(ledger) if one.id == "ledger.E012"]
    monkeypatch.setattr(type(ledger), option, value)
    assert [one for one in check_ledger(ledger) if one.id == "ledger.E012"]


def test_a_period_that_is_locked_for_one_side_holds_the_other_from_nothing(
    duties: Any, meeting: Any, client_of: Any, cast: Any
) -> None:
    duties.rule(cast.dm_labour, ledger="toys.meeting", lock_days=3)
    with clock.at(datetime(2021, 9, 5, 9, tzinfo=clock.CHINA)):
        first, second = meeting("awaiting"), meeting("awaiting", "联2")
    assert take(client_of("vera"), first, "confirm").status_code == 303
    assert take(client_of("vera"), second, "decline").status_code == 303
