"""Walls as SQL: one policy for each thing that can be done with a table, and the view of all its rows."""

from collections.abc import Iterator

from django.db import models

from .around import EVERY, walled_models
from .conditions import Conditions, conditions
from .functions import history_function, reach_functions, row_function


def make_way() -> Iterator[str]:
    """Before migrations: what holds columns fast. The owner's own policy stays, or a migration saw no row."""
    yield f"""
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT tablename, policyname FROM pg_policies
        WHERE schemaname = 'public' AND policyname LIKE 'wall\\_%' AND policyname <> 'wall_owner'
    LOOP
        EXECUTE format('DROP POLICY %I ON public.%I', one.policyname, one.tablename);
    END LOOP;
    FOR one IN SELECT viewname FROM pg_views
        WHERE schemaname = 'public' AND viewname LIKE '{EVERY.rstrip("_")}\\_%'
    LOOP
        EXECUTE format('DROP VIEW public.%I', one.viewname);
    END LOOP;
END $$"""


def wall_statements(role: str, owner: str) -> Iterator[str]:
    """All walls anew: functions, views of all rows, policies for the application `role` and for the owner."""
    walled = dict(walled_models())
    yield from reach_functions()
    for model in walled:
        yield from _every_row(model, role)
    # Functions that ask for rows of many tables are compiled when they are first called, tables being there.
    yield row_function(walled)
    yield history_function(walled)
    for model, wall in walled.items():
        yield from _policies(model, conditions(model, wall), role, owner)


def _every_row(model: type[models.Model], role: str) -> Iterator[str]:
    """The view. Gives nothing where nobody acts, can be locked through, and never written through."""
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    view = f'public."{EVERY}{table}"'
    yield (
        f"CREATE VIEW {view} AS SELECT {columns}, NULL::boolean AS wall_lock"
        f' FROM public."{table}" WHERE (SELECT kernel_wall_is_told())'
    )
    yield f"REVOKE ALL ON {view} FROM {role}"
    # Locking rows asks for the right to change some column; this one belongs to no table.
    yield f"GRANT SELECT, UPDATE (wall_lock) ON {view} TO {role}"


def _policies(model: type[models.Model], on: Conditions, role: str, owner: str) -> Iterator[str]:
    table = f'public."{model._meta.db_table}"'
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    wanted = {
        "wall_owner": f"FOR ALL TO {owner} USING (true) WITH CHECK (true)",
        "wall_view": f"FOR SELECT TO {role} USING ({on.view})",
        "wall_add": f"FOR INSERT TO {role} WITH CHECK ({on.leave})",
        "wall_change": f"FOR UPDATE TO {role} USING ({on.write}) WITH CHECK ({on.leave})",
        "wall_remove": f"FOR DELETE TO {role} USING ({on.write})",
    }
    for name, rule in wanted.items():
        yield f"DROP POLICY IF EXISTS {name} ON {table}"  # of a migrate that was cut short
        yield f"CREATE POLICY {name} ON {table} {rule}"
