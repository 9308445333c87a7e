"""Thirty policies for a whole county: our engine against openfisca-core, the same rules, both already loaded.

Values are uniform and random. What reading the arrays costs is in neither figure.
"""

import hashlib
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from shanhai.engines.eligibility import (
    Amount,
    Answers,
    Column,
    Condition,
    Dated,
    Fact,
    Kind,
    Mend,
    Operator,
    Parameter,
    Policy,
    Population,
    Reading,
    Step,
    Test,
    everyone,
    trace,
)
from shanhai.engines.values import Period, PeriodKind

from .harness import Benchmark

#: The third quarter: what a year's months give is half known.
ASKED = Period.parse("2021Q3")
CATEGORIES = ("ordinary", "lifted", "unstable", "marginal", "hardship", "relocated")
DESTINATIONS = ("county", "province", "paired_city", "paired_province", "elsewhere")

AGE = Fact("age", Kind.COUNT, mend=Mend.TIME)
CATEGORY = Fact("category", Kind.CHOICE, choices=CATEGORIES)
DESTINATION = Fact("destination", Kind.CHOICE, mend=Mend.ACT, choices=DESTINATIONS)
INCOME = Fact("income", Kind.MONEY, PeriodKind.YEAR)
IN_POST = Fact("in_post", Kind.FLAG, PeriodKind.MONTH, Mend.TIME)
PROOF = Fact("proof", Kind.FLAG, mend=Mend.FILE)
INSURED = Fact("insured", Kind.FLAG, mend=Mend.ACT)
PUBLIC_POST = Fact("public_post", Kind.FLAG, mend=Mend.ACT)
PAID = Fact("paid", Kind.FLAG)
DAYS = Fact("days", Kind.COUNT, mend=Mend.ACT)

MONTHS = Reading(IN_POST, in_year=True)
LAST_YEAR = Reading(INCOME, lag=1)
_SINCE = date(2021, 1, 1)


def _parameter(code: str, value: int | tuple[str, ...]) -> Parameter:
    return Parameter(code, (Dated(value, _SINCE, clause="演示", document="演示"),))


def _all(number: int, *tests: tuple[Any, Operator, int | tuple[str, ...] | None]) -> tuple[Condition, ...]:
    return tuple(
        Condition(
            (
                Test(
                    reading if isinstance(reading, Reading) else Reading(reading),
                    operator,
                    None if value is None else _parameter(f"p{number}-{place}", value),
                ),
            )
        )
        for place, (reading, operator, value) in enumerate(tests)
    )


def _transport(number: int) -> Policy:
    conditions = _all(
        number,
        (DESTINATION, Operator.ONE_OF, DESTINATIONS[2:]),
        (MONTHS, Operator.AT_LEAST, 1 + number % 3),
        (PROOF, Operator.IS, None),
        (PAID, Operator.IS_NOT, None),
    )
    steps = (
        Step(_parameter("lower", 50_000), _parameter("line", 1_000_000 + 1000 * number)),
        Step(_parameter("higher", 100_000)),
    )
    return Policy(f"transport_{number}", PeriodKind.QUARTER, conditions, Amount(steps, by=LAST_YEAR))


def _stay(number: int) -> Policy:
    conditions = _all(
        number,
        (CATEGORY, Operator.ONE_OF, CATEGORIES[1:]),
        (MONTHS, Operator.AT_LEAST, 3 + number % 4),
        (INSURED, Operator.IS, None),
        (PUBLIC_POST, Operator.IS_NOT, None),
        (AGE, Operator.AT_LEAST, 16 + number % 3),
    )
    steps = (Step(_parameter("monthly", 20_000 + 100 * number)),)
    return Policy(
        f"stay_{number}",
        PeriodKind.QUARTER,
        conditions,
        Amount(steps, times=MONTHS, most=_parameter("most", 6)),
    )


def _training(number: int) -> Policy:
    conditions = _all(
        number,
        (AGE, Operator.AT_LEAST, 16),
        (AGE, Operator.AT_MOST, 59 - number % 5),
        (DAYS, Operator.AT_LEAST, 5 + number % 3),
        (PAID, Operator.IS_NOT, None),
    )
    steps = (Step(_parameter("daily", 3_000 + 100 * number)),)
    return Policy(
        f"training_{number}",
        PeriodKind.QUARTER,
        conditions,
        Amount(steps, times=Reading(DAYS), most=_parameter("most", 30)),
    )


#: Ten of each: by income, by months, by days.
POLICIES = tuple(make(number) for number in range(10) for make in (_transport, _stay, _training))


def prepare(rows: int, folder: Path) -> Path:
    """The arrays, the same for every run."""
    chance = np.random.default_rng(20210924)
    arrays = {
        "age": chance.integers(14, 75, rows, np.int16),
        "category": chance.integers(0, len(CATEGORIES), rows, np.int8),
        "destination": chance.integers(0, len(DESTINATIONS), rows, np.int8),
        "income": chance.integers(300_000, 2_500_000, rows, np.int32),
        "income_known": chance.random(rows) < 0.95,  # noqa: PLR2004 -- one in twenty nobody asked
        "days": chance.integers(0, 40, rows, np.int16),
    }
    for name, share in (("proof", 0.8), ("insured", 0.6), ("public_post", 0.1), ("paid", 0.2)):
        arrays[name] = chance.random(rows) < share
    for month in range(1, 10):
        arrays[f"in_post-2021-{month:02}"] = chance.random(rows) < 0.7  # noqa: PLR2004
    path = folder / "persons.npz"
    np.savez(path, allow_pickle=False, **arrays)
    return path


def population(arrays: dict[str, Any]) -> Population:
    """The arrays as the engine reads them."""
    columns = {
        ("income", "2020"): Column(arrays["income"], arrays["income_known"]),
        **{("in_post", name[-7:]): Column(values) for name, values in arrays.items() if "in_post" in name},
    }
    for name in ("age", "category", "destination", "days", "proof", "insured", "public_post", "paid"):
        columns[name, ""] = Column(arrays[name])
    return Population(len(arrays["age"]), columns)


def load(path: str) -> dict[str, Any]:
    with np.load(path) as stored:
        return dict(stored)


def told(states: Any, amounts: Any, seconds: float) -> str:
    """What both contenders print: a digest of every state and of what each entitled gets; the time taken."""
    whole, paid = hashlib.sha256(), 0
    for state, amount in zip(states, amounts, strict=True):
        whole.update(np.asarray(state, np.int8).tobytes())
        whole.update(np.asarray(amount, np.int64).tobytes())
        paid += int(np.asarray(amount, np.int64).sum())
    result = f"{len(states)} policies, {paid} fen, {whole.hexdigest()[:16]}"
    return json.dumps({"result": result, "stages": {"rules": seconds}})


def ours(path: str) -> str:
    people = population(load(path))
    began = time.perf_counter()
    found: Answers = everyone(POLICIES, people, ASKED)
    return told(found.states, found.amounts, time.perf_counter() - began)


def _parts(path: Path) -> dict[str, Any]:
    """How long all thirty explanations of one person take, by themselves. Unit: milliseconds."""
    people = population(load(str(path)))
    trace(POLICIES[0], people, ASKED, 0)  # sums of months are read once
    began = time.perf_counter()
    for policy in POLICIES:
        trace(policy, people, ASKED, people.size // 2)
    return {"traces_of_one_ms": round((time.perf_counter() - began) * 1000, 3)}


BENEFITS = Benchmark(
    name="benefits",
    says="30 项政策判断全县人员：享受、暂不、不享受，金额到分",
    rival_name="openfisca-core",
    default_rows=1_000_000,
    prepare=prepare,
    ours="shanhai.ops.bench.benefits:ours",
    rival="shanhai.ops.bench.benefits_rival:with_openfisca",
    parts=_parts,
)
