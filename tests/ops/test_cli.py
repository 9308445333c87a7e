import json
import subprocess
from pathlib import Path

from ops.conftest import Box


def test_passwords_are_not_printed_into_a_pipe_by_accident(running_box: Box) -> None:
    done = running_box.shanhai("env")
    assert done.returncode == 1
    assert (done.stdout, "--yes" in done.stderr) == ("", True)


def test_what_env_prints_a_shell_understands(running_box: Box) -> None:
    printed = running_box.shanhai("env", "--yes").stdout
    done = subprocess.run(
        ["/bin/sh", "-c", f'{printed}\nprintf "%s" "$SHANHAI_FIELD_KEYS_FILE"'],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(Path(done.stdout).read_text())["current"] == "k1"


def test_status_says_what_runs_and_shows_no_password(running_box: Box) -> None:
    done = running_box.shanhai("status")
    assert done.returncode == 3
    assert "数据库：127.0.0.1:" in done.stdout and str(running_box.data) in done.stdout
    assert "postgresql://" not in done.stdout


def test_stop_without_an_installation_makes_none(box: Box) -> None:
    box.data.rmdir()
    assert box.shanhai("stop").stdout == "没有在运行。\n"
    assert not box.data.exists()


def test_a_summary_as_json_needs_once(box: Box) -> None:
    done = box.shanhai("demo", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "--once" in done.stderr


def test_a_scheme_that_is_not_there_is_one_sentence_and_nothing_on_stdout(box: Box, tmp_path: Path) -> None:
    done = box.shanhai("scheme", "parse", str(tmp_path / "无.docx"), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_a_wrong_port_is_refused_before_anything_starts(box: Box) -> None:
    done = box.shanhai("run", SHANHAI_PORT="eighty")
    assert done.returncode == 1
    assert "SHANHAI_PORT=eighty" in done.stderr
    assert box.processes() == []
