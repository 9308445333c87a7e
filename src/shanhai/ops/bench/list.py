"""A list of a million rows: the page of ours against Django's Paginator with OFFSET and count(*).

Both answer the same address to an officer of a town, the narrowest role that reads shared rows, with
sessions, permissions and every middleware on; both show the same rows in the same template. Figures are the
time under which 95 of a hundred answers stay (p95), of the first page and of pages deep inside. As on the
screen, a page deep inside comes as the table alone, which htmx puts into the page.
"""

import json
import statistics
from pathlib import Path
from typing import Any

from .database import scratch
from .harness import Benchmark

_SEED = 20210924


def prepare(rows: int, folder: Path) -> Path:
    """The database, and which pages are asked for."""
    made = scratch("list", f"{_SEED} {rows}", "shanhai.ops.bench.list_rows:fill", str(rows))
    made.use()
    path = folder / "visits.json"
    made.run("shanhai.ops.bench.list_visits:plan", str(path))
    return path


def parts(data: Path) -> dict[str, Any]:
    """Ratios of the answers' times, round by round, and requests per second of page and API."""
    rounds = zip(_measured(data, "ours"), _measured(data, "plain"), strict=True)
    pairs = list(rounds)[1:]  # the first warmed
    ours = [one for one, _other in pairs]
    return {
        "ratio": _spread([b["first"] / a["first"] for a, b in pairs]),
        "ratio_deep": _spread([b["deep"] / a["deep"] for a, b in pairs]),
        "p95_ms": {
            who: {what: _spread([1000 * one[what] for one in runs]) for what in ("first", "deep")}
            for who, runs in (("ours", ours), ("rival", [other for _one, other in pairs]))
        },
        "html_per_s": _spread([one["html"] for one in ours]),
        "json_per_s": _spread([one["json"] for one in ours]),
        "html_to_json": _spread([one["html"] / one["json"] for one in ours]),
        "deep_pages": json.loads(data.read_text())["pages"],
    }


def _measured(data: Path, who: str) -> list[dict[str, float]]:
    """What the processes of a contender wrote down, in their order."""
    found = sorted(data.parent.glob(f"{who}-*.json"), key=lambda path: path.stat().st_mtime_ns)
    return [json.loads(path.read_text()) for path in found]


def _spread(values: list[float]) -> dict[str, float]:
    return {
        "min": round(min(values), 2),
        "median": round(statistics.median(values), 2),
        "max": round(max(values), 2),
    }


LIST = Benchmark(
    name="list",
    says="一百万行台账的列表：筛选、排序、计数，第一页与深处的页",
    rival_name="Django Paginator（OFFSET 与 count(*)）",
    default_rows=1_000_000,
    prepare=prepare,
    ours="shanhai.ops.bench.list_visits:ours",
    rival="shanhai.ops.bench.list_visits:plain",
    parts=parts,
)
