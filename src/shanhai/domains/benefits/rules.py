"""From the text of a policy (plain values, as a release keeps them) to what the engine computes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

from shanhai.engines.eligibility import (
    Amount,
    Condition,
    Dated,
    Fact,
    Kind,
    Mend,
    Operator,
    Parameter,
    Policy,
    Reading,
    Step,
    Test,
)
from shanhai.engines.values import Period, PeriodKind

WORKER, EMPLOYER = "worker", "employer"
CONDITION, AMOUNT, CAP, DEADLINE = "condition", "amount", "cap", "deadline"

_IN_POST = Fact("in_post", Kind.FLAG, PeriodKind.MONTH, Mend.TIME)
#: What a policy may ask, by code: how it is read. `months` are those of the year so far.
READINGS: Mapping[str, Reading] = {
    "category": Reading(Fact("category", Kind.CHOICE, choices=("ordinary", "out_of_poverty", "monitored"))),
    "relocated": Reading(Fact("relocated", Kind.FLAG)),
    "age": Reading(Fact("age", Kind.COUNT, mend=Mend.TIME)),
    "registered": Reading(Fact("registered", Kind.FLAG, mend=Mend.FILE)),
    "destination": Reading(
        Fact(
            "destination",
            Kind.CHOICE,
            mend=Mend.ACT,
            choices=("county", "province", "paired_city", "paired_province", "elsewhere"),
        )
    ),
    "in_post": Reading(_IN_POST),
    "months": Reading(_IN_POST, in_year=True),
    "wage_proof": Reading(Fact("wage_proof", Kind.FLAG, mend=Mend.FILE)),
    "contract": Reading(Fact("contract", Kind.FLAG, mend=Mend.ACT)),
    "insured": Reading(Fact("insured", Kind.FLAG, mend=Mend.ACT)),
    "income": Reading(Fact("income", Kind.MONEY, PeriodKind.YEAR), lag=1),
    "workers": Reading(Fact("workers", Kind.COUNT, mend=Mend.ACT)),
    "ex_poor_workers": Reading(Fact("ex_poor_workers", Kind.COUNT, mend=Mend.ACT)),
    "insured_workers": Reading(Fact("insured_workers", Kind.COUNT, mend=Mend.ACT)),
    "new_workers": Reading(Fact("new_workers", Kind.COUNT, mend=Mend.ACT)),
    "new_ex_poor": Reading(Fact("new_ex_poor", Kind.COUNT, mend=Mend.ACT)),
}
#: Which of them are asked of firms; the others of workers.
OF_EMPLOYERS = frozenset({"workers", "ex_poor_workers", "insured_workers", "new_workers", "new_ex_poor"})
_FLAGS = {Operator.IS, Operator.IS_NOT}

type Text = Mapping[str, Any]


def fits(fact: str, operator: str) -> bool:
    """Whether a fact can be held against a value this way."""
    kind = READINGS[fact].fact.kind
    if kind is Kind.FLAG and not READINGS[fact].in_year:
        return operator in _FLAGS
    return (operator == Operator.ONE_OF) is (kind is Kind.CHOICE) and operator not in _FLAGS


def is_of_people(audience: str) -> bool:
    """Whether a policy is for people; otherwise for firms."""
    return audience == WORKER


def is_money(fact: str) -> bool:
    return bool(fact) and READINGS[fact].fact.kind is Kind.MONEY


def is_counted(fact: str) -> bool:
    """Whether something can be paid for each of it."""
    return READINGS[fact].in_year or READINGS[fact].fact.kind is Kind.COUNT


def problems_of(text: Text) -> Iterator[str]:
    """Why the text cannot be computed, in sentences; nothing when it can."""
    terms: Sequence[Text] = text["terms"]
    if not _of_kind(terms, CONDITION):
        yield "没有条件条款：请至少填一条条件。"
    yield from _amount_problems(text)
    yield from _parts_of_one(text)
    for group in _grouped(terms).values():
        if any(_meet(one, other) for one, other in combinations(group, 2)):
            yield f"第 {group[0]['number']} 条有两行在同一天有效，请先停用旧的一行。"


def _amount_problems(text: Text) -> Iterator[str]:
    amounts, caps = _of_kind(text["terms"], AMOUNT), _of_kind(text["terms"], CAP)
    lowest = {one["number"] for one in amounts if one["threshold"] is None}
    if len(lowest) != 1:
        yield "没有起点的金额条款须有而且只有一条（不同日期有效的算一条）。"
    if not text["amount_by"] and any(one["threshold"] is not None for one in amounts):
        yield "金额条款设了起点，请在政策里选“金额分档依据”。"
    if not text["amount_times"] and caps:
        yield "设了数量上限，请在政策里选“金额按数量计”。"
    if len({one["number"] for one in caps}) > 1:
        yield "数量上限只能有一条（不同日期有效的算一条）。"
    if len({one["number"] for one in _of_kind(text["terms"], DEADLINE)}) > 1:
        yield "申领期限只能有一条（不同日期有效的算一条）。"


def _parts_of_one(text: Text) -> Iterator[str]:
    """Numbers of people or months that are not whole."""
    for one in text["terms"]:
        is_yuan = one["kind"] == AMOUNT or is_money(one["fact"])
        whole = [] if is_yuan else [one["value"]]
        whole += [] if is_money(text["amount_by"]) else [one["threshold"]]
        if any(value is not None and Decimal(value) % 1 for value in whole):
            yield f"第 {one['number']} 条的人数、月数或年龄不是整数。"


@dataclass(frozen=True)
class Deadline:
    """Until when a period may be claimed, and the clause that says so."""

    last_day: date
    clause: str

    def days_late(self, day: date) -> int:
        return max(0, (day - self.last_day).days)


def deadline_of(text: Text, period: Period) -> Deadline | None:
    """By the term in force on the last day of the period; None where the text sets none."""
    for one in _of_kind(text["terms"], DEADLINE):
        first = date.fromisoformat(one["valid_from"])
        last = date.fromisoformat(one["valid_to"]) if one["valid_to"] else date.max
        if first <= period.end <= last:
            return Deadline(period.end + timedelta(days=int(Decimal(one["value"]))), one["clause"])
    return None


def policy_of(text: Text) -> Policy:
    """What the engine computes. Errors: as `problems_of`, which is asked first."""
    terms = text["terms"]
    tests: dict[int, list[Test]] = {}
    for (kind, number, fact, operator, _step), rows in _grouped(terms).items():
        if kind == CONDITION:
            test = Test(READINGS[fact], Operator(operator), _parameter(f"{number}", rows, _needed))
            tests.setdefault(number, []).append(test)
    conditions = tuple(Condition(tuple(tests[number]), str(number)) for number in sorted(tests))
    return Policy(text["code"], PeriodKind(text["period_kind"]), conditions, _amount(text))


def _amount(text: Text) -> Amount:
    groups = _grouped(text["terms"])
    steps = [rows for key, rows in groups.items() if key[0] == AMOUNT]
    steps.sort(key=_highest, reverse=True)
    by, times = text["amount_by"], text["amount_times"]
    caps = [rows for key, rows in groups.items() if key[0] == CAP]
    return Amount(
        tuple(
            Step(
                _parameter("amount", rows, lambda one: _scaled(one["value"], is_money=True)),
                None
                if rows[0]["threshold"] is None
                else _parameter("from", rows, lambda one: _scaled(one["threshold"], is_money=is_money(by))),
            )
            for rows in steps
        ),
        READINGS[by] if by else None,
        READINGS[times] if times else None,
        _parameter("most", caps[0], lambda one: _scaled(one["value"], is_money=False)) if caps else None,
    )


def _highest(rows: Sequence[Text]) -> Decimal:
    return max(Decimal(-1) if one["threshold"] is None else Decimal(one["threshold"]) for one in rows)


def _needed(term: Text) -> int | tuple[str, ...]:
    kind = READINGS[term["fact"]].fact.kind
    if kind is Kind.CHOICE:
        return tuple(term["choices"])
    if term["value"] is None:
        return 1
    return _scaled(term["value"], is_money=is_money(term["fact"]))


def _scaled(value: str, *, is_money: bool) -> int:
    """Fen of yuan; a number as it is. Errors: ValueError for a part of a fen or of one."""
    exact = Decimal(value) * (100 if is_money else 1)
    if exact != exact.to_integral_value():
        raise ValueError(f"{value} is not whole")
    return int(exact)


def _parameter(code: str, rows: Iterable[Text], read: Any) -> Parameter:
    return Parameter(
        code,
        tuple(
            Dated(
                read(one),
                date.fromisoformat(one["valid_from"]),
                date.fromisoformat(one["valid_to"]) if one["valid_to"] else None,
                one["clause"],
                one["document"],
            )
            for one in rows
        ),
    )


def _of_kind(terms: Iterable[Text], kind: str) -> list[Text]:
    return [one for one in terms if one["kind"] == kind]


def _grouped(terms: Iterable[Text]) -> dict[tuple[str, int, str, str, bool], list[Text]]:
    """Rows that follow one another in time as one parameter."""
    found: dict[tuple[str, int, str, str, bool], list[Text]] = {}
    for one in terms:
        key = one["kind"], one["number"], one["fact"], one["operator"], one["threshold"] is None
        found.setdefault(key, []).append(one)
    return found


def _meet(one: Text, other: Text) -> bool:
    first, second = sorted((one, other), key=lambda term: term["valid_from"])
    return not first["valid_to"] or first["valid_to"] >= second["valid_from"]
