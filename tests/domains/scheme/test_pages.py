"""The pages: who may open them, what stands on them, how much they cost."""

import html
import io
import re
from datetime import date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from shanhai.domains.scheme import actions
from shanhai.domains.scheme.access import get_task, get_version
from shanhai.domains.scheme.matrix import matrix_context
from shanhai.domains.scheme.models import Duty, ProgressReport, Scheme, SchemeVersion, Section, Task
from shanhai.domains.scheme.task_view import task_context
from shanhai.domains.scheme.tree import tree_context
from shanhai.engines.clauses import SourceDocument, read_document
from shanhai.kernel import context
from shanhai.kernel.clock import CHINA
from shanhai.kernel.models import Obligation

from .conftest import SAMPLE


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_a_coordinator_imports_a_file_and_sees_source_and_tree(units: Any, sign_in: Any) -> None:
    client = sign_in("carol")
    upload = SimpleUploadedFile("方案.txt", SAMPLE.read_bytes())
    response = client.post("/scheme/schemes/import/", {"file": upload, "sharing": "private"}, follow=True)
    page = soup(response)
    assert response.status_code == 200
    words = re.search(r'<div class="body words"[^>]*>(.*?)</div>', response.content.decode(), re.S)
    assert words is not None
    assert html.unescape(re.sub(r"<[^>]+>", "", words[1])) == read_document(SAMPLE).text
    assert len(page.select(".duties a")) == 61
    for anchor in page.select(".duties a[href]"):
        target = page.find(id=str(anchor["href"]).removeprefix("#"))
        assert target is not None and target.text.replace("\n", "") in anchor.text


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("图.png", b"x", "只能读"),
        ("空.txt", "今天天气很好。".encode(), "没有从文件中认出条款"),
        ("坏.docx", b"not a zip", "坏.docx"),
        ("../../方案.pdf", b"%PDF-broken", "方案.pdf"),
    ],
)
def test_a_file_that_is_no_scheme_is_refused_in_words(
    units: Any, sign_in: Any, name: str, content: bytes, sentence: str
) -> None:
    response = sign_in("carol").post("/scheme/schemes/import/", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Scheme.objects.exists()


def test_the_sample_can_be_taken_without_a_file(units: Any, sign_in: Any) -> None:
    response = sign_in("carol").post("/scheme/schemes/import/", {"sample": "1"}, follow=True)
    assert "做实劳务协作" in response.content.decode()


READERS = ("alice", "dave", "lily", "carol")


def addresses(version: Any) -> list[str]:
    task = Task.of_versions.filter(section__version=version).first()
    assert task is not None
    return [
        f"/scheme/schemes/{version.scheme_id}/",
        f"/scheme/versions/{version.pk}/",
        f"/scheme/versions/{version.pk}/matrix/",
        f"/scheme/versions/{version.pk}/tasks.xlsx",
        f"/scheme/versions/{version.pk}/tasks.docx",
        f"/scheme/tasks/{task.pk}/",
    ]


@pytest.mark.parametrize("username", READERS)
def test_everyone_of_the_side_reads_the_version_in_force(in_force: Any, sign_in: Any, username: str) -> None:
    client = sign_in(username)
    for address in [*addresses(in_force), "/scheme/schemes/", "/scheme/tasks/"]:
        assert client.get(address, follow=True).status_code == 200, address


@pytest.mark.parametrize("username", ["bob", "wang", "vera", "eve", "root"])
def test_a_private_scheme_is_not_there_for_anyone_else(in_force: Any, sign_in: Any, username: str) -> None:
    client = sign_in(username)
    for address in addresses(in_force):
        assert client.get(address).status_code == 404, address
    assert "斗门区与湄潭县" not in client.get("/scheme/schemes/").content.decode()
    assert "做实劳务协作" not in client.get("/search/?q=做实劳务").content.decode().split("<main")[1]


def test_the_other_county_reads_a_shared_scheme_and_changes_nothing(
    in_force: Any, as_actor: Any, sign_in: Any
) -> None:
    with as_actor("carol") as actor:
        actions.set_terms(
            in_force.scheme,
            actor=actor,
            sharing="shared",
            reports_since=date(2021, 1, 1),
            due_days=10,
            reason="共享给对方",
        )
    client = sign_in("wang")
    for address in addresses(in_force):
        assert client.get(address, follow=True).status_code == 200, address
    assert "修改" not in soup(client.get(f"/scheme/versions/{in_force.pk}/")).select_one(".clauses").text  # type: ignore[union-attr]
    assert client.post(f"/scheme/schemes/{in_force.scheme_id}/correct/").status_code == 403
    assert client.get(f"/scheme/schemes/{in_force.scheme_id}/newer/").status_code == 403


def test_a_draft_is_seen_by_its_manager_alone(draft: Any, sign_in: Any) -> None:
    for username in ("alice", "dave", "wang"):
        client = sign_in(username)
        for address in addresses(draft)[1:]:
            assert client.get(address).status_code == 404, (username, address)
    assert sign_in("carol").get(f"/scheme/versions/{draft.pk}/").status_code == 200


def test_a_reader_changes_nothing(in_force: Any, sign_in: Any) -> None:
    client = sign_in("alice")
    task = Task.of_versions.filter(section__version=in_force).first()
    pk, scheme = in_force.pk, in_force.scheme_id
    for address in (
        f"/scheme/schemes/{scheme}/correct/",
        f"/scheme/schemes/{scheme}/newer/",
        f"/scheme/versions/{pk}/save/",
        f"/scheme/versions/{pk}/discard/",
        f"/scheme/tasks/{task.pk}/plan/",  # type: ignore[union-attr]
        "/scheme/schemes/import/",
    ):
        assert client.post(address).status_code == 403, address
    answered = client.post(f"/scheme/versions/{pk}/answer/", {"answer": "checked"})
    assert answered.status_code == 403
    terms = {"sharing": "shared", "reports_since": "2021-01-01", "due_days": "5"}
    assert client.post(f"/scheme/schemes/{scheme}/terms/", terms).status_code == 403


def test_a_clause_is_corrected_split_and_merged_by_page(draft: Any, sign_in: Any) -> None:
    client = sign_in("carol")
    section = Section.objects.get(version=draft, path="三（一）")
    page = soup(client.get(f"/scheme/sections/{section.pk}/"))
    cut = page.select("input[name=at]")[0]["value"]
    assert (
        client.post(f"/scheme/sections/{section.pk}/split/", {"edition": "1", "at": cut}).status_code == 302
    )
    rest = Section.objects.get(version=draft, start=cut)
    said = client.post(f"/scheme/sections/{rest.pk}/merge/", {"edition": "1"}, follow=True)
    assert said.status_code == 409
    client.post(f"/scheme/sections/{rest.pk}/merge/", {"edition": "2"})
    assert not Section.objects.filter(pk=rest.pk).exists()
    changed = {
        "edition": "3",
        "path": "三（一）",
        "heading": "劳务",
        "start": section.start,
        "end": section.end,
    }
    client.post(f"/scheme/sections/{section.pk}/change/", changed)
    assert Section.objects.get(pk=section.pk).heading == "劳务"


def test_duties_are_assigned_by_page(draft: Any, sign_in: Any) -> None:
    client = sign_in("carol")
    section = Section.objects.get(version=draft, path="三（一）")
    added = {"edition": "1", "unit": "区财政局", "role": "support", "name": ""}
    client.post(f"/scheme/sections/{section.pk}/duties/add/", added)
    duty = Duty.objects.get(task__section=section, unit__code="dm_finance")
    client.post(f"/scheme/sections/{section.pk}/duties/", {"edition": "2", "duty": duty.pk, "role": "lead"})
    duty.refresh_from_db()
    assert duty.role == "lead"
    client.post(f"/scheme/sections/{section.pk}/duties/", {"edition": "3", "duty": duty.pk, "remove": "1"})
    assert not Duty.objects.filter(pk=duty.pk).exists()
    refused = client.post(
        f"/scheme/sections/{section.pk}/duties/add/", {"edition": "4", "unit": "没有这个局"}, follow=True
    )
    assert "没有找到单位“没有这个局”" in refused.content.decode()


def test_a_name_is_answered_by_page(draft: Any, sign_in: Any) -> None:
    client = sign_in("carol")
    page = soup(client.get(f"/scheme/versions/{draft.pk}/"))
    form = next(f for f in page.select("form.answer") if f.select_one('input[value="富山工业园"]'))
    assert form.select_one("input[name=unit]")["value"] == "富山工业园管委会"  # type: ignore[index]
    answer = {"answer": "unit", "name": "富山工业园", "unit": "富山工业园管委会"}
    said = client.post(f"/scheme/versions/{draft.pk}/answer/", answer, follow=True)
    assert "2 处责任已对上" in said.content.decode()
    assert not Duty.objects.filter(name="富山工业园", unit__isnull=True).exists()


def test_a_newer_text_shows_what_it_changes_before_it_is_saved(in_force: Any, sign_in: Any) -> None:
    client = sign_in("carol")
    text = SAMPLE.read_text(encoding="utf-8").replace("成批外出的安排专车专列接送", "成批外出的安排包机接送")
    text = text.replace("区教育局、区科技和工业信息化局、区人力", "区科技和工业信息化局、区人力", 1)
    upload = SimpleUploadedFile("新.txt", text.encode())
    response = client.post(f"/scheme/schemes/{in_force.scheme_id}/newer/", {"file": upload}, follow=True)
    page = soup(response)
    assert [one.text for one in page.select("main .panel h2 .state")] == ["改动"]
    assert "减少配合：区教育局" in page.text
    assert any("包机" in one.text for one in page.select("ins"))
    assert any("专车专列" in one.text for one in page.select("del"))
    draft = SchemeVersion.objects.get(state="draft")
    client.post(f"/scheme/versions/{draft.pk}/save/", {"edition": draft.edition})
    assert SchemeVersion.objects.get(state="in_force") == draft


def report(task: Any, unit: Any, period: str, state: str, on: date) -> ProgressReport:
    return ProgressReport.objects.create(
        task=task,
        owner_unit=unit,
        side="east",
        period=period,
        state=state,
        percent=50,
        narrative="两地交换岗位清单三次。",
        submitted_at=datetime(on.year, on.month, on.day, 9, tzinfo=CHINA),
    )


def test_a_task_tells_who_reported_and_who_is_late(
    in_force: Any, units: Any, as_actor: Any, queries: Any
) -> None:
    with as_actor("carol") as actor:
        task = Task.objects.get(path="三（一）")
        keys = ["labour.workerregistration", "labour.employmentspell", "labour.monthlyfact"]
        actions.set_plan(
            task, actor=actor, frequency="quarter", due_on=None, ledger_keys=keys, indicator_codes=["LAB-1"]
        )
        report(task, units["dm_labour"], "2021Q1", "verified", date(2021, 4, 8))
        report(task, units["dm_labour"], "2021Q2", "verified", date(2021, 7, 20))
        with queries() as captured:
            shown = task_context(actor, get_task(actor, task.pk))
    assert len(captured) <= 10
    by_label = {one["label"]: one for one in shown["quarters"]}
    words = {line["unit"]: line["state"]["label"] for line in by_label["2021年第二季度"]["lines"]}
    assert words["区人力资源和社会保障局"] == "迟报" and words["区教育局"] == "逾期未报"
    words = {line["unit"]: line["state"]["label"] for line in by_label["2021年第三季度"]["lines"]}
    assert set(words.values()) == {"待报"}
    assert "区教育局 · 2021年第一季度" in shown["late"]
    assert [one["label"] for one in shown["ledgers"]] == ["实名制登记", "务工就业", "按月在岗"]


def test_a_nil_return_is_not_late_until_the_unit_reports_something(
    in_force: Any, units: Any, as_actor: Any
) -> None:
    def words(actor: Any, path: str) -> dict[str, str]:
        task = Task.objects.get(path=path)
        quarters = task_context(actor, get_task(actor, task.pk))["quarters"]
        lines = next(one["lines"] for one in quarters if one["label"] == "2021年第二季度")
        return {line["unit"]: line["state"]["label"] for line in lines}

    with as_actor("carol") as actor:
        owed = Obligation.objects.filter(unit=units["dm_education"], period="2021Q2")
        owed.update(nil_at=datetime(2021, 7, 1, 9, tzinfo=CHINA), nil_reason="本季没有开展。")
        assert words(actor, "三（一）")["区教育局"] == "零报告"
        fourth = Task.objects.get(path="三（四）")
        report(fourth, units["dm_education"], "2021Q2", "submitted", date(2021, 7, 9))
        assert words(actor, "三（一）")["区教育局"] == "逾期未报"
        assert words(actor, "三（四）")["区教育局"] == "已报待核"


def test_the_matrix_marks_lead_and_support_and_opens_groups(
    in_force: Any, units: Any, as_actor: Any, queries: Any
) -> None:
    with as_actor("carol") as actor:
        actions.answer_group(in_force, "各镇（街道）", [units["dm_finance"]], actor=actor)
        version = get_version(actor, in_force.pk)
        with queries() as captured:
            shown = matrix_context(actor, version)
    assert len(captured) <= 8
    rows = {row["name"]: row for row in shown["rows"]}
    group = rows["广东省粤黔协作工作队遵义工作组湄潭小组"]
    assert [cell["mark"] for cell in group["cells"]] == ["●"] * 7
    assert [bool(cell["mark"]) for cell in rows["区财政局"]["cells"]] == [
        False,
        False,
        True,
        True,
        False,
        False,
        False,
    ]
    assert rows["斗门生态产业园"]["is_open"] and rows["斗门生态产业园"]["total"] == 3


def test_a_unit_reports_only_on_its_own_tasks(in_force: Any, units: Any, sign_in: Any) -> None:
    client = sign_in("alice")
    with context.unscoped("looking"):
        own, foreign = Task.objects.get(path="三（一）"), Task.objects.get(path="三（三）")
    form = soup(client.get("/scheme/progressreport/new/"))
    hidden = {str(one["name"]): one.get("value", "") for one in form.select("main form input[type=hidden]")}
    values = hidden | {
        "owner_unit": units["dm_labour"].pk,
        "period": "2021Q3",
        "percent": "70",
        "narrative": "已开展。",
    }
    refused = client.post("/scheme/progressreport/new/", {**values, "task": foreign.pk})
    assert "不是这项任务的责任单位" in refused.content.decode()
    assert client.post("/scheme/progressreport/new/", {**values, "task": own.pk}).status_code == 303
    page = client.get(f"/scheme/tasks/{own.pk}/").content.decode()
    assert "报进展" in page


def test_reports_of_a_private_scheme_stay_on_its_side(in_force: Any, units: Any, as_actor: Any) -> None:
    with as_actor("carol"):
        task = Task.objects.get(path="三（一）")
        report(task, units["dm_labour"], "2021Q2", "verified", date(2021, 7, 8))
    with as_actor("wang"):
        assert not ProgressReport.objects.exists() and not Task.objects.exists()
    with as_actor("anna"):
        assert ProgressReport.objects.count() == 1


def test_the_workbench_and_the_search_know_the_tasks(in_force: Any, sign_in: Any) -> None:
    client = sign_in("alice")
    home = client.get("/").content.decode()
    assert "我的任务" in home and "三（一） 做实劳务协作" in home and "做活消费协作" not in home
    assert "三（一） 做实劳务协作" in client.get("/search/?q=实名登记").content.decode()
    assert "方案中待确认的单位" in sign_in("carol").get("/").content.decode()


def test_the_task_table_reads_back_from_excel_and_word(in_force: Any, sign_in: Any) -> None:
    import docx
    import openpyxl

    client = sign_in("alice")
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"/scheme/versions/{in_force.pk}/tasks.xlsx").content)
    )
    lines = list(book.worksheets[0].iter_rows(values_only=True))
    assert [line[0] for line in lines[1:8]] == [f"三（{n}）" for n in "一二三四五六七"]
    assert lines[1][2] == "广东省粤黔协作工作队遵义工作组湄潭小组"
    assert str(lines[1][3]).count("、") == 4
    word = docx.Document(io.BytesIO(client.get(f"/scheme/versions/{in_force.pk}/tasks.docx").content))
    table = word.tables[0]
    assert len(table.rows) == 8
    assert [cell.text for cell in table.rows[1].cells][2] == "做实劳务协作"


def long_document(characters: int) -> SourceDocument:
    item = (
        "（{0}）推进第{0}项工作。两地部门每月交换一次清单，逐项登记、逐项核对，做到件件有回音、事事有着落。"
        "（区人力资源和社会保障局牵头，区财政局、区教育局、第{0}办公室配合）\n"
    )
    from shanhai.engines.clauses.numerals import numeral as chinese_number

    parts, length = [], 0
    chapter = 0
    while length < characters:
        chapter += 1
        body = f"{chinese_number(chapter)}、第{chapter}部分\n" + "".join(
            item.format(chinese_number(n)) for n in range(1, 21)
        )
        parts.append(body)
        length += len(body)
    return SourceDocument("关于长方案的通知\n\n" + "".join(parts), "长.txt")


def test_a_long_document_is_shown_in_parts(units: Any, as_actor: Any, sign_in: Any, queries: Any) -> None:
    with as_actor("carol") as actor:
        draft = actions.import_scheme(long_document(66_000), actor=actor, side="east")  # 200 KB of UTF-8
        version = get_version(actor, draft.pk)
        with queries() as captured:
            tree_context(actor, version)
        assert len(captured) <= 6
    client = sign_in("carol")
    address = f"/scheme/versions/{draft.pk}/"
    first = soup(client.get(address))
    parts = [str(one["href"]) for one in first.select("nav.filters a")]
    texts = [soup(client.get(part)).select_one(".words").text for part in parts]  # type: ignore[union-attr]
    assert "".join(texts) == draft.document.text
