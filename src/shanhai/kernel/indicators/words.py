"""The definition of an indicator in words, made from the expression, so that it cannot say anything else."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F, Q

from shanhai.kernel.checks import resolve_path
from shanhai.kernel.rows import LedgerModel

from .declare import (
    Attribution,
    Both,
    Count,
    DistinctLast,
    Indicator,
    InYear,
    Overlapping,
    Ratio,
    Requirement,
    Since,
    Sum,
    named,
)
from .registry import registry
from .windows import Span

_OPERATORS = {
    "exact": "为{}",
    "in": "为{}之一",
    "gt": "大于{}",
    "gte": "不小于{}",
    "lt": "小于{}",
    "lte": "不大于{}",
}


def definition(indicator: Indicator) -> list[tuple[str, str]]:
    """(heading, sentence) pairs: what is counted, when, under which conditions, and what is left out."""
    if isinstance(indicator.measure, Ratio):
        top, bottom = (
            registry.get(code) for code in (indicator.measure.numerator, indicator.measure.denominator)
        )
        return [("算法", f"{top} ÷ {bottom} × 100%，每次由分子、分母重新计算，不保存百分数。")]
    source = str(indicator.model._meta.verbose_name)
    lines = [
        ("台账", f"“{source}”台账中本方的记录。"),
        ("算法", _measured(indicator)),
        ("时间", _timed(indicator)),
    ]
    if indicator.where:
        lines.append(("条件", _sentence(indicator, indicator.where)))
    if issubclass(indicator.model, LedgerModel):
        lines.append(("状态", "只计已核实的记录；草稿、已报、退回和作废的不计。"))
    for one in indicator.exclusions:
        unless = "不满足" if isinstance(one, Requirement) else ""
        lines.append(("不计", f"{one.label}：{unless}{_sentence(indicator, one.condition)}"))
    if indicator.dimensions:
        lines.append(("分组", "、".join(str(one.label) for one in indicator.dimensions)))
    return lines


def _measured(indicator: Indicator) -> str:
    measure = indicator.measure
    if isinstance(measure, Sum):
        scaled = "" if measure.scale == 1 else f"，乘以 {measure.scale.normalize():f} 折成{indicator.unit}"
        return f"“{label_of(indicator, measure.field)}”之和{scaled}。"
    if isinstance(measure, DistinctLast):
        order = "、".join(label_of(indicator, name.removeprefix("-")) for name in measure.order)
        key = label_of(indicator, measure.key)
        return f"同一“{key}”只计一次，按{order}取最后一条，计在该条所属的分组和地区。"
    assert isinstance(measure, Count)  # noqa: S101  (the only measure left)
    return "每条记录计一。"


def _timed(indicator: Indicator) -> str:
    return f"{_attributed(indicator, indicator.time)}的。"


def _attributed(indicator: Indicator, time: Attribution) -> str:
    if isinstance(time, Both):
        return f"{_attributed(indicator, time.first)}，且{_attributed(indicator, time.second)}"
    covers = {
        Span.YEAR_TO_DATE: "当年 1 月 1 日至报告期末",
        Span.WITHIN: "报告期内",
        Span.POINT: "报告期末当日",
    }[indicator.span]
    first, *rest = [label_of(indicator, path) for path in time.paths]
    match time:
        case Overlapping():
            return f"从“{first}”到“{rest[0]}”（未填即未结束）与{covers}有重合"
        case Since():
            return f"“{first}”不晚于报告期末"
        case InYear():
            return f"“{first}”为报告期所在年份"
        case _:
            return f"“{first}”在{covers}"


def _sentence(indicator: Indicator, condition: Q) -> str:
    return f"{in_words(indicator, condition)}。"


def in_words(indicator: Indicator, condition: Q) -> str:
    """A condition as a Chinese phrase: labels instead of field names, choices by their label."""
    joint = "，且" if condition.connector == Q.AND else "，或"
    phrases = [_phrase(indicator, child) for child in condition.children]
    text = joint.join(phrases)
    if condition.negated:
        return f"并非（{text}）"
    return f"（{text}）" if len(phrases) > 1 and condition.connector == Q.OR else text


def _phrase(indicator: Indicator, child: Any) -> str:
    return in_words(indicator, child) if isinstance(child, Q) else _compared(indicator, child[0], child[1])


def _compared(indicator: Indicator, lookup: str, operand: Any) -> str:
    path, _, operator = lookup.rpartition("__")
    if not path or (operator not in _OPERATORS and operator != "isnull"):
        path, operator = lookup, "exact"
    path = path.removesuffix("__date")
    label = f"“{label_of(indicator, path)}”"
    if operator == "isnull":
        return f"{label}{'未填' if operand else '已填'}"
    values = operand if isinstance(operand, list | tuple | set | frozenset) else [operand]
    return label + _OPERATORS[operator].format("、".join(_valued(indicator, path, one) for one in values))


def _valued(indicator: Indicator, path: str, operand: Any) -> str:
    if isinstance(operand, F):
        return f"“{label_of(indicator, named(operand))}”"
    if isinstance(operand, bool):
        return "是" if operand else "否"
    try:
        choices = dict(resolve_path(indicator.model, path).flatchoices or ())
    except FieldDoesNotExist:
        choices = {}
    return str(choices.get(operand, operand if operand != "" else "空"))


def label_of(indicator: Indicator, path: str) -> str:
    """What a path is called: labels of its fields from the outside in (`人员·人员类别`)."""
    if path in indicator.derived:
        return str(indicator.derived[path].label)
    return "·".join(_labels(indicator.model, path.split("__")))


def _labels(model: type[models.Model], parts: Sequence[str]) -> list[str]:
    labels: list[str] = []
    current: Any = model
    for part in parts:
        target = current._meta.get_field(part)
        sealed = getattr(target, "of", "")
        labels.append(str((current._meta.get_field(sealed) if sealed else target).verbose_name))
        current = target.related_model
        if current is None:
            break
    return labels
