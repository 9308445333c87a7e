"""Every kind of document: GB/T 9704 by a parser, files read back, templates with versions."""

import io
from datetime import date
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.oxml.ns import qn
from docx.shared import Mm

from conformance.things import Things
from samples.rows import plant_row
from shanhai.domains.appraisal.bulletin_drafts import draft_bulletin
from shanhai.domains.funds.models import Project
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.documents.bound import numbers
from shanhai.kernel.documents.model import chinese_date
from shanhai.kernel.documents.reread import numbers_in_docx, numbers_in_pdf
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Side
from shanhai.registers.documents.kinds import kind_of, kinds
from shanhai.registers.documents.making import document_of, file_of, problems_of
from shanhai.registers.documents.models import DocumentTemplate

OFFICIAL = [
    "appraisal.bulletin",
    "appraisal.dispatch",
    "appraisal.summary",
    "funds.notice",
    "governance.minutes",
    "governance.slip",
]
TABLES = ["appraisal.selfreport", "benefits.notice"]
FACES = {
    "公文标题": ("方正小标宋_GBK", "44"),
    "公文正文": ("仿宋_GB2312", "32"),
    "公文发文机关标志": ("方正小标宋_GBK", "96"),
    "公文发文字号": ("仿宋_GB2312", "32"),
    "公文一级标题": ("黑体", "32"),
    "公文版记": ("仿宋_GB2312", "28"),
    "公文页码": ("宋体", "28"),
}
BULLETINS = {
    "appraisal.bulletin": "2021Q3",
    "appraisal.dispatch": "2021-08",
    "appraisal.summary": "2021Q2",
}
DAY = date(2021, 4, 8)


def row_of(kind: Any, cast: Any) -> Any:
    """A row of Doumen with a document of the kind."""
    if kind.key in BULLETINS:
        with context.acting(cast.actor("carol")) as current:
            period, form = Period.parse(BULLETINS[kind.key]), kind.key.partition(".")[2]
            return draft_bulletin(Side.EAST, period, actor=current.actor, form=form)
    if kind.key == "appraisal.selfreport":
        return Things(cast).appraisal_run
    row = plant_row(registry.get(kind.ledger), cast.actor("alice")).row
    if kind.key == "funds.notice":
        with context.unscoped("a project that tells all a notice must"):
            dates = {"planned_start_on": DAY, "planned_end_on": date(2021, 12, 1)}
            Project._base_manager.filter(pk=row.project_id).update(**dates)
            days = {"notice_from": DAY, "notice_to": date(2021, 4, 17)}
            type(row)._base_manager.filter(pk=row.pk).update(**days)
            row.refresh_from_db()
    return row


def words(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def test_the_kinds_walked_here_are_all_there_are():
    assert [kind.key for kind in kinds() if kind.is_official] == OFFICIAL
    assert [kind.key for kind in kinds() if not kind.is_official] == TABLES


@pytest.mark.parametrize("key", OFFICIAL)
def test_an_official_document_is_laid_out_by_gb_t_9704(key, cast):
    with context.acting(cast.actor("carol")) as current:
        kind = kind_of(key, current.actor)
        row = row_of(kind, cast)
        written = document_of(kind, row, current.actor)
        content, name = file_of(kind, row, "docx", current.actor)
    word = docx.Document(io.BytesIO(content))
    section = word.sections[0]
    sides = ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin", "right_margin")
    assert [round(getattr(section, side) / Mm(1)) for side in sides] == [210, 297, 37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("linesAndChars", "579")
    for style, (face, size) in FACES.items():
        properties = word.styles[style].element.find(qn("w:rPr"))
        assert properties.find(qn("w:rFonts")).get(qn("w:eastAsia")) == face, style
        assert properties.find(qn("w:sz")).get(qn("w:val")) == size, style
    lines = [(one.find(f".//{qn('w:pStyle')}"), words(one)) for one in word.element.body.iter(qn("w:p"))]
    told = [(style.get(qn("w:val")) if style is not None else "", text) for style, text in lines]
    imprint = written.imprint
    assert imprint is not None
    assert written.number
    order = [
        ("GwMasthead", written.head),
        ("GwReference", written.number),
        ("GwTitle", "".join(written.title.split())),
    ]
    at = [next(n for n, (style, text) in enumerate(told) if (style, "".join(text.split())) ==
               (wanted, "".join(said.split()))) for wanted, said in order]  # fmt: skip
    signers = {signer for block in written.blocks for signer in getattr(block, "signers", ())}
    signed = max(n for n, (_style, text) in enumerate(told) if text.strip() in signers)
    dated = max(n for n, (_style, text) in enumerate(told) if text.strip() == chinese_date(written.date))
    printed = max(n for n, (style, text) in enumerate(told) if style == "GwImprint" and text.endswith("印发"))
    assert [*at, signed, dated, printed] == sorted([*at, signed, dated, printed])
    assert imprint.printer in told[printed][1]
    assert name.endswith(".docx")


@pytest.mark.parametrize("key", [*OFFICIAL, *TABLES])
def test_word_and_pdf_say_the_figures_of_the_document(key, cast):
    with context.acting(cast.actor("carol")) as current:
        kind = kind_of(key, current.actor)
        row = row_of(kind, cast)
        written = document_of(kind, row, current.actor)
        assert problems_of(kind, written) == []
        word, pdf = (file_of(kind, row, form, current.actor)[0] for form in ("docx", "pdf"))
    said = sorted((one.bind, one.display) for one in numbers(written))
    assert sorted((one.bind, one.display) for one in numbers_in_docx(word)) == said
    assert sorted((one.bind, one.display) for one in numbers_in_pdf(pdf)) == said


@pytest.mark.parametrize("key", ["governance.minutes", "funds.notice"])
def test_a_template_is_made_tried_and_kept_in_versions(key, cast, sign_in):
    with context.acting(cast.actor("carol")) as current:
        row = row_of(kind_of(key, current.actor), cast)
    carol, base = sign_in("carol"), f"/documents/{key}/"
    given = carol.get(f"{base}{row.pk}/starter/").content

    def sent(**more: str) -> Any:
        file = SimpleUploadedFile("模板.docx", given)
        return carol.post(f"{base}templates/", {"name": "区里版式", "file": file, **more})

    tried = sent(**{"try": "1"})
    assert tried["Content-Type"].endswith("document")
    assert not DocumentTemplate.objects.exists()
    assert [sent().status_code, sent().status_code] == [302, 302]
    assert list(DocumentTemplate.objects.values_list("template_version", flat=True)) == [2, 1]
    page = carol.get(f"{base}{row.pk}/").content.decode()
    assert "区里版式 第 2 版" in page
    assert "区里版式 第 1 版" not in page
    newest, first = DocumentTemplate.objects.all()
    filled = carol.get(f"{base}{row.pk}/docx/?template={newest.pk}")
    assert numbers_in_docx(filled.content) == numbers_in_docx(tried.content)
    assert carol.get(f"/documents/templates/{first.pk}/file/").content == given
    assert sign_in("wang").get(f"{base}{row.pk}/docx/?template={newest.pk}").status_code == 404
    carol = sign_in("carol")
    assert carol.post(f"/documents/templates/{newest.pk}/remove/").status_code == 302
    assert "区里版式 第 1 版" in carol.get(f"{base}{row.pk}/").content.decode()
    assert (
        "区里版式" in carol.get("/documents/").content.decode()
        or "1 个模板" in carol.get("/documents/").content.decode()
    )


def test_a_project_notice_tells_all_it_must_and_no_mobile_telephone(cast, sign_in):
    with context.acting(cast.actor("carol")) as current:
        kind = kind_of("funds.notice", current.actor)
        row = plant_row(registry.get(kind.ledger), cast.actor("alice")).row
        with pytest.raises(RuleViolated, match="计划开工"):
            document_of(kind, row, current.actor)
    page = sign_in("carol").get(f"/documents/funds.notice/{row.pk}/")
    assert "公示须写明" in page.content.decode()
    with context.acting(cast.actor("carol")) as current:
        row = row_of(kind, cast)
        with context.unscoped("a telephone of a person"):
            type(row)._base_manager.filter(pk=row.pk).update(complaint_phone="138 0013 8000")
        with pytest.raises(RuleViolated, match="「手机号」不得公开"):
            file_of(kind, row, "pdf", current.actor)
