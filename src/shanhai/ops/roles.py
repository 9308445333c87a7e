"""The two database roles of an installation and its two databases.

The owner migrates and may create databases (tests do); the application reads and writes under row-level
security. Neither is a superuser. The owner is a member of the application role, so that a migration can hand
it the schema of the job queue.
"""

from pathlib import Path

import psycopg
from psycopg import sql

from .installation import Mode, Secrets

SUPERUSER = "postgres"
OWNER = "shanhai_owner"
APPLICATION = "shanhai_app"

ATTRIBUTES = {
    OWNER: sql.SQL("LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE CREATEDB"),
    APPLICATION: sql.SQL("LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB"),
}


def provision(sockets: Path, port: int, secrets: Secrets) -> None:
    """Make roles and databases what they should be; safe to repeat at every start."""
    with psycopg.connect(
        host=str(sockets),
        port=port,
        user=SUPERUSER,
        password=secrets.superuser_password,
        dbname="postgres",
        autocommit=True,
    ) as connection:
        _ensure_role(connection, OWNER, secrets.owner_password)
        _ensure_role(connection, APPLICATION, secrets.app_password)
        connection.execute(
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(APPLICATION), sql.Identifier(OWNER))
        )
        for mode in Mode:
            _ensure_database(connection, mode.database)


def _ensure_role(connection: psycopg.Connection, name: str, password: str) -> None:
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    # The verifier is computed here: the password itself never travels, nor reaches a server log.
    verifier = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    statement = sql.SQL("ALTER ROLE {} {} PASSWORD {}" if exists else "CREATE ROLE {} {} PASSWORD {}")
    connection.execute(statement.format(sql.Identifier(name), ATTRIBUTES[name], sql.Literal(verifier)))


def _ensure_database(connection: psycopg.Connection, name: str) -> None:
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
        )
