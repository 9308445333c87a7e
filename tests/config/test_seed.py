"""The demonstration year, seeded by the command as `make demo` does, into databases of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import psycopg
import pytest

from databases import addresses, copied, migrated, own_name, seed, seeded

ROLES = 13


@dataclass(frozen=True)
class Made:
    """A demonstration and where its files are."""

    name: str
    files: Path

    def seed(self, *options: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return seed(self.name, self.files, *options, **environment)


@pytest.fixture(scope="module")
def demonstration(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A copy of the one that the journeys walk through too."""
    source, kept = seeded()
    name, files = own_name("test_seed", worker_id), tmp_path_factory.mktemp("files") / "kept"
    copytree(kept, files)
    with copied(name, source):
        yield Made(name, files)


@pytest.fixture
def empty(worker_id: str, tmp_path: Path) -> Iterator[Made]:
    """A migrated database without a row."""
    name = own_name("test_seed", worker_id, "empty")
    with copied(name, migrated()):
        yield Made(name, tmp_path)


@pytest.fixture
def count(demonstration: Made) -> Iterator[Callable[[str], int]]:
    """`count("SELECT count(*) …")` in the demonstration, as its owner."""
    with psycopg.connect(addresses(demonstration.name)["DATABASE_OWNER_URL"]) as connection:

        def counted(statement: str) -> int:
            row = connection.execute(statement).fetchone()  # type: ignore[arg-type]
            assert row is not None
            return int(row[0])

        yield counted


@pytest.mark.turns(4, whole=True)
def test_two_demonstrations_are_equal_and_a_third_time_changes_nothing(
    demonstration: Made, empty: Made
) -> None:
    """What the command prints has the hash of every row."""
    own = {"seconds", "bulletin", "is_new"}  # how long it took, where its files lie
    again, new = (json.loads(one.seed("--small").stdout) for one in (demonstration, empty))
    assert (again["is_new"], new["is_new"]) == (False, True)
    assert {k: v for k, v in again.items() if k not in own} == {k: v for k, v in new.items() if k not in own}


def test_outside_a_demonstration_nothing_is_seeded(empty: Made) -> None:
    done = empty.seed(SHANHAI_DEMONSTRATION_TODAY="")
    assert done.returncode != 0
    assert "演示数据只能写入演示安装" in done.stderr


def test_the_accounts_printed_are_one_per_role_and_side(demonstration: Made) -> None:
    ours = {
        **addresses(demonstration.name),
        "DJANGO_SETTINGS_MODULE": "shanhai.config.settings",
        "SHANHAI_DEMONSTRATION_TODAY": "2021-09-24",
    }
    command = [sys.executable, "-m", "django", "demo_accounts", "--json"]
    accounts = json.loads(subprocess.check_output(command, env={**os.environ, **ours}, text=True))
    assert len({(one["side"], one["role"]) for one in accounts}) == len(accounts) == 2 * ROLES


@pytest.mark.parametrize(
    ("defect", "statement"),
    [
        (
            "late duties",
            "SELECT count(*) FROM kernel_obligation o WHERE due_on < '2021-09-24' AND nil_at IS NULL"
            " AND ledger = 'labour.monthlyfact' AND NOT EXISTS (SELECT 1 FROM labour_monthlyfact f"
            " WHERE f.owner_unit_id = o.unit_id AND f.period = o.period)",
        ),
        (
            "returned rows",
            "SELECT count(*) FROM funds_payment WHERE state = 'returned' AND return_reason <> ''",
        ),
        ("missing wages", "SELECT count(*) FROM labour_monthlyfact WHERE is_in_post AND wage IS NULL"),
        (
            "a transfer that has not arrived",
            "SELECT count(*) FROM funds_transfersent s WHERE NOT EXISTS (SELECT 1 FROM"
            " funds_transferreceived r WHERE r.side = 'west' AND r.voucher_number = s.voucher_number)",
        ),
        (
            "a transfer of another amount in either book",
            "SELECT count(*) FROM funds_transfersent s JOIN funds_transferreceived r"
            " ON r.side = 'west' AND r.voucher_number = s.voucher_number AND r.amount <> s.amount",
        ),
        (
            "overlapping spells",
            "SELECT count(*) FROM labour_employmentspell a JOIN labour_employmentspell b"
            " ON a.person_id = b.person_id AND a.id < b.id AND daterange(a.started_on, a.ended_on)"
            " && daterange(b.started_on, b.ended_on)",
        ),
        (
            "a worker only one side knows to be in the paired city",
            "SELECT count(*) FROM labour_employmentspell s JOIN parties_person p ON p.id = s.person_id"
            " WHERE s.side = 'west' AND s.destination = 'paired_city' AND NOT EXISTS (SELECT 1 FROM"
            " parties_person o WHERE o.side = 'east' AND o.identity_number_index = p.identity_number_index)",
        ),
    ],
)
def test_the_year_has_the_defects_a_real_year_has(
    count: Callable[[str], int], defect: str, statement: str
) -> None:
    assert count(statement) > 0, defect


def test_history_tells_the_year_as_it_went(count: Callable[[str], int]) -> None:
    months = "SELECT count(DISTINCT date_trunc('month', at)) FROM kernel_history WHERE table_name = '{}'"
    assert count(months.format("labour_monthlyfact")) >= 11
    assert count("SELECT count(*) FROM kernel_history_default WHERE at < '2022-01-01'") == 0
    assert (
        count("SELECT count(DISTINCT actor) FROM kernel_history WHERE table_name = 'labour_monthlyfact'") > 5
    )


def test_no_identity_number_lies_open_in_the_database(count: Callable[[str], int]) -> None:
    assert count("SELECT count(*) FROM parties_person WHERE identity_number ~ '[0-9]{17}'") == 0
    # A number as a word of its own: keys and hashes hold as many digits by chance.
    plain = r"(^|[^0-9A-Za-z])99[0-9]{15}[0-9X]([^0-9A-Za-z]|$)"
    assert count(f"SELECT count(*) FROM kernel_history WHERE row::text ~ '{plain}'") == 0  # noqa: S608


def test_every_town_of_the_west_and_every_addressee_of_the_east_is_a_unit(
    count: Callable[[str], int],
) -> None:
    assert count("SELECT count(*) FROM parties_unit WHERE side = 'west' AND kind = 'town'") == 15
    assert count("SELECT count(*) FROM parties_unit WHERE side = 'east'") >= 29


@pytest.mark.soak
def test_the_whole_year_has_what_the_issue_asks_and_takes_a_minute(empty: Made) -> None:
    found = json.loads(empty.seed().stdout)
    rows = found["rows"]
    assert rows["parties.person"] >= 5000
    assert rows["labour.employmentspell"] >= 7000
    assert rows["labour.monthlyfact"] >= 40_000
    assert (rows["funds.project"], rows["funds.payment"]) == (60, 400)
    assert found["evidence"]["files"] >= 1500
    assert found["seconds"] <= 60
