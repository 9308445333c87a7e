"""A drill: an installation is backed up while it runs, brought back elsewhere, and proved to be the same."""

import json
import os
import resource
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ops.conftest import Box, BoxMaker
from shanhai.kernel.sealing import Keyring, open_chunks

MIGRATE = "from shanhai.ops.prepare import migrate; migrate()"


@dataclass(frozen=True)
class Drill:
    """A worked-in installation, its key and its backup."""

    box: Box
    key: Path
    backup: Path


@pytest.fixture(scope="module")
def drill(boxes: BoxMaker, tmp_path_factory: pytest.TempPathFactory) -> Drill:
    """A rule was changed, there is a file, and history is sealed."""
    folder = tmp_path_factory.mktemp("backups")
    key = folder / "key.json"
    box = boxes(SHANHAI_BACKUP_KEY_FILE=str(key))
    done = box.shanhai("backup", "--to", str(folder))
    assert "没有备份密钥" in done.stderr or "读不出来" in done.stderr
    assert box.shanhai("backup", "--new-key", str(key)).returncode == 0
    assert key.stat().st_mode & 0o777 == 0o600
    done = box.shanhai("manage", "shell", "--no-imports", "-c", MIGRATE)
    assert done.returncode == 0, done.stderr
    keep(box, 8)
    paper = box.data / "files/live/west/ab/paper"
    paper.parent.mkdir(parents=True)
    paper.write_bytes(os.urandom(3 << 20))
    assert box.shanhai("audit", "seal").returncode == 0
    done = box.shanhai("backup", "--to", str(folder))
    assert done.returncode == 0, done.stderr
    (backup,) = folder.glob("shanhai-live-*")
    return Drill(box, key, backup)


def keep(box: Box, months: int) -> None:
    with box.connect() as connection:
        connection.execute("SELECT set_config('shanhai.actor', 'system:t', false)")
        connection.execute("UPDATE kernel_historyretention SET kept_months = %s", [months])


def restored(boxes: BoxMaker, drill: Drill, **extra: str) -> "tuple[Box, subprocess.CompletedProcess[str]]":
    box = boxes(**{"SHANHAI_BACKUP_KEY_FILE": str(drill.key)} | extra)
    return box, box.shanhai("restore", str(drill.backup))


def rows(box: Box) -> list[tuple[object, ...]]:
    statement = "SELECT id, at, transaction_id, row, reason FROM kernel_history ORDER BY id"
    with box.connect() as connection:
        return connection.execute(statement).fetchall()


def test_what_was_backed_up_comes_back_elsewhere_and_goes_on(boxes: BoxMaker, drill: Drill) -> None:
    box, done = restored(boxes, drill)
    assert done.returncode == 0, done.stderr
    assert "封存链完整：1 块" in done.stdout
    assert rows(box) == rows(drill.box) != []
    paper = "files/live/west/ab/paper"
    assert (box.data / paper).read_bytes() == (drill.box.data / paper).read_bytes()
    ours, theirs = box.addresses(), drill.box.addresses()
    ring, theirs_ring = (
        json.loads(Path(one["SHANHAI_FIELD_KEYS_FILE"]).read_text()) for one in (ours, theirs)
    )
    assert ring == theirs_ring
    assert ours["DATABASE_URL"] != theirs["DATABASE_URL"], "passwords are new"
    # Transactions count anew here: the chain goes on all the same.
    done = box.shanhai("manage", "shell", "--no-imports", "-c", MIGRATE)
    assert done.returncode == 0, done.stderr
    keep(box, 7)
    assert box.shanhai("audit", "seal").returncode == 0
    done = box.shanhai("audit", "verify")
    assert done.returncode == 0, done.stderr
    again = box.shanhai("restore", str(drill.backup))
    assert again.returncode == 1
    assert "已有数据" in again.stderr


def test_nothing_in_the_backup_can_be_read_without_the_key(drill: Drill) -> None:
    for part in drill.backup.glob("*.sealed"):
        head = part.read_bytes()
        assert b"kernel_history" not in head
        assert b"PGDMP" not in head
    assert drill.backup.stat().st_mode & 0o077 == 0


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a part cut short": (lambda one: os.truncate(one / "database.sealed", 1000), "损坏或不全"),
    "a part lost": (lambda one: (one / "files.sealed").unlink(), "损坏或不全"),
    "no manifest": (lambda one: (one / "manifest.json").unlink(), "不是完整的备份"),
}


@pytest.mark.parametrize("deed", DAMAGE)
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    boxes: BoxMaker, drill: Drill, tmp_path: Path, deed: str
) -> None:
    damage, expected = DAMAGE[deed]
    copy = tmp_path / "copy"
    shutil.copytree(drill.backup, copy)
    damage(copy)
    box, done = restored(boxes, Drill(drill.box, drill.key, copy))
    assert done.returncode == 1
    assert expected in done.stderr
    assert not box.data.exists()


def test_another_key_opens_nothing(boxes: BoxMaker, drill: Drill, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    assert drill.box.shanhai("backup", "--new-key", str(other)).returncode == 0
    box, done = restored(boxes, drill, SHANHAI_BACKUP_KEY_FILE=str(other))
    assert done.returncode == 1
    assert "密钥不对" in done.stderr
    assert not box.data.exists()


def test_a_full_disk_is_told_and_leaves_no_half_backup(drill: Drill, tmp_path: Path) -> None:
    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = subprocess.run(
        drill.box.command("backup", "--to", str(tmp_path)),
        env=drill.box.environment(),
        capture_output=True,
        text=True,
        preexec_fn=full,
        check=False,
    )
    assert done.returncode == 1
    assert "备份没有写成" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_keys_of_fields_are_added_used_and_dropped_by_command_and_are_in_the_next_backup(
    drill: Drill,
) -> None:
    box = drill.box
    added = box.shanhai("keys", "add", "--algorithm", "AES-256-GCM")
    assert added.returncode == 0, added.stderr
    assert "现用" in box.shanhai("keys", "drop", "k2").stderr
    assert "没有密钥 k9" in box.shanhai("keys", "drop", "k9").stderr
    rotated = box.shanhai("keys", "rotate", "--here")
    assert "做完了" in rotated.stdout, rotated.stderr
    folder = drill.key.parent / "with-two-keys"
    assert box.shanhai("backup", "--to", str(folder)).returncode == 0
    dropped = box.shanhai("keys", "drop", "k1")
    assert dropped.returncode == 0, dropped.stderr
    assert list(json.loads((box.data / "field-keys.json").read_text())["keys"]) == ["k2"]
    with box.connect() as connection:
        kinds = connection.execute("SELECT kind, key_id FROM kernel_keychange ORDER BY started_at").fetchall()
    assert kinds == [("added", "k2"), ("rotated", "k2"), ("dropped", "k1")]
    (backup,) = folder.glob("shanhai-live-*")
    ring = Keyring.from_settings(json.loads(drill.key.read_text()))
    with (backup / "keys.sealed").open("rb") as sealed:
        told = json.loads(b"".join(open_chunks(sealed, "keys.sealed", ring)))
    assert set(json.loads(told["field_keys"])["keys"]) == {"k1", "k2"}


def test_what_a_server_of_the_users_needs_for_a_base_backup_is_told(drill: Drill, tmp_path: Path) -> None:
    own = dict.fromkeys(("DATABASE_URL", "DATABASE_OWNER_URL"), "postgresql://a:b@127.0.0.1:1/c")
    done = drill.box.shanhai("backup", "--base", "--to", str(tmp_path), **own)
    assert done.returncode == 1
    for word in ("archive_command", "pg_basebackup", "recovery_target_time", "docs/operating.md"):
        assert word in done.stderr
