"""Finding people written down twice: our linkage against the join most registers make do with.

The rival is exact: name, birth and telephone. What it misses is the point, so quality is printed beside the
time; pairwise comparison by spelling, the other usual way, is measured on a sample: all would take hours.
"""

import json
import math
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shanhai.engines import linkage

from .harness import Benchmark
from .linkage_people import write

#: From here on a pair counts as found.
PROBABLE = 0.9
_SAMPLE = 3_000
_RIVAL = """
SELECT count(*) FROM records l JOIN records r
ON l.name = r.name AND l.born_on = r.born_on AND l.phone = r.phone AND l.row < r.row
"""
_PAIRWISE = """
SELECT l.row, r.row FROM sample l JOIN sample r ON l.row < r.row
WHERE jaro_winkler_similarity(l.pinyin || coalesce(strftime(l.born_on, '%Y%m%d'), ''),
    r.pinyin || coalesce(strftime(r.born_on, '%Y%m%d'), '')) > 0.95
"""


def prepare(rows: int, folder: Path) -> Path:
    return write(rows, folder / "people.parquet")


def ours(path: str) -> str:
    """Training and linking apart. The result is what both have in common: all records were seen."""
    records = pq.read_table(path)
    began = time.perf_counter()
    model = linkage.train(records)
    trained = time.perf_counter() - began
    linked = linkage.link(records, model)
    _beside(path, "linked").write_text(json.dumps(linked.seconds))
    pq.write_table(linked.pairs, _beside(path, "pairs"))
    pq.write_table(linked.compared, _beside(path, "compared"))
    stages = {"train": trained, **{f"link_{name}": one for name, one in _stages(linked.seconds).items()}}
    return json.dumps({"result": f"{records.num_rows} records", "stages": stages})


def _stages(seconds: dict[str, float]) -> dict[str, float]:
    """What adds up: the engine's own stages lie one inside the other."""
    within = seconds["blocking"] + seconds["scoring"]
    return {
        "preparing": seconds["preparing"] - seconds["link"],
        "blocking": seconds["blocking"],
        "scoring": seconds["scoring"],
        "levels": seconds["link"] - within,
    }


def rival(path: str) -> str:
    records = _numbered(pq.read_table(path))
    with _duckdb() as connection:
        connection.register("records", records)
        connection.sql(_RIVAL).fetchall()
    return f"{records.num_rows} records"


def parts(path: Path) -> dict[str, Any]:
    """How good the answers are."""
    records = pq.read_table(path)
    truth = records["person"].to_numpy()
    pairs, compared = pq.read_table(_beside(path, "pairs")), pq.read_table(_beside(path, "compared"))
    found = pairs.filter(pa.compute.greater_equal(pairs["match_probability"], PROBABLE))
    return {
        "quality": {
            "duplicates": _duplicates(truth),
            **_quality(truth, found["first"].to_numpy(), found["second"].to_numpy()),
            "blocking_recall": _quality(truth, *(one.to_numpy() for one in compared.columns))["recall"],
            "compared": compared.num_rows,
            "to_decide": pairs.num_rows,
        },
        "rival_quality": _exact(records, truth),
        "pairwise_on_a_sample": _pairwise(records, truth),
    }


def _duplicates(truth: np.ndarray) -> int:
    each = np.bincount(truth)
    return int((each * (each - 1) // 2).sum())


def _quality(truth: np.ndarray, first: np.ndarray, second: np.ndarray) -> dict[str, float]:
    right = int((truth[first] == truth[second]).sum())
    return {
        "precision": round(right / max(len(first), 1), 4),
        "recall": round(right / max(_duplicates(truth), 1), 4),
    }


def _exact(records: pa.Table, truth: np.ndarray) -> dict[str, float]:
    with _duckdb() as connection:
        connection.register("records", _numbered(records))
        found = connection.sql(_RIVAL.replace("count(*)", "l.row AS first, r.row AS second")).to_arrow_table()
    return _quality(truth, found["first"].to_numpy(), found["second"].to_numpy())


def _pairwise(records: pa.Table, truth: np.ndarray) -> dict[str, float]:
    """Every pair of a sample in which everyone written twice is whole."""
    last = np.partition(truth, min(_SAMPLE, len(truth) - 1))[min(_SAMPLE, len(truth) - 1)]
    chosen = np.flatnonzero(truth < last)
    sample = _numbered(records.take(chosen))
    with _duckdb() as connection:
        connection.register("sample", sample)
        began = time.perf_counter()
        found = np.array(connection.sql(_PAIRWISE).fetchall(), np.int64).reshape(-1, 2)
        seconds = time.perf_counter() - began
    whole = seconds * math.comb(records.num_rows, 2) / max(math.comb(len(chosen), 2), 1)
    quality = _quality(truth[chosen], found[:, 0], found[:, 1])
    figures = {"records": len(chosen), "s": round(seconds, 2), "hours_for_all": round(whole / 3600, 2)}
    return figures | quality


def _duckdb() -> Any:
    import duckdb

    connection = duckdb.connect(config={"threads": 2})
    connection.execute("SET enable_progress_bar = false")  # it would stand among the results
    return connection


def _numbered(records: pa.Table) -> pa.Table:
    return records.append_column("row", pa.array(np.arange(records.num_rows)))


def _beside(path: Path | str, what: str) -> Path:
    return Path(path).with_suffix(f".{what}")


LINKAGE = Benchmark(
    name="linkage",
    says="找出重复登记的人员",
    rival_name="exact join on name, birth, telephone",
    default_rows=1_000_000,
    prepare=prepare,
    ours="shanhai.ops.bench.linkage:ours",
    rival="shanhai.ops.bench.linkage:rival",
    is_warmed=False,
    parts=parts,
    sums={"link": ("link_preparing", "link_blocking", "link_scoring", "link_levels")},
)
