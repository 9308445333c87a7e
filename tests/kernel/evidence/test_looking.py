"""Papers looked at on our own pages: real photographs and PDFs, their facts, and what is refused in words."""

import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from kernel.surfaces.reading import WORKSHOPS, page, words
from shanhai.kernel import actions, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.evidence.attach import upload
from shanhai.kernel.evidence.pictures import PictureFacts, facts_of
from shanhai.kernel.models import EvidenceLink, EvidenceReading
from shanhai.kernel.registry import registry

Make = Callable[..., Any]
SHANGHAI = ZoneInfo("Asia/Shanghai")
GPS = {
    ExifTags.GPS.GPSLatitudeRef: "N",
    ExifTags.GPS.GPSLatitude: (27.0, 45.0, 40.32),
    ExifTags.GPS.GPSLongitudeRef: "E",
    ExifTags.GPS.GPSLongitude: (107.0, 29.0, 31.56),
}


def photograph(
    taken: str = "", offset: str = "", gps: dict[int, Any] | None = None, orientation: int = 1
) -> bytes:
    """A photograph of 64 × 48, green above and white below, as a phone writes it."""
    image = Image.new("RGB", (64, 48), "white")
    image.paste("green", (0, 0, 64, 24))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    if taken:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.OffsetTimeOriginal] = offset
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(gps or {})
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def pdf(pages: int = 1) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _number in range(pages):
        document.new_page(200, 400)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def files(data: bytes, name: str) -> Any:
    held = io.BytesIO(data)
    held.name = name
    return held


@pytest.mark.parametrize(
    ("data", "facts"),
    [
        (photograph(), PictureFacts()),
        (
            photograph("2021:07:03 09:12:30"),
            PictureFacts(datetime(2021, 7, 3, 9, 12, 30, tzinfo=SHANGHAI)),
        ),
        (
            photograph("2021:07:03 01:12:30", "+00:00"),
            PictureFacts(datetime(2021, 7, 3, 9, 12, 30, tzinfo=SHANGHAI)),
        ),
        (photograph("0000:00:00 00:00:00"), PictureFacts()),
        (photograph("2099:01:01 00:00:00"), PictureFacts()),
        (
            photograph(gps=GPS),
            PictureFacts(latitude=Decimal("27.761200"), longitude=Decimal("107.492100")),
        ),
        (
            photograph(gps=GPS | {ExifTags.GPS.GPSLatitudeRef: "S"}),
            PictureFacts(latitude=Decimal("-27.761200"), longitude=Decimal("107.492100")),
        ),
        (
            photograph(gps=GPS | {ExifTags.GPS.GPSLatitude: (0.0, 0.0, 0.0)} | {4: (0.0, 0.0, 0.0)}),
            PictureFacts(),
        ),
        (photograph(gps=GPS | {ExifTags.GPS.GPSLatitude: (127.0, 0.0, 0.0)}), PictureFacts()),
        (photograph(gps={ExifTags.GPS.GPSLatitudeRef: "N"}), PictureFacts()),
    ],
)
def test_time_and_place_are_read_from_a_photograph(data: bytes, facts: PictureFacts) -> None:
    assert facts_of(data) == facts


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@given(at=st.integers(2, 400), byte=st.integers(0, 255))
def test_a_picture_with_any_byte_changed_is_read_or_refused_in_words(at: int, byte: int) -> None:
    data = bytearray(photograph("2021:07:03 09:12:30", gps=GPS))
    data[at] = byte
    try:
        facts_of(bytes(data))
    except RuleViolated as refused:
        assert str(refused).endswith("。")


def test_each_of_many_files_is_answered_for(workshop: Make, sign_in: Any, settings: Any) -> None:
    settings.SHANHAI_EVIDENCE_LIMIT = 100_000
    row, whole = workshop(), photograph("2021:07:03 09:12:30", gps=GPS)
    sent = [
        files(whole, "现场.jpg"),
        files(pdf(), "合同.exe"),
        files(b"", "空.jpg"),
        files(whole[: len(whole) // 2], "半张.jpg"),
        files(b"\xff\xd8\xff" + b"x" * 100_000, "大.jpg"),
        files(b"\0\0\0\x18ftypheic\0\0\0\0", "手机.jpg"),
        files(pdf()[:300], "半份.pdf"),
    ]
    response = sign_in("alice").post(
        f"{WORKSHOPS}{row.pk}/evidence/",
        {"files": sent, "category": "photo"},
        HTTP_HX_REQUEST="true",
    )
    told = [one.get_text(" ", strip=True) for one in page(response).select(".notice")]
    for said, wanted in zip(
        told,
        [
            "现场.jpg：已上传。",
            "合同.exe：已上传。",
            "空.jpg：文件是空的",
            "半张.jpg：图片打不开",
            "大.jpg：文件有 0.1 MB",
            "手机.jpg：这是 HEIC",
            "半份.pdf：已上传。但这份 PDF 预览不了",
        ],
        strict=True,
    ):
        assert said.startswith(wanted)
    shown = words(response)
    assert "拍摄：2021-07-03 09:12 · 北纬 27.761200°，东经 107.492100°" in shown
    assert "合同.exe.pdf" in shown


def test_what_a_camera_wrote_stays_in_the_file_and_out_of_its_small_picture(
    workshop: Make, paper: Make, sign_in: Any
) -> None:
    data = photograph("2021:07:03 09:12:30", gps=GPS, orientation=6)
    link, client = paper(workshop(), data=data, name="竖.jpg"), sign_in("alice")
    assert client.get(f"/evidence/{link.pk}/").content == data
    small = Image.open(io.BytesIO(client.get(f"/evidence/{link.pk}/small/").content))
    assert small.width < small.height and not small.getexif()
    red, green, blue = small.getpixel((small.width - 4, small.height // 2))
    assert green > red + 50 and green > blue + 50, "what was above is on the right when held upright"


def test_a_picture_is_shown_drawn_anew_without_what_else_its_file_holds(
    workshop: Make, paper: Make, sign_in: Any
) -> None:
    data = photograph("2021:07:03 09:12:30", gps=GPS, orientation=6) + b"<script>alert(1)</script>PK\x03\x04"
    link, client = paper(workshop(), data=data, name="竖.jpg"), sign_in("alice")
    (shown,) = page(client.get(f"/evidence/{link.pk}/look/")).select("figure img")
    answer = client.get(shown["src"])
    assert answer["Content-Type"] == "image/jpeg" and answer["X-Content-Type-Options"] == "nosniff"
    assert b"script" not in answer.content and b"PK" not in answer.content[-40:]
    drawn = Image.open(io.BytesIO(answer.content))
    assert drawn.width < drawn.height and not drawn.getexif()
    assert client.get(f"/evidence/{link.pk}/?download").content == data, "the evidence itself is untouched"


def test_a_pdf_is_looked_through_page_by_page_as_one_opening(
    workshop: Make, paper: Make, sign_in: Any
) -> None:
    link, client = paper(workshop(), data=pdf(23), name="合同.pdf"), sign_in("alice")
    shown = client.get(f"/evidence/{link.pk}/look/")
    pictures = page(shown).select("figure img")
    assert len(pictures) == 20 and "共 23 页" in words(shown)
    assert len(page(client.get(f"/evidence/{link.pk}/look/?page=2")).select("figure img")) == 3
    first = client.get(pictures[0]["src"])
    assert Image.open(io.BytesIO(first.content)).size == (800, 1600)
    assert first["Cache-Control"] == "private, no-store"
    assert Image.open(io.BytesIO(client.get(f"/evidence/{link.pk}/small/").content)).size == (48, 96)
    for number in (0, 24):
        assert client.get(f"/evidence/{link.pk}/pages/{number}/").status_code == 404
    with context.unscoped("look"):
        assert EvidenceReading.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [(b"%PDF-1.4 cut", "半.pdf", "这份 PDF 预览不了"), ("姓名\n".encode(), "一.txt", "不能在网页上预览")],
)
def test_what_cannot_be_shown_says_so_and_can_be_downloaded(
    workshop: Make, paper: Make, sign_in: Any, data: bytes, name: str, said: str
) -> None:
    link = paper(workshop(), data=data, name=name)
    shown = sign_in("alice").get(f"/evidence/{link.pk}/look/")
    assert said in words(shown) and page(shown).select(f"a[href='/evidence/{link.pk}/?download']")


@pytest.mark.parametrize("what", ["", "look/", "pages/1/", "small/"])
@pytest.mark.parametrize(
    ("who", "state", "status"),
    [("bob", "draft", 404), ("anna", "draft", 404), ("eve", "draft", 404), ("bob", "submitted", 403)],
)
def test_no_side_of_a_paper_is_open_to_others(
    workshop: Make, paper: Make, sign_in: Any, what: str, who: str, state: str, status: int
) -> None:
    link: EvidenceLink = paper(workshop(state=state), data=photograph(), name="一.jpg")
    assert sign_in(who).get(f"/evidence/{link.pk}/{what}").status_code == status
    with context.unscoped("look"):
        assert not EvidenceReading.objects.exists()


def test_the_checklist_tells_what_is_there_and_what_is_not(
    workshop: Make, as_actor: Any, sign_in: Any
) -> None:
    ledger, home = registry.get("toys.output"), workshop()
    with as_actor("alice") as actor:
        row = actions.create_row(ledger, {"workshop": home, "period": "2021-06", "amount": 1}, actor=actor)
    client, url = sign_in("alice"), f"/toys/output/{row.pk}/"
    item = page(client.get(url)).select_one("#evidence .rows li")
    assert item is not None and item.get_text(" ", strip=True) == "凭证 核实前必备 还缺"
    with as_actor("alice") as actor:
        upload(ledger, row, pdf(), "凭证.pdf", "voucher", actor=actor)
    item = page(client.get(url)).select_one("#evidence .rows li")
    assert item is not None and item.get_text(" ", strip=True) == "凭证 核实前必备 已有"
