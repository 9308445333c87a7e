"""Every indicator at every level of places for sixty months from cold, and what one more row costs."""

import hashlib
import json
import time
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from .database import scratch
from .harness import Benchmark, measured

_FILLED_BY = "shanhai.ops.bench.indicator_rows:fill"
#: Changes when the rows do.
_CONTENT = "1"
#: (code, place, month) → value.
type Values = dict[tuple[str, str, str], Decimal]


def prepare(rows: int, folder: Path) -> Path:
    scratch("indicators", f"{_CONTENT} {rows}", _FILLED_BY, str(rows)).use()
    return folder


def parts(folder: Path) -> dict[str, Any]:
    """One row more, alone and by four writers at once, and what reading it at every level costs."""
    run = measured("shanhai.ops.bench.indicator_writes:report", folder)
    found: dict[str, Any] = json.loads(run.result)
    return {"write_ratio": found["ratio"], "one_row": found}


def ours(_folder: str) -> str:
    """A pass over the rows for each indicator."""
    import django

    django.setup()
    from shanhai.kernel import context
    from shanhai.kernel.indicators.onepass.places import by_place
    from shanhai.kernel.scope import Side

    from .indicator_plain import asked, levels_of_county, months

    began = time.perf_counter()
    with context.unscoped("benchmark"):
        found = by_place([(indicator, month) for indicator in asked() for month in months()], Side.WEST)
        levels = levels_of_county()
        values = {
            (indicator.code, str(place), month.code): value
            for (indicator, month), places in found.items()
            for place, value in places.items()
            if place in levels
        }
    return _told(digest(values), began)


def rival(_folder: str) -> str:
    """A query for each indicator and level, all sixty months in it."""
    import django

    django.setup()
    from shanhai.kernel import context

    from .indicator_plain import LEVELS, asked, plain

    values: Values = {}
    began = time.perf_counter()
    with context.unscoped("benchmark"):
        for indicator in asked():
            for level in LEVELS:
                values |= plain(indicator, level)
    return _told(digest(values), began)


def _told(result: str, began: float) -> str:
    """The result with the seconds of the job, without those in which the program starts."""
    return json.dumps({"result": result, "stages": {"figures": time.perf_counter() - began}})


def digest(values: Mapping[tuple[str, str, str], Decimal]) -> str:
    whole = hashlib.sha256()
    kept = sorted((key, value) for key, value in values.items() if value)
    for key, value in kept:
        whole.update(f"{key} {value.normalize():f}\n".encode())
    return f"{len(kept)} figures {whole.hexdigest()[:16]}"


INDICATORS = Benchmark(
    name="indicators",
    says="全部指标、各级地区、60 个月从头算起，以及改一行的代价",
    rival_name="one ORM query per indicator and level",
    default_rows=1_000_000,
    prepare=prepare,
    ours="shanhai.ops.bench.indicators:ours",
    rival="shanhai.ops.bench.indicators:rival",
    parts=parts,
)
