"""What a drafted bulletin says where a person has not written anything yet.

A sentence names its figures as {引用名}; it is left out when one of them does not exist in this installation
or on this side. Chapters without sentences of their own get one for each of their chief indicators.
"""

from collections.abc import Container

from django.utils.translation import gettext_lazy as _

from .rules import placeholders

#: By chapter (app label), in the order they stand.
SENTENCES: dict[str, tuple[str, ...]] = {
    "labour": (
        "截至{期末}，累计帮助农村劳动力就业{LAB-1}，本期新增{LAB-1.本期}。",
        "年度目标{LAB-1.目标}，已完成{LAB-1.完成率}。",
        "其中脱贫人口（含监测对象）{LAB-1.脱贫人口}，占{LAB-1.脱贫人口.占比}。",
        "按就业地区分，{LAB-1.就业地区}。",
        "稳定就业{LAB-1A}，占帮助就业人数的{LAB-1B}。",
        "本期在岗{LAB-5A}，台账在岗率{LAB-5}，比上期变动{LAB-5.较上期}。",
        "实名制登记{LAB-6}。",
    ),
    "funds": (
        "截至{期末}，财政援助资金到账{FUN-1}，年度协议金额{FUN-1A}，到账率{FUN-1B}，本期到账{FUN-1.本期}。",
        "累计拨付{FUN-2A}，本期拨付{FUN-2A.本期}；其中当年计划项目拨付{FUN-2D}，资金支出率{FUN-2}。",
        "当年协作项目{FUN-2B}，批复预算{FUN-2C}；按阶段分，{FUN-2B.项目阶段}。",
    ),
    "appraisal": (
        "本期到期应报事项{OBL-1A}，按时报送{OBL-1B}，按时报送率{OBL-1}，比上期变动{OBL-1.较上期}；未按时报送{OBL-1.未按时}，"
        "截至起草时仍未报送{OBL-1.至今未报}。",
        "各单位报送情况见下表，按时报送率相同的位次并列。",
    ),
}
#: For an indicator without a sentence.
PLAIN = "截至{期末}，%(name)s{%(code)s}。"
PLAIN_WITH_TARGET = "截至{期末}，%(name)s{%(code)s}，完成年度目标的{%(code)s.完成率}。"

OVERVIEWS = {
    "bulletin": (
        "现将{通报期}东西部协作工作情况通报如下。数据取自两地台账中已核实的记录，取数时间为{取数日}。"
    ),
    "dispatch": (
        "{通报期}东西部协作指标调度情况如下，完成率为累计占年度目标的比例，位次按完成率由高到低排，相同的并列。"
        "取数时间为{取数日}。"
    ),
    "summary": (
        "现将{通报期}东西部协作工作总结如下。数据取自两地台账中已核实的记录，截至{期末}，取数时间为{取数日}。"
    ),
}
DIFFERENCES = (
    "对两地都填报的台账，按对账项逐条比对，结果如下。两方数据不合的，以核对原始佐证后的记录为准，不取平均。"
)
NO_DIFFERENCES = "本期没有两地都填报、可以逐条比对的台账。"
_CHECK = (
    "各单位要对照本通报查漏补缺：逾期未报的，尽快补报；被退回的，按退回理由改正后重新提交；"
    "与对方数据不合的，会同对方单位核对佐证。\n"
    "各单位收到本通报后，请在系统中签收，并对涉及本单位的数据提出意见。"
)
REQUIREMENTS = {
    "bulletin": _CHECK,
    "dispatch": "位次靠后和进度滞后的，要查明原因，列出补救办法和完成时限。\n" + _CHECK.partition("\n")[2],
    "summary": "针对上述问题，制定下一步措施，明确责任单位和完成时限。",
}
PROBLEMS = "对照年度目标和两地比对结果，存在的问题如下，请补写原因。"
LATE = "以下单位在{通报期}到期的台账，截至起草时仍未报送。"

OVERVIEW_LABEL = _("总体情况")
FILING_LABEL = _("报送情况")
DIFFERENCES_LABEL = _("两地数据比对")
AREAS_LABEL = _("分镇（街道）调度")
PROBLEMS_LABEL = _("存在问题")
REQUIREMENTS_LABEL = _("下一步工作")


def sentences(chapter: str, known: Container[str]) -> str:
    """The chapter's sentences all of whose figures are known, as one paragraph."""
    kept = (one for one in SENTENCES.get(chapter, ()) if all(key in known for key in placeholders(one)))
    return "".join(kept)
