"""Answers in sentences: what was asked, how it stands, what would change it, and where it is written."""

from decimal import Decimal

from django.utils.translation import gettext as _

from shanhai.engines.eligibility import Change, Kind, Mend, Operator, Reading, Reason, State, Trace

from . import rules
from .models import FactCode
from .texts import LABELS


def state_label(state: State) -> str:
    return {State.NOT: _("不享受"), State.NOT_YET: _("暂不享受"), State.ENTITLED: _("可享受")}[state]


def state_badge(state: State) -> dict[str, str]:
    kinds = {State.NOT: "void", State.NOT_YET: "wait", State.ENTITLED: "ok"}
    return {"label": state_label(state), "kind": kinds[state]}


def yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:,.2f}"


def fact_label(reading: Reading) -> str:
    code = next(code for code, one in rules.READINGS.items() if one == reading)
    return str(FactCode(code).label)


def said(reading: Reading, value: int | None) -> str:
    """A reading as a person says it."""
    if value is None:
        return _("没有登记")
    fact = reading.fact
    if fact.kind is Kind.CHOICE:
        return str(LABELS[fact.name][fact.choices[value]])
    if fact.kind is Kind.MONEY:
        return _("%(amount)s 元") % {"amount": yuan(value)}
    if fact.kind is Kind.FLAG and not reading.in_year:
        return _("是") if value else _("否")
    return str(value)


def needed(reason: Reason) -> str:
    """What a condition asks for."""
    reading = reason.reading
    if isinstance(reason.needed, tuple):
        options = "、".join(said(reading, one) for one in reason.needed)
        return _("须属于：%(options)s") % {"options": options}
    value = said(reading, reason.needed)
    match reason.operator:
        case Operator.AT_LEAST:
            return _("须不少于 %(value)s") % {"value": value}
        case Operator.AT_MOST:
            return _("须不超过 %(value)s") % {"value": value}
        case Operator.LESS:
            return _("须低于 %(value)s") % {"value": value}
        case Operator.IS_NOT:
            return _("须为否")
        case _:
            return _("须为是")


def change_sentence(change: Change) -> str:
    """What must become otherwise."""
    label, after = fact_label(change.reading), said(change.reading, change.after)
    if change.before is None:
        return _("登记“%(fact)s”（达到 %(after)s）") % {"fact": label, "after": after}
    words = {"fact": label, "before": said(change.reading, change.before), "after": after}
    if change.mend is Mend.TIME:
        words["lacking"] = str(change.after - change.before)
        return _("“%(fact)s”现为 %(before)s，再等 %(lacking)s 到 %(after)s") % words
    return _("“%(fact)s”由 %(before)s 变为 %(after)s") % words


def nearest(trace: Trace) -> str:
    """The whole of what is lacking, in one sentence."""
    if trace.changes is None:
        return _("不是当事人自己能改变的。")
    if not trace.changes:
        return _("不缺什么。")
    return _("只差：%(changes)s。") % {"changes": "；".join(change_sentence(one) for one in trace.changes)}


def amount_sentence(trace: Trace) -> str:
    """How the amount comes about."""
    source = trace.amount_source
    if source is None or isinstance(source.value, tuple):
        return ""
    parts = [_("标准 %(amount)s 元") % {"amount": yuan(source.value)}]
    if trace.policy.amount.by is not None:
        fact = fact_label(trace.policy.amount.by)
        parts.append(
            _("按%(fact)s %(value)s 定档") % {"fact": fact, "value": said(trace.policy.amount.by, trace.by)}
        )
    if trace.policy.amount.times is not None:
        fact = fact_label(trace.policy.amount.times)
        parts.append(
            _("按%(fact)s %(value)s 计")
            % {"fact": fact, "value": said(trace.policy.amount.times, trace.times)}
        )
    total = _("合计 %(amount)s 元") % {"amount": yuan(trace.amount)}
    return _("%(parts)s，%(total)s。") % {"parts": "，".join(parts), "total": total}


def source(reason: Reason) -> str:
    """The clause and the document a value stands in."""
    dated = reason.dated
    return " · ".join(one for one in (dated.clause, dated.document) if one) if dated else ""
