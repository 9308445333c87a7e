from dataclasses import replace

import pytest

from shanhai.kernel.documents.bound import check_bound, numbers
from shanhai.kernel.documents.inline import line, row
from shanhai.kernel.documents.model import Attachment, Column, Heading, List, Number, Paragraph, Table


def found(bulletin, *blocks):
    return [str(digit) for digit in check_bound(replace(bulletin, blocks=blocks, attachments=()))]


def test_a_bulletin_whose_figures_are_all_bound_may_be_issued(bulletin):
    assert check_bound(bulletin) == []
    assert len(numbers(bulletin)) >= 60


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("就业1284人", "1284"),
        ("就业１２８４人", "１２８４"),
        ("完成½", "½"),
        ("分Ⅳ类", "Ⅳ"),
        ("见③", "③"),
        ("共٣户", "٣"),
        ("就业一千二百八十四人", "一千二百八十四"),
        ("完成百分之九十", "百分之九十"),
        ("新增十二家", "十二"),
        ("走访三户", "三户"),
        ("共三百万元", "三百万"),
    ],
)
def test_a_typed_figure_is_found_in_any_script(bulletin, text, digits):
    assert [digit.digits for digit in check_bound(replace(bulletin, blocks=(Paragraph(line(text)),)))] == [
        digits
    ]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "进一步统一部署三农工作",
            "一户一策",
            "两地",
            "一是健全机制",
            "三个方面",
            "千方百计",
            "第一书记",
            "万企兴万村",
        ),
        *(
            "“十四五”规划",
            "党的二十大",
            "十九届五中全会",
            "第二十三条",
            "第三批",
            "一二三产业",
            "千家万户",
            "二〇二一年",
        ),
    ],
)
def test_numerals_inside_words_are_no_figures(bulletin, text):
    assert found(bulletin, Paragraph(line(text))) == []


def test_chinese_numerals_may_stand_in_headings_but_digits_may_not(bulletin):
    assert found(bulletin, Heading(1, line("二十三、三百户示范"))) == []
    assert found(bulletin, Heading(1, line("就业1284人"))) == [
        "正文第 1 部分（标题）：「就业1284人」中的「1284」没有引用数据。"
    ]


def test_the_place_of_each_digit_is_told(bulletin):
    table = Table((Column(line("甲1")),), (row("乙2"),), caption=line("丙3"), notes=(line("丁4"),))
    assert [
        digit.where
        for digit in check_bound(replace(bulletin, blocks=(List((line("好"), line("戊5"))), table)))
    ] == [
        "正文第 1 部分（列表第 2 条）",
        "正文第 2 部分（表「丙3」题）",
        "正文第 2 部分（表「丙3」表头）",
        "正文第 2 部分（表「丙3」第 1 行第 1 列）",
        "正文第 2 部分（表「丙3」注）",
    ]


def test_attachments_titles_and_units_are_read_too(bulletin):
    attachment = Attachment("困难5户", (Paragraph(line("共6户")),))
    number = Number.of(1, bind="fig", unit="7人组")
    document = replace(
        bulletin, title="帮扶8人的通报", blocks=(Paragraph(line(number)),), attachments=(attachment,)
    )
    assert [digit.digits for digit in check_bound(document)] == ["8", "5", "7", "6"]
