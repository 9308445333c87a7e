import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMANDS = (
    *("help", "setup", "assets", "demo", "run", "stop", "seed", "check", "fix"),
    *("test", "e2e", "soak", "bench", "sync"),
)


def make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def bare_clone(tmp_path: Path) -> Path:
    """What a fresh clone has of the command line: nothing is set up in it."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    (tmp_path / "src/shanhai").mkdir(parents=True)
    return tmp_path


def test_help_lists_every_command_and_each_is_there() -> None:
    listed = {line.split()[1] for line in make("help").stdout.splitlines()}
    assert set(COMMANDS) <= listed
    for command in listed:
        done = make("--dry-run", command)
        assert done.returncode == 0, done.stderr


def test_stopping_what_was_never_set_up_sets_nothing_up(bare_clone: Path) -> None:
    done = make("stop", folder=bare_clone)
    assert (done.returncode, done.stdout) == (0, "没有在运行。\n")
    assert not (bare_clone / ".venv").exists()
    assert not (bare_clone / ".tools").exists()


def test_a_machine_without_a_new_enough_python_is_told_what_it_lacks(bare_clone: Path) -> None:
    uv = bare_clone / ".tools/bin/uv"
    uv.parent.mkdir(parents=True)
    uv.write_text('#!/bin/sh\n[ "$1" != venv ]\n', "utf-8")
    uv.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", "tools/venv.sh"], cwd=bare_clone, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "需要 Python 3.12" in done.stderr


@pytest.mark.skipif(
    shutil.which("node") is None, reason="a stand-in for the wheel's Node is the machine's own"
)
def test_npm_from_the_wheel_is_npm_and_not_silence(bare_clone: Path) -> None:
    """Its first starter called a file that only defines a function, and so did nothing, successfully."""
    npm = bare_clone / ".tools/node/npm"
    npm.parent.mkdir(parents=True)
    npm.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    npm.chmod(0o755)
    program = bare_clone / ".tools/bin/python"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    program.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", "-c", ". tools/node.sh"],
        cwd=bare_clone,
        env={**os.environ, "PATH": f"{bare_clone}/.tools/node:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "需要 Node 18" in done.stderr
