"""Running Splink over records: in this process's memory, by DuckDB, on at most two threads."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .model import BLOCKING, LEVELS, SURE, SURE_SHARE, TRAINED_ON, Model, starting_model

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: What a record is. `name` bare of dots and spaces; `pinyin` without tones; `phone` a keyed hash.
SCHEMA = pa.schema(
    [
        ("name", pa.string()),
        ("pinyin", pa.string()),
        ("born_on", pa.date32()),
        ("phone", pa.string()),
        ("village", pa.string()),
        ("town", pa.string()),
        ("sex", pa.string()),
    ]
)
#: Pairs less probable than this are nobody's business.
LEAST = 0.05
#: Of pairs that look like twins, how many are one person after all; [U].
TWIN_SHARE = 0.3
_THREADS = 2
#: Pairs drawn to learn how often levels agree by chance.
_DRAWN = 2e6

_PREPARED = """
SELECT row, regexp_replace(name, '[^\\p{L}\\p{N}]', '', 'g') AS name, pinyin,
    left(name, 1) AS family, born_on, strftime(born_on, '%Y%m%d') AS born_text, year(born_on) AS born_year,
    phone, village, town, sex
FROM given
"""
_TWINS = """
l.born_on = r.born_on AND l.family = r.family AND damerau_levenshtein(l.pinyin, r.pinyin) > 1
AND CASE WHEN length(l.name) = length(r.name) THEN hamming(l.name, r.name) = 1 ELSE false END
"""


@dataclass(frozen=True)
class Linked:
    """Pairs by the places of their records, more probable first.

    Shape of `pairs`: first < second, probability, is_twin_like, and the code of the level by comparison.
    `compared`: pairs that blocking brought together. Unit of `seconds`: seconds by stage.
    """

    pairs: pa.Table
    compared: pa.Table
    seconds: dict[str, float] = field(default_factory=dict)


def link(records: pa.Table, model: Model | None = None, *, least: float = LEAST) -> Linked:
    """Every pair of records at least that probably of one person. Errors: ValueError for wrong columns."""
    seconds: dict[str, float] = {}
    model = model or starting_model(records.num_rows)
    with _database(records, seconds) as (connection, table), _timed(seconds, "link"):
        linker = _linker(connection, table, model)
        with _timed(seconds, "blocking"):
            compared = linker.inference.compute_blocked_pairs_for_predict().as_pyarrow_table()
        with _timed(seconds, "scoring"):
            found = linker.inference.predict(threshold_match_probability=min(least, TWIN_SHARE))
            told = found.as_pyarrow_table()
        connection.register("found", told)
        pairs = connection.sql(_pairs_sql(least)).to_arrow_table()
    return Linked(pairs, compared.select(["join_key_l", "join_key_r"]), seconds)


def train(records: pa.Table) -> Model:
    """The model that fits these records best, by expectation maximisation; needs ten thousand of them."""
    with _database(records, {}) as (connection, table):
        start = starting_model(records.num_rows)
        linker = _linker(connection, table, start)
        linker.training.estimate_u_using_random_sampling(max_pairs=_DRAWN, seed=1)
        sure = [_rule(columns) for columns in SURE]
        linker.training.estimate_probability_two_random_records_match(sure, recall=SURE_SHARE)
        for columns in TRAINED_ON:
            linker.training.estimate_parameters_using_expectation_maximisation(_rule(columns))
        learnt = linker.misc.save_model_to_json()
    return _read(learnt, start)


def _linker(connection: "DuckDBPyConnection", table: str, model: Model) -> Any:
    from splink import DuckDBAPI, Linker  # noqa: PLC0415 -- a second and a half, for which no start should wait

    logging.getLogger("splink").setLevel(logging.ERROR)  # advice for those who sit before a notebook
    prepared = connection.table(table).to_arrow_table()
    settings = model.settings(prepared.num_rows)
    settings["blocking_rules_to_generate_predictions"] = [_rule(columns) for columns in BLOCKING]
    return Linker(DuckDBAPI(connection).register(prepared), settings, log_level=None)


def _rule(columns: tuple[str, ...]) -> Any:
    from splink import block_on  # noqa: PLC0415 -- as above

    return block_on(*columns)


@contextmanager
def _database(records: pa.Table, seconds: dict[str, float]) -> Iterator[tuple["DuckDBPyConnection", str]]:
    import duckdb  # noqa: PLC0415 -- as above

    if missing := [name for name in SCHEMA.names if name not in records.column_names]:
        raise ValueError(f"columns missing: {', '.join(missing)}")
    with duckdb.connect(config={"threads": _THREADS}) as connection, _timed(seconds, "preparing"):
        connection.execute("SET enable_progress_bar = false")
        given = records.select(SCHEMA.names).cast(SCHEMA)
        places = pa.array(range(given.num_rows), pa.int64())
        connection.register("given", given.append_column("row", places))
        connection.execute(f"CREATE TABLE prepared AS {_PREPARED}")
        yield connection, "prepared"


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    seconds[stage] = time.perf_counter() - began


def _pairs_sql(least: float) -> str:
    levels = ", ".join(f"{_level_sql(name)} AS {name}" for name in LEVELS)
    return f"""
        WITH told AS (
            SELECT least(row_l, row_r) AS first, greatest(row_l, row_r) AS second, match_probability
            FROM found
        ), judged AS (
            SELECT first, second, coalesce({_TWINS}, false) AS is_twin_like, match_probability, {levels}
            FROM told JOIN prepared l ON l.row = first JOIN prepared r ON r.row = second
        )
        SELECT * REPLACE (if(is_twin_like, least(match_probability, {TWIN_SHARE}), match_probability)
            AS match_probability) FROM judged
        WHERE match_probability >= {least} ORDER BY match_probability DESC, first, second
    """  # noqa: S608 -- names and numbers of this module


def _level_sql(name: str) -> str:
    """The level as a code, by the conditions Splink was told."""
    cases = " ".join(
        f"WHEN {_sided(level.condition)} THEN '{level.code}'"
        for level in LEVELS[name]
        if level.condition != "ELSE"
    )
    return f"CASE {cases} ELSE 'other' END"


def _sided(condition: str) -> str:
    columns = ("name", "pinyin", "family", "born_on", "born_text", "phone", "village", "town", "sex")
    for column in columns:
        condition = condition.replace(f'"{column}_l"', f"l.{column}").replace(f'"{column}_r"', f"r.{column}")
    return condition


def _read(learnt: dict[str, Any], start: Model) -> Model:
    m: dict[str, tuple[float, ...]] = {}
    u: dict[str, tuple[float, ...]] = {}
    for comparison in learnt["comparisons"]:
        name = comparison["output_column_name"]
        known = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        m[name] = tuple(
            level.get("m_probability", was) for level, was in zip(known, start.m[name], strict=True)
        )
        u[name] = tuple(
            level.get("u_probability", was) for level, was in zip(known, start.u[name], strict=True)
        )
    return Model(m, u, learnt["probability_two_random_records_match"])
