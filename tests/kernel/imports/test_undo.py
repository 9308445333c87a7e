"""An import is taken back as a whole while nobody has touched its rows, or not at all."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from kernel.imports.test_pages import IMPORT, confirm, send, words
from shanhai.kernel import actions, context
from shanhai.kernel.evidence.attach import upload
from shanhai.kernel.imports import store
from shanhai.kernel.models import HistoryEntry, Import
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import SUBMIT
from toys.models import Output, Workshop

LEDGER = registry.get("toys.workshop")
OLD = {"编号": "W1", "名称": "一号", "年度经费（元）": 1200.5, "设立日期": "2021-03-01", "备注": "旧"}
FILE = [
    {**OLD, "名称": "改名", "年度经费（元）": 9, "设立日期": None, "备注": "新"},
    {**OLD, "编号": "W2", "名称": "二号"},
    {**OLD, "编号": "W3", "名称": "三号"},
]


@pytest.fixture
def imported(sign_in: Any, desk: Any, identity: Any) -> tuple[Any, str]:
    """A file written by alice, which changes one row and brings two: her browser and the result's address."""
    desk.apply([{**OLD, "负责人身份证号": identity(1)}])
    client = sign_in("alice")
    url = send(client, [{**line, "负责人身份证号": identity(2)} for line in FILE]).url
    confirm(client, url)
    assert Workshop._base_manager.count() == 3
    return client, url


def undo(client: Any, url: str) -> Any:
    return client.post(f"{url}undo/")


def state(code: str) -> dict[str, Any]:
    row = Workshop._base_manager.values().get(code=code)
    return {name: value for name, value in row.items() if name != "row_version"}


def test_new_rows_go_and_changed_ones_are_as_before(sign_in: Any, desk: Any, identity: Any) -> None:
    desk.apply([{**OLD, "负责人身份证号": identity(1)}])
    before, client = state("W1"), sign_in("alice")
    lines = [{**line, "负责人身份证号": identity(2)} for line in FILE]
    url = send(client, lines).url
    confirm(client, url)
    assert undo(client, url).status_code == 302
    assert state("W1") == before
    assert Workshop._base_manager.get().row_version == 3
    shown = words(client.get(url))
    assert "撤销了这次导入：删去新增的 2 行，还原更改的 1 行" in shown
    assert "撤销这次导入" not in shown  # no second time
    entries = HistoryEntry.objects.filter(reason="撤销导入“车间.xlsx”")
    assert sorted(entry.operation for entry in entries) == ["delete", "delete", "update"]
    again = send(client, lines).url
    confirm(client, again)
    assert Workshop._base_manager.count() == 3
    assert undo(client, url).status_code == 422  # taken back once; the second import stands
    assert Workshop._base_manager.count() == 3


def edit(code: str, as_actor: Any) -> None:
    with as_actor("alice") as alice:
        row = Workshop.objects.get(code=code)
        actions.save_row(LEDGER, row, {"note": "后来"}, actor=alice, row_version=row.row_version)


def submit(code: str, as_actor: Any) -> None:
    with as_actor("alice") as alice:
        actions.step_row(LEDGER, Workshop.objects.get(code=code), SUBMIT, actor=alice)


def attach(code: str, as_actor: Any) -> None:
    with as_actor("alice") as alice:
        row = Workshop.objects.get(code=code)
        upload(LEDGER, row, b"%PDF-1.4 a", "照片.pdf", "photo", actor=alice)


def refer(code: str, as_actor: Any) -> None:
    with as_actor("alice") as alice:
        values = {"workshop": Workshop.objects.get(code=code), "period": "2021-09", "amount": 5}
        actions.create_row(registry.get("toys.output"), values, actor=alice)


@pytest.mark.parametrize(
    ("touch", "code", "why"),
    [
        (edit, "W1", "导入后又被修改或提交"),
        (edit, "W2", "导入后又被修改或提交"),
        (submit, "W3", "导入后又被修改或提交"),
        (attach, "W2", "已上传佐证"),
        (refer, "W3", "已被“玩具产值”用到"),
    ],
)
def test_one_touched_row_keeps_the_whole_import(
    imported: Any, as_actor: Any, touch: Any, code: str, why: str
) -> None:
    client, url = imported
    touch(code, as_actor)
    refused = undo(client, url)
    assert refused.status_code == 422
    assert "有 1 行又被改动或使用，所以一行也没有撤销" in words(refused)
    assert why in words(refused)
    assert Workshop._base_manager.count() == 3
    assert Import.objects.get().state == "applied"


def test_the_number_of_queries_does_not_grow(sign_in: Any, cast: Any, queries: Any) -> None:
    client, needed = sign_in("alice"), []
    for number in (3, 300):
        url = send(client, [{"编号": f"{number}-{n}", "名称": "甲"} for n in range(number)]).url
        confirm(client, url)
        with queries() as captured:
            undo(client, url)
        needed.append(len(captured))
    assert needed[0] == needed[1] < 45
    assert not Workshop._base_manager.exists()


def test_colleagues_see_what_was_imported_and_may_take_it_back(imported: Any, client_of: Any) -> None:
    _client, url = imported
    for stranger in ("anna", "bob"):
        assert "车间.xlsx" not in words(client_of(stranger).get(f"{IMPORT}past/"))
        assert undo(client_of(stranger), url).status_code == 404
    own = client_of("alice").get(f"{IMPORT}past/")
    row = BeautifulSoup(own.content, "html.parser").find("tbody").find("tr").get_text(" ", strip=True)
    assert "车间.xlsx" in row
    assert "已写入" in row
    with context.unscoped("test"):
        Import.objects.update(requester=client_of_user("victor"))
    assert undo(client_of("alice"), url).status_code == 302
    assert Workshop._base_manager.count() == 1


def client_of_user(username: str) -> Any:
    from shanhai.registers.accounts.models import User

    return User.objects.get(username=username)


def test_rows_out_of_reach_are_not_taken_back(imported: Any, cast: Any) -> None:
    client, url = imported
    with context.unscoped("handed over"):
        Workshop._base_manager.filter(code="W2").update(owner_unit=cast.dm_finance)
    assert undo(client, url).status_code == 403
    assert Workshop._base_manager.count() == 3


def test_a_large_import_is_taken_back_by_a_job(imported: Any, monkeypatch: Any) -> None:
    client, url = imported
    monkeypatch.setattr(store, "INLINE_ROWS", 2)
    assert undo(client, url).status_code == 302
    job = Import.objects.get().job
    assert (job.kind, job.state) == ("import_undo", "queued")
    assert "撤销导入“车间.xlsx”" in words(client.get(url))


def test_the_api_takes_back_as_well(imported: Any) -> None:
    client, url = imported
    api = f"/api/v1/toys/workshop/imports/{url.rstrip('/').rpartition('/')[2]}/undo/"
    answer = client.post(api, content_type="application/json")
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["state"] == "undone"
    again = client.post(api, content_type="application/json")
    assert again.json()["code"] == "not_applied"
    assert Output._base_manager.count() == 0
