"""Functions that policies call and that name tables of the product: sets in reach, rows seen."""

from collections.abc import Iterator, Mapping

from django.apps import apps
from django.conf import settings
from django.db import models

from .kinds import OfHistory, OfLedger, Wall

type Walled = Mapping[type[models.Model], Wall]


def reach_functions() -> Iterator[str]:
    """Units and places that whoever acts reaches, each with the side for whose rows that holds."""
    yield _units_function()
    yield _places_function()
    yield _counterparts_function()


def _table(setting: str) -> str:
    return f'public."{apps.get_model(getattr(settings, setting))._meta.db_table}"'


_SET_OF = "RETURNS TABLE (side varchar, id uuid) LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50"


def _units_function() -> str:
    units = _table("SHANHAI_UNIT_MODEL")
    return f"""
CREATE OR REPLACE FUNCTION kernel_wall_units(ledger text, way text) {_SET_OF} AS $$
DECLARE
    reach jsonb := kernel_wall(ledger, way);
BEGIN
    RETURN QUERY
        SELECT (one ->> 0)::varchar, (one ->> 1)::uuid FROM jsonb_array_elements(reach -> 'u') one
        UNION ALL
        SELECT (one ->> 0)::varchar, u.id FROM jsonb_array_elements(reach -> 't') one
        JOIN {units} u ON u.path <@ (one ->> 1)::ltree;
END $$"""


def _places_function() -> str:
    return f"""
CREATE OR REPLACE FUNCTION kernel_wall_places(ledger text, way text) {_SET_OF} AS $$
BEGIN
    RETURN QUERY
        SELECT (one ->> 0)::varchar, p.id FROM jsonb_array_elements(kernel_wall(ledger, way) -> 'p') one
        JOIN {_table("SHANHAI_PLACE_MODEL")} p ON p.path <@ (one ->> 1)::ltree;
END $$"""


def _counterparts_function() -> str:
    """Units in reach, with the side whose joint rows name them: the other one."""
    return f"""
CREATE OR REPLACE FUNCTION kernel_wall_counterparts(ledger text, way text) {_SET_OF} AS $$
BEGIN
    RETURN QUERY
        SELECT (CASE f.side WHEN 'east' THEN 'west' ELSE 'east' END)::varchar, f.id FROM (
            SELECT u.side, u.id FROM {_table("SHANHAI_UNIT_MODEL")} u
            WHERE u.side = ANY (kernel_wall_sides(ledger, way))
            UNION ALL SELECT r.side, r.id FROM kernel_wall_units(ledger, way) r
        ) f;
END $$"""


def row_function(walled: Walled) -> str:
    """Whether a row of a ledger is seen. One branch a ledger, each planned once a connection."""
    branches = "".join(
        f"""
    IF $1 = '{wall.ledger}' THEN
        RETURN EXISTS (SELECT FROM public."{model._meta.db_table}" r WHERE r.id = $2);
    END IF;"""
        for model, wall in walled.items()
        if isinstance(wall, OfLedger)
    )
    return _asking("kernel_wall_row(ledger text, row_id uuid)", branches)


def history_function(walled: Walled) -> str:
    branches = "".join(
        f"""
    IF $1 = '{model._meta.db_table}' THEN
        RETURN EXISTS (SELECT FROM public."{model._meta.db_table}" r WHERE r.id = $2);
    END IF;"""
        for model, wall in walled.items()
        if not isinstance(wall, OfHistory) and isinstance(model._meta.pk, models.UUIDField)
    )
    # What has no wall is nobody's secret; only it must be somebody who asks.
    rest = "\n    RETURN kernel_wall_sides_told() IS NOT NULL OR kernel_wall_looks_after();"
    return _asking("kernel_wall_history(table_name text, row_id uuid)", branches + rest)


def _asking(signature: str, branches: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION {signature} RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 AS $$
BEGIN
    -- What stands beside a row (papers, amendments, history) is shown to no bound account.
    IF kernel_wall_is_bound() THEN
        RETURN false;
    END IF;{branches}
    RETURN false;
END $$"""
