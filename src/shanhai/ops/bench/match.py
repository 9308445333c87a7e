"""Matching workers to job orders: seconds and share of the proven bound, beside what a user would pick.

Seconds are of the job alone: programs start and compiled loops are read before the clock runs, for all.
"""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from shanhai.engines.matching import NEVER, Problem, certify, pair_scores, solve

from .harness import Benchmark, ResultsDiffer, measured
from .match_rows import county

#: So many pairs fit into OR-Tools, and so many into the exact solvers of scipy.
_ARCS, _EXACT = 20_000_000, 100_000
#: The optimum may be missed by this share, which is the goal.
_SHORT = 1e-4
_HERE = "shanhai.ops.bench.match"


def prepare(rows: int, folder: Path, orders: int = 500) -> Path:
    path = folder / "match.json"
    path.write_text(json.dumps({"workers": rows, "orders": orders}), "utf-8")
    return path


def _problem(path: str | Path) -> Problem:
    size = json.loads(Path(path).read_text("utf-8"))
    return county(size["workers"], size["orders"])


def _timed(
    path: str, job: Callable[[Any], dict[str, Any]], given: Callable[[Problem], Any] = lambda problem: problem
) -> str:
    """`given` makes of the problem what the job is handed, before the clock runs."""
    handed = given(_problem(path))
    solve(county(40, 4))  # reads the compiled loops
    began = time.perf_counter()
    told = job(handed)
    stages = {"match": time.perf_counter() - began}
    return json.dumps({"result": json.dumps(told), "stages": stages})


def ours(path: str) -> str:
    def job(problem: Problem) -> dict[str, Any]:
        found = solve(problem).certificate
        return {"total": found.total, "bound": found.bound, "matched": found.matched}

    return _timed(path, job)


def flow(path: str) -> str:
    """OR-Tools' min-cost flow with an arc for every pair: the optimum."""

    def job(given: tuple[Problem, Any]) -> dict[str, Any]:
        return {"total": flow_optimum(*given), "is_optimum": True}

    return _timed(path, job, lambda problem: (problem, possible(problem)))


def flow_optimum(problem: Problem, pairs: Any = None) -> int:
    """The greatest total, by a solver that shares nothing with ours. Shape: `pairs` as of `possible`."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    (n, m), seats = problem.size, problem.orders.seats.astype(np.int64)
    workers, orders, scores = pairs or possible(problem)
    graph, many = SimpleMinCostFlow(), np.ones
    source, sink = n + m, n + m + 1
    add = graph.add_arcs_with_capacity_and_unit_cost
    add(workers, n + orders, many(len(scores), np.int64), -scores)
    add(np.full(n, source), np.arange(n), many(n, np.int64), np.zeros(n, np.int64))
    add(n + np.arange(m), np.full(m, sink), seats, np.zeros(m, np.int64))
    graph.add_arc_with_capacity_and_unit_cost(source, sink, n, 0)
    graph.set_node_supply(source, n)
    graph.set_node_supply(sink, -n)
    if graph.solve() != graph.OPTIMAL:
        raise RuntimeError("OR-Tools found no optimum")
    return -int(graph.optimal_cost())


def possible(problem: Problem) -> tuple[Any, Any, Any]:
    """Pairs that may be, with their scores."""
    n, m = problem.size
    workers, orders = np.divmod(np.arange(n * m), m)
    scores = pair_scores(problem, workers, orders)
    kept = scores > 0
    return workers[kept], orders[kept], scores[kept].astype(np.int64)


def best_first(problem: Problem) -> dict[str, Any]:
    """The best pair of all, then the best of the rest: what a careful clerk with a sorted list does."""
    workers, orders, scores = possible(problem)
    free, total = problem.orders.seats.copy(), 0
    taken = np.zeros(problem.size[0], np.bool_)
    for at in np.argsort(-scores, kind="stable").tolist():
        i, j = workers[at], orders[at]
        if not taken[i] and free[j] > 0:
            taken[i], total = True, total + int(scores[at])
            free[j] -= 1
    return {"total": total}


def first_come(path: str) -> str:
    """Each worker in turn takes the best post that is left: what most offices do."""
    return _timed(path, turn_by_turn)


def turn_by_turn(problem: Problem) -> dict[str, Any]:
    (n, m), free, total = problem.size, problem.orders.seats.copy(), 0
    every = np.arange(m)
    for i in range(n):
        scores = np.where(free > 0, pair_scores(problem, np.full(m, i), every), NEVER)
        j = int(scores.argmax())
        if scores[j] > 0:
            total, free[j] = total + int(scores[j]), free[j] - 1
    return {"total": total}


def greedy(path: str) -> str:
    return _timed(path, best_first)


def judge(mine: str, theirs: str) -> dict[str, Any]:
    """Ours against the rival's total and its own bound. Errors: ResultsDiffer where it proves too little."""
    found, rival = json.loads(mine), json.loads(theirs)
    of_rival = found["total"] / rival["total"]
    if of_rival < 1 - _SHORT or found["bound"] < rival["total"]:
        raise ResultsDiffer(f"match: {mine} beside {theirs}")
    key = "of_optimum" if rival.get("is_optimum") else "of_first_come"
    told: dict[str, Any] = {"of_bound": round(found["total"] / found["bound"], 6), key: round(of_rival, 6)}
    told |= found
    return told


def parts(path: Path) -> dict[str, Any]:
    """Rivals beside the first, as shares of the bound, where they fit."""
    problem = _problem(path)
    n, m = problem.size
    found = solve(problem)
    bound = certify(problem, found.given, found.prices).bound
    rivals = {"first_come": "first_come"} if n <= 50_000 else {}  # noqa: PLR2004 -- a minute
    if n * m <= _ARCS:
        rivals["greedy_best_pair"] = "greedy"
    if n * m <= _EXACT and find_spec("scipy"):
        rivals |= {"scipy_assignment": "slots", "highs": "highs"}
    told: dict[str, Any] = {name: _rival(function, path, bound) for name, function in rivals.items()}
    if n * m > _ARCS:
        told["ortools_min_cost_flow"] = f"不适用：{n * m:,} 条弧放不进内存"
    return {"workers": n, "orders": m, "rivals": told}


def _rival(function: str, path: Path, bound: int) -> dict[str, float]:
    run = measured(f"{_HERE}:{function}", path)
    return {"wall_s": round(run.wall, 3), "of_bound": round(json.loads(run.result)["total"] / bound, 6)}


def slots(path: str) -> str:
    """scipy's assignment with a column for every seat."""
    return _timed(path, lambda problem: {"total": slots_optimum(problem)})


def slots_optimum(problem: Problem) -> int:
    from scipy.optimize import linear_sum_assignment

    scores = _dense(problem)[:, np.repeat(np.arange(problem.size[1]), problem.orders.seats)]
    return int(scores[linear_sum_assignment(scores, maximize=True)].sum())


def _dense(problem: Problem) -> Any:
    """All scores; nothing where a pair must not be, which is worth as much as staying at home."""
    n, m = problem.size
    workers, orders = np.divmod(np.arange(n * m), m)
    return np.maximum(0, pair_scores(problem, workers, orders)).reshape(n, m)


def highs(path: str) -> str:
    """The linear programme, by HiGHS."""
    return _timed(path, lambda problem: {"total": highs_optimum(problem)})


def highs_optimum(problem: Problem) -> int:
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    workers, orders, scores = possible(problem)
    (n, m), count = problem.size, np.arange(len(scores))
    rows = np.concatenate((workers, n + orders))
    limits = csr_array((np.ones(2 * len(scores)), (rows, np.tile(count, 2))), shape=(n + m, len(scores)))
    right = np.concatenate((np.ones(n), problem.orders.seats))
    if not len(scores):
        return 0
    found = linprog(-scores, A_ub=limits, b_ub=right, bounds=(0, 1), method="highs")
    best: int = -round(found.fun)
    return best


MATCH = Benchmark(
    name="match",
    says="务工人员与岗位匹配，附最优性证明",
    rival_name="OR-Tools min-cost flow",
    default_rows=20_000,
    prepare=prepare,
    ours=f"{_HERE}:ours",
    rival=f"{_HERE}:flow",
    judge=judge,
    parts=parts,
)


def sized(workers: int, orders: int) -> Benchmark:
    """The benchmark with so many orders; where no solver fits, the rival is what offices do."""
    benchmark = replace(MATCH, prepare=partial(prepare, orders=orders))
    if workers * orders > _ARCS:
        return replace(benchmark, rival=f"{_HERE}:first_come", rival_name="first come, first served")
    return benchmark
