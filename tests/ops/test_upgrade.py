"""The drill: what the previous release left goes forward, is stopped on the way, and shows what it showed."""

import base64
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from databases import ROOT, TODAY, addresses, migrated
from ops.conftest import Box, BoxMaker
from releases.making import PREVIOUS
from releases.shape import shape
from shanhai.ops.backup.keys import write_new_key

pytestmark = pytest.mark.turns(3, whole=True)

SHOWN: dict[str, Any] = json.loads((PREVIOUS / "shown.json").read_text("utf-8"))
STEPS = "SELECT count(*) FROM django_migrations"
#: Rules that migrations install: a later release has more of them, as a new installation of it has.
INSTALLED = ("funds_threshold", "labour_threshold")


@dataclass(frozen=True)
class Drill:
    """An installation of the previous release, and what was said on the way forward."""

    box: Box
    backups: Path
    refused: str
    killed: str
    halfway: str
    #: Persons that the application could see meanwhile, though it says that all is open to it.
    seen: int
    finished: str


@pytest.fixture(scope="module")
def drill(boxes: BoxMaker, tmp_path_factory: pytest.TempPathFactory) -> Drill:
    """Brought up to date by the operator's command, which is killed once in the midst of it."""
    folder = tmp_path_factory.mktemp("backups")
    key = folder / "key.json"
    box = boxes(SHANHAI_BACKUP_KEY_FILE=str(key))
    _put_back(box)
    write_new_key(key)
    refused = box.shanhai("run").stderr
    killed = _upgrade_and_kill(box, folder)
    halfway, seen = box.shanhai("doctor").stdout, _seen(box)
    done = box.shanhai("upgrade")
    assert done.returncode == 0, done.stderr
    return Drill(box, folder, refused, killed, halfway, seen, done.stdout)


def _put_back(box: Box) -> None:
    """The previous release's installation, as its machine had it."""
    for kept in (PREVIOUS / "installation").iterdir():
        shutil.copyfile(kept, box.data / kept.name)
        (box.data / kept.name).chmod(0o600)
    with box.connect() as connection:
        connection.execute((PREVIOUS / "database.sql").read_bytes())
    for name, content in json.loads((PREVIOUS / "files.json").read_text("utf-8")).items():
        path = box.data / "files/live" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))


def _upgrade_and_kill(box: Box, folder: Path) -> str:
    """As soon as the first step is written down: what it says then."""
    with box.connect() as connection:
        before = connection.execute(STEPS).fetchone()
        process = subprocess.Popen(
            box.command("upgrade", "--to", str(folder)),
            env=box.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        while connection.execute(STEPS).fetchone() == before:
            assert process.poll() is None, process.communicate()
            time.sleep(0.005)
    for child in psutil.Process(process.pid).children(recursive=True):
        if "shanhai.ops.prepare" in child.cmdline():
            child.kill()
    said, complained = process.communicate(timeout=60)
    assert process.returncode == 1, said
    return said + complained


def _seen(box: Box) -> int:
    with box.connect("DATABASE_URL") as connection:
        connection.execute("SELECT set_config('shanhai.wall', '{\"all\": true}', false)")
        (number,) = connection.execute("SELECT count(*) FROM parties_person").fetchone() or (0,)
    return int(number)


@pytest.fixture(scope="module")
def told(drill: Drill) -> dict[str, Any]:
    """What the upgraded installation shows."""
    paths = [str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]
    ours = {"SHANHAI_DEMONSTRATION_TODAY": TODAY, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    environment = drill.box.environment(**drill.box.addresses() | ours)
    command = [sys.executable, "-m", "releases.telling"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_database_of_before_is_not_changed_by_a_start_but_by_the_command(drill: Drill) -> None:
    assert "数据库还是以前版本的" in drill.refused
    assert "shanhai upgrade --to" in drill.refused


def test_before_anything_changes_there_is_a_backup(drill: Drill) -> None:
    (backup,) = drill.backups.glob("shanhai-live-*")
    counts = json.loads((backup / "manifest.json").read_text("utf-8"))["counts"]
    kept = {name: counts[f"public.{name}"] for name in SHOWN["tables"]}
    assert kept == SHOWN["tables"]


def test_an_upgrade_that_was_killed_is_named_lets_nobody_in_and_goes_on(drill: Drill) -> None:
    assert "再运行 shanhai upgrade" in drill.killed
    assert "升级没有做完，停在半路" in drill.halfway
    assert drill.seen == 0
    assert "接着做完了" in drill.finished


def test_every_figure_of_both_sides_is_what_it_was(told: dict[str, Any]) -> None:
    for name, shown in SHOWN["figures"].items():
        assert _values(told["figures"][name]) == _values(shown), name


def _values(told: list[str]) -> list[tuple[Decimal | None, int]]:
    """As numbers: how many decimals a zero is written with is no fact."""
    parts = (one.split() for one in told)
    return [(None if value == "None" else Decimal(value), int(counted)) for value, counted in parts]


#: Tables whose rows are in another since.
MOVED = {"appraisal_bulletintemplate": "documents_documenttemplate"}


def test_every_row_is_there_in_its_state_and_what_is_sealed_opens(told: dict[str, Any]) -> None:
    for what in ("tables", "states", "sealed"):  # of what the release had; a later one has more
        expected = SHOWN[what] | (_installed() if what == "tables" else {})
        assert {name: told[what].get(MOVED.get(name, name)) for name in SHOWN[what]} == expected, what
    assert told["papers"] == SHOWN["papers"]


def _installed() -> dict[str, int]:
    """Table of rules → how many a database has that never was another."""
    with psycopg.connect(addresses(migrated())["DATABASE_OWNER_URL"]) as fresh:
        rows = (fresh.execute(f"SELECT count(*) FROM {name}").fetchone() or (0,) for name in INSTALLED)  # noqa: S608
        return dict(zip(INSTALLED, (int(number) for (number,) in rows), strict=True))


def test_history_is_whole_from_the_first_seal_on(told: dict[str, Any]) -> None:
    assert told["chain"] == SHOWN["chain"]
    assert told["chain"]["problems"] == []


def test_an_old_account_signs_in_and_fetches_an_old_file_and_an_old_token_calls(told: dict[str, Any]) -> None:
    assert told["people"] == SHOWN["people"]


@pytest.fixture(scope="module")
def shapes(drill: Drill) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Of the upgraded database and of one that never was another."""
    with (
        drill.box.connect() as upgraded,
        psycopg.connect(addresses(migrated())["DATABASE_OWNER_URL"]) as fresh,
    ):
        yield shape(upgraded), shape(fresh)


def test_an_upgraded_database_is_shaped_like_a_new_one(
    shapes: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    upgraded, fresh = shapes
    for kind, expected in fresh.items():
        found = upgraded[kind]
        differing = {name for name in found.keys() | expected if found.get(name) != expected.get(name)}
        assert not differing, {name: (found.get(name), expected.get(name)) for name in sorted(differing)}


def test_an_older_program_does_not_touch_a_newer_database(drill: Drill) -> None:
    with drill.box.connect() as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('kernel', '9999_newer', now())"
        )
    done = drill.box.shanhai("run")
    assert done.returncode == 1
    assert "kernel.9999_newer" in done.stderr
    assert "什么也没有改动" in done.stderr
