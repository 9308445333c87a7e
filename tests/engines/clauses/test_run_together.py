"""Documents that came as one single line, and what a web page leaves around them. All samples are our own."""

import pytest

from shanhai.engines.clauses import FlagKind, Scheme, parse

HEAD = (
    "某县人民政府办公室文件",
    "某府办发〔2021〕12号",
    "某县人民政府办公室关于印发《某县茶旅融合三年行动方案（2021—2023年）》的通知",
    "各乡镇人民政府、街道办事处，县政府各部门，县属各企业：",
    "《某县茶旅融合三年行动方案（2021—2023年）》已经县政府同意，现印发给你们，请照此办理。",
    "某县人民政府办公室",
    "2021年3月5日",
    "某县茶旅融合三年行动方案（2021—2023年）",
    "为把茶园建成景区，依据上级部署（某发〔2021〕1号），制定本方案。",
)
BODY = (
    "一、夯实基础、补齐短板，建好沿线设施",
    "（一）改造茶园步道。到2023年建成步道80公里。",
    "责任领导：某某；牵头单位：县文旅局；责任单位：县交通运输局、县水务局；完成时限：2023年6月底前",
    "（二）提升民宿品质。具体措施：",
    "1.评定星级。每年一次。（县文旅局、县市场监管局负责）",
    "2.培训店主。每年两期（县人社局负责）。",
    "（三）统一标识。责任单位：县文旅局",
    "二、加强保障",
    "（四）调度进度。重点看：（一）有没有开工；（二）有没有资金。每季通报。",
    "（责任单位：县委督查室、县政府督查室）",
)
FOOT = ("某县人民政府办公室", "2021年3月5日", "（此件公开发布）")


def tree(scheme: Scheme) -> list[str | None]:
    return [section.path for section in scheme.walk()]


def duties(scheme: Scheme) -> list[str]:
    return [duty.name for section in scheme.walk() for duty in section.duties]


@pytest.mark.parametrize("blank", ["", " ", "\u3000\u3000"])
def test_a_document_of_one_line_has_its_head_and_its_tree(blank: str) -> None:
    scheme = parse(blank.join((*HEAD, *BODY)))
    assert scheme.title == "某县茶旅融合三年行动方案（2021—2023年）"
    assert (scheme.number, scheme.issuer, scheme.date) == (
        "某府办发〔2021〕12号",
        "某县人民政府办公室",
        "2021-03-05",
    )
    assert scheme.addressees == ("各乡镇人民政府", "街道办事处", "县政府各部门", "县属各企业")
    assert tree(scheme) == [
        "一",
        "一（一）",
        "一（二）",
        "一（二）1",
        "一（二）2",
        "一（三）",
        "二",
        "二（四）",
    ]
    assert duties(scheme) == [
        *("县文旅局", "县交通运输局", "县水务局", "县文旅局", "县市场监管局", "县人社局", "县文旅局"),
        *("县委督查室", "县政府督查室"),
    ]
    assert scheme.sections[0].heading == "夯实基础、补齐短板，建好沿线设施"


def test_one_line_and_many_lines_are_the_same_document() -> None:
    lines, line = (parse(glue.join((*HEAD, *BODY))) for glue in ("\n", ""))
    assert [section.heading for section in lines.walk()] == [section.heading for section in line.walk()]
    assert duties(lines) == duties(line)
    assert (lines.title, lines.number, lines.addressees) == (line.title, line.number, line.addressees)


def test_places_in_a_line_are_places_in_the_source() -> None:
    scheme = parse("".join((*HEAD, *BODY)))
    found = [duty for section in scheme.walk() for duty in section.duties]
    assert all(scheme.source_text[duty.start : duty.end] == duty.name for duty in found)
    assert "\n" not in scheme.source_text


def test_a_signature_at_the_end_of_the_line_ends_the_last_clause() -> None:
    scheme = parse(
        "某县人民政府关于推进茶旅融合的意见各乡镇人民政府：提出以下意见。" + "".join((*BODY, *FOOT))
    )
    assert scheme.title == "某县人民政府关于推进茶旅融合的意见"
    assert (scheme.issuer, scheme.date) == ("某县人民政府办公室", "2021-03-05")
    assert not list(scheme.walk())[-1].text.endswith("2021年3月5日")


def test_a_number_that_runs_on_through_the_chapters_is_read_in_one_line() -> None:
    scheme = parse(
        "某县茶旅方案一、目标1.基数。摸清家底。二、任务（一）基础工程。包括如下项目："
        "2.步道项目。建80公里。（牵头单位：县文旅局，配合单位：县财政局）3.厕所项目。建20座。（牵头单位：县住建局）"
    )
    assert tree(scheme) == ["一", "一1", "二", "二（一）", "二（一）2", "二（一）3"]


def test_a_standing_heading_is_not_the_sentence_behind_it() -> None:
    scheme = parse("某县茶旅方案\n一、总体要求坚持生态优先，稳步推进。\n二、工作目标到2023年建成10个点。\n")
    assert [section.heading for section in scheme.sections] == ["总体要求", "工作目标"]


PAGE = """当前位置: 首页 > 信息公开 > 政策文件
索 引 号: | 00001/2021-00012 | 信息分类: | 综合 |
发布机构: | 某县人民政府办公室 | 成文日期: | 2021年03月05日 |
文 号: | 某府办发〔2021〕12号 | 公开责任部门: | 县政府办 |
名 称: | 某县人民政府办公室关于印发某县茶旅融合行动方案的通知 |
发布时间:2021-03-06 08:30:00
各乡镇人民政府,县政府各部门:
《某县茶旅融合行动方案》已经县政府同意,现印发给你们。
某县茶旅融合行动方案
一、任务
(一)修步道。建80公里。(县文旅局、县交通运输局)
"""


def test_what_a_web_page_prints_around_a_document_is_not_taken_for_it() -> None:
    scheme = parse(PAGE)
    assert scheme.title == "某县茶旅融合行动方案"
    assert scheme.addressees == ("各乡镇人民政府", "县政府各部门")
    assert (scheme.duty_lists, tree(scheme)) == (1, ["一", "一（一）"])


def test_number_agency_and_date_are_taken_from_the_page_where_the_document_has_none() -> None:
    scheme = parse(PAGE)
    assert (scheme.number, scheme.issuer, scheme.date) == (
        "某府办发〔2021〕12号",
        "某县人民政府办公室",
        "2021-03-05",
    )


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("某省人民政府办公厅关于落实某省委\n关于深化茶产业改革\n若干意见分工的通知\n", None),
        ("某县人民政府\n关于支持茶产业发展的\n若干意见\n", "某县人民政府关于支持茶产业发展的若干意见"),
        ("某县茶产业重点工作责任分解（2021年）\n", "某县茶产业重点工作责任分解（2021年）"),
        ("某县茶产业扶持办法\n（试行）\n", "某县茶产业扶持办法"),
        (
            "某县人民政府关于公布茶园名录的通知\n某府发〔2021〕2号\n各镇：\n根据《某省茶产业发展办法》规定，\n",
            "某县人民政府关于公布茶园名录的通知",
        ),
        (
            "某府发〔2021〕2号\n各镇：\n为贯彻《某省茶产业发展意见》，现将《某县茶产业方案》印发给你们。\n",
            "某县茶产业方案",
        ),
    ],
)
def test_titles_of_many_forms_are_read_whole(head: str, title: str | None) -> None:
    scheme = parse(head + "一、任务\n抓紧。\n")
    assert scheme.title == (title or head.replace("\n", ""))


def test_a_date_in_brackets_under_the_title_is_the_documents_date() -> None:
    assert parse("某省委关于茶产业的意见\n（2021年3月13日）\n一、任务\n抓紧。\n").date == "2021-03-13"


def test_a_list_that_a_page_breaks_after_its_label_goes_on() -> None:
    scheme = parse(
        "一、任务\n（一）修路。抓紧。牵头单位：\n县交通运输局、县水\n务局\n（二）改厕。责任单位：县委\n宣传部、各乡\n镇\n"
    )
    assert duties(scheme) == ["县交通运输局", "县水务局", "县委宣传部", "各乡镇"]


def test_addressees_that_a_page_breaks_inside_a_name_are_whole() -> None:
    scheme = parse(
        "关于备耕的通知\n县农业农村局、县财政局、县水务局、县发展和改\n革局、县林业局：\n一、任务\n抓紧。\n"
    )
    assert scheme.addressees == ("县农业农村局", "县财政局", "县水务局", "县发展和改革局", "县林业局")
    assert [flag.kind for flag in scheme.flags] == [FlagKind.BROKEN_LINE]


def test_a_page_of_mostly_short_lines_has_its_few_long_ones_joined() -> None:
    goals = "".join(f"{number}.目标{number}达到{number}0个。\n责任单位：县文旅局\n" for number in range(1, 8))
    long = "{}.推进茶旅融合示范带建设，改造沿线步道和停车场，完善标识\n系统，建成一批精品民宿。\n"
    long += "责任单位：县文旅局\n"
    scheme = parse("一、任务\n" + goals + "".join(long.format(number) for number in range(8, 13)))
    assert (
        scheme.sections[0]
        .children[8]
        .text.startswith("9.推进茶旅融合示范带建设，改造沿线步道和停车场，完善标识系统，建成")
    )
    assert scheme.duty_lists == 12
