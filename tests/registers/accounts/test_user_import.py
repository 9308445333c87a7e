"""Users by Excel: the template, what is wrong by cell, and passwords fetched once."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from registers.reading import confirm, counts, page, problems, upload, words
from shanhai.kernel import context
from shanhai.kernel.history.models import HistoryEntry
from shanhai.registers.accounts.models import Membership, User

IMPORT = "/accounts/users/import/"
HEADING = ("账号", "姓名", "单位", "岗位", "辖区", "生效日期")
LABOUR, FINANCE = "区人力资源和社会保障局", "区财政局"


def test_the_template_offers_the_units_and_roles_of_the_own_side(cast: Any, sign_in: Any) -> None:
    response = sign_in("sean").get(f"{IMPORT}template/")
    book = load_workbook(BytesIO(response.content))
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert any(LABOUR in text for text in texts)
    assert not any("县人力资源" in text for text in texts)
    assert any(sheet.data_validations.dataValidation for sheet in book)


def test_a_file_makes_users_with_their_roles_once_confirmed(cast: Any, sign_in: Any, client: Any) -> None:
    administrator = sign_in("sean")
    plan = upload(
        administrator, IMPORT, HEADING,
        ("zhang.san", "张三", LABOUR, "填报", "", "2021-01-01"),
        ("zhang.san", "张三", FINANCE, "核实", "", ""),
        ("li.si", "李四", FINANCE, "填报", "440403106", ""),
        ("alice", "alice", FINANCE, "填报", "", ""),
        ("anna", "anna", FINANCE, "填报", "", ""),
    )  # fmt: skip
    assert counts(plan) == [3, 1, 1, 0]
    assert not User.objects.filter(username="li.si").exists()
    refused = confirm(administrator, plan)
    assert refused.status_code == 422
    assert "导入必须写明原因" in words(refused)
    assert not User.objects.filter(username="li.si").exists()
    done = confirm(administrator, plan, reason="机构改革")
    assert "已导入，清点无误" in words(done)
    held = Membership.objects.filter(user__username="zhang.san").values_list("unit__code", "role")
    assert set(held) == {("dm_labour", "reporter"), ("dm_finance", "verifier")}
    assert Membership.objects.get(user__username="li.si").place == cast.baijiao
    assert (
        HistoryEntry.objects.filter(row_id=User.objects.get(username="li.si").pk).get().reason
        == "机构改革（导入用户：名单.xlsx）"
    )

    fetch = page(done).select_one(".page-actions form")["action"]  # type: ignore[index]
    first = administrator.post(fetch)
    sheet = load_workbook(BytesIO(first.content)).worksheets[0]
    rows = {row[0]: row[2] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert {"zhang.san", "li.si"} <= rows.keys()
    assert "alice" not in rows
    assert administrator.post(fetch).status_code == 404
    administrator.post("/accounts/logout/")
    with context.unscoped("put to use"):
        waiting = User.objects.filter(username__in=rows, is_active=False, awaits="administrator")
        assert waiting.update(is_active=True, awaits="") == len(rows.keys() & {"zhang.san", "li.si"})
    assert client.post("/accounts/login/", {"login": "li.si", "password": rows["li.si"]}).status_code == 302
    assert client.get("/")["Location"].startswith("/accounts/password/change/")


def test_wrong_cells_are_named_and_marked_and_nothing_is_written(cast: Any, sign_in: Any) -> None:
    client = sign_in("sean")
    before = User.objects.count()
    plan = upload(
        client, IMPORT, HEADING,
        ("Zhang San", "张三", LABOUR, "大总管", "", ""),
        ("bob", "bob", LABOUR, "填报", "", ""),
        ("li.si", "李四", "县人力资源和社会保障局", "填报", "", ""),
        ("wang.wu", "王五", LABOUR, "大总管", "", ""),
        ("zhao.liu", "赵六", LABOUR, "填报", "永兴镇", ""),
        ("sun.qi", "孙七", LABOUR, "填报", "", "去年"),
        ("zhou.ba", "周八", LABOUR, "填报", "", ""),
        ("zhou.ba", "周九", LABOUR, "核实", "", ""),
    )  # fmt: skip
    told = problems(plan)
    assert set(told) == {"A2", "D2", "A3", "C4", "D5", "E6", "F7", "B9"}
    assert "已有人用" in told["A3"]
    assert "辖区不在单位的一方" in told["E6"]
    assert confirm(client, plan, reason="调岗").status_code == 409
    assert User.objects.count() == before
    marked = page(plan).select_one("a[href$='marked/']")["href"]  # type: ignore[index]
    assert load_workbook(BytesIO(client.get(marked).content)).worksheets[0].max_row >= 8


def test_an_upload_is_nobody_elses_to_confirm(cast: Any, sign_in: Any, settings: Any) -> None:
    client = sign_in("sean")
    plan = upload(client, IMPORT, HEADING, ("li.si", "李四", LABOUR, "填报", "", ""))
    address = page(plan).select("main form[method=post]")[-1]["action"]
    files = list((settings.SHANHAI_FILES / "uploads").iterdir())
    assert len(files) == 1
    assert "李四".encode() not in files[0].read_bytes()
    other = sign_in("carol")
    assert other.get(address).status_code == 403
    assert other.get(f"/parties/units/import/{address.split('/')[-2]}/").status_code == 404


def test_a_file_confirmed_after_the_world_changed_is_shown_again(cast: Any, sign_in: Any) -> None:
    client = sign_in("sean")
    rows = (HEADING, ("li.si", "李四", LABOUR, "填报", "", ""), ("li.er", "李二", LABOUR, "填报", "", ""))
    first, second = upload(client, IMPORT, *rows), upload(client, IMPORT, *rows[:2])
    confirm(client, second, reason="调岗")
    shown = confirm(client, first, reason="调岗")
    assert shown.status_code == 409
    assert "刚刚有变" in words(shown)
    assert counts(shown) == [1, 0, 1, 0]
    assert "已导入" in words(confirm(client, shown, reason="调岗"))


def test_what_is_no_table_is_refused_in_words(cast: Any, sign_in: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = sign_in("sean")
    refused = client.post(IMPORT, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 nothing")})
    assert refused.status_code == 422
    assert "不是表格" in words(refused)
    assert "请先选择文件" in words(client.post(IMPORT, {}))
