"""What the catalogue of the database says of walls: no table is forgotten, nobody goes over the wall."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.walls.around import EVERY, wall_of, walled_models
from shanhai.kernel.walls.kinds import OfLedger, Public

pytestmark = pytest.mark.django_db

#: Tables no model stands for.
OF_NO_MODEL = {
    "django_migrations": "which migrations ran",
    "shanhai_cache": "how often somebody tried, counted alike by all workers",
}
_TABLES = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, coalesce(p.relname, '')
FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
"""
_COMMANDS = {"wall_view": "SELECT", "wall_add": "INSERT", "wall_change": "UPDATE", "wall_remove": "DELETE"}


def asked(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def test_every_model_says_which_wall_it_has() -> None:
    silent = [m._meta.label for m in apps.get_models(include_auto_created=True) if wall_of(m) is None]
    assert silent == []


def test_every_table_has_a_wall_or_a_reason() -> None:
    walls = {m._meta.db_table: wall_of(m) for m in apps.get_models(include_auto_created=True)}
    public = {name: wall.reason for name, wall in walls.items() if isinstance(wall, Public)} | OF_NO_MODEL
    assert all(public.values())
    open_ones = {name for name, is_walled, parent in asked(_TABLES) if not is_walled}
    assert open_ones - set(public) == set()


def test_every_wall_has_a_rule_for_each_thing_that_can_be_done() -> None:
    found: dict[str, dict[str, str]] = {}
    for table, policy, command, roles in asked(
        "SELECT tablename, policyname, cmd, roles::text FROM pg_policies WHERE schemaname = 'public'"
    ):
        found.setdefault(table, {})[policy] = command
        assert "public" not in roles, (table, policy)
    for model, _wall in walled_models():
        assert found[model._meta.db_table] == {**_COMMANDS, "wall_owner": "ALL"}, model


def test_every_ledger_has_the_wall_of_a_ledger() -> None:
    ledgers = {model for model in apps.get_models() if issubclass(model, LedgerModel)}
    assert {model for model, wall in walled_models() if isinstance(wall, OfLedger)} == ledgers


def test_the_application_owns_no_table_and_goes_over_no_wall() -> None:
    ((goes_over, is_super),) = asked(
        "SELECT rolbypassrls, rolsuper FROM pg_roles WHERE rolname = current_user"
    )
    assert (goes_over, is_super) == (False, False)
    assert (
        asked("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        == []
    )


def test_views_of_every_row_are_read_only() -> None:
    """They can be locked through, which asks for the right to one column that no table has."""
    writable = asked(
        "SELECT table_name, privilege_type, column_name FROM information_schema.column_privileges"
        " WHERE grantee = current_user AND privilege_type <> 'SELECT'"
    )
    of_views = {(right, column) for name, right, column in writable if name.startswith(EVERY)}
    assert of_views == {("UPDATE", "wall_lock")}
