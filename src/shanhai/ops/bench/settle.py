"""Settlement of millions of claims: the batch engine against a service that settles one claim at a time.

The service is what an application has: a transaction a claim, the person's year locked, the rules looked up,
two saves. It is measured over 3,000 claims and counted up to all; its amounts must equal ours of the same.
Beside it stands the scalar engine over every claim, in memory, whose amounts are compared row by row.
"""

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import numpy as np

from shanhai.engines.settlement import (
    NOTHING_YET,
    Accumulators,
    Band,
    Claim,
    Claims,
    Favour,
    Fund,
    Layer,
    Outcome,
    Rules,
    settle,
    settle_all,
)

from .database import scratch
from .harness import Benchmark, measured

_SEED = 20210924
#: Claims that the service settles.
SERVED = 3_000
_CLAIMS_PER_PERSON = 4
_SERVICE_SETTINGS = "shanhai.ops.bench.people.settings"
_OURS, _SCALAR = "ours.npy", "scalar.npy"


def plans() -> list[Rules]:
    """Residents by three levels of hospital. Rates are examples of the field, not of any place."""
    favours = (
        Favour(1, Fund.SERIOUS, line=5000, points=500, is_uncapped=True),
        Favour(2, Fund.SERIOUS, line=5000, points=500, is_uncapped=True),
        Favour(2, Fund.ASSISTANCE, line=0, points=4000),
    )
    serious = Layer(
        Fund.SERIOUS,
        700_000,
        (Band(3_000_000, 6000), Band(8_000_000, 6500), Band(None, 7000)),
        cap=30_000_000,
        is_yearly=True,
    )
    assistance = Layer(Fund.ASSISTANCE, 200_000, (Band(None, 6000),), cap=5_000_000, is_yearly=True)
    return [
        Rules(
            (
                Layer(Fund.POOL, line, (Band(None, share),), 25_000_000, again=5000, is_cut=True),
                serious,
                assistance,
            ),
            favours,
            (0, 1000, 2000),
        )
        for line, share in ((30_000, 8000), (60_000, 7000), (150_000, 6000))
    ]


def prepare(rows: int, folder: Path) -> Path:
    """The claims, and the database of the service with the first of them to come."""
    path = folder / "claims.npz"
    np.savez(path, **vars(_drawn(rows)))
    scratch("settle", str(_SEED), "shanhai.ops.bench.settle_plain:fill", settings=_SERVICE_SETTINGS).use()
    return path


def _drawn(rows: int) -> Claims:
    """Two years of claims as they arrive; amounts spread as bills do, most small and some ruinous."""
    rng = np.random.default_rng(_SEED)
    persons = max(1, rows // _CLAIMS_PER_PERSON)
    total = np.minimum(rng.lognormal(13.0, 1.2, rows), 2e8).astype(np.int64) + 100
    own_pay, over_price, pre_pay = (
        (total * rng.uniform(0, most, rows)).astype(np.int64) for most in (0.15, 0.02, 0.1)
    )
    return Claims(
        person=rng.integers(0, persons, rows),
        year=2020 + (np.arange(rows) >= rows // 2),
        order=np.arange(rows),
        plan=rng.integers(0, 3, rows),
        category=rng.choice(3, rows, p=(0.85, 0.1, 0.05)),
        manner=rng.choice(3, rows, p=(0.6, 0.15, 0.25)),
        total=total,
        own_pay=own_pay,
        over_price=over_price,
        pre_pay=pre_pay,
        account=np.zeros(rows, np.int64),
    )


def read(path: str | Path) -> Claims:
    with np.load(path) as kept:
        return Claims(**kept)


def ours(path: str) -> str:
    """From the file to every amount."""
    settle_all(_head(read(path), 1), plans())  # compiled, or loaded from the cache folder
    began = time.perf_counter()
    claims = read(path)
    outcome = settle_all(claims, plans())
    took = time.perf_counter() - began
    np.save(Path(path).parent / _OURS, _table(outcome))
    return _told(len(claims), _table(outcome)[:, :SERVED], {"settle": took})


def scalar(path: str) -> str:
    """Every claim by the engine that explains itself, on values in memory."""
    claims, rules = read(path), plans()
    amounts = zip(claims.total, claims.own_pay, claims.over_price, claims.pre_pay, strict=True)
    kinds = zip(claims.person, claims.year, claims.plan, claims.category, claims.manner, strict=True)
    found = np.empty((6, len(claims)), np.int64)
    years: dict[tuple[int, int], Accumulators] = {}
    began = time.perf_counter()
    for row, (money, (person, year, plan, category, manner)) in enumerate(zip(amounts, kinds, strict=True)):
        total, own_pay, over_price, pre_pay = map(int, money)
        claim = Claim(total, own_pay, over_price, pre_pay, int(category), int(manner))
        settled = settle(claim, rules[plan], years.get((person, year), NOTHING_YET))
        years[person, year] = settled.after
        found[:, row] = *settled.paid, claim.in_scope, settled.deductible, settled.patient
    took = time.perf_counter() - began
    np.save(Path(path).parent / _SCALAR, found)
    return _told(len(claims), found[:, :SERVED], {"settle": took})


def service(path: str) -> str:
    """The first claims one by one; seconds as if all were settled so."""
    import django

    django.setup()
    from .settle_plain import serve

    claims = read(path)
    rows, first = len(claims), _head(claims, SERVED)
    began = time.perf_counter()
    found = serve(first, plans())
    took = time.perf_counter() - began
    return _told(rows, found, {"settle": took * rows / len(first)})


def parts(data: Path) -> dict[str, Any]:
    """Ours against the scalar engine, and whether all amounts of all claims are equal."""
    fast, slow = (measured(f"shanhai.ops.bench.settle:{name}", data) for name in ("ours", "scalar"))
    kept, explained = (np.load(data.parent / name) for name in (_OURS, _SCALAR))
    rows = kept.shape[1]
    return {
        "equal": bool(np.array_equal(kept, explained)),
        "rows_compared": rows,
        "ratio_scalar": round(slow.wall / fast.wall, 1),
        "scalar_us_a_claim": round(1e6 * slow.wall / rows, 2),
        "served": min(SERVED, rows),
    }


def _head(claims: Claims, rows: int) -> Claims:
    return Claims(**{name: column[:rows] for name, column in vars(claims).items()})


def _table(outcome: Outcome) -> Any:
    return np.stack([*outcome.paid, outcome.in_scope, outcome.deductible, outcome.patient])


def _told(rows: int, amounts: Any, stages: dict[str, float]) -> str:
    digest = hashlib.sha256(np.ascontiguousarray(amounts).tobytes()).hexdigest()[:16]
    return json.dumps({"result": f"{rows} claims, the first {amounts.shape[1]}: {digest}", "stages": stages})


SETTLE = Benchmark(
    name="settle",
    says="异地就医结算：按人按年累计、逐层支付，批量对逐笔",
    rival_name="逐笔结算的 Django 服务（锁累计行，两次保存，一笔一事务；3,000 笔推算）",
    default_rows=5_000_000,
    prepare=prepare,
    ours="shanhai.ops.bench.settle:ours",
    rival="shanhai.ops.bench.settle:service",
    is_warmed=False,
    parts=parts,
)
