"""From the text of a scheme (plain values, as a release keeps them) to what the engine scores. No Django."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from shanhai.engines.scoring import Item, Kind, Scheme, Step
from shanhai.engines.scoring.model import WEIGHTED

type Text = Mapping[str, Any]

_PARTS = re.compile(r"[；;\n]+")
_SIGN = re.compile(r"[：:=]")
_EACH = (Kind.DEDUCTION, Kind.BONUS)
_NUMBER = re.compile(r"\s*[+-]?[0-9]{1,12}(\.[0-9]{1,6})?\s*")


class StepsWrong(ValueError):
    """Steps as typed that cannot be read; says which part and how to mend it."""


def steps_of(written: str) -> list[list[str]]:
    """Pairs of mark and points. Errors: StepsWrong."""
    found = []
    for part in filter(None, (one.strip() for one in _PARTS.split(written))):
        pair = [one.strip() for one in _SIGN.split(part)]
        if len(pair) != len(("mark", "points")) or not all(pair):
            raise StepsWrong(f"“{part}”看不懂：每档写成“界限:分数”，档与档用；隔开，如 60:3；80:6。")
        found.append(pair)
    return found


def number_of(written: str) -> Decimal | None:
    """A plain number; None for anything else."""
    return Decimal(written) if _NUMBER.fullmatch(written) else None


def scheme_of(text: Text, down: frozenset[str] = frozenset()) -> Scheme:
    """What the engine scores. `down`: indicators of which less is better. Errors: as `problems_of`."""
    grades = tuple(Step(word, Decimal(least)) for least, word in text["grades"])
    return Scheme(
        items=tuple(item_of(one, down) for one in text["items"]),
        full=Decimal(text["full"]),
        grades=tuple(sorted(grades, key=lambda one: one.points, reverse=True)),
    )


def item_of(told: Text, down: frozenset[str] = frozenset()) -> Item:
    """One item."""
    kind = Kind(told["kind"])
    marks: list[Step] = [
        Step(mark if kind is Kind.GRADE else Decimal(mark), Decimal(points)) for mark, points in told["steps"]
    ]
    if kind is not Kind.GRADE:
        marks.sort(key=lambda one: Decimal(one.mark))
    return Item(
        number=told["number"],
        kind=kind,
        weight=_or_nought(told["weight"]),
        aim=None if told["aim"] is None else Decimal(told["aim"]),
        each=_or_nought(told["each"]),
        most=_or_nought(told["most"]),
        steps=tuple(marks),
        needs_evidence=told["evidence"],
        is_down=told["indicator"] in down,
    )


def _or_nought(value: str | None) -> Decimal:
    return Decimal(0) if value is None else Decimal(value)


# --- why a text cannot be scored --------------------------------------------------------------------------


def problems_of(text: Text, known: Mapping[str, bool]) -> Iterator[str]:
    """Sentences; nothing when it can be scored. `known`: indicators, and whether less is better."""
    items: Sequence[Text] = text["items"]
    if not items:
        yield "还没有考核项：请至少填一项。"
        return
    for one in items:
        yield from (f"第 {one['number']} 项：{said}" for said in item_problems(one, known))
    yield from _grade_problems(text)
    yield from _sum_problems(text)
    yield from _counted_twice(items)


def item_problems(told: Text, known: Mapping[str, bool]) -> Iterator[str]:
    """What is wrong with one item by itself."""
    kind, code = Kind(told["kind"]), told["indicator"]
    yield from _source_problems(told, kind, known)
    yield from _step_problems(told, kind, is_down=bool(known.get(code)))
    if kind in WEIGHTED and not _positive(told["weight"]):
        yield "这种计分办法须填分值，且大于零。"
    if kind not in WEIGHTED and told["weight"] is not None:
        yield "加分、扣分和否决不占满分，分值请留空，用“每单位分数”和“封顶分”。"
    if kind in _EACH and not (_positive(told["each"]) and _positive(told["most"])):
        yield "加分、扣分须填每单位分数和封顶分，都大于零。"
    if kind is Kind.VETO and (told["aim"] is None or told["most"] is None):
        yield "一票否决须填达到多少即否决（统一目标值），和否决后总分不超过多少（封顶分）。"
    if kind is Kind.TARGET and not code and told["aim"] is None:
        yield "没有指标的，目标完成比例须填统一目标值。"


def _source_problems(told: Text, kind: Kind, known: Mapping[str, bool]) -> Iterator[str]:
    """Where the figure of an item is to come from."""
    code = told["indicator"]
    if code and code not in known:
        near = get_close_matches(code.upper(), known, n=1)
        hint = f"，是不是“{near[0]}”？" if near else "，请在“指标”页查代码。"
        yield f"没有指标“{code}”{hint}"
    if code and kind is Kind.GRADE:
        yield "定性评价不按指标计分，请把指标代码留空，或换一种计分办法。"
    if not code and kind is not Kind.GRADE and not told["evidence"]:
        yield "没有台账指标、由单位自己填数的考核项，必须要求附佐证。"


def _positive(value: str | None) -> bool:
    return value is not None and Decimal(value) > 0


def _step_problems(told: Text, kind: Kind, *, is_down: bool) -> Iterator[str]:
    steps: Sequence[Sequence[str]] = told["steps"]
    if kind not in {Kind.STEPS, Kind.RANK, Kind.GRADE}:
        if steps:
            yield "这种计分办法没有分档，请清空分档。"
        return
    if not steps:
        yield "请填分档或评价等级，如 60:3；80:6；95:10。"
        return
    marks = [] if kind is Kind.GRADE else [mark for mark, _points in steps]
    wrong = [one for one in (*marks, *(points for _mark, points in steps)) if number_of(one) is None]
    if wrong:
        yield f"分档里的“{'、'.join(wrong)}”不是数。"
        return
    yield from _points_problems(told, kind, is_down=is_down)


def _points_problems(told: Text, kind: Kind, *, is_down: bool) -> Iterator[str]:
    steps: Sequence[Sequence[str]] = told["steps"]
    twice = [mark for mark, times in Counter(_mark(mark, kind) for mark, _ in steps).items() if times > 1]
    if twice:
        yield f"分档重复：{'、'.join(map(str, twice))}。"
    points = [Decimal(one) for _mark_, one in steps]
    if told["weight"] is not None and max(points) != Decimal(told["weight"]):
        yield f"最高一档是 {max(points)} 分，与分值 {Decimal(told['weight']):f} 不一致。"
    if min(points) < 0:
        yield "分档的分数不能为负，扣分请用“扣分”。"
    if kind is not Kind.GRADE and not _runs_one_way(steps, falls=kind is Kind.RANK or is_down):
        yield "分档的分数方向不对：做得更好的一档，分数不能更低。"


def _mark(mark: str, kind: Kind) -> Any:
    return mark if kind is Kind.GRADE else Decimal(mark).normalize()


def _runs_one_way(steps: Sequence[Sequence[str]], *, falls: bool) -> bool:
    ordered = [Decimal(points) for _mark, points in sorted(steps, key=lambda one: Decimal(one[0]))]
    return ordered == sorted(ordered, reverse=falls)


def _grade_problems(text: Text) -> Iterator[str]:
    levels = [number_of(least) for least, _word in text["grades"]]
    if not levels or None in levels:
        yield "等次看不懂：请写成“90:好；80:较好；60:一般；0:较差”。"
    elif len(set(levels)) != len(levels) or min(level for level in levels if level is not None) != 0:
        yield "等次的起分不能重复，最低一档须从 0 起。"


def _sum_problems(text: Text) -> Iterator[str]:
    weights = [Decimal(one["weight"]) for one in text["items"] if _counts(one)]
    total, full = sum(weights, Decimal(0)), Decimal(text["full"])
    if total != full:
        told = f"{total.normalize():f}", f"{full.normalize():f}"
        yield f"各项分值合计 {told[0]} 分，与满分 {told[1]} 分不符，{_apart(full - total)}。"


def _apart(missing: Decimal) -> str:
    return f"还差 {missing.normalize():f} 分" if missing > 0 else f"多出 {(-missing).normalize():f} 分"


def _counts(told: Text) -> bool:
    return Kind(told["kind"]) in WEIGHTED and told["weight"] is not None


def _counted_twice(items: Sequence[Text]) -> Iterator[str]:
    """The same indicator by the same kind of rule twice: the same work would be scored twice."""
    groups: dict[tuple[str, str], list[Text]] = {}
    for one in items:
        if one["indicator"]:
            groups.setdefault((one["indicator"], one["kind"]), []).append(one)
    for (code, _kind), same in groups.items():
        if len(same) > 1:
            numbers = "、".join(str(one["number"]) for one in same)
            yield f"第 {numbers} 项都按同一办法计指标“{code}”，同一件事会计两次分，请合并。"
    for number, times in Counter(one["number"] for one in items).items():
        if times > 1:
            yield f"序号 {number} 有 {times} 项，请改成不同的序号。"
