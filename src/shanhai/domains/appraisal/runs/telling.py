"""What stages, moves, blocks and standings are called."""

from typing import Any

from django.utils.translation import gettext as _

from ..models import AppraisalRun, RunStage
from .computing import Difference
from .rules import Block, Entered, Facts

Drawn = dict[str, Any]


def stage_badge(run: AppraisalRun) -> Drawn:
    kinds = {RunStage.OPEN: "wait", RunStage.FINAL: "ok", RunStage.PUBLISHED: "wait"}
    return {"label": str(RunStage(run.stage).label), "kind": kinds.get(RunStage(run.stage), "")}


def move_label(name: str) -> str:
    return {
        "open": _("发起考核"),
        "check": _("结束填报"),
        "reopen": _("退回填报"),
        "score": _("评分"),
        "rescore": _("重新评分"),
        "keep": _("保留原得分"),
        "show": _("向双方展示"),
        "publish": _("公示并受理申诉"),
        "finish": _("定案"),
    }.get(name, name)


def move_note(name: str) -> str:
    """What the move does, beside its button."""
    return {
        "check": _("结束后不再补报；缺佐证的项按不计分处理。"),
        "reopen": _("退回后各单位可以继续补报，再核对、再评分。"),
        "score": _("按发布版本和现有台账评分，结果固化。"),
        "show": _("由评分人以外的人核对后展示；展示后对方看得到得分。"),
        "publish": _("公示天数和申诉截止日按规定计算，写入本次考核。"),
        "finish": _("公示和申诉都结束、申诉都已裁定后，等次生效。"),
    }.get(name, "")


def block_sentence(block: Block, facts: Facts) -> str:
    told = {
        "waiting": facts.entries_waiting,
        "notice": facts.notice_until.isoformat() if facts.notice_until else "",
        "appeal": facts.appeal_until.isoformat() if facts.appeal_until else "",
        "appeals": facts.appeals_waiting,
        "stage": RunStage(facts.stage).label,
    }
    return {
        Block.WRONG_STAGE: _("现在是“%(stage)s”阶段，不能办这一步。"),
        Block.NO_REASON: _("请写明理由。"),
        Block.SAME_PERSON: _("评分人不能自己展示得分，请由另一人核对后办理。"),
        Block.ENTRIES_WAIT: _("还有 %(waiting)s 条自评已报未核，请先核实或退回。"),
        Block.NOTICE_RUNS: _("公示到 %(notice)s 为止，当天不算结束。"),
        Block.APPEALS_RUN: _("申诉到 %(appeal)s 为止，当天不算结束。"),
        Block.APPEALS_WAIT: _("还有 %(appeals)s 件申诉没有裁定。"),
        Block.RULINGS_UNSCORED: _("有支持的申诉还没有计入得分，请先重新评分。"),
        Block.SAME_SCORE: _("按现有台账重算与原得分一致，不用再办。"),
    }[block] % told


def entered_badge(stands: Entered) -> Drawn:
    label, kind = {
        Entered.DONE: (_("齐全"), "ok"),
        Entered.MISSING: (_("未报，不计分"), "late"),
        Entered.WAITING: (_("待核实"), "wait"),
        Entered.NO_PAPER: (_("缺佐证，不计分"), "late"),
        Entered.BY_LEDGER: (_("由台账计"), ""),
    }[stands]
    return {"label": label, "kind": kind}


def difference_label(one: Difference) -> str:
    return {
        "figure": _("数据"),
        "target": _("目标"),
        "grade": _("评价等级"),
        "evidence": _("是否有佐证"),
        "papers": _("佐证文件"),
        "ruled": _("申诉裁定"),
        "entry": _("自评"),
        "points": _("得分"),
        "total": _("总分"),
        "place": _("名次"),
    }.get(one.what) or _("指标 %(code)s 的口径") % {"code": one.what}
