"""Whole documents: heads, trees, annexes, wrapped pages, tables. All samples are in our own words."""

import os
from pathlib import Path

import pytest

from shanhai.engines.clauses import FlagKind, KnownUnit, Role, Scheme, Section, parse, to_json
from shanhai.engines.clauses.command import parse_file, scheme_in

SAMPLE = Path(__file__).parents[3] / "src/shanhai/domains/scheme/sample/scheme.txt"
REAL = os.environ.get("SHANHAI_REAL_SCHEME", "")
COUNTS = [6, 8, 8, 12, 9, 8, 10]
TOWNS = ("白藤街道", "莲洲镇", "斗门镇", "乾务镇", "白蕉镇", "井岸镇")

NATIONAL = """国务院办公厅关于促进某某产业
高质量发展的指导意见
国办发〔2021〕99号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
  发展某某产业意义重大。经同意，现提出以下意见。
  一、总体要求
  （一）指导思想。服务大局，因地制宜。
  二、优化布局
  （二）完善规划。衔接国土空间规划。（国家发展改革委、自然资源部等部门和各省级人民政府按职责分工负责）
  （三）加大投入。债券予以倾斜（财政部、国家发展改革委负责）。鼓励增加信贷（人民银行、银保监会负责）。
  三、组织实施
  （四）加强领导。各省（区、市）要制定方案。
                                国务院办公厅
                                2021年6月1日
（此件公开发布）
附件：1.任务清单
2.责任清单
"""
COUNTY = """某县人民政府办公室文件
某府办发[2021]12号
某县人民政府办公室关于印发《某县2021年防汛工作方案》的通知
各乡镇人民政府，县政府各部门：
《某县2021年防汛工作方案》已经县政府同意，现印发给你们，请遵照执行。
某县人民政府办公室
二〇二一年四月三十日
某县2021年防汛工作方案
一、工作措施
1、排查隐患。责任领导：某某；牵头单位：县水务局；责任单位：县应急局，各乡镇；完成时限：5月底前
2、储备物资（县应急局、县发改局负责，5月15日前完成）
3、应急演练
（1）组织县级演练1次。牵头单位：县应急局，参加单位：县人武部、县消防救援大队
（2）组织乡级演练。责任单位：各乡镇
二、工作要求
（一）提高认识
各级各部门要高度重视。
抄送：县委办公室，县人大常委会办公室。
"""
WRAPPED = """某县茶产业发展实施方案

一、总体要求
    （一）指导思想。坚持市场主导、政府引导，
坚持质量第一、效益优先，把茶产业建成富民强县
的支柱产业，让茶农在产业链上更多受益，为全面
推进乡村振兴提供支撑，到2025年全县茶园达到
60万亩。
                    - 1 -
    （二）基本原则。统筹规划，分步实施，因地制
宜，一村一策，不搞大拆大建，不增加基层负担，
充分尊重群众意愿。（县农业农村局牵头，县财政
局、县林业局、县供销社、县市场监管局按职责分
工负责）
    （三）组织领导。成立专班，定期调度，及时研
究解决问题。
"""


def outline(sections: tuple[Section, ...]) -> list[tuple[str | None, str | None]]:
    return [(one.path, one.heading) for section in sections for one in section.walk()]


def counts(scheme: Scheme) -> list[int]:
    return [len(section.duties) for section in scheme.walk() if section.duties]


def names(scheme: Scheme) -> list[str]:
    return [duty.name for section in scheme.walk() for duty in section.duties]


def test_a_national_document_gives_its_head_and_its_duties() -> None:
    scheme = parse(NATIONAL)
    assert scheme.title == "国务院办公厅关于促进某某产业高质量发展的指导意见"
    assert (scheme.number, scheme.issuer, scheme.date) == ("国办发〔2021〕99号", "国务院办公厅", "2021-06-01")
    assert scheme.addressees == ("各省、自治区、直辖市人民政府", "国务院各部委", "各直属机构")
    assert counts(scheme) == [3, 4]
    assert scheme.duty_lists == 3
    assert not [flag for flag in scheme.flags if flag.kind == FlagKind.UNKNOWN_UNIT]


def test_clauses_that_number_on_through_the_document_stay_under_their_chapter() -> None:
    assert [path for path, _ in outline(parse(NATIONAL).sections)] == [
        "一",
        "一（一）",
        "二",
        "二（二）",
        "二（三）",
        "三",
        "三（四）",
    ]


def test_the_foot_of_a_document_is_no_clause() -> None:
    assert parse(NATIONAL).sections[-1].children[-1].text == "（四）加强领导。各省（区、市）要制定方案。"


def test_a_county_notice_gives_the_scheme_it_sends_out() -> None:
    scheme = parse(COUNTY)
    assert scheme.title == "某县2021年防汛工作方案"
    assert (scheme.number, scheme.issuer, scheme.date) == (
        "某府办发[2021]12号",
        "某县人民政府办公室",
        "2021-04-30",
    )
    assert scheme.addressees == ("各乡镇人民政府", "县政府各部门")
    assert counts(scheme) == [3, 2, 3, 1]
    assert outline(scheme.sections)[1:5] == [
        ("一1", "排查隐患"),
        ("一2", "储备物资"),
        ("一3", "应急演练"),
        ("一3（1）", "组织县级演练1次"),
    ]


def test_lines_that_the_page_wrapped_are_one_sentence_again() -> None:
    scheme = parse(WRAPPED)
    clauses = scheme.sections[0].children
    assert [clause.heading for clause in clauses] == ["指导思想", "基本原则", "组织领导"]
    assert "把茶产业建成富民强县的支柱产业，让茶农在产业链上更多受益，为全面推进" in clauses[0].text
    assert "到2025年全县茶园达到60万亩。" in clauses[0].text
    assert [duty.name for duty in clauses[1].duties] == [
        "县农业农村局",
        "县财政局",
        "县林业局",
        "县供销社",
        "县市场监管局",
    ]
    assert scheme.source_text[clauses[1].duties[1].start : clauses[1].duties[1].end] == "县财政\n局"


def test_a_document_without_paragraphs_has_its_tree_all_the_same() -> None:
    scheme = parse(
        "某县关于加快茶产业发展的实施方案为推动茶产业发展，制定本方案。"
        "一、总体要求（一）指导思想。坚持绿色发展。（二）目标。"
        "到2025年建成10万亩。二、重点任务（一）改造老茶园。改造2万亩。（县农业农村局牵头，县财政局配合）（二）培育主体。"
        "1.引进企业。每年3家。（县投促局负责）2.发展合作社。（县供销社）三、保障措施。加强领导。"
    )
    assert scheme.title == "某县关于加快茶产业发展的实施方案"
    assert outline(scheme.sections) == [
        ("一", "总体要求"),
        ("一（一）", "指导思想"),
        ("一（二）", "目标"),
        ("二", "重点任务"),
        ("二（一）", "改造老茶园"),
        ("二（二）", "培育主体"),
        ("二（二）1", "引进企业"),
        ("二（二）2", "发展合作社"),
        ("三", "保障措施"),
    ]
    assert counts(scheme) == [2, 1, 1]


def test_chapters_and_articles_nest() -> None:
    scheme = parse(
        "第一章　总则\n第一条　为了规范管理，制定本办法。\n第二条　适用于全县，第一条另有规定的除外。\n"
        "第二章　职责\n第三条　各单位职责如下：\n（一）县财政局负责预算；\n（二）县审计局负责监督。\n"
    )
    assert [path for path, _ in outline(scheme.sections)] == [
        "第一章",
        "第一章第一条",
        "第一章第二条",
        "第二章",
        "第二章第三条",
        "第二章第三条（一）",
        "第二章第三条（二）",
    ]
    assert scheme.duty_lists == 0


def test_enumerations_inside_a_sentence_are_no_clauses() -> None:
    scheme = parse(
        "一、任务\n重点做好：（一）修路；（二）改厕；（三）治水。面积1.5万亩，"
        "一、二、三产业融合，见第（二）项。\n二、其他\n好。\n"
    )
    assert [path for path, _ in outline(scheme.sections)] == ["一", "二"]


def test_a_list_after_small_items_belongs_to_the_clause_above_them() -> None:
    body = (
        "一、应急\n1.完善预案\n（1）修订预案。抓紧。\n（2）组织演练。每年一次。\n（3）加强宣传。常年。\n"
        "（责任单位：县应急局、各乡镇）\n"
    )
    section = parse(body + "2.健全机制\n（1）调度。每月。\n").sections[0].children[0]
    assert [duty.name for duty in section.duties] == ["县应急局", "各乡镇"]
    assert not any(child.duties for child in section.children)


@pytest.mark.parametrize(
    "table",
    [
        "序号\t工作任务\t牵头单位\t责任单位\t完成时限\n1\t建设冷库\t县农业农村局\t县财政局、县供销社\t年底\n"
        "2\t培训电商\t县商务局\t/\t6月\n",
        "| 序号 | 任务 | 牵头单位 | 责任单位 |\n|---|---|---|---|\n"
        "| 1 | 建设冷库 | 县农业农村局 | 县财政局、县供销社 |\n"
        "| 2 | 培训电商 | 县商务局 | — |\n",
        "序号    重点任务    牵头单位    配合单位\n1    建设冷库    县农业农村局    县财政局、县供销社\n"
        "2    培训电商    县商务局    无\n",
    ],
    ids=["tabs", "bars", "spaces"],
)
def test_a_table_of_tasks_gives_a_clause_for_every_row(table: str) -> None:
    scheme = parse(f"某县任务分工表\n一、重点任务\n{table}二、其他\n做好。\n")
    rows = scheme.sections[0].children
    assert [(row.path, row.heading) for row in rows] == [
        ("一表1第1行", "建设冷库"),
        ("一表1第2行", "培训电商"),
    ]
    assert [[(duty.name, duty.role) for duty in row.duties] for row in rows] == [
        [("县农业农村局", Role.LEAD), ("县财政局", Role.SUPPORT), ("县供销社", Role.SUPPORT)],
        [("县商务局", Role.LEAD)],
    ]
    assert scheme.duty_lists == 2


def test_a_head_row_printed_again_on_every_page_begins_no_new_table() -> None:
    head = "序号\t任务\t牵头单位\t责任单位\n"
    row = "{}\t建冷库\t县商务局\t县供销社\n"
    scheme = parse(f"某县任务分工表\n{head}{row.format(1)}{head}{row.format(2)}")
    assert [section.path for section in scheme.sections] == ["表1第1行", "表1第2行"]


def test_labels_inside_a_cell_say_who_leads() -> None:
    scheme = parse(
        "某县任务分工表\n序号\t任务\t责任单位\n1\t建冷库\t牵头：县商务局　配合：县供销社、县财政局\n"
        "2\t培训\t县人社局、县教育局（牵头）\n"
    )
    assert [[(duty.name, duty.role) for duty in row.duties] for row in scheme.sections] == [
        [("县商务局", Role.LEAD), ("县供销社", Role.SUPPORT), ("县财政局", Role.SUPPORT)],
        [("县人社局", Role.SUPPORT), ("县教育局", Role.LEAD)],
    ]


def test_the_head_of_a_table_that_lost_its_cells_names_no_duty() -> None:
    assert parse("任务分工表\n序号 重点任务 牵头单位 责任单位 完成时限\n1 建冷库 县商务局\n").duty_lists == 0


def test_numbers_in_a_list_of_annexes_are_no_clauses() -> None:
    scheme = parse(
        "一、任务\n抓紧。\n附件：1.2021年任务表\n2.2021年责任表\n3.联系表\n某县人民政府\n2021年1月1日\n"
    )
    assert [section.path for section in scheme.sections] == ["一"]


def test_a_paragraph_with_a_list_but_no_number_is_a_clause_without_a_path() -> None:
    scheme = parse("关于做好春耕的通知\n抓紧备耕，保障种子化肥供应。（县农业农村局、县供销社）\n")
    assert [(section.path, len(section.duties)) for section in scheme.sections] == [(None, 2)]


def test_the_register_names_units_and_expands_groups() -> None:
    register = (
        KnownUnit("某县农业农村局", aliases=("县农业农村局",)),
        KnownUnit("各镇（街道）", aliases=("各镇街",), members=("东镇", "西街道")),
    )
    scheme = parse("一、任务\n（一）备耕。抓紧。（县农业农村局、各镇(街道)、县供销社）\n", register)
    first, group, stranger = scheme.sections[0].children[0].duties
    assert (first.unit, first.members) == ("某县农业农村局", None)
    assert (group.unit, group.members) == ("各镇（街道）", ("东镇", "西街道"))
    assert (stranger.unit, stranger.members) == (None, None)
    assert [(flag.kind, flag.text) for flag in scheme.flags] == [(FlagKind.UNKNOWN_UNIT, "县供销社")]


def test_a_unit_outside_the_addressees_is_asked_about() -> None:
    scheme = parse(
        "关于备耕的通知\n县农业农村局、县财政局：\n一、任务\n（一）备耕。抓紧。（县农业农村局、县气象局）\n"
    )
    assert [(flag.kind, flag.text) for flag in scheme.flags] == [(FlagKind.UNKNOWN_UNIT, "县气象局")]


def test_a_list_cut_off_at_the_end_is_flagged() -> None:
    scheme = parse("一、任务\n（一）备耕。抓紧。（县农业农村局、县气象局、县供")
    assert names(scheme)[:2] == ["县农业农村局", "县气象局"]
    assert FlagKind.UNCLOSED_LIST in [flag.kind for flag in scheme.flags]


def test_every_key_of_the_printed_object_is_always_there() -> None:
    printed = to_json(parse("只有一句话"))
    assert list(printed) == [
        "title",
        "number",
        "issuer",
        "date",
        "addressees",
        "source_text",
        "sections",
        "duty_lists",
        "flags",
    ]
    assert printed["title"] is None
    assert printed["source_text"] == "只有一句话"


def check_doumen(scheme: Scheme) -> None:
    duties = [duty for section in scheme.walk() for duty in section.duties]
    assert counts(scheme) == COUNTS
    assert (len(duties), len({duty.name for duty in duties})) == (61, 29)
    assert (scheme.duty_lists, len(scheme.addressees)) == (7, 27)
    leads = {duty.name for duty in duties if duty.role == Role.LEAD}
    assert leads == {"广东省粤黔协作工作队遵义工作组湄潭小组"}
    assert [duty.members for duty in duties if duty.name == "各镇（街道）"] == [TOWNS]
    aliases = " ".join(flag.text + flag.reason for flag in scheme.flags if flag.kind == FlagKind.ALIAS)
    for pair in (
        ("斗门生态产业园", "斗门生态农业园"),
        ("区政数局", "区政务服务数据管理局"),
        ("富山工业园", "富山工业园管委会"),
    ):
        assert all(name in aliases for name in pair)
    assert all(duty.unit is None for duty in duties if duty.name in ("斗门生态产业园", "富山工业园"))
    assert [flag.kind for flag in scheme.flags].count(FlagKind.BRACKET_MISMATCH) == 1
    for duty in duties:
        assert "".join(scheme.source_text[duty.start : duty.end].split()) == duty.name


def test_the_sample_has_the_structure_and_the_damage_of_a_real_scheme() -> None:
    scheme = scheme_in(SAMPLE)
    check_doumen(scheme)
    assert (scheme.number, scheme.date) == ("斗协演〔2021〕3号", "2021-08-27")
    assert "演示文本" in (scheme.title or "")


@pytest.mark.skipif(not REAL, reason="SHANHAI_REAL_SCHEME names no file")
def test_the_real_scheme_is_read_whole() -> None:
    scheme = scheme_in(REAL)
    check_doumen(scheme)
    assert (scheme.number, scheme.date) == ("斗委农组〔2021〕3号", "2021-08-25")
    assert scheme.issuer == "中共珠海市斗门区委农村工作领导小组"
    text = " ".join(section.text for section in scheme.walk())
    for joined in (
        "斗门所能和斗门所需、湄潭所能”原则，帮扶工作",
        "区卫生健康局、",
        "利用现代信息技术",
        "党政联席会议制度",
    ):
        assert joined in text


def test_other_places_do_not_get_the_built_in_units(tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_text(
        "某县方案\n一、任务\n（一）修路。抓紧。（县交通运输局、各镇（街道））\n", encoding="utf-8"
    )
    printed = parse_file(path)
    assert "白藤街道" not in str(printed)
    assert "'members': None" in str(printed["sections"])


def test_a_list_nobody_closed_ends_where_the_next_clause_begins() -> None:
    body = "（一）修路。抓紧。（县交通运输局、县财政局{}（二）改厕。抓紧。（县住建局、县水务局）\n"
    for gap in ("\n", ""):
        scheme = parse("一、任务\n" + body.format(gap))
        assert names(scheme) == ["县交通运输局", "县财政局", "县住建局", "县水务局"]
        assert [flag.text for flag in scheme.flags] == ["（县交通运输局、县财政局"]


def test_points_of_one_paragraph_may_each_have_a_list() -> None:
    scheme = parse("一、任务\n一是加强领导。（县委办）二是强化保障。（县财政局、县审计局）\n")
    assert [(duty.name, duty.role) for duty in scheme.sections[0].duties] == [
        ("县委办", Role.LEAD),
        ("县财政局", Role.LEAD),
        ("县审计局", Role.SUPPORT),
    ]


def test_a_sentence_that_quotes_the_title_gives_the_title_without_its_marks() -> None:
    text = (
        "某省人民政府办公厅关于印发某某行动方案的通知\n各市人民政府：\n"
        "《某某行动方案》已经省政府同意，现印发给你们。\n一、总体要求\n统筹推进。\n"
    )
    assert parse(text).title == "某某行动方案"


def test_numbers_in_full_width_digits_are_numbers() -> None:
    scheme = parse("一、任务\n１．修路。抓紧。（县交通运输局）\n（１）备料。\n２、改厕。\n")
    assert [path for path, _ in outline(scheme.sections)] == ["一", "一1", "一1（1）", "一2"]


def test_an_open_list_does_not_swallow_the_chapter_that_follows_in_the_same_paragraph() -> None:
    text = (
        "关于印发《某市协作工作2022年要点》的通知 市直有关部门： 一、深化协作 （一）共建园区。引进企业。"
        "（责任单位：市农业农村局、市林业局、市供销社 二、强化保障 加强统筹。"
    )
    scheme = parse(text)
    assert scheme.title == "某市协作工作2022年要点"
    assert [section.path for section in scheme.sections] == ["一", "二"]
    assert [duty.name for section in scheme.walk() for duty in section.duties] == [
        "市农业农村局",
        "市林业局",
        "市供销社",
    ]
