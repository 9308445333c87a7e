"""A hundred counties' packages proved and summed, against rows put into tables one by one and asked there.

Ours proves every signature, hash and figure besides. The rival is measured over the first counties and
counted up to all; its sums must equal ours of the same.
"""

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from shanhai.engines.exchange import (
    Figure,
    Finding,
    Header,
    Row,
    read_package,
    roll_up,
    rows_of,
    write_package,
)
from shanhai.engines.signing import PublicKey, new_private, public_of, sign

from .database import scratch
from .harness import Benchmark

_SEED = 20210924
_SERVICE_SETTINGS = "shanhai.ops.bench.people.settings"
FIGURES, ROWS = 10, 300
#: Counties whose rows the rival writes.
SERVED = 3
_BEGAN = datetime(2021, 1, 1, tzinfo=UTC)
_MADE = datetime(2021, 10, 8, tzinfo=UTC)


def prepare(counties: int, folder: Path) -> Path:
    """A signed package of each county, their keys, and the database of the rival."""
    keys = {}
    for county in range(counties):
        private = new_private()
        key = PublicKey(public_of(private), _name(county), _BEGAN)
        keys[key.fingerprint] = key.told()
        _write(folder / f"{county:04}.zip", county, private, key)
    (folder / "keys.json").write_text(json.dumps(keys))
    scratch("rollup", str(_SEED), "shanhai.ops.bench.settle_plain:fill", settings=_SERVICE_SETTINGS).use()
    return folder


def _name(county: int) -> str:
    return f"示例{county:04}县"


def _rows(county: int, number: int) -> Iterator[Row]:
    for place in range(ROWS):
        weight = Decimal((county * 7919 + number * 104729 + place * 1299709) % 10_000_000) / 100
        told = {"day": date(2021, 1 + place % 9, 1 + place % 28), "kind": "demo", "unit": _name(county)}
        yield Row(f"{county}-{number}-{place}", weight.quantize(Decimal("0.01")), told, ("0" * 64,))


def _write(path: Path, county: int, private: str, key: PublicKey) -> None:
    figures = [
        Figure(
            code=f"R-{number}",
            name=f"指标{number}",
            unit="万元",
            version="2021-01-01",
            value=sum((row.weight for row in _rows(county, number)), Decimal(0)),
            counted=ROWS,
            places=2,
        )
        for number in range(FIGURES)
    ]
    header = Header(f"{county:04}", _name(county), "2021Q3", date(2021, 9, 30), _MADE, "bench")

    def rows(one: Figure) -> Iterator[Row]:
        return _rows(county, int(one.code.removeprefix("R-")))

    write_package(path, header, figures, rows, key, lambda told: sign(private, told))


def ours(path: str) -> str:
    """From the files to the table of a period: every package proved first. Errors: RuntimeError."""
    began = time.perf_counter()
    told = json.loads((Path(path) / "keys.json").read_text())
    keys = {fingerprint: PublicKey.read(one) for fingerprint, one in told.items()}
    figures: dict[str, Mapping[str, Figure]] = {}
    for file in sorted(Path(path).glob("*.zip")):
        found = read_package(file, keys)
        if isinstance(found, Finding):
            raise RuntimeError(f"{file.name}: {found}")
        figures[found.header.sender] = {one.code: one for one in found.figures}
    lines = roll_up(list(figures), figures)
    took = time.perf_counter() - began
    first = {line.figure.code: [cell.value for cell in line.cells[:SERVED]] for line in lines}
    return _told(len(figures), first, took)


def rows_one_by_one(path: str) -> str:
    """The first counties' rows saved one by one, then an aggregate for each cell; counted up to all."""
    import django

    django.setup()
    from django.db.models import Sum

    from .people.models import PlainClaim

    files = sorted(Path(path).glob("*.zip"))
    served = files[:SERVED]
    PlainClaim.objects.all().delete()
    began = time.perf_counter()
    for county, file in enumerate(served):
        for number in range(FIGURES):
            figure = Figure(f"R-{number}", "", "", "", None, ROWS)
            for row in rows_of(file, figure, 0, ROWS):
                PlainClaim.objects.create(
                    total=int(row.weight * 100), own_pay=0, over_price=0, pre_pay=county * FIGURES + number
                )
    found: dict[str, list[Decimal | None]] = {}
    for number in range(FIGURES):
        cells = (
            PlainClaim.objects.filter(pre_pay=county * FIGURES + number) for county in range(len(served))
        )
        found[f"R-{number}"] = [Decimal(one.aggregate(whole=Sum("total"))["whole"]) / 100 for one in cells]
    took = time.perf_counter() - began
    return _told(len(files), found, took * len(files) / len(served))


def _told(counties: int, first: Mapping[str, list[Decimal | None]], took: float) -> str:
    cells = {code: [f"{value:.2f}" for value in values] for code, values in sorted(first.items())}
    digest = hashlib.sha256(json.dumps(cells).encode()).hexdigest()[:16]
    return json.dumps({"result": f"{counties} counties, the first: {digest}", "stages": {"roll_up": took}})


ROLLUP = Benchmark(
    name="rollup",
    says="上报汇总：各县报送包逐个核验（签名、哈希、数值）后汇总",
    rival_name="逐行 ORM：一行一次保存，再逐格聚合，不核验（3 个县推算）",
    default_rows=100,
    prepare=prepare,
    ours="shanhai.ops.bench.rollup:ours",
    rival="shanhai.ops.bench.rollup:rows_one_by_one",
    is_warmed=False,
)
