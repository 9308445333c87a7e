"""The shape of a database as its catalogue tells it, so that an upgraded one is compared with a new one."""

import re
from typing import Any

import psycopg

#: Kind of thing → its name, and all that makes it what it is. Months of history are made as time goes by.
_KINDS = {
    "columns": """
        SELECT c.oid::regclass::text || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
            a.attnotnull, a.attidentity, pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum))
        FROM ours c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relkind IN ('r', 'v', 'p')""",
    "tables": """
        SELECT c.oid::regclass::text, concat_ws(' ', c.relkind, c.relrowsecurity, c.relforcerowsecurity,
            pg_get_userbyid(c.relowner), obj_description(c.oid, 'pg_class')) FROM ours c""",
    "views": "SELECT c.oid::regclass::text, pg_get_viewdef(c.oid) FROM ours c WHERE c.relkind = 'v'",
    "constraints": """
        SELECT c.oid::regclass::text || ' ' || k.conname, pg_get_constraintdef(k.oid)
        FROM ours c JOIN pg_constraint k ON k.conrelid = c.oid""",
    "indexes": """
        SELECT c.oid::regclass::text, pg_get_indexdef(c.oid) FROM ours c WHERE c.relkind IN ('i', 'I')""",
    "triggers": """
        SELECT c.oid::regclass::text || ' ' || t.tgname, concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled)
        FROM ours c JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal""",
    "policies": """
        SELECT tablename || ' ' || policyname, concat_ws(' ', permissive, roles, cmd, qual, with_check)
        FROM ours c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_policies p ON (p.schemaname, p.tablename) = (n.nspname, c.relname)""",
    "grants": """
        SELECT concat_ws(' ', c.oid::regclass, x.grantee::regrole, x.privilege_type), x.is_grantable::text
        FROM ours c, aclexplode(c.relacl) x""",
    "column grants": """
        SELECT concat_ws(' ', c.oid::regclass, a.attname, x.grantee::regrole, x.privilege_type), ''
        FROM ours c JOIN pg_attribute a ON a.attrelid = c.oid, aclexplode(a.attacl) x""",
    "functions": """
        SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid) || coalesce(p.proacl::text, '')
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')""",
    "remarks": "SELECT 'public', coalesce(obj_description('public'::regnamespace, 'pg_namespace'), '')",
}
_OURS = """
    WITH ours AS (
        SELECT c.* FROM pg_class c
        WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'shanhai_past'))
        AND NOT relispartition
    )"""
#: A condition that went through a dump has its casts and brackets elsewhere.
_SPELLING = re.compile(r"::[a-z ]+(\[\])?|[()\s]")


def shape(connection: "psycopg.Connection[Any]") -> dict[str, dict[str, str]]:
    """Kind → name → what it is."""
    found: dict[str, dict[str, str]] = {}
    for kind, asked in _KINDS.items():
        told = connection.execute(f"{_OURS} {asked}").fetchall()  # type: ignore[arg-type]
        found[kind] = {name: _SPELLING.sub("", what) for name, what in told}
    return found
