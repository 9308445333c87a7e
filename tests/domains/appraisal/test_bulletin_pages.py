"""Bulletins as their readers meet them: drafted, mended, issued and received in the page."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from shanhai.domains.appraisal.models import Bulletin
from shanhai.kernel.documents.reread import numbers_in_docx
from shanhai.registers.documents.models import DocumentTemplate

BASE = "/appraisal/bulletins/"
PAPERS = "/documents/appraisal.bulletin/"
TEMPLATES = f"{PAPERS}templates/"
REMOVE = "/documents/templates/{}/remove/"


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def issued(bulletin: Bulletin, sign_in: Any) -> str:
    sign_in("wang").post(f"{BASE}{bulletin.pk}/step/", {"step": "issue"})
    return f"{BASE}{bulletin.pk}/"


def test_the_coordinator_begins_a_bulletin_of_a_quarter(filed: Any, sign_in: Any) -> None:
    client = sign_in("wang")
    page = soup(client.get(BASE))
    assert page.select_one("select[name=period] option[value='2021Q3'][selected]")
    response = client.post(BASE, {"period": "2021Q3"}, follow=True)
    assert "湄潭县乡村振兴局关于2021年第三季度" in soup(response).select_one("article h1").get_text()
    again = client.post(BASE, {"period": "2021Q3"}, follow=True)
    assert "已有通报" in soup(again).get_text()


@pytest.mark.parametrize("period", ["", "2021Q9", "x"])
def test_a_period_that_is_none_is_not_found(filed: Any, sign_in: Any, period: str) -> None:
    assert sign_in("wang").post(BASE, {"period": period}).status_code == 404


@pytest.mark.parametrize("page", ["", "word/", "pdf/", "edit/"])
@pytest.mark.parametrize(("username", "status"), [("carol", 404), ("bob", 404), ("root", 404)])
def test_a_draft_is_not_found_by_the_others(
    bulletin: Bulletin, sign_in: Any, username: str, status: int, page: str
) -> None:
    assert sign_in(username).get(f"{BASE}{bulletin.pk}/{page}").status_code == status


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("step/", {"step": "withdraw", "reason": "x"}),
        ("edit/", {"version": "1"}),
        ("figures/{figure}/", {"step": "refresh"}),
    ],
)
@pytest.mark.parametrize(("username", "status"), [("bob", 403), ("carol", 404)])
def test_an_issued_bulletin_is_not_touched_by_its_readers(
    issued: str, bulletin: Bulletin, sign_in: Any, username: str, status: int, path: str, data: dict[str, str]
) -> None:
    address = issued + path.format(figure=bulletin.figures.first().pk)
    assert sign_in(username).post(address, data).status_code == status


def test_a_stale_number_is_marked_and_told_old_to_new(
    bulletin: Bulletin, change: Callable[[], None], sign_in: Any
) -> None:
    change()
    page = soup(sign_in("wang").get(f"{BASE}{bulletin.pk}/"))
    marked = page.select("article .is-stale")
    assert "75" in {one.get_text() for one in marked}
    told = next(item for item in page.select(".document-stale li") if item.a.get_text() == "TOY-1 件数")
    assert (told.select_one("del").get_text(), told.select_one("ins").get_text()) == ("75件", "965件")
    assert page.find("button", string="签发").has_attr("disabled")


def test_a_number_is_refreshed_or_kept_in_the_page(
    bulletin: Bulletin, change: Callable[[], None], sign_in: Any
) -> None:
    change()
    client = sign_in("wang")
    first, second = (bulletin.figures.get(key=key) for key in ("TOY-1", "TOY-1.完成率"))
    client.post(f"{BASE}{bulletin.pk}/figures/{first.pk}/", {"step": "refresh"})
    page = client.post(
        f"{BASE}{bulletin.pk}/figures/{second.pk}/", {"step": "keep", "reason": "以会议数为准"}, follow=True
    )
    first.refresh_from_db()
    assert first.value == 965
    assert "wang保留原值：以会议数为准" in soup(page).get_text()


def test_words_with_a_typed_number_come_back_with_what_is_wrong(bulletin: Bulletin, sign_in: Any) -> None:
    client = sign_in("wang")
    sent = {"version": "1", "title": bulletin.title, "number": "湄协通〔2021〕9号", "slot-toys": "件数96件。"}
    response = client.post(f"{BASE}{bulletin.pk}/edit/", sent)
    page = soup(response)
    assert response.status_code == 422
    assert page.select_one("textarea[name=slot-toys]").get_text() == "件数96件。"
    assert "直接写的数字" in page.select_one("#id-slot-toys-error").get_text()
    assert page.select_one("input[name=number]")["value"] == "湄协通〔2021〕9号"


def test_words_with_figures_by_name_are_printed_with_their_numbers(bulletin: Bulletin, sign_in: Any) -> None:
    client = sign_in("wang")
    units = [str(one.unit_id) for one in bulletin.receipts.all()[:2]]
    sent = {"version": "1", "title": bulletin.title, "slot-toys": "件数{TOY-1}。", "units": units}
    response = client.post(f"{BASE}{bulletin.pk}/edit/", sent, follow=True)
    assert "件数75件。" in soup(response).select_one("article").get_text()
    assert bulletin.receipts.count() == 2


def test_words_saved_over_anothers_come_back_with_a_warning(bulletin: Bulletin, sign_in: Any) -> None:
    client = sign_in("wang")
    sent = {"version": "1", "title": bulletin.title, "slot-overview": "先改。"}
    client.post(f"{BASE}{bulletin.pk}/edit/", sent)
    response = client.post(f"{BASE}{bulletin.pk}/edit/", sent | {"slot-overview": "后改。"})
    assert response.status_code == 409
    page = soup(response)
    assert page.select_one("textarea[name=slot-overview]").get_text() == "后改。"
    assert page.select_one("input[name=version]")["value"] == "2"


def test_a_number_of_another_bulletin_is_refused(issued: str, bulletin: Bulletin, sign_in: Any) -> None:
    client = sign_in("wang")
    client.post(BASE, {"period": "2021Q2"})
    draft = Bulletin.objects.get(state="draft")
    sent = {"version": "1", "title": draft.title, "number": bulletin.number}
    response = client.post(f"{BASE}{draft.pk}/edit/", sent)
    assert response.status_code == 422
    assert "已经用过" in soup(response).get_text()


def test_every_figure_is_offered_by_name(bulletin: Bulletin, sign_in: Any) -> None:
    page = soup(sign_in("wang").get(f"{BASE}{bulletin.pk}/edit/"))
    offered = {one["data-shanhai-insert"] for one in page.select("[data-shanhai-insert]")}
    assert offered == {f"{{{one.key}}}" for one in bulletin.figures.all()}


def test_an_issued_bulletin_shows_its_hash_and_gives_out_the_frozen_files(
    issued: str, bulletin: Bulletin, change: Callable[[], None], sign_in: Any
) -> None:
    change()
    client = sign_in("bob")
    page = soup(client.get(issued))
    found = Bulletin.objects.get(pk=bulletin.pk)
    assert found.digest in page.get_text()
    assert not page.select(".is-stale")
    word = client.get(f"{issued}word/")
    assert "attachment" in word["Content-Disposition"]
    assert any("通报如下" in one.text for one in docx.Document(BytesIO(word.content)).paragraphs)
    assert client.get(f"{issued}pdf/").content.startswith(b"%PDF")


def test_a_unit_receives_in_the_page_and_the_list_counts_it(issued: str, filed: Any, sign_in: Any) -> None:
    client = sign_in("bob")
    home = soup(client.get("/"))
    assert "待签收" in home.get_text()
    client.post(f"{issued}receipts/{filed.mt_labour.pk}/", {"remark": "已阅"})
    assert "待签收" not in soup(client.get("/")).get_text()
    page = soup(sign_in("wang").get(issued))
    assert "已阅" in page.get_text()
    assert "1 / 13 已签收" in page.get_text()
    assert "1 / 13" in soup(sign_in("wang").get(BASE)).get_text()


def test_a_withdrawn_bulletin_says_so_and_why(issued: str, sign_in: Any) -> None:
    client = sign_in("wang")
    client.post(f"{issued}step/", {"step": "withdraw", "reason": "统计口径有误"})
    assert "撤回：统计口径有误" in soup(sign_in("bob").get(issued)).get_text()


def test_bulletins_are_found_by_title_and_number(issued: str, sign_in: Any) -> None:
    for text in ("第三季度东西部", "湄协通"):
        page = soup(sign_in("bob").get("/search/", {"q": text}))
        assert issued in {link.get("href") for link in page.select("a")}
    assert issued not in sign_in("carol").get("/search/", {"q": "湄协通"}).content.decode()


def test_a_template_made_in_word_is_tried_and_filled(bulletin: Bulletin, sign_in: Any) -> None:
    client = sign_in("wang")
    given = client.get(f"{PAPERS}{bulletin.pk}/starter/").content
    upload = SimpleUploadedFile("模板.docx", given)
    page = client.post(TEMPLATES, {"name": "本县版式", "file": upload}, follow=True)
    assert "本县版式" in soup(page).get_text()
    link = soup(client.get(f"{BASE}{bulletin.pk}/")).find("a", string="按“本县版式 第 1 版”生成 Word")
    address = link["href"]
    filled = numbers_in_docx(client.get(address).content)
    printed = {one["data-bind"] for one in soup(client.get(f"{BASE}{bulletin.pk}/")).select("[data-bind]")}
    assert {one.bind for one in filled} == printed


def test_a_placeholder_that_asks_for_nothing_known_is_refused_by_name(
    bulletin: Bulletin, sign_in: Any
) -> None:
    word = docx.Document()
    word.add_paragraph("{{ 数据('TOY-99') }}")
    out = BytesIO()
    word.save(out)
    upload = SimpleUploadedFile("模板.docx", out.getvalue())
    response = sign_in("wang").post(TEMPLATES, {"name": "错的", "file": upload})
    assert response.status_code == 422
    assert "TOY-99" in soup(response).select_one("#id-file-error").get_text()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"%PDF-1.7"])
def test_what_is_no_word_file_is_no_template(filed: Any, sign_in: Any, content: bytes) -> None:
    upload = SimpleUploadedFile("模板.docx", content)
    assert sign_in("wang").post(TEMPLATES, {"name": "错的", "file": upload}).status_code == 422


@pytest.mark.parametrize(("username", "status"), [("bob", 403), ("dave", 403), ("root", 404)])
def test_templates_are_kept_by_who_issues(filed: Any, sign_in: Any, username: str, status: int) -> None:
    """Who reads no bulletin is not told that they have templates."""
    assert sign_in(username).get(TEMPLATES).status_code == status


def test_the_other_side_neither_uses_nor_removes_a_template(bulletin: Bulletin, sign_in: Any) -> None:
    client = sign_in("wang")
    given = client.get(f"{PAPERS}{bulletin.pk}/starter/").content
    client.post(TEMPLATES, {"name": "本县版式", "file": SimpleUploadedFile("模板.docx", given)})
    template = DocumentTemplate.objects.get()
    carol = sign_in("carol")
    assert carol.get(f"{PAPERS}{bulletin.pk}/docx/?template={template.pk}").status_code == 404
    assert carol.post(REMOVE.format(template.pk)).status_code == 404
    client = sign_in("wang")
    assert client.post(REMOVE.format(template.pk)).status_code == 302
    template.refresh_from_db()
    assert template.removed_by == "wang"
