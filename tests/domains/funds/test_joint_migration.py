"""Agreements of before: each side kept its own row of the one document."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from databases import addresses, copied, migrated, own_name

pytestmark = pytest.mark.turns(3, whole=True)

#: What an installation held before: number → rows as (side, state, amount).
BEFORE = {
    "same": (("east", "verified", 100), ("west", "verified", 100)),
    "different": (("west", "verified", 100), ("east", "verified", 90)),
    "alone": (("east", "verified", 100),),
    "half": (("east", "submitted", 100), ("west", "verified", 100)),
    "draft": (("east", "draft", 100), ("west", "verified", 100)),
}
BACK = """
import datetime, django
django.setup()
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from shanhai.kernel.database import make_way
from domains.funds.test_joint_migration import BEFORE
make_way("owner")
executor = MigrationExecutor(connections["owner"])
apps = executor.migrate([("funds", "0002_policy")]).apps
get, day = apps.get_model, datetime.date(2020, 1, 1)
with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
    def become(actor):
        cursor.execute("SELECT set_config('shanhai.actor', %s, true)", [actor])
    become("system:test")
    units, places = {}, {}
    for side in ("east", "west"):
        told = {"code": side, "name": side, "path": side, "side": side, "valid_from": day}
        places[side] = get("places", "Place").objects.using("owner").create(level="county", **told)
        units[side] = get("parties", "Unit").objects.using("owner").create(kind="coordinator", **told)
    at = datetime.datetime(2021, 4, 20, tzinfo=datetime.UTC)
    for number, rows in BEFORE.items():
        for side, state, amount in rows:
            at += datetime.timedelta(days=1)
            row = get("funds", "AidAgreement").objects.using("owner").create(
                side=side, owner_unit=units[side], period="2021", number=number, partner=places[side],
                amount=amount, signed_on=day, submitted_at=at, state="submitted",
            )
            become(f"verifier of {side}")
            row.state, row.verified_at = state, at if state == "verified" else None
            row.save()
            get("funds", "TransferReceived").objects.using("owner").create(
                side=side, owner_unit=units[side], period="2021", agreement=row, voucher_number=number,
                source_level="city", amount=1, received_on=day, state="verified",
            )
"""


def _run(name: str, *command: str) -> None:
    paths = os.pathsep.join(filter(None, ("tests", os.environ.get("PYTHONPATH", ""))))
    ours = {**addresses(name), "DJANGO_SETTINGS_MODULE": "shanhai.config.settings", "PYTHONPATH": paths}
    done = subprocess.run(
        [sys.executable, *command], env={**os.environ, **ours}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def upgraded(worker_id: str) -> Iterator["psycopg.Connection[Any]"]:
    """An installation of before, brought up to date."""
    name = own_name("test_joint", worker_id)
    with copied(name, migrated()):
        _run(name, "-c", BACK)
        _run(name, "-m", "django", "migrate", "--database", "owner", "--verbosity", "0")
        with psycopg.connect(addresses(name)["DATABASE_OWNER_URL"]) as connection:
            yield connection


def rows_of(connection: Any, number: str) -> list[tuple[Any, ...]]:
    return list(
        connection.execute(
            "SELECT side, state, verified_by, confirmed_by FROM funds_aidagreement WHERE number = %s"
            " ORDER BY state = 'voided', side",
            [number],
        ).fetchall()
    )


def test_each_document_is_one_row_that_counts_as_before(upgraded: Any) -> None:
    east, west = "verifier of east", "verifier of west"
    assert rows_of(upgraded, "same") == [("east", "verified", east, west), ("west", "voided", west, "")]
    assert rows_of(upgraded, "alone") == [("east", "verified", east, "")]
    assert rows_of(upgraded, "half") == [("west", "verified", west, ""), ("east", "voided", "", "")]
    assert rows_of(upgraded, "draft") == [("east", "draft", "", ""), ("west", "verified", west, "")]


def test_what_the_sides_wrote_differently_waits_for_the_other(upgraded: Any) -> None:
    assert [row[:2] for row in rows_of(upgraded, "different")] == [("west", "awaiting"), ("east", "voided")]


def test_every_row_names_the_other_side_and_what_hung_on_the_second_hangs_on_the_first(upgraded: Any) -> None:
    wrong = upgraded.execute(
        "SELECT count(*) FROM funds_aidagreement a JOIN parties_unit u ON u.id = a.partner_unit_id"
        " WHERE u.side = a.side OR a.sharing <> 'joint'"
    ).fetchone()
    hanging = upgraded.execute(
        "SELECT count(*) FROM funds_transferreceived t JOIN funds_aidagreement a ON a.id = t.agreement_id"
        " WHERE a.state = 'voided'"
    ).fetchone()
    told = upgraded.execute(
        "SELECT count(*) FROM kernel_history WHERE table_name = 'funds_aidagreement'"
        " AND actor = 'system:migration' AND row ->> 'state' = 'voided' AND reason <> ''"
    ).fetchone()
    assert (wrong[0], hanging[0], told[0]) == (0, 0, 3)
