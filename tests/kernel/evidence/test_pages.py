"""Papers through the page: who may add, open and take off, and what a browser is told of a paper."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from kernel.surfaces.reading import WORKSHOPS, page, words
from shanhai.kernel import context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence.attach import attach
from shanhai.kernel.evidence.store import path_of, store
from shanhai.kernel.models import EvidenceFile, EvidenceLink, EvidenceReading, HistoryEntry
from shanhai.kernel.registry import registry

Make = Callable[..., Any]
HTMX = {"HTTP_HX_REQUEST": "true"}


def send(client: Any, row: Any, *files: Any, category: str = "photo", **headers: Any) -> Any:
    data = {"files": list(files), "category": category}
    return client.post(f"{WORKSHOPS}{row.pk}/evidence/", data, **headers)


def links() -> list[EvidenceLink]:
    with context.unscoped("look"):
        return list(EvidenceLink.objects.order_by("id"))


def address(link: EvidenceLink, what: str = "") -> str:
    return f"/evidence/{link.pk}/{what}"


def photograph() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "green").save(out, "JPEG")
    return out.getvalue()


def test_several_files_are_uploaded_and_listed_with_class_hash_and_person(
    workshop: Make, sent: Make, sign_in: Any
) -> None:
    row, client = workshop(), sign_in("alice")
    response = send(client, row, sent("一.pdf"), sent("二.jpg", photograph()))
    assert response.status_code == 303 and response["Location"].endswith("#evidence")
    shown = words(client.get(f"{WORKSHOPS}{row.pk}/"))
    assert "一.pdf：已上传。但这份 PDF 预览不了" in shown and "二.jpg：已上传。" in shown
    for link in links():
        assert link.name in shown and link.file.digest[:12] in shown
    assert "现场照片" in shown and "alice" in shown


def test_htmx_gets_the_panel_back(workshop: Make, sent: Make, sign_in: Any) -> None:
    response = send(sign_in("alice"), workshop(), sent("一.pdf"), **HTMX)
    assert response.status_code == 200
    panel = page(response).select_one("section#evidence")
    assert panel is not None and panel.select("li a[target=_blank]") and not page(response).select("html")


def test_a_refused_file_leaves_the_others_and_says_why(workshop: Make, sent: Make, sign_in: Any) -> None:
    response = send(
        sign_in("alice"),
        workshop(),
        sent("一.pdf"),
        sent("合同.pdf", b"MZ program"),
        sent("空.pdf", b""),
        **HTMX,
    )
    assert "合同.pdf：这是可执行程序" in words(response) and "空.pdf：文件是空的" in words(response)
    assert [link.name for link in links()] == ["一.pdf"]


def test_a_file_refused_alone_is_answered_with_422_on_the_row(
    workshop: Make, sent: Make, sign_in: Any
) -> None:
    response = send(sign_in("alice"), workshop(), sent("页面.pdf", b"<html><script>alert(1)</script>"))
    assert response.status_code == 422 and "这是网页文件" in words(response)
    assert not links()


def test_the_name_and_type_the_browser_claims_count_for_nothing(
    workshop: Make, sent: Make, sign_in: Any
) -> None:
    client = sign_in("alice")
    send(client, workshop(), sent("../../evil.html", claims="text/html"))
    (link,) = links()
    response = client.get(address(link))
    assert response["Content-Type"] == "application/pdf"
    assert 'filename="evil.html.pdf"' in response["Content-Disposition"]


def test_too_large_a_file_is_refused_by_its_size(
    workshop: Make, sent: Make, sign_in: Any, settings: Any
) -> None:
    settings.SHANHAI_EVIDENCE_LIMIT = 1024 * 1024
    response = send(sign_in("alice"), workshop(), sent("大.pdf", b"%PDF-" + b"x" * 3 * 1024 * 1024))
    assert response.status_code == 422 and "文件有 3.0 MB，超过每份 1 MB 的上限" in words(response)


def test_the_same_file_is_not_attached_twice(workshop: Make, sent: Make, sign_in: Any) -> None:
    row, client = workshop(), sign_in("alice")
    send(client, row, sent("一.pdf"))
    assert send(client, row, sent("又一.pdf")).status_code == 422
    assert send(client, row, sent("一.pdf"), category="certificate").status_code == 303
    with context.unscoped("look"):
        assert EvidenceFile.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "state", "status"),
    [
        ("alice", "draft", 303),
        ("alice", "submitted", 303),
        ("alice", "verified", 422),
        ("carol", "draft", 303),
        ("victor", "submitted", 403),
        ("dave", "submitted", 403),
        ("anna", "draft", 404),
        ("bob", "draft", 404),
        ("bob", "submitted", 403),
        ("eve", "draft", 404),
        ("root", "draft", 404),
    ],
)
def test_who_may_add_papers_and_until_when(
    workshop: Make, sent: Make, sign_in: Any, who: str, state: str, status: int
) -> None:
    response = send(sign_in(who), workshop(state=state), sent("一.pdf"))
    assert response.status_code == status
    assert len(links()) == (status == 303)


@pytest.mark.parametrize(
    ("who", "state", "status"),
    [
        ("alice", "draft", 200),
        ("victor", "draft", 200),
        ("dave", "draft", 200),
        ("carol", "submitted", 200),
        ("lily", "submitted", 403),
        ("anna", "draft", 404),
        ("anna", "submitted", 403),
        ("bob", "draft", 404),
        ("bob", "submitted", 403),
        ("eve", "submitted", 404),
        ("root", "submitted", 404),
    ],
)
def test_papers_about_persons_open_to_those_entrusted_with_the_row(
    workshop: Make, paper: Make, sign_in: Any, who: str, state: str, status: int
) -> None:
    link = paper(workshop(state=state))
    client = sign_in(who)
    assert client.get(address(link)).status_code == status
    with context.unscoped("look"):
        assert EvidenceReading.objects.count() == (status == 200)


def test_who_may_not_open_a_paper_still_sees_its_hash(workshop: Make, paper: Make, sign_in: Any) -> None:
    link = paper(row := workshop(state="submitted"), name="张三的合同.pdf")
    response = sign_in("bob").get(f"{WORKSHOPS}{row.pk}/")
    assert link.file.digest[:12] in words(response) and "不外传" in words(response)
    assert "张三" not in words(response) and "现场照片.pdf" in words(response)
    assert not page(response).select(f"a[href*='{link.pk}'], img[src*='{link.pk}']")


def test_an_auditor_sees_how_often_a_paper_was_opened(workshop: Make, paper: Make, sign_in: Any) -> None:
    link = paper(row := workshop())
    for who in ("alice", "victor"):
        sign_in(who).get(address(link))
    assert "查阅 2 次" in words(sign_in("dave").get(f"{WORKSHOPS}{row.pk}/"))
    assert "查阅 2 次" not in words(sign_in("alice").get(f"{WORKSHOPS}{row.pk}/"))


def test_a_paper_is_shown_where_it_can_do_nothing(workshop: Make, paper: Make, sign_in: Any) -> None:
    shown = sign_in("alice").get(address(paper(workshop())))
    assert "sandbox" in shown["Content-Security-Policy"]
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["Cache-Control"] == "private, no-store"


def test_what_is_neither_picture_nor_pdf_is_only_handed_out(
    workshop: Make, paper: Make, sign_in: Any
) -> None:
    link = paper(workshop(), data="姓名,工资\n".encode(), name="工资.csv")
    assert sign_in("alice").get(address(link))["Content-Disposition"].startswith("attachment")


def test_a_picture_has_a_small_picture(workshop: Make, paper: Make, sign_in: Any) -> None:
    link = paper(workshop(), data=photograph(), name="现场.jpg")
    response = sign_in("alice").get(address(link, "small/"))
    assert max(Image.open(io.BytesIO(response.content)).size) == 96


def test_a_picture_meant_to_exhaust_the_server_is_not_drawn(
    workshop: Make, paper: Make, sign_in: Any
) -> None:
    out = io.BytesIO()
    Image.new("1", (5000, 5000)).save(out, "PNG")
    link = paper(workshop(), data=out.getvalue(), name="大.png")
    assert sign_in("alice").get(address(link, "small/")).status_code == 404


def test_a_file_of_the_other_side_proves_nothing_here(workshop: Make, as_actor: Any) -> None:
    with context.unscoped("test"):
        other = store("west", b"%PDF- of the other side")
    row = workshop()
    with as_actor("alice") as actor, pytest.raises(RuleViolated, match="对方的文件"):
        attach(registry.get("toys.workshop"), row, other, "photo", "对方.pdf", actor=actor)


def test_what_is_no_picture_has_none(workshop: Make, paper: Make, sign_in: Any) -> None:
    row = workshop()
    client = sign_in("alice")
    for link in (paper(row), paper(row, data="姓名\n".encode(), name="一.txt")):
        assert client.get(address(link, "small/")).status_code == 404


def test_a_removed_paper_is_gone_from_the_row_and_kept_in_history(
    workshop: Make, paper: Make, sign_in: Any
) -> None:
    link = paper(row := workshop())
    client = sign_in("alice")
    assert client.post(address(link, "remove/"), {"reason": " "}).status_code == 422
    assert client.post(address(link, "remove/"), {"reason": "传错了"}).status_code == 303
    assert client.get(address(link)).status_code == 404
    assert client.post(address(link, "remove/"), {"reason": "再来"}).status_code == 404
    for who in ("dave", "alice"):
        shown = sign_in(who).get(f"{WORKSHOPS}{row.pk}/")
        assert "已移除 1 份" in words(shown) and "理由：传错了" in words(shown)
        assert not page(shown).select(f"a[href*='{link.pk}']")
    with context.unscoped("look"):
        entry = HistoryEntry.objects.filter(table_name="kernel_evidencelink", row_id=link.pk).first()
        assert entry is not None and entry.reason == "传错了"
    paper(row)


@pytest.mark.parametrize(
    ("who", "state", "status"), [("alice", "submitted", 422), ("victor", "submitted", 403)]
)
def test_what_was_reported_with_a_row_is_judged_with_it(
    workshop: Make, paper: Make, sign_in: Any, who: str, state: str, status: int
) -> None:
    link = paper(workshop(state=state))
    assert sign_in(who).post(address(link, "remove/"), {"reason": "理由"}).status_code == status
    assert links()[0].removed_at is None


def test_a_paper_changed_on_the_disk_is_not_handed_out(workshop: Make, paper: Make, sign_in: Any) -> None:
    link = paper(workshop())
    path = path_of(link.file.side, link.file.digest)
    stored = path.read_bytes()
    path.write_bytes(stored[:-1] + bytes([stored[-1] ^ 1]))
    response = sign_in("alice").get(address(link))
    assert response.status_code == 500 and "已损坏或被改动" in words(response)


def test_a_full_disk_leaves_no_link(workshop: Make, sent: Make, sign_in: Any, settings: Any) -> None:
    settings.SHANHAI_FILES.mkdir()
    (settings.SHANHAI_FILES / "evidence").write_text("a file where the folder should be")
    response = send(sign_in("alice"), workshop(), sent("一.pdf"))
    assert response.status_code == 503 and "没有存下这份文件" in words(response)
    assert not links()
