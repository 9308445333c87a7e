"""What is printed follows from its parts; what a template types beside the data is found with its place."""

import io
from datetime import date
from decimal import Decimal

import docx
import pytest

from shanhai.kernel.documents.follows import check_follows
from shanhai.kernel.documents.inline import line
from shanhai.kernel.documents.model import Document, Kind, Number, Paragraph, RatioOf, Text
from shanhai.kernel.documents.proved import proved_docx, proved_fill, proved_pdf
from shanhai.kernel.documents.public import check_public
from shanhai.kernel.documents.reread import numbers_in_docx
from shanhai.kernel.documents.stored import dump, load
from shanhai.kernel.documents.template_guard import TemplateFault

NOTE = "两侧未核对"


def document(*, rate: str = "80.0", done: int = 96, target: int = 120) -> Document:
    numbers = (
        Number.of(done, bind="done", unit="人", name="LAB-1"),
        Number.of(target, bind="target", unit="人", name="LAB-1.目标"),
        Number.of(
            Decimal(rate), bind="rate", unit="%", decimals=1, name="LAB-1.完成率",
            ratio_of=RatioOf("done", "target"),
        ),
    )  # fmt: skip
    note = Paragraph(line("两侧未核对：就业人数有差异。"), slot=NOTE)
    return Document(
        kind=Kind.BULLETIN,
        issuer="甲县乡村振兴局",
        title="关于就业工作的通报",
        date=date(2021, 9, 24),
        blocks=(Paragraph(line("就业", *numbers), slot="劳务协作"), note),
    )


def word(*paragraphs: str) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    for one in paragraphs:
        made.add_paragraph(one)
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("given", "expected"),
    [({}, None), ({"rate": "79.9"}, "应为 80.0%"), ({"done": 97}, "应为 80.8%"), ({"target": 0}, "应为 —")],
)
def test_a_ratio_follows_from_its_parts_or_is_named_with_its_place(given, expected):
    found = [str(one) for one in check_follows(document(**given))]
    assert bool(found) == bool(expected)
    if expected:
        assert expected in found[0]
        assert found[0].startswith("正文第 1 部分（段落）")
        with pytest.raises(TemplateFault, match="应为"):
            proved_fill(word("{{ 标题 }}"), document(**given))


def test_a_document_that_says_what_its_ratios_are_of_is_kept_whole():
    assert load(dump(document())) == document()
    assert "ratio_of" not in dump(document())["blocks"][0]["line"][1]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("完成率95.2%，居前列", "「95.2%」是直接写的比例"),
        ("已完成百分之八十", "「百分之八十」是直接写的比例"),
        ("帮助就业1,284人", "「1,284人」是直接写的数量"),
        ("帮助三百人就业", "「三百」是直接写的数量"),
        ("就业{{ 数据('LAB-1') }}%", "后面写的单位是「%」，这个数据的单位是「人」"),
        ("完成率{{ 数据('LAB-1.完成率') }}人", "后面写的单位是「人」，这个数据的单位是「%」"),
    ],
)
def test_what_a_template_types_as_a_figure_is_refused_with_place_and_reason(typed, told):
    with pytest.raises(TemplateFault) as refused:
        proved_fill(word("{{ 标题 }}", typed), document())
    assert told in str(refused.value)
    assert "模板第 2 段" in str(refused.value)


@pytest.mark.parametrize(
    "typed",
    [
        "完成率{{ 数据('LAB-1.完成率') }}%",
        "2021年第三季度，第2期",
        "联系电话 0852-4220000，邮编 564100",
        "{{ 叙述('劳务协作') }}",
        "一户一策、统一部署",
    ],
)
def test_dates_ordinals_telephones_and_bound_figures_pass(typed):
    assert proved_fill(word(typed), document())


def test_a_note_that_may_not_be_lost_is_appended_where_the_template_has_no_place_for_it():
    def text(template: bytes) -> list[str]:
        filled = docx.Document(io.BytesIO(proved_fill(template, document(), always=(NOTE,))))
        return [one.text for one in filled.paragraphs]

    assert text(word("{{ 标题 }}", "结尾"))[-1].startswith("两侧未核对：")
    placed = text(word("{{ 叙述('两侧未核对') }}", "结尾"))
    assert [one.startswith("两侧未核对：") for one in placed] == [True, False]
    without = Document(**{name: getattr(document(), name) for name in ("kind", "issuer", "title", "date")},
                       blocks=())  # fmt: skip
    assert proved_fill(word("{%p if 有('两侧未核对') %}", "{{ 叙述('两侧未核对') }}", "{%p endif %}", "结尾"),
                       without, always=(NOTE,))  # fmt: skip


def test_files_are_read_back_before_they_are_given_out():
    assert [one.display for one in numbers_in_docx(proved_docx(document()))] == ["96", "120", "80.0"]
    assert proved_pdf(document()).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("身份证 52212519850101001X", "身份证号"),
        ("522125 1985 0101 001X", "身份证号"),
        ("电话１３８００１３８０００", "手机号"),
        ("138-0013-8000", "手机号"),
        ("账号6222020000000000000", "银行账号"),
        ("监督电话 12345、0852-4220000", None),
        ("湄协通〔2021〕2号，2021年4月8日", None),
    ],
)
def test_a_public_document_holds_no_number_of_a_person(text, kind):
    shown = Document(
        kind=Kind.TABLE, issuer="甲", title="公示", date=date(2021, 4, 8), blocks=(Paragraph((Text(text),)),)
    )
    found = check_public(shown)
    assert [one.printed for one in found] == ([kind] if kind else [])
    assert not any(character.isdigit() for one in found for character in one.printed)
