"""Every amount of a settlement in a sentence, layer by layer, with the figures in it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any

from django.utils.translation import gettext as _

from shanhai.engines.settlement import WHOLE, Settled

from . import rules
from .models import Fund, Settlement

#: In the order of the engine's funds.
_FUNDS = (Fund.POOL, Fund.SERIOUS, Fund.ASSISTANCE)

type Told = dict[str, str]


def of_trial(settled: Settled) -> list[Told]:
    """Sentences of a settlement that is not made yet."""
    claim = settled.claim
    bill = {
        "total": claim.total,
        "own_pay": claim.own_pay,
        "over_price": claim.over_price,
        "pre_pay": claim.pre_pay,
        "in_scope": claim.in_scope,
    }
    payer = {"patient": settled.patient, "account": settled.account, "cash": settled.cash}
    return _told(bill, steps_of(settled), payer)


def of_settlement(row: Settlement) -> list[Told]:
    """Sentences of a settlement as it was made, by the rules of then."""
    names = ("own_pay", "over_price", "pre_pay", "in_scope")
    payer = {"account": rules.fen(row.account_pay), "cash": rules.fen(row.cash_pay)}
    bill = {name: rules.fen(getattr(row, name)) for name in names} | {"total": rules.fen(row.medical_fee)}
    return _told(bill, row.steps, payer | {"patient": payer["account"] + payer["cash"]})


def steps_of(settled: Settled) -> list[dict[str, Any]]:
    """Steps as a settlement keeps them. Unit: fen and ten-thousandths."""
    return [
        {
            "fund": int(step.fund),
            "base": step.base,
            "line": step.line,
            "counted": step.counted,
            "over": step.over,
            "parts": [[part.amount, part.share] for part in step.parts],
            "points": step.points,
            "cut": step.cut,
            "computed": step.computed,
            "room": step.room,
            "paid": step.paid,
            "left": step.left,
        }
        for step in settled.steps
    ]


def _told(
    bill: Mapping[str, int], steps: Sequence[Mapping[str, Any]], payer: Mapping[str, int]
) -> list[Told]:
    scope = _("总额 %(total)s，减全自费 %(own_pay)s、超限价 %(over_price)s、先行自付 %(pre_pay)s。")
    found = [
        _line(_("符合范围"), bill["in_scope"], scope % {name: money(value) for name, value in bill.items()})
    ]
    for step in steps:
        found.append(_line(_FUNDS[step["fund"]].label, step["paid"], _step(step)))
    funds = sum(step["paid"] for step in steps)
    sentence = _("总额 %(total)s 减基金支付 %(funds)s；其中个人账户 %(account)s，现金 %(cash)s。") % {
        "total": money(bill["total"]),
        "funds": money(funds),
        "account": money(payer["account"]),
        "cash": money(payer["cash"]),
    }
    return [*found, _line(_("个人负担"), payer["patient"], sentence)]


def _step(step: Mapping[str, Any]) -> str:
    """What one layer did: what it found, its line, its shares, and its cap where that held it back."""
    told = [_("范围内还剩 %(base)s，") % {"base": money(step["base"])}, _of_line(step)]
    told += [
        _("%(amount)s 按 %(share)s%%。") % {"amount": money(amount), "share": percent(share)}
        for amount, share in step["parts"]
    ]
    if step["points"]:
        told.append(_("人员倾斜已提高 %(points)s 个百分点。") % {"points": percent(step["points"])})
    if step["cut"]:
        told.append(_("异地就医已降低 %(points)s 个百分点。") % {"points": percent(step["cut"])})
    if step["room"] is not None and step["paid"] < step["computed"]:
        sentence = _("应付 %(computed)s，本年封顶线只余 %(room)s。")
        told.append(sentence % {"computed": money(step["computed"]), "room": money(step["room"])})
    return reduce(_then, told)


def _then(one: str, other: str) -> str:
    """English parts its sentences by a space, Chinese does not."""
    return _("%(one)s%(other)s") % {"one": one, "other": other}


def _of_line(step: Mapping[str, Any]) -> str:
    figures = {name: money(step[name]) for name in ("line", "counted", "over")}
    if step["counted"]:
        sentence = _("本年已累计 %(counted)s，起付线 %(line)s，超过的部分 %(over)s：")
    elif step["over"]:
        sentence = _("起付线 %(line)s，超过的部分 %(over)s：")
    else:
        sentence = _("没有超过起付线 %(line)s，不支付。")
    return sentence % figures


def _line(label: Any, amount: int, sentence: str) -> Told:
    return {"label": str(label), "amount": money(amount), "sentence": sentence}


def money(fen: int) -> str:
    return f"{rules.yuan(fen):,}"


def percent(share: int) -> str:
    return f"{(Decimal(share) * 100 / WHOLE).normalize():f}"
