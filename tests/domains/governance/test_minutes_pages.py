"""Minutes in Word are read, gone through line by line and written as drafts; what we write we read back."""

import io
from datetime import date
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shanhai.domains.governance.minutes_documents import minutes_document
from shanhai.domains.governance.models import JointMeeting, Resolution
from shanhai.domains.scheme.uploads import document_from
from shanhai.engines.minutes import read_minutes
from shanhai.kernel import context
from shanhai.kernel.documents.docx import write_docx

URL = "/governance/minutes/"


def word(*lines: str) -> SimpleUploadedFile:
    paper, out = docx.Document(), io.BytesIO()
    for line in lines:
        paper.add_paragraph(line)
    paper.save(out)
    return SimpleUploadedFile("纪要.docx", out.getvalue())


def lines_of(cast: Any) -> tuple[str, ...]:
    return (
        "第二次联席会议纪要",
        "斗湄联〔2021〕2号",
        "时间：2021年8月26日",
        "地点：斗门",
        "主持：王演示",
        "一、会议议题",
        "1. 研究劳务协作",
        "二、议定事项",
        f"（一）编制输送计划（牵头单位：{cast.mt_labour.name}；配合单位：{cast.dm_labour.name}；完成时限：9月28日）",
        "（二）筹备展销会（牵头单位：县茶办；完成时限：11月底前）",
    )


def test_a_file_is_gone_through_and_written_as_drafts(cast: Any, sign_in: Any) -> None:
    browser = sign_in("carol")
    assert "会议纪要" in browser.get(URL).content.decode()
    read = browser.post(URL, {"file": word(*lines_of(cast))})
    page = read.content.decode()
    assert "单位名录里没有“县茶办”" in page
    form = {
        "confirmed": "1", "count": "2", "number": "斗湄联〔2021〕2号", "title": "第二次联席会议",
        "level": "county", "held_on": "2021-08-26", "venue": "斗门", "chairs": "王演示",
        "agenda": "研究劳务协作", "0.keep": "1", "0.content": "编制输送计划",
        "0.lead_unit": str(cast.mt_labour.pk),
        "0.support_units": cast.dm_labour.name, "0.due_on": "2021-09-28",
        "1.keep": "1", "1.content": "筹备展销会", "1.lead_unit": "", "1.due_on": "2021-11-30",
    }  # fmt: skip
    refused = browser.post(URL, form)
    assert refused.status_code == 422
    with context.unscoped("look"):
        assert not JointMeeting.objects.exists()
    made = browser.post(URL, form | {"1.lead_unit": str(cast.dm_labour.pk)})
    assert made.status_code == 302
    with context.unscoped("look"):
        rows = Resolution.objects.order_by("code")
        assert [(one.code, one.due_on, one.state) for one in rows] == [
            ("斗湄联〔2021〕2号-01", date(2021, 9, 28), "draft"),
            ("斗湄联〔2021〕2号-02", date(2021, 11, 30), "draft"),
        ]
        assert JointMeeting.objects.get().partner_unit == cast.mt_coordinator


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("坏.docx", b"not a zip", "坏.docx"),
        ("图.png", b"x", "只能读"),
        ("空.txt", b"  ", "没有文字"),
    ],
)
def test_bad_files_are_refused_in_words(sign_in: Any, name: str, content: bytes, why: str) -> None:
    answer = sign_in("carol").post(URL, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert why in answer.content.decode()


def test_what_is_written_as_word_is_read_back(cast: Any, sign_in: Any) -> None:
    own = {"side": "east", "owner_unit": cast.dm_coordinator, "sharing": "joint", "state": "draft"}
    with context.unscoped("example"):
        meeting = JointMeeting.objects.create(
            number="斗湄联〔2021〕3号",
            title="第三次联席会议",
            held_on=date(2021, 8, 26),
            venue="斗门",
            chairs="王演示",
            agenda="一、研究劳务协作\n二、听取进展",
            partner_unit=cast.mt_coordinator,
            **own,
        )
        row = Resolution.objects.create(
            code="3-01",
            meeting=meeting,
            content="编制输送计划",
            lead_unit=cast.mt_labour,
            support_units=cast.dm_labour.name,
            due_on=date(2021, 9, 28),
            partner_unit=cast.mt_coordinator,
            **own,
        )
        content = write_docx(minutes_document(meeting, [row]))
    found = read_minutes(document_from(SimpleUploadedFile("纪要.docx", content)).text)
    assert (found.number, found.held_on, found.venue) == (meeting.number, meeting.held_on, "斗门")
    assert found.agenda == ("研究劳务协作", "听取进展")
    (item,) = found.items
    assert (item.content, item.lead, item.due_on) == ("编制输送计划", cast.mt_labour.name, row.due_on)
    assert item.supports == (cast.dm_labour.name,)
    paper = sign_in("carol").get(f"/governance/jointmeeting/{meeting.pk}/minutes.docx")
    assert paper.status_code == 200
