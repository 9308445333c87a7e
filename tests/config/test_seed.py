"""The demonstration year, seeded by the command as `make demo` does, into databases of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from databases import addresses, copied, migrated, own_name

#: One worker makes the two databases for all tests.
pytestmark = pytest.mark.xdist_group("seed")
ROLES = 8
COMMANDS = (sys.executable, "-m", "django")


@pytest.fixture(scope="module")
def names(worker_id: str) -> Iterator[tuple[str, str]]:
    """Two empty migrated databases, equal but for their names."""
    pair = own_name("test_seed", worker_id, "a"), own_name("test_seed", worker_id, "b")
    with copied(pair[0], migrated()), copied(pair[1], migrated()):
        yield pair


def _run(name: str, *arguments: str, files: Path | None = None, **environment: str) -> Any:
    given = {
        **addresses(name),
        "DJANGO_SETTINGS_MODULE": "shanhai.config.settings",
        "SHANHAI_DEMONSTRATION_TODAY": "2021-09-24",
    }
    if files:
        given["SHANHAI_FILES"] = str(files)
    return subprocess.run(
        [*COMMANDS, *arguments],
        env={**os.environ, **given, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each of the two keeps its files, in a folder of its database's name."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def seeded(names: tuple[str, str], folder: Path) -> list[dict[str, Any]]:
    """What the command printed for each of the two."""
    printed = []
    for name in names:
        done = _run(name, "seed_demo", "--small", "--json", files=folder / name)
        assert done.returncode == 0, done.stderr
        printed.append(json.loads(done.stdout))
    return printed


@pytest.fixture
def count(seeded: Any, names: tuple[str, str]) -> Iterator[Callable[[str], int]]:
    """`count("SELECT count(*) …")` in the first database, as its owner."""
    with psycopg.connect(addresses(names[0])["DATABASE_OWNER_URL"]) as connection:

        def counted(statement: str) -> int:
            row = connection.execute(statement).fetchone()  # type: ignore[arg-type]
            assert row is not None
            return int(row[0])

        yield counted


def test_two_demonstrations_are_equal_to_the_last_row(seeded: list[dict[str, Any]]) -> None:
    own = {"seconds", "bulletin"}  # how long it took and where its files lie
    first, second = ({k: v for k, v in one.items() if k not in own} for one in seeded)
    assert first == second


def test_seeding_again_changes_nothing_and_says_so(
    seeded: list[dict[str, Any]], names: tuple[str, str], folder: Path
) -> None:
    done = _run(names[0], "seed_demo", "--small", "--json", files=folder / names[0])
    assert done.returncode == 0, done.stderr
    again = json.loads(done.stdout)
    assert again["is_new"] is False
    assert again["hash"] == seeded[0]["hash"]


def test_outside_a_demonstration_nothing_is_seeded(names: tuple[str, str]) -> None:
    done = _run(names[1], "seed_demo", SHANHAI_DEMONSTRATION_TODAY="")
    assert done.returncode != 0
    assert "演示数据只能写入演示安装" in done.stderr


def test_the_accounts_printed_are_one_per_role_and_side(seeded: Any, names: tuple[str, str]) -> None:
    accounts = json.loads(_run(names[0], "demo_accounts", "--json").stdout)
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
            "an overpaid project",
            "SELECT count(*) FROM funds_project p WHERE budget <"
            " (SELECT sum(amount) FROM funds_payment WHERE project_id = p.id)",
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
def test_the_whole_year_has_what_the_issue_asks_and_takes_a_minute(
    names: tuple[str, str], tmp_path: Path
) -> None:
    with copied(f"{names[0]}_full", migrated()):
        found = json.loads(_run(f"{names[0]}_full", "seed_demo", "--json", files=tmp_path).stdout)
    rows = found["rows"]
    assert rows["parties.person"] >= 5000
    assert rows["labour.employmentspell"] >= 7000
    assert rows["labour.monthlyfact"] >= 40_000
    assert (rows["funds.project"], rows["funds.payment"]) == (60, 400)
    assert found["evidence"]["files"] >= 1500
    assert found["seconds"] <= 60
