"""What counts, as SQL over all rows: place, months, weight.

What is counted once counts, of the rows of its object, in the months of each less those of the later rows.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.models import BooleanField, Case, F, IntegerField, TextField, Value, When
from django.db.models.expressions import RawSQL

from shanhai.kernel.indicators.compile import Statement, status_reasons, weight
from shanhai.kernel.indicators.declare import DatedValue, DistinctLast, Indicator, Tally
from shanhai.kernel.indicators.reasons import VOIDED
from shanhai.kernel.scope import shared_rows
from shanhai.kernel.workflow import State

from .activity import active, tallied
from .terms import Term

#: A month after all.
NEVER = 2**31 - 1


def literal(statement: Statement, alias: str) -> str:
    """A statement with its parameters written into it, to stand within another."""
    connection: Any = connections[alias]
    connection.ensure_connection()
    return str(connection.ops.compose_sql(*statement))


def _compiled(rows: models.QuerySet[Any, Any]) -> Statement:
    sql, parameters = rows.query.sql_with_params()
    return sql, tuple(parameters)


def counted_sql(term: Term, series: str, alias: str, *, side: str, is_open: bool) -> str:
    """The statement that gives what counts, and no more: `place, since, until, weight` of one series.

    Shape: of one side; `is_open`: for who is told of open rows only.
    """
    table = term.model._meta.db_table
    shadow = ""
    if term.indicator.derived:
        kept = f'SELECT s.*{_derived_columns(term)} FROM "{table}" s{_laterals(term, alias)}'
        shadow = f'WITH "{table}" AS NOT MATERIALIZED ({kept}) '
    rows = literal(_rows(term), alias)
    size = next(one.size for one in term.series if one.name == series)
    openly = " AND q.x_is_open" if is_open else ""
    found = (
        f"SELECT q.*, {_active(term, size)} AS active FROM ({rows} OFFSET 0) q"
        f" WHERE q.x_side = '{side}' AND q.x_status = ''{openly} OFFSET 0"
    )
    if term.is_distinct:
        better = f"range_agg(c.active) OVER (PARTITION BY c.x_key ORDER BY {_later(term)})"
        won = f"int4multirange(c.active) - coalesce({better}, '{{}}'::int4multirange)"
        found = f"SELECT c.x_place, c.x_weight, {won} AS won FROM ({found}) c WHERE NOT isempty(c.active)"
        found = f"SELECT w.x_place, w.x_weight, unnest(w.won) AS active FROM ({found}) w"
    return (
        f"{shadow}SELECT c.x_place AS place, lower(c.active) AS since,"
        f" coalesce(upper(c.active), {NEVER}) AS until, c.x_weight AS weight FROM ({found}) c"
        " WHERE NOT isempty(c.active)"
    )


def _later(term: Term) -> str:
    """Of the rows of one key those that stand before a row in order, and so count in its stead."""
    order = ", ".join(
        f"c.x_order_{n} {'DESC' if name.startswith('-') else 'ASC'} NULLS LAST"
        for n, name in enumerate(_order(term.indicator))
    )
    return f"{order}, c.id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"


def _rows(term: Term) -> Statement:
    indicator = term.indicator
    rows = term.model._base_manager.all()
    read = {name: _column(term, f"x_{name}") for name in indicator.derived}
    rows = rows.annotate(**read) if read else rows
    columns = {
        "x_place": F(indicator.place_path),
        "x_side": F("side"),
        "x_is_open": Case(
            When(shared_rows(), then=Value(True)), default=Value(False), output_field=BooleanField()
        ),
        "x_status": _status(indicator),
        "x_weight": weight(indicator),
        "x_key": F(term.key),
    }
    columns |= {f"x_order_{n}": F(name.removeprefix("-")) for n, name in enumerate(_order(indicator))}
    columns |= {f"x_time_{n}": F(path) for n, path in enumerate(indicator.time.paths)}
    if indicator.derived:
        columns["x_within"] = _column(term, "x_segment", TextField())
    return _compiled(rows.annotate(**columns).order_by().values("id", *columns))


def _column(term: Term, name: str, kind: "models.Field[object, object] | None" = None) -> RawSQL:
    """A column that `_laterals` added to the term's rows."""
    sql = f'"{term.model._meta.db_table}"."{name}"'
    return RawSQL(sql, (), output_field=kind or IntegerField())  # noqa: S611  (names of the declaration)


def _status(indicator: Indicator) -> Case:
    is_voided = When(state=State.VOIDED, then=Value(VOIDED))
    return Case(is_voided, *status_reasons(indicator), default=Value(""), output_field=TextField())


def _order(indicator: Indicator) -> tuple[str, ...]:
    return tuple(indicator.measure.order) if isinstance(indicator.measure, DistinctLast) else ()


def _active(term: Term, size: int) -> str:
    columns = (f"q.x_time_{n}" for n in range(len(term.indicator.time.paths)))
    found = active(term.indicator.time, term.indicator.span, size, columns)
    return f"{found} * q.x_within" if term.indicator.derived else found


# --- derived values: a row falls into stretches of months in which they are what they are ------------


def _derived_columns(term: Term) -> str:
    names = [*term.tallies, *term.dated]
    if not names:
        return ""
    segments = " * ".join(f'"g_{name}".active' for name in names)
    return f", {segments} AS x_segment" + "".join(f', "g_{name}".value AS "x_{name}"' for name in names)


def _laterals(term: Term, alias: str) -> str:
    found, before = "", ""
    for name, tally in term.tallies.items():
        found += f' CROSS JOIN LATERAL ({_tally_steps(term, tally, alias)}) "g_{name}"'
        before = f'"g_{name}"'
    for name, one in term.dated.items():
        condition = f'{before}.active && "g_{name}".active' if before else "true"
        found += f' JOIN ({_dated_steps(one, alias)}) "g_{name}" ON {condition}'
        before = before or f'"g_{name}"'
    return found


def _tally_rows(tally: Tally, row: str) -> Statement:
    related = apps.get_model(tally.source)
    of_row = RawSQL(row, (), output_field=related._meta.pk)  # noqa: S611  (an alias of ours)
    rows = related._base_manager.filter(tally.where, state=State.VERIFIED, **{tally.through: of_row})
    times = {f"x_time_{n}": F(path) for n, path in enumerate(tally.time.paths)}
    return _compiled(rows.order_by().annotate(**times).values(*times))


def _tally_steps(term: Term, tally: Tally, alias: str) -> str:
    """Stretches of months with the number tallied in each, of the row `s`."""
    columns: Iterator[str] = (f"t.x_time_{n}" for n in range(len(tally.time.paths)))
    rows = literal(_tally_rows(tally, "s.id"), alias)
    months = f"SELECT {tallied(tally, term.indicator.span, columns)} AS active FROM ({rows}) t"
    return _steps(
        f"SELECT lower(m.active) AS at, 1 AS n FROM ({months}) m WHERE NOT isempty(m.active)"
        f" UNION ALL SELECT upper(m.active), -1 FROM ({months}) m WHERE NOT upper_inf(m.active)",
        "(sum(sum(e.n)) OVER (ORDER BY e.at))::integer",
    )


def _steps(events: str, value: str) -> str:
    return (
        f"SELECT int4range(e.at, lead(e.at) OVER (ORDER BY e.at)) AS active, {value} AS value"
        f" FROM (SELECT 0 AS at, 0 AS n UNION ALL {events}) e WHERE e.at IS NOT NULL GROUP BY e.at"
    )


def _dated_rows(one: DatedValue) -> Statement:
    rows = apps.get_model(one.table)._base_manager.filter(one.where)
    return _compiled(rows.order_by().values("valid_from", "valid_to", one.value))


def _dated_steps(one: DatedValue, alias: str) -> str:
    """Stretches of months with the value in force on the last day of each."""
    rows = literal(_dated_rows(one), alias)
    months = "kernel_active(kernel_month(d.valid_from), kernel_month(d.valid_to + 1))"
    days = f"SELECT d.*, {months} AS active FROM ({rows}) d"
    value = (
        f'(SELECT v."{one.value}" FROM ({days}) v WHERE v.active @> e.at ORDER BY v.valid_from DESC LIMIT 1)'
    )
    return _steps(
        f"SELECT lower(m.active), 0 FROM ({days}) m WHERE NOT isempty(m.active)"
        f" UNION ALL SELECT upper(m.active), 0 FROM ({days}) m WHERE NOT upper_inf(m.active)",
        value,
    )
