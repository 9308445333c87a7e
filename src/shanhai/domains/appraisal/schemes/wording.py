"""How a score came about, in sentences."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.scoring import Line, Standing, Why
from shanhai.kernel.indicators.registry import registry

from ..models import ScoringKind

type Text = Mapping[str, Any]


def points(value: Decimal) -> str:
    """Points as they are printed."""
    return f"{value:,.2f}"


def number(value: Decimal) -> str:
    """A reading with the decimals that it has, four at most; thousands separated."""
    return f"{round(value, 4).normalize():,f}"


def kind_label(item: Text) -> str:
    return str(ScoringKind(item["kind"]).label)


def unit_of(item: Text) -> str:
    """What a figure of the item is counted in."""
    code = item["indicator"]
    return str(registry.get(code).unit) if code in registry else ""


def standing_label(standing: Standing) -> str:
    return {
        Standing.COUNTED: _("已计分"),
        Standing.RULED: _("申诉裁定"),
        Standing.NO_EVIDENCE: _("缺佐证，不计"),
        Standing.NO_FIGURE: _("没有数据"),
        Standing.NO_TARGET: _("没有目标"),
        Standing.NOT_GRADED: _("待评"),
        Standing.NOT_MET: _("未发生"),
    }[standing]


def standing_badge(standing: Standing) -> dict[str, str]:
    kinds = {
        Standing.COUNTED: "ok",
        Standing.RULED: "ok",
        Standing.NOT_MET: "void",
        Standing.NOT_GRADED: "wait",
    }
    return {"label": standing_label(standing), "kind": kinds.get(standing, "late")}


def explained(line: Line, item: Text | None) -> str:
    """Why a line has its points."""
    said = "，".join(_said(one, unit_of(item) if item else "") for one in line.why)
    reached = _("得 %(points)s 分") % {"points": points(line.points)}
    if line.standing is Standing.COUNTED:
        return _("%(said)s，%(reached)s。") % {"said": said, "reached": reached} if said else f"{reached}。"
    label = standing_label(line.standing)
    return f"{said}；{label}，{reached}。" if said else f"{label}，{reached}。"


#: What a value is, by the code that the engine gives it.
_SAID = {
    "figure": gettext_lazy("完成 %(value)s"),
    "target": gettext_lazy("目标 %(value)s"),
    "share": gettext_lazy("完成比例 %(value)s%%"),
    "weight": gettext_lazy("分值 %(value)s 分"),
    "at_least": gettext_lazy("达到 %(value)s 一档"),
    "at_most": gettext_lazy("不超过 %(value)s 一档"),
    "place": gettext_lazy("列第 %(value)s 名"),
    "each": gettext_lazy("每个 %(value)s 分"),
    "most": gettext_lazy("最多 %(value)s 分"),
    "grade": gettext_lazy("评为“%(value)s”"),
    "without": gettext_lazy("附齐佐证可得 %(value)s 分"),
    "ruled": gettext_lazy("申诉裁定 %(value)s 分"),
    "veto": gettext_lazy("第 %(value)s 项一票否决，总分封顶"),
    "floor": gettext_lazy("总分不低于零"),
}


def _said(why: Why, unit: str) -> str:
    value = number(why.value) if isinstance(why.value, Decimal) else why.value
    said = str(_SAID[why.code]) % {"value": value}
    return f"{said} {unit}" if unit and why.code in {"figure", "target"} else said
