"""The pages of an import, as a clerk walks through them."""

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from kernel.imports.conftest import workbook
from shanhai.kernel import context
from shanhai.kernel.imports.models import Import
from shanhai.kernel.jobs import files
from toys.models import Workshop

IMPORT = "/toys/workshop/import/"
LINE = {"编号": "W1", "名称": "一号车间"}


def send(client: Any, lines: Any, name: str = "车间.xlsx") -> Any:
    content = lines if isinstance(lines, bytes) else workbook(lines)
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def words(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def confirm(client: Any, url: str) -> Any:
    soup = BeautifulSoup(client.get(url).content, "html.parser")
    digest = soup.find("input", {"name": "digest"})["value"]
    return client.post(url, {"digest": digest})


def test_upload_plan_confirm_result(sign_in: Any) -> None:
    client = sign_in("alice")
    sent = send(client, [LINE, {"编号": "W2", "名称": ""}])
    assert sent.status_code == 302
    shown = words(client.get(sent.url))
    assert "「名称」" in shown
    assert "确认写入 1 行" in shown
    assert not Workshop._base_manager.exists()
    confirm(client, sent.url)
    result = words(client.get(sent.url))
    assert "已写入 1 行，清点无误。另有 1 行有错，没有写入" in result
    assert [row.code for row in Workshop._base_manager.all()] == ["W1"]


def test_confirming_twice_writes_once(sign_in: Any) -> None:
    client = sign_in("alice")
    url = send(client, [LINE]).url
    digest = BeautifulSoup(client.get(url).content, "html.parser").find("input", {"name": "digest"})["value"]
    for _again in range(2):
        client.post(url, {"digest": digest})
    assert Workshop._base_manager.count() == 1


def test_the_marked_workbook_holds_the_wrong_rows(sign_in: Any) -> None:
    client = sign_in("alice")
    url = send(client, [LINE, {"编号": "W2", "名称": ""}]).url
    marked = client.get(f"{url}marked/")
    book = load_workbook(io.BytesIO(b"".join(marked.streaming_content)))
    rows = list(book.active.values)
    assert len(rows) == 2
    assert "必须填写「名称」" in rows[1][-1]


def test_a_change_between_showing_and_confirming_shows_the_new_plan(sign_in: Any, desk: Any) -> None:
    client = sign_in("alice")
    url = send(client, [LINE]).url
    desk.apply([{**LINE, "备注": "别人先填了"}])
    confirm(client, url)
    shown = words(client.get(url))
    assert "确认之后有记录被他人改动，所以一行也没有写入" in shown
    assert "和系统里完全一样" in shown


def test_a_file_that_is_no_table_is_refused_on_the_page_and_not_kept(sign_in: Any) -> None:
    answer = send(sign_in("alice"), b"%PDF-1.7 no table", "扫描件.pdf")
    assert answer.status_code == 422
    assert "不是表格" in words(answer)
    assert not Import.objects.exists()
    assert not list(files.path_of(files.UPLOADS, Import().pk).parent.iterdir())


def test_an_upload_is_seen_by_nobody_else(sign_in: Any) -> None:
    url = send(sign_in("alice"), [LINE]).url
    assert sign_in("carol").get(url).status_code == 404
    assert sign_in("bob").get(f"{url}marked/").status_code == 404


@pytest.mark.parametrize("who", ["dave", "eve", "root"])
def test_importing_needs_the_right(sign_in: Any, who: str) -> None:
    client = sign_in(who)
    assert client.get(IMPORT).status_code == 403
    assert send(client, [LINE]).status_code == 403


def test_the_template_comes_back_empty_and_reads_as_current(sign_in: Any) -> None:
    client = sign_in("alice")
    template = client.get(f"{IMPORT}template/")
    book = load_workbook(io.BytesIO(template.content))
    book.active.append(["区人力资源和社会保障局", None, "W1", "一号"])
    out = io.BytesIO()
    book.save(out)
    shown = words(client.get(send(client, out.getvalue()).url))
    assert "模板不是最新的" not in shown
    assert "确认写入 1 行" in shown


def test_the_upload_is_removed_once_everything_is_written_for_good(
    sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in("alice")
    url = send(client, [LINE]).url
    found = Import.objects.get()
    assert files.path_of(files.UPLOADS, found.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        confirm(client, url)
        assert files.path_of(files.UPLOADS, found.pk).exists(), "until then a kill undoes the rows"
    assert not files.path_of(files.UPLOADS, found.pk).exists()
    with context.unscoped("test"):
        assert Workshop.objects.get().import_id == found.pk


def test_the_result_leads_to_the_rows_of_this_import_only(sign_in: Any, desk: Any) -> None:
    desk.apply([{"编号": "W0", "名称": "早先的"}])
    client = sign_in("alice")
    url = send(client, [LINE, {"编号": "W2", "名称": ""}]).url
    confirm(client, url)
    result = BeautifulSoup(client.get(url).content, "html.parser")
    rows = words(client.get(result.find("a", string="看这批数据")["href"]))
    assert "一号车间" in rows
    assert "早先的" not in rows
    marked = next(a for a in result.find_all("a") if "下载标红的工作簿" in a.get_text())
    assert b"".join(client.get(marked["href"]).streaming_content).startswith(b"PK")


def test_many_problems_are_told_by_kind_the_commonest_first(sign_in: Any) -> None:
    lines = [{"编号": f"W{n}", "名称": "甲", "类型": "大棚"} for n in range(30)]
    lines += [{"编号": "", "名称": "乙"}, {"编号": "W99", "名称": "丙", "设立日期": "2021/13/01"}]
    client = sign_in("alice")
    shown = BeautifulSoup(client.get(send(client, lines).url).content, "html.parser")
    (kinds,) = [panel for panel in shown.select("section.panel") if "分类看" in panel.text]
    rows = [[cell.text for cell in row.select("th, td")] for row in kinds.select("tbody tr")]
    assert [row[:2] for row in rows] == [["类型", "30"], ["编号", "1"], ["设立日期", "1"]]
    assert rows[0][4] == "C2、C3、C4、C5、C6、C7、C8、C9 等"
