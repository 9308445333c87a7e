"""A workbook with sheets of several ledgers: one plan, one confirmation, one transaction, one way back."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from openpyxl import load_workbook

from kernel.imports.conftest import book_of
from kernel.imports.test_pages import IMPORT, confirm, send, words
from shanhai.kernel import context
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.imports.columns import read_file
from shanhai.kernel.imports.models import Import
from shanhai.kernel.imports.parts import linked, ordered, permitted
from shanhai.kernel.imports.plan import plan_file
from shanhai.kernel.imports.uploads import visible_imports
from shanhai.kernel.permissions import READING
from shanhai.kernel.registry import registry
from shanhai.kernel.sheets.problems import SheetRefused
from toys.models import Output, Workshop

SHOP = {"编号": "W1", "名称": "一号车间"}
MADE = {"车间": "W1", "所属期": "2021年8月", "产值（元）": 100}
OUTPUT = "/toys/output/import/"


def both(
    shops: Any = (SHOP,), outputs: Any = (MADE,), names: tuple[str, str] = ("玩具车间", "玩具产值")
) -> bytes:
    # What refers comes first in the file: the order of writing is not the order of the sheets.
    return book_of({names[1]: outputs, names[0]: shops})


def table(response: Any, heading: str) -> list[list[str]]:
    soup = BeautifulSoup(response.content, "html.parser")
    (panel,) = [one for one in soup.select("section.panel") if heading in one.text]
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in panel.select("tbody tr")
    ]


def written() -> tuple[int, int]:
    return Workshop._base_manager.count(), Output._base_manager.count()


def test_sheets_of_two_ledgers_are_planned_apart_and_written_together(sign_in: Any) -> None:
    client = sign_in("alice")
    content = both([SHOP, {"编号": "W2", "名称": "二号"}], [MADE, {**MADE, "车间": "W2"}])
    url = send(client, content).url
    shown = client.get(url)
    assert table(shown, "各个台账") == [
        ["玩具车间", "玩具车间", "2", "0", "0", "0"],
        ["玩具产值", "玩具产值", "2", "0", "0", "0"],
    ]
    assert "确认写入 4 行" in words(shown)
    assert written() == (0, 0)
    confirm(client, url)
    assert written() == (2, 2)
    assert {row.workshop.code for row in Output._base_manager.select_related("workshop")} == {"W1", "W2"}
    result = client.get(url)
    assert "已写入 4 行，清点无误" in words(result)
    assert table(result, "写入后清点") == [["玩具车间", "2", "0", "0", "0"], ["玩具产值", "2", "0", "0", "0"]]
    (one,) = Import.objects.all()
    assert {entry.import_id for entry in HistoryEntry.objects.filter(import_id=one.pk)} == {one.pk}
    again = send(client, content).url
    assert "和系统里完全一样，没有要写入的" in words(client.get(again))


@pytest.mark.parametrize("page", [IMPORT, OUTPUT])
def test_either_ledger_takes_the_file_and_headings_are_enough(sign_in: Any, page: str) -> None:
    client = sign_in("alice")
    content = both(names=("Sheet1", "Sheet2"))
    url = client.post(page, {"file": SimpleUploadedFile("两表.xlsx", content)}).url
    assert "确认写入 2 行" in words(client.get(url))
    confirm(client, url)
    assert written() == (1, 1)


def test_a_file_of_another_ledger_alone_is_taken_only_where_its_name_says_so(sign_in: Any) -> None:
    client = sign_in("alice")
    named = send(client, book_of({"玩具产值": [{**MADE, "车间": "W9"}]}))
    assert "没有找到“W9”" in words(client.get(named.url))
    unnamed = send(client, book_of({"Sheet1": [MADE]}))
    assert "文件里没有必填的列" in words(client.get(unnamed.url))


def test_a_wrong_row_takes_along_what_refers_to_it_on_the_other_sheet_and_both_are_mended(
    sign_in: Any,
) -> None:
    client = sign_in("alice")
    shops = [SHOP, {**SHOP, "编号": "W2", "类型": "大棚"}, {**SHOP, "编号": "W3"}]
    outputs = [MADE, {**MADE, "车间": "W2"}, {**MADE, "车间": "W3"}, {**MADE, "车间": "W4"}]
    url = send(client, both(shops, outputs)).url
    shown = client.get(url)
    assert [row[0] for row in table(shown, "玩具车间：哪些单元格有错")] == ["C3"]
    told = table(shown, "玩具产值：哪些单元格有错")
    assert [row[0] for row in told] == ["A3", "A5"]
    assert told[0][3] == "指向的第 3 行（工作表“玩具车间”）本身有错。"
    assert "没有找到“W4”" in told[1][3]
    marked = b"".join(client.get(f"{url}marked/").streaming_content)
    confirm(client, url)
    assert written() == (2, 2)

    book = load_workbook(io.BytesIO(marked))
    assert book.sheetnames[:2] == ["玩具产值", "玩具车间"]
    assert [len(list(book[name].values)) for name in book.sheetnames[:2]] == [3, 2]
    shop = {cell.value: cell.column for cell in book["玩具车间"][1]}
    book["玩具车间"].cell(2, shop["类型"]).value = "厂房式"
    book["玩具产值"].cell(3, 1).value = "W3"
    book["玩具产值"].cell(3, 2).value = "2021年9月"
    out = io.BytesIO()
    book.save(out)
    again = send(client, out.getvalue()).url
    assert "确认写入 3 行" in words(client.get(again))
    confirm(client, again)
    assert written() == (3, 4)


def test_the_marked_workbook_is_known_again_though_only_one_sheet_of_any_name_is_wrong(sign_in: Any) -> None:
    client = sign_in("alice")
    content = both(outputs=[{**MADE, "产值（元）": "很多"}], names=("表一", "表二"))
    url = send(client, content).url
    marked = b"".join(client.get(f"{url}marked/").streaming_content)
    book = load_workbook(io.BytesIO(marked))
    assert book.sheetnames[0] == "玩具产值·表二"
    again = words(client.get(send(client, marked).url))
    assert "“很多”" in again
    assert "没有找到“W1”" in again  # it was not imported meanwhile


def test_the_order_of_sheets_is_the_order_of_references_and_rings_are_named() -> None:
    needs = {"fact": {"spell"}, "spell": {"person", "body"}, "person": set(), "body": set()}
    assert ordered(needs) == (["person", "body", "spell", "fact"], [])
    ring = {"a": {"b"}, "b": {"a"}, "c": {"a"}, "d": set[str]()}
    assert ordered(ring) == (["d"], ["a", "b"])


def test_ledgers_that_hang_together_by_references_go_into_one_file() -> None:
    labour = {one.key for one in linked(registry.get("labour.employmentspell"))}
    assert {"parties.person", "parties.body", "labour.monthlyfact"} <= labour
    assert [one.key for one in linked(registry.get("toys.output"))][:2] == ["toys.output", "toys.workshop"]
    assert {one.key for one in linked(registry.get("funds.payment"))} >= {
        "funds.project",
        "funds.aidagreement",
    }


def only_workshops(actor: Any, user: Any = None) -> Any:
    """The same memberships with a role that may not write the other ledger."""
    grants = [
        replace(one, role=replace(one.role, by_ledger={"toys.output": READING})) for one in actor.grants
    ]
    return replace(actor, grants=tuple(grants), user_id=user.pk if user else actor.user_id)


def test_a_sheet_of_a_ledger_one_may_not_import_is_left_out_and_told(cast: Any) -> None:
    actor, ledgers = only_workshops(cast.actor("alice")), linked(registry.get("toys.workshop"))
    with context.acting(actor):
        plan = plan_file(permitted(read_file(ledgers, both(), {}), actor), actor)
        (part,) = plan.parts
        assert (part.ledger.key, part.expected) == ("toys.workshop", 1)
        assert "工作表“玩具产值”是“玩具产值”的，您没有导入它的权限，未导入。" in [
            n.message for n in part.notices
        ]
        with pytest.raises(SheetRefused, match="您没有导入它的权限"):
            permitted(read_file(ledgers, book_of({"玩具产值": [MADE]}), {}), actor)


def test_an_import_is_seen_by_colleagues_with_the_right_to_every_ledger_in_it(
    sign_in: Any, cast: Any
) -> None:
    client, ledger = sign_in("alice"), registry.get("toys.workshop")
    confirm(client, send(client, both()).url)
    colleague = replace(cast.actor("alice"), user_id=cast.users["eve"].pk)
    assert visible_imports(ledger, colleague).count() == 1
    assert visible_imports(registry.get("toys.output"), colleague).count() == 1
    assert visible_imports(ledger, only_workshops(colleague, cast.users["eve"])).count() == 0


def test_headings_are_asked_about_and_remembered_for_each_sheet(sign_in: Any) -> None:
    client = sign_in("alice")
    content = both([{"车间代号": "W1", "名称": "一号"}], [{"车间": "W1", "所属期": "2021年8月", "总产值": 7}])
    url = send(client, content).url
    asked = BeautifulSoup(client.get(url).content, "html.parser")
    names = ("ledger", "heading")
    given = {name: [one["value"] for one in asked.find_all("input", {"name": name})] for name in names}
    assert list(zip(*given.values(), strict=True)) == [
        ("toys.workshop", "车间代号"),
        ("toys.output", "总产值"),
    ]
    client.post(f"{url}mapping/", {**given, "column": ["code", "amount"]})
    shown = words(client.get(url))
    assert "确认写入 2 行" in shown
    assert "玩具产值 列的对应：“总产值”→「产值」" in shown
    again = words(client.get(send(client, content).url))
    assert "玩具车间 按本单位上次的对应读取：“车间代号”→「编号」" in again
    assert "玩具产值 按本单位上次的对应读取：“总产值”→「产值」" in again


def test_undoing_takes_both_back_and_what_was_used_since_keeps_both(sign_in: Any, desk: Any) -> None:
    client = sign_in("alice")
    desk.apply([{"编号": "W0", "名称": "早先的"}])
    shops = [SHOP, {"编号": "W0", "名称": "早先的", "总车间": "W1"}]
    url = send(client, both(shops, [MADE, {**MADE, "车间": "W0"}])).url
    confirm(client, url)
    assert written() == (2, 2)
    client.post(f"{url}undo/")
    assert "删去新增的 3 行，还原更改的 1 行" in words(client.get(url))
    (left,) = Workshop._base_manager.all()
    assert (left.code, left.main_id, written()) == ("W0", None, (1, 0))

    url = send(client, both()).url
    confirm(client, url)
    later = [{**MADE, "所属期": "2021年9月"}]
    desk.apply(later, plan=desk.plan(later, ledger=registry.get("toys.output")))
    refused = client.post(f"{url}undo/")
    assert refused.status_code == 422
    assert "已被“玩具产值”用到" in words(refused)
    assert written() == (2, 2)


def test_past_imports_stand_with_each_ledger_and_are_seen_with_the_right_to_all(
    sign_in: Any, cast: Any
) -> None:
    client = sign_in("alice")
    url = send(client, both()).url
    confirm(client, url)
    for page in (IMPORT, OUTPUT):
        assert "车间.xlsx" in words(client.get(f"{page}past/"))
    assert client.get(url.replace("workshop", "output")).status_code == 200
    assert sign_in("bob").get(url).status_code == 404


def test_the_api_plans_and_confirms_several_sheets(sign_in: Any) -> None:
    client, api = sign_in("alice"), "/api/v1/toys/output/imports/"
    content = both([{"车间代号": "W1", "名称": "一号"}], [MADE])
    sent = SimpleUploadedFile("两表.xlsx", content)
    asked = client.post(api, {"file": sent}).json()
    assert (asked["state"], [part["ledger"] for part in asked["parts"]]) == ("mapping", ["toys.workshop"])
    body = json.dumps({"others": {"toys.workshop": {"车间代号": "code"}}})
    url = f"{api}{asked['id']}/"
    planned = client.post(f"{url}mapping/", body, content_type="application/json").json()
    assert [(part["ledger"], part["plan"]["counts"]["new"]) for part in planned["parts"]] == [
        ("toys.workshop", 1),
        ("toys.output", 1),
    ]
    body = json.dumps({"digest": planned["digest"]})
    applied = client.post(f"{url}apply/", body, content_type="application/json").json()
    assert (applied["state"], applied["result"]["counted"]) == ("applied", 2)
    assert [part["result"]["created"] for part in applied["parts"]] == [1, 1]
    at_once = {
        "file": SimpleUploadedFile("两表.xlsx", content),
        "mapping": json.dumps({"toys.workshop": {"车间代号": "code"}}),
    }
    assert client.post(api, at_once).json()["counts"]["same"] == 2


def test_a_template_holds_the_ledgers_one_chooses_and_reads_back_as_current(sign_in: Any) -> None:
    client = sign_in("alice")
    page = client.get(OUTPUT)
    boxes = BeautifulSoup(page.content, "html.parser").find_all("input", {"name": "with"})
    assert "toys.workshop" in {box["value"] for box in boxes}
    template = client.get(f"{OUTPUT}template/?with=toys.workshop&with=funds.payment")
    book = load_workbook(io.BytesIO(template.content))
    assert book.sheetnames[:3] == ["玩具产值", "玩具车间", "填写说明"]
    _append(book["玩具车间"], SHOP)
    _append(book["玩具产值"], {"车间": "W1", "所属期": "2021年8月", "产值（元）": 5})
    out = io.BytesIO()
    book.save(out)
    shown = words(
        client.get(client.post(OUTPUT, {"file": SimpleUploadedFile("填.xlsx", out.getvalue())}).url)
    )
    assert "模板不是最新的" not in shown
    assert "确认写入 2 行" in shown


def _append(sheet: Any, values: dict[str, Any]) -> None:
    headings = [str(cell.value).lstrip("*") for cell in sheet[1]]
    sheet.append([values.get(heading) for heading in headings])


def test_nothing_is_written_when_the_second_sheet_cannot_be(sign_in: Any) -> None:
    client = sign_in("alice")
    url = send(client, both()).url
    with connection.cursor() as cursor:  # stands before the table, and takes no row
        cursor.execute("CREATE TEMPORARY TABLE toys_output (LIKE public.toys_output, CHECK (false))")
    confirm(client, url)
    assert written() == (0, 0)
    assert "所以一行也没有写入" in words(client.get(url))
