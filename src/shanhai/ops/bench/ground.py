"""What every benchmark's rows stand on: places, units and accounts of both sides; and quiet writing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.management import call_command
from django.db import connections, models, transaction

from shanhai.config.seed.accounts import seed_accounts
from shanhai.config.seed.government import seed_places, seed_units
from shanhai.kernel import clock, context
from shanhai.kernel.scope import Actor
from shanhai.registers.accounts.models import User
from shanhai.registers.seeding import Seeding

TODAY = date(2021, 9, 24)


def lay() -> None:
    """Both governments, empty: all places of the register, every unit, and an account of every role.

    Shape: in every database of `database.scratch`; usernames are those of `demo_accounts` (mt-officer).
    """
    made = Seeding(TODAY)
    with clock.at(TODAY), context.unscoped("benchmark"):
        seed_places(made)
        seed_units(made)
        seed_accounts(made)


def tables() -> None:
    """Tables of applications without migrations."""
    call_command("migrate", database="owner", run_syncdb=True, verbosity=0)


def actor(username: str) -> Actor:
    """The account as the kernel knows it, with the rights it has on the day of the benchmarks."""
    with clock.at(TODAY), context.unscoped("benchmark"):
        found: Actor = User.objects.get(username=username).actor()
    return found


@contextmanager
def quietly(*tables: type[models.Model]) -> Iterator[Any]:
    """A cursor of the owner that fills `tables` by single statements, without a history of the filling.

    Shape: one transaction; the triggers are in force again after it.
    """
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for model in tables:
            cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DISABLE TRIGGER USER')
        yield cursor
        # Keys checked at the end of the transaction would forbid to change the table before.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in tables:
            cursor.execute(f'ALTER TABLE "{model._meta.db_table}" ENABLE TRIGGER USER')


def insert(cursor: Any, model: type[models.Model], source: str, given: Mapping[str, str]) -> None:
    """Fill a table by one statement: `given` columns as SQL over `source`, the others with their defaults.

    Shape: `source` is what stands behind FROM, such as `generate_series(1, 1000) AS n`.
    """
    owner = connections["owner"]
    columns, expressions, values = [], [], []
    for field in model._meta.concrete_fields:
        columns.append(f'"{field.column}"')
        expression = given.get(str(field.column))
        if expression is not None:
            expressions.append(expression.replace("%", "%%"))
        else:
            expressions.append(f"%s::{field.db_type(owner)}")
            values.append(field.get_db_prep_save(field.get_default(), owner))
    names, row, source = ", ".join(columns), ", ".join(expressions), source.replace("%", "%%")
    cursor.execute(f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {row} FROM {source}', values)  # noqa: S608


def key_of(kind: int, number: str) -> str:
    """SQL of the key of row `number` of a kind: in order of the numbers, as real keys are in that of time."""
    return f"('019{kind:05x}-0000-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid"
