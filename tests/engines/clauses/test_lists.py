"""Lists of responsible units as official documents write them, and brackets that are none. All samples are
our own.
"""

import pytest

from shanhai.engines.clauses import parse

Expected = list[tuple[str, str]]


def duties_in(body: str) -> Expected:
    """Duties of a one-clause document, in the order of the text."""
    scheme = parse(
        f"某县数字乡村实施方案\n一、重点任务\n（一）推进茶园改造。{body}\n（二）下一条。继续做好其他工作。\n"
    )
    found = [duty for section in scheme.walk() for duty in section.duties]
    for duty in found:
        assert scheme.source_text[duty.start : duty.end] == duty.name
    return [(duty.name, duty.role.value) for duty in found]


def expect(lead: str, support: str = "") -> Expected:
    """甲 乙 | 丙 丁 as names with roles."""
    return [(name, "lead") for name in lead.split()] + [(name, "support") for name in support.split()]


LISTS = {
    "names only": (
        "改造老茶园一万亩。（县农业农村局、县财政局、县林业局）",
        expect("县农业农村局", "县财政局 县林业局"),
    ),
    "one name only": ("改造老茶园一万亩。（县农业农村局）", expect("县农业农村局")),
    "first parted by comma": (
        "建成步道。（驻村工作组，县交通运输局、县水务局）",
        expect("驻村工作组", "县交通运输局 县水务局"),
    ),
    "half width": ("建成步道。(县交通运输局,县水务局;县财政局)", expect("县交通运输局", "县水务局 县财政局")),
    "responsible": ("建成步道。（县交通运输局负责）", expect("县交通运输局")),
    "several responsible": ("建成步道。（县交通运输局、县水务局负责）", expect("县交通运输局", "县水务局")),
    "and others": ("建成步道。（县交通运输局、县水务局等负责）", expect("县交通运输局", "县水务局")),
    "and other departments": (
        "建成步道。（县交通运输局、县水务局等部门按职责分工负责）",
        expect("县交通运输局", "县水务局"),
    ),
    "lead and division of labour": (
        "办好培训。（省发展改革委牵头，省财政厅、省农业农村厅等按职责分工负责）",
        expect("省发展改革委", "省财政厅 省农业农村厅"),
    ),
    "two leads": (
        "办好培训。（教育部、人力资源社会保障部牵头，财政部配合）",
        expect("教育部 人力资源社会保障部", "财政部"),
    ),
    "lead and help": ("办好培训。（县人社局牵头，县教育局配合）", expect("县人社局", "县教育局")),
    "lead then others take part": (
        "办好培训。（县人社局牵头负责，县教育局、县妇联参与）",
        expect("县人社局", "县教育局 县妇联"),
    ),
    "together with": (
        "办好培训。（县人社局会同县教育局、县妇联负责）",
        expect("县人社局", "县教育局 县妇联"),
    ),
    "lead together with": (
        "办好培训。（由县人社局牵头，会同县教育局、县财政局落实）",
        expect("县人社局", "县教育局 县财政局"),
    ),
    "ministries and provinces": (
        "完善机制。（国家发展改革委、商务部等部门和各省级人民政府按职责分工负责）",
        expect("国家发展改革委", "商务部 各省级人民政府"),
    ),
    "ministries and one more": (
        "完善机制。（民政部、财政部和国家乡村振兴局负责）",
        expect("民政部", "财政部 国家乡村振兴局"),
    ),
    "and inside names": (
        "完善机制。（区发展和改革局、区科技和工业信息化局、区住房和城乡建设局负责）",
        expect("区发展和改革局", "区科技和工业信息化局 区住房和城乡建设局"),
    ),
    "and between and inside": (
        "完善机制。（市文化和旅游局和市农业农村和水务局负责）",
        expect("市文化和旅游局", "市农业农村和水务局"),
    ),
    "counties with kinds in brackets": (
        "完善机制。（市财政局、各县（市、区）人民政府负责）",
        expect("市财政局", "各县（市、区）人民政府"),
    ),
    "provinces in a row are one group": (
        "完善机制。（国家卫生健康委，各省、自治区、直辖市人民政府负责）",
        expect("国家卫生健康委", "各省、自治区、直辖市人民政府"),
    ),
    "towns and streets are one group": (
        "完善机制。（区水务局，各镇、街道按职责落实）",
        expect("区水务局", "各镇、街道"),
    ),
    "departments directly under": (
        "完善机制。（市直有关部门、各区（县）按职责分工负责）",
        expect("市直有关部门", "各区（县）"),
    ),
    "bodies concerned": ("完善机制。（县委组织部、各有关单位）", expect("县委组织部", "各有关单位")),
    "mass organisations": (
        "完善机制。（团县委、县妇联、县工商联、县红十字会、县总工会、县残联）",
        expect("团县委", "县妇联 县工商联 县红十字会 县总工会 县残联"),
    ),
    "central bodies": (
        "完善机制。（中央网信办、共青团中央、全国妇联、中国人民银行、供销合作总社、国铁集团按职责分工负责）",
        expect("中央网信办", "共青团中央 全国妇联 中国人民银行 供销合作总社 国铁集团"),
    ),
    "bracket inside a name": (
        "完善机制。（县委办公室（县档案局、县保密局）、县政府办公室负责）",
        expect("县委办公室（县档案局、县保密局）", "县政府办公室"),
    ),
    "labels in one bracket": (
        "完善机制。（牵头单位：县委宣传部，配合单位：县文旅局、县融媒体中心，各镇）",
        expect("县委宣传部", "县文旅局 县融媒体中心 各镇"),
    ),
    "leader is a person": (
        "完善机制。(责任领导:某副县长;牵头单位:县林业局;责任单位:县财政局、县水务局,相关乡镇办)",
        expect("县林业局", "县财政局 县水务局 相关乡镇办"),
    ),
    "square brackets": ("完善机制。［责任单位：县林业局、县水务局］", expect("县林业局", "县水务局")),
    "lenticular brackets": (
        "完善机制。【牵头单位：县林业局；协办单位：县水务局】",
        expect("县林业局", "县水务局"),
    ),
    "label in brackets of its own": (
        "完善机制。\n【责任单位】县林业局、县水务局",
        expect("县林业局", "县水务局"),
    ),
    "bare label line": ("完善机制。\n责任单位：县林业局、县水务局", expect("县林业局", "县水务局")),
    "label line with full stop": (
        "完善机制。\n责任部门：县林业局，县水务局。",
        expect("县林业局", "县水务局"),
    ),
    "labels on two lines": (
        "完善机制。\n牵头单位：县林业局\n责任单位：县水务局、各乡镇",
        expect("县林业局", "县水务局 各乡镇"),
    ),
    "labels on four lines": (
        "完善机制。\n责任领导：某某\n主办单位：县林业局\n协办单位：县水务局\n完成时限：2021年12月底前",
        expect("县林业局", "县水务局"),
    ),
    "support written first": (
        "完善机制。（配合单位：县水务局；牵头单位：县林业局）",
        [("县水务局", "support"), ("县林业局", "lead")],
    ),
    "time limit after the list": (
        "完善机制。（责任单位：县林业局、县水务局；完成时限：2021年12月底前）",
        expect("县林业局", "县水务局"),
    ),
    "time limit after the label line": (
        "完善机制。责任单位：县林业局、县水务局；完成时限：2021年12月底前。",
        expect("县林业局", "县水务局"),
    ),
    "time limit inside plain brackets": (
        "完善机制。（县林业局牵头，县水务局配合，2021年底前完成）",
        expect("县林业局", "县水务局"),
    ),
    "keep on": ("完善机制。（县林业局牵头，县水务局配合，持续推进）", expect("县林业局", "县水务局")),
    "separately": ("完善机制。（县林业局、县水务局分别负责）", expect("县林业局", "县水务局")),
    "comma before the verb": (
        "完善机制。（县林业局、县水务局，按职责分工负责）",
        expect("县林业局", "县水务局"),
    ),
    "before the full stop": ("完善机制（县林业局、县水务局负责）。", expect("县林业局", "县水务局")),
    "names before the full stop": ("完善机制（县林业局、县水务局）。", expect("县林业局", "县水务局")),
    "two lists in one item": (
        "新建水窖（县水务局负责）；补植茶苗（县林业局牵头，县财政局配合）。",
        [("县水务局", "lead"), ("县林业局", "lead"), ("县财政局", "support")],
    ),
    "spaces for separators": (
        "完善机制。\n责任单位：县林业局 县水务局　县财政局",
        expect("县林业局", "县水务局 县财政局"),
    ),
    "places answer too": ("完善机制。（斗门区、金湾区、市水务局负责）", expect("斗门区", "金湾区 市水务局")),
    "parks": ("完善机制。（富山工业园、高新区管委会负责）", expect("富山工业园", "高新区管委会")),
    "firms and schools": (
        "完善机制。（国网某县供电公司、县职业技术学校、县人民医院、农业银行某县支行负责）",
        expect("国网某县供电公司", "县职业技术学校 县人民医院 农业银行某县支行"),
    ),
    "offices of leading groups": (
        "完善机制。（县委农村工作领导小组办公室、县指挥部）",
        expect("县委农村工作领导小组办公室", "县指挥部"),
    ),
    "business bureau is not taken for a word": (
        "完善机制。（商务局牵头，和平区政府配合）",
        expect("商务局", "和平区政府"),
    ),
    "label with slash": ("完善机制。（牵头单位：县林业局；配合单位：/）", expect("县林业局")),
    "lead verb without separator": ("完善机制。（县林业局牵头县水务局配合）", expect("县林业局", "县水务局")),
    "all others named in the label": (
        "完善机制。\n牵头单位：县林业局；参与单位：县直各部门、各乡镇（街道）。",
        expect("县林业局", "县直各部门 各乡镇（街道）"),
    ),
    "each unit once": ("完善机制。（县林业局、县水务局、县林业局）", expect("县林业局", "县水务局")),
    "rule for reading the list": (
        "完善机制。［县林业局、县水务局；排在第一位的为牵头单位，下同］",
        expect("县林业局", "县水务局"),
    ),
    "offices of the four bodies": (
        "完善机制。（县委办、县府办、县人大办、县政协办）",
        expect("县委办", "县府办 县人大办 县政协办"),
    ),
    "one body that says and": (
        "完善机制。（国家发展改革委、中央和国家机关工委等按职责分工负责）",
        expect("国家发展改革委", "中央和国家机关工委"),
    ),
    "and other bodies of one kind": (
        "完善机制。（省财政厅，国家开发银行、农业发展银行等金融机构）",
        expect("省财政厅", "国家开发银行 农业发展银行"),
    ),
    "provinces and one corps": (
        "完善机制。（各省、自治区、直辖市人民政府和新疆生产建设兵团负责）",
        expect("各省、自治区、直辖市人民政府", "新疆生产建设兵团"),
    ),
    "party and government are one group": (
        "完善机制。（市委办公室，各县（市、区）党委、政府）",
        expect("市委办公室", "各县（市、区）党委、政府"),
    ),
    "square bracket inside a name": (
        "完善机制。（责任单位：县市场监督管理局〔县知识产权局〕、县税务局）",
        expect("县市场监督管理局〔县知识产权局〕", "县税务局"),
    ),
    "remark on who leads": (
        "完善机制。责任单位：县林业局、县水务局（列第一位的为牵头单位，下同）",
        expect("县林业局", "县水务局"),
    ),
    "rule after a full stop": (
        "完善机制。（县林业局、县水务局。列第一位的为牵头单位，下同）",
        expect("县林业局", "县水务局"),
    ),
    "role in brackets": (
        "完善机制。（县林业局（牵头）、县水务局（配合））",
        expect("县林业局", "县水务局"),
    ),
    "separately lead": (
        "完善机制。\n责任单位：县林业局、县水务局分别牵头",
        expect("县林业局 县水务局"),
    ),
    "date after the names": (
        "完善机制。（县林业局、县水务局；2021年12月底前）",
        expect("县林业局", "县水务局"),
    ),
    "label glued to the name before": (
        "完善机制。责任单位：县林业局、县水务局完成时限：年底前",
        expect("县林业局", "县水务局"),
    ),
    "label on a line of its own": (
        "完善机制。\n责任单位：\n县林业局、县水务局",
        expect("县林业局", "县水务局"),
    ),
    "label without a colon": (
        "完善机制。\n牵头单位　县林业局\n配合单位　县水务局、县财政局",
        expect("县林业局", "县水务局 县财政局"),
    ),
    "marked label": ("完善机制。\n★责任单位：县林业局、县水务局", expect("县林业局", "县水务局")),
    "guidance": (
        "完善机制。（各镇负责，县林业局、县水务局加强指导）",
        expect("各镇", "县林业局 县水务局"),
    ),
    "guiding unit": (
        "完善机制。（实施主体：各镇；指导单位：县林业局）",
        expect("各镇", "县林业局"),
    ),
    "and all departments and places": (
        "完善机制。（县林业局牵头，县水务局等有关部门及各乡镇按职责分工负责）",
        expect("县林业局", "县水务局 各乡镇"),
    ),
    "departments and bodies are one group": (
        "完善机制。（县林业局牵头，县级有关部门和单位及各乡镇负责）",
        expect("县林业局", "县级有关部门和单位 各乡镇"),
    ),
    "districts and towns of county rank are one group": (
        "完善机制。（牵头单位：市林业局，配合单位：市水务局，各区、县级市）",
        expect("市林业局", "市水务局 各区、县级市"),
    ),
    "leads of the projects": (
        "完善机制。（牵头单位：市委组织部，配合单位：各项目牵头单位）",
        expect("市委组织部", "各项目牵头单位"),
    ),
    "bodies of the centre and the province": (
        "完善机制。（县发改局，中央、省属驻县各单位）",
        expect("县发改局", "中央、省属驻县各单位"),
    ),
    "one body consults others": (
        "完善机制。（县水务局商县林业局、县财政局负责）",
        expect("县水务局", "县林业局 县财政局"),
    ),
    "slash between names": ("完善机制。（责任单位：县水务局/县林业局）", expect("县水务局", "县林业局")),
    "angle brackets": (
        "完善机制。（省水利厅，各市、县〈市、区〉人民政府负责）",
        expect("省水利厅", "各市、县〈市、区〉人民政府"),
    ),
    "towns and one bureau": (
        "完善机制。（某东镇、某西镇、某南街道，县水务局）",
        expect("某东镇", "某西镇 某南街道 县水务局"),
    ),
    "cities under a lead": (
        "完善机制。（省水利厅牵头，东山、西河等市（州）人民政府配合）",
        expect("省水利厅"),
    ),
    "bracket in the label": (
        "完善机制。\n责任部门（单位）：县林业局、县水务局",
        expect("县林业局", "县水务局"),
    ),
    "bracket inside the label": (
        "完善机制。（牵头（责任）单位：县林业局，配合单位：县水务局）",
        expect("县林业局", "县水务局"),
    ),
    "colon of ratios": ("完善机制。责任单位∶县林业局、县水务局", expect("县林业局", "县水务局")),
    "blanks everywhere": (
        "完善机制。（责任单位 : 县林业局 、 县水务局 ）",
        expect("县林业局", "县水务局"),
    ),
    "colon behind a bracketed label": (
        "完善机制。\n【责任单位】：县林业局、县水务局",
        expect("县林业局", "县水务局"),
    ),
    "county leaders before the lead": (
        "完善机制。（牵头县领导：某某　牵头单位：县林业局　责任单位：县水务局）",
        expect("县林业局", "县水务局"),
    ),
    "departments in brief": (
        "完善机制。（林业、水务等部门按职责分工负责）",
        expect("林业", "水务"),
    ),
    "sections of an office": (
        "完善机制。（县委督查室、县政府研究室）",
        expect("县委督查室", "县政府研究室"),
    ),
    "one body for every point": (
        "一是修水厂（县水务局）；二是建管网（县住建局、县财政局）；三是治河道（县水务局）。",
        [*expect("县水务局"), *expect("县住建局", "县财政局"), *expect("县水务局")],
    ),
    "quoted team": (
        "完善机制。（“数字乡村”工作专班、县委网信办）",
        expect("“数字乡村”工作专班", "县委网信办"),
    ),
    "applies to all that follow": (
        "完善机制。（省水利厅牵头，省林业厅参与，各市人民政府落实。以下均需各市人民政府落实，不再列出）",
        expect("省水利厅", "省林业厅 各市人民政府"),
    ),
    "mismatched pair": ("完善机制。（县林业局、县水务局)", expect("县林业局", "县水务局")),
    "round and square": ("完善机制。（责任单位：县林业局、县水务局】", expect("县林业局", "县水务局")),
    "inner bracket not closed": ("完善机制。（县林业局、各镇（街道、县水务局负责）", None),
}

NO_LISTS = {
    "document number": "贯彻上级要求（国办发〔2021〕1号），抓好落实。",
    "document number half width": "贯彻《意见》(黔府办发[2021]12号)。",
    "explanation with including": "改造茶园（含管护房、县农业农村局试验田），提升品质。",
    "short name": "某县农业发展有限公司（以下简称县农发公司）参与建设。",
    "kinds of places": "支持各省（区、市）开展试点。",
    "streets": "在各镇（街道）设立站点。",
    "counties": "推动县（市、区）结对。",
    "numbers": "完成投资（约3000万元）。",
    "trial": "执行《管理办法（试行）》。",
    "year": "三年行动计划（2021—2023年）。",
    "remark": "发放补贴（具体标准另行制定）。",
    "order of names": "各单位认真落实（列第一位者为牵头单位，下同）。",
    "members of a group": "成立专班，明确成员单位（县林业局、县水务局）。",
    "goods": "销售茶叶（翠芽、红茶、黑茶）。",
    "places of origin": "面向东部城市（珠海市、广州市、深圳市）招商。",
    "departments in a sentence": "由县级财政部门负责的项目，按规定管理。",
    "rule in brackets": "建立台账（由乡镇政府负责，按月更新），按季上报。",
    "issued": "（此件公开发布）",
    "units as a subject": "各责任单位：要认真落实。",
    "label that says nothing": "（责任单位：/）",
    "what the units must do": "牵头单位要加强统筹，配合单位要主动作为。",
    "stations": "建设服务站（点）三个。",
    "next to text": "县林业局（县绿化办）要加强管护。",
    "persons only": "（责任领导：某副县长）",
    "source": "（摘自县统计局年报）",
    "unlabelled office of an explanation": "成立联合会（市工商联），广泛动员。",
    "who explains": "推广技术（具体由县农业农村局负责解释）。",
    "sections": "围绕（一）（二）两项任务发力。",
    "events": "举办活动（推介会、洽谈会、博览会）。",
    "remark alone": "认真落实（第一责任单位为牵头单位，下同）。",
    "levels of service": "建立服务站点（县级中心、乡镇站、村级点）。",
    "two hospitals": "建设医共体（县人民医院、县中医院），完善分级诊疗。",
    "former body": "机构改革后（原县扶贫办），职能划转。",
    "demand of ministries": "按照国家有关部门（国家发展改革委、财政部）要求执行。",
    "towns of an area": "在主产区（东河街道、西山镇）建设基地。",
    "abbreviation": "生产总值（GDP）增长8%（按可比价）。",
    "who answers questions": "联系电话：县财政局。",
    "people": "培训带头人（含合作社负责人）。",
}


@pytest.mark.parametrize(("body", "expected"), LISTS.values(), ids=LISTS)
def test_a_list_of_responsible_units_is_read_as_written(body: str, expected: Expected | None) -> None:
    if expected is None:
        assert next(name for name, _ in duties_in(body)) == "县林业局"
    else:
        assert duties_in(body) == expected


@pytest.mark.parametrize("body", NO_LISTS.values(), ids=NO_LISTS)
def test_brackets_that_name_no_duty_are_left_alone(body: str) -> None:
    assert duties_in(body) == []
