"""From a declaration to SQL: one row per candidate, with its status, its weight and its members.

Every other module asks this one query, so that a figure, its splits and its rows cannot disagree. It starts
from the base manager: duplicates are found among all rows of the side, also those the reader may not open.
What leaves the kernel are totals within `scopes.countable`, and rows that pass the scoped manager.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Expression, F, Func, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from shanhai.engines.values import Period
from shanhai.kernel.checks import resolve_path
from shanhai.kernel.rows import JointLedgerModel, LedgerModel
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State

from . import windows
from .declare import By, Cases, Dimension, DistinctLast, Grouped, Held, Indicator, Requirement, Sum, in_force
from .reasons import AWAITING, DUPLICATE, NOT_APPLICABLE, OUTSIDE_PERIOD, UNVERIFIED, VOIDED
from .scopes import IndicatorScope
from .sides import opposite_path, seen_from, told_of_side

#: SQL with its parameters.
Statement = tuple[str, tuple[Any, ...]]


def candidates(
    indicator: Indicator,
    scope: IndicatorScope,
    period: Period,
    *,
    splits: Sequence[str] = (),
    extra: Mapping[str, Expression] | None = None,
    deciding: Q | None = None,
) -> Statement:
    """All rows of the scope: columns `id, reason, weight`, a `d_<split>` per split, and the `extra` ones.

    Shape: `reason` is null for counted rows. A row outside the scope's unit, place or members is no
    candidate. Only rows that meet `deciding` are read: whole objects (`decided_by`).
    """
    columns = {f"d_{code}": code for code in splits}
    members = {f"o_{code}": code for code, _ in scope.only}
    rows = _classified(indicator, scope, windows.Window(period, indicator.span))
    if deciding is not None:
        rows = rows.filter(deciding)
    dimensions = indicator.all_dimensions()
    for name, code in (columns | members).items():
        window = windows.Window(period, indicator.span)
        rows = rows.annotate(**{name: _member_of(indicator, scope.side, dimensions[code], window)})
    rows = rows.annotate(**(extra or {}))
    ranking = [name for name, _ in _order(indicator)]
    sql, parameters = (
        rows.order_by()
        .values("id", "x_reason", "x_weight", "x_inside", *ranking, *columns, *members, *(extra or {}))
        .query.sql_with_params()
    )
    kept = "".join(f", q.{_quoted(name)}" for name in (*columns, *(extra or {})))
    wanted = "".join(f" AND q.{_quoted(name)} = %s" for name in members)
    statement = (
        f"SELECT q.id, {_reason(indicator)} AS reason, q.x_weight AS weight{kept}"
        f" FROM ({_ranked(indicator, sql)}) q WHERE q.x_inside{wanted}"
    )
    return statement, (*parameters, *(value for _, value in scope.only))


def _quoted(name: str) -> str:
    return f'"{name}"'


def _classified(
    indicator: Indicator, scope: IndicatorScope, window: windows.Window
) -> models.QuerySet[Any, Any]:
    model = indicator.model
    rows: models.QuerySet[Any, Any] = model._base_manager.filter(told_of_side(model, scope.side))
    derived = {name: one.expression(model, window) for name, one in indicator.derived.items()}
    rows = rows.annotate(**derived).annotate(
        x_reason=Case(*_reasons(indicator, window), default=Value(None), output_field=TextField()),
        x_weight=weight(indicator),
        x_inside=Case(When(_inside(indicator, scope), then=Value(True)), default=Value(False)),
    )
    ordered: models.QuerySet[Any, Any] = rows.annotate(**{name: F(path) for name, path in _order(indicator)})
    return ordered


def decided_by(indicator: Indicator, row: Any) -> tuple[str, Any]:
    """Path and value of what decides on a row: its own key or, where objects count once, its object's."""
    if not isinstance(indicator.measure, DistinctLast):
        return "pk", row.pk
    *links, last = indicator.measure.key.split("__")
    found = row
    for link in links:
        found = found and getattr(found, link)
    return indicator.measure.key, found and getattr(found, found._meta.get_field(last).attname)


def _reasons(indicator: Indicator, window: windows.Window) -> Iterator[When]:
    if issubclass(indicator.model, LedgerModel):
        yield When(state=State.VOIDED, then=Value(VOIDED))
    yield _unless(indicator.time.condition(window), OUTSIDE_PERIOD)
    yield from status_reasons(indicator)


def status_reasons(indicator: Indicator) -> Iterator[When]:
    """The reasons of a row that lies in the window, in the order in which they are tried."""
    if indicator.where:
        yield _unless(indicator.where, NOT_APPLICABLE)
    for exclusion in indicator.exclusions:
        if isinstance(exclusion, Requirement):
            yield _unless(exclusion.condition, exclusion.code)
        else:
            yield When(exclusion.condition, then=Value(exclusion.code))
    if issubclass(indicator.model, JointLedgerModel):
        yield When(state=State.AWAITING, then=Value(AWAITING))
    if issubclass(indicator.model, LedgerModel):
        yield _unless(Q(state=State.VERIFIED), UNVERIFIED)


def _unless(condition: Q, reason: str) -> When:
    """The reason of rows for which the condition is false or, by an empty field, unknown."""
    holds = Case(When(condition, then=Value(True)), default=Value(False), output_field=models.BooleanField())
    return When(models.lookups.Exact(holds, Value(False)), then=Value(reason))


def weight(indicator: Indicator) -> Any:
    """What a row adds to the value when it counts, before the scale."""
    if isinstance(indicator.measure, Sum):
        return Coalesce(F(indicator.measure.field), Value(0), output_field=_numeric(indicator))
    return Value(1)


def _numeric(indicator: Indicator) -> "models.Field[Any, Any]":
    assert isinstance(indicator.measure, Sum)  # noqa: S101  (narrowing, the caller has asked)
    target = resolve_path(indicator.model, indicator.measure.field)
    return models.DecimalField(max_digits=30, decimal_places=getattr(target, "decimal_places", 0))


def _order(indicator: Indicator) -> list[tuple[str, str]]:
    """Columns by which the rows of one object are ranked, with their paths; none where every row counts."""
    measure = indicator.measure
    if not isinstance(measure, DistinctLast):
        return []
    paths = (measure.key, *(name.removeprefix("-") for name in measure.order))
    return [(f"x_order_{position}", path) for position, path in enumerate(paths)]


def _ranked(indicator: Indicator, sql: str) -> str:
    """The rows with their places among the countable rows of their key."""
    measure = indicator.measure
    if not isinstance(measure, DistinctLast):
        return sql
    order = [
        f"c.x_order_{position} {'DESC' if name.startswith('-') else 'ASC'} NULLS LAST"
        for position, name in enumerate(measure.order, start=1)
    ]
    # OFFSET 0: the reason is computed once a row, not once more for the window.
    return (
        "SELECT c.*, row_number() OVER (PARTITION BY c.x_order_0, c.x_reason IS NULL"
        f" ORDER BY {', '.join([*order, 'c.id DESC'])}) AS x_rank FROM ({sql} OFFSET 0) c"
    )


def _reason(indicator: Indicator) -> str:
    if not isinstance(indicator.measure, DistinctLast):
        return "q.x_reason"
    return f"CASE WHEN q.x_reason IS NULL AND q.x_rank > 1 THEN '{DUPLICATE}' ELSE q.x_reason END"


def _inside(indicator: Indicator, scope: IndicatorScope) -> Q:
    inside = Q(pk__isnull=False)
    if scope.unit:
        inside &= _lies_below(indicator, scope, settings.SHANHAI_UNIT_MODEL, indicator.unit_path, scope.unit)
    if scope.place:
        place = settings.SHANHAI_PLACE_MODEL
        inside &= _lies_below(indicator, scope, place, indicator.place_path, scope.place)
    return inside


def _lies_below(indicator: Indicator, scope: IndicatorScope, tree: str, path: str, root: Any) -> Q:
    opposite = opposite_path(indicator, path)
    below = _below(tree, path, root)
    if opposite == path:
        return below
    return Q(below, side=scope.side) | Q(_below(tree, opposite, root), side=scope.side.other)


def _below(tree: str, path: str, root: Any) -> Q:
    """The reference at `path` is `root` or lies below it in its tree."""
    if not path:
        return Q(pk__isnull=True)
    nodes = apps.get_model(tree)._base_manager
    found = nodes.filter(pk=root).values_list("path", flat=True).first()
    if found is None:
        return Q(pk__isnull=True)
    return Q(**{f"{path}__in": nodes.filter(path__descendant_of=found).values("pk")})


def _member_of(indicator: Indicator, side: Side, dimension: Dimension, window: windows.Window) -> Any:
    """`member`, of the unit and place that a joint row has for the side."""
    if isinstance(dimension, By) and opposite_path(indicator, dimension.path) != dimension.path:
        found = Cast(seen_from(indicator, side, dimension.path), TextField())
        return Coalesce(found, Value(""), output_field=TextField())
    return member(dimension, window)


def member(dimension: Dimension, window: windows.Window | None) -> Any:
    """The member a row falls under, as text; the empty text where the field is empty.

    Without a window a dated grouping gives what it groups, for only the window tells the group.
    """
    match dimension:
        case By():
            value: Any = Cast(F(dimension.path), TextField())
        case Grouped() if window is None:
            value = Cast(F(dimension.path), TextField())
        case Held():
            assert window is not None  # noqa: S101  (narrowing)
            held = dimension.rows(window)
            whens = [
                When(
                    **{f"{dimension.key}__in": held.filter(condition).values(dimension.through)},
                    then=Value(code),
                )
                for code, _, condition in dimension.cases
            ]
            value = Case(*whens, default=Value(dimension.other[0]), output_field=TextField())
        case Cases():
            whens = [When(condition, then=Value(code)) for code, _, condition in dimension.cases]
            value = Case(*whens, default=Value(dimension.other[0]), output_field=TextField())
        case Grouped():
            assert window is not None  # noqa: S101  (narrowing)
            value = Func(
                Subquery(groups(dimension, window)),
                Cast(F(dimension.path), TextField()),
                arg_joiner=" ->> ",
                template="(%(expressions)s)",
                output_field=TextField(),
            )
    return Coalesce(value, Value(""), output_field=TextField())


def groups(dimension: Grouped, window: windows.Window) -> models.QuerySet[Any, Any]:
    """Key → group as one `jsonb`, so that the dated table is read once for all rows; the latest row wins."""
    pair = Func(
        Cast(F(dimension.key), TextField()),
        Cast(F(dimension.group), TextField()),
        template="%(expressions)s",
        output_field=TextField(),
    )
    mapping = Func(
        pair,
        F("valid_from"),
        arg_joiner=" ORDER BY ",
        function="jsonb_object_agg",
        output_field=models.JSONField(),
    )
    rows = in_force(dimension.table, window).filter(**{f"{dimension.key}__isnull": False})
    return rows.order_by().values(mapping=mapping)
