"""A run and a pair in words: terms, limits, what would change it, the proof."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.matching import Limits
from shanhai.registers.parties.models import Person

from .matching_problem import MEN, NEEDS, WOMEN, points
from .models import MatchRun

#: The five terms of a pair, as the engine adds them up.
TERMS = (
    gettext_lazy("就业地符合意愿"),
    gettext_lazy("优先技能"),
    gettext_lazy("工资与期望相比"),
    gettext_lazy("急招岗位"),
    gettext_lazy("人员优先"),
)
_NEEDS = {
    "board": gettext_lazy("包吃"),
    "lodging": gettext_lazy("包住"),
    "couple_room": gettext_lazy("夫妻房"),
    "school": gettext_lazy("子女可入学"),
    "day": gettext_lazy("常白班"),
}
SPLITS = {
    "town": gettext_lazy("按乡镇"),
    "sex": gettext_lazy("按性别"),
    "age": gettext_lazy("按年龄"),
    "category": gettext_lazy("按人员类别"),
}
LEFT_OUT = {
    "unregistered": gettext_lazy("没有实名制登记"),
    "employed": gettext_lazy("登记为在岗"),
    "unavailable": gettext_lazy("登记为不愿或无力"),
    "no_birth": gettext_lazy("没有出生日期，无法判断年龄"),
    "placed": gettext_lazy("已接受其他岗位或已到岗"),
    "over_seats": gettext_lazy("人工拟配超出岗位名额"),
}


def number(value: Any) -> str:
    """Points as they are read: two decimals at most."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def term_lines(scaled: Sequence[int]) -> list[tuple[str, str]]:
    """Label and points of each term."""
    return [(str(label), number(points(value))) for label, value in zip(TERMS, scaled, strict=True)]


def limit_sentences(broken: Limits, skills: dict[str, int]) -> list[str]:
    """Every hard limit a pair breaks."""
    told = [
        (broken.too_young, _("年龄低于岗位下限")),
        (broken.too_old, _("年龄高于岗位上限")),
        (broken.place, _("不是意愿的就业地")),
        (broken.refused, _("这一对已被拒绝过")),
        (bool(broken.needs & (MEN | WOMEN)), _("岗位按规定限制性别")),
    ]
    found = [sentence for holds, sentence in told if holds]
    found += [
        _("岗位没有%(need)s") % {"need": _NEEDS[need]}
        for bit, need in enumerate(NEEDS)
        if broken.needs & (1 << bit)
    ]
    lacking = [name for name, bit in skills.items() if broken.skills & bit]
    return found + ([_("缺必备技能：%(names)s") % {"names": "、".join(lacking)}] if lacking else [])


def worker_change(what: str, which: str, order: str) -> str:
    """What would give an unmatched worker an order."""
    said = {
        "wage": _("不坚持期望工资"),
        "others": _("其他地方也可以"),
        "need": _("不坚持%(need)s") % {"need": _NEEDS.get(which, which)},
        "skill": _("学会%(skill)s") % {"skill": which},
    }[what]
    return _("%(change)s → %(order)s") % {"change": said, "order": order}


def worker_reason(possible: int) -> str:
    """Where no single change is enough."""
    if possible:
        return _("符合条件的 %(number)s 个岗位名额已排给得分更高的人") % {"number": possible}
    return _("单改一项没有岗位符合，须同时改几项")


def order_change(what: str, which: str, workers: int) -> str:
    """What would bring an order more workers."""
    said = {
        "raise": _("工资提高 %(share)s%%") % {"share": which},
        "offer": _("提供%(need)s") % {"need": _NEEDS.get(which, which)},
        "older": _("年龄上限放宽 %(years)s 岁") % {"years": which},
        "without": _("不要求%(skill)s") % {"skill": which},
    }[what]
    return _("%(change)s → %(number)s 人愿意") % {"change": said, "number": workers}


def member(split: str, code: str) -> str:
    """A member of the fairness report as it is called."""
    if split == "sex":
        return str(dict(Person.Sex.choices).get(code, _("未填")))
    if split == "category":
        return str(dict(Person.Category.choices).get(code, code))
    if split == "age":
        return {"0": _("30 岁以下"), "30": _("30–39 岁"), "40": _("40–49 岁"), "50": _("50 岁以上")}[code]
    return code or _("县外户籍")


def proof(run: MatchRun) -> str:
    """How near the optimum the run is, in a sentence that may be checked."""
    told = {
        "total": number(run.total_score),
        "bound": number(run.bound),
        "share": f"{run.of_bound:f}",
    }
    return (
        _(
            "拟配总分 %(total)s。由各岗位的影子价格可以证明，同样的人和名额，任何配法都不超过 %(bound)s 分；"
            "本次达到其中的 %(share)s%%。"
        )
        % told
    )


#: What may have changed since the run before.
CAUSES = {
    "workers": gettext_lazy("人员"),
    "orders": gettext_lazy("岗位"),
    "decisions": gettext_lazy("人工决定"),
    "weights": gettext_lazy("匹配权重"),
}


def cause(run: MatchRun) -> str:
    """Why a run came: by hand, or by itself and what had changed."""
    if not run.is_nightly:
        return _("人工开始")
    if len(run.causes) == len(CAUSES):
        return _("每夜自动：第一次自动匹配")
    told = "、".join(str(CAUSES[part]) for part in run.causes if part in CAUSES)
    return _("每夜自动：%(parts)s有变化") % {"parts": told}


def regret(run: MatchRun) -> str:
    """What people's decisions cost, against a run free to undo them."""
    if not run.fixed and not run.forbidden:
        return _("没有人工决定，全部由系统拟配。")
    told = {"fixed": run.fixed, "forbidden": run.forbidden, "points": number(run.regret)}
    return (
        _("保留已定的 %(fixed)s 对、避开已拒绝的 %(forbidden)s 对；与全部重新配相比少 %(points)s 分。") % told
    )
