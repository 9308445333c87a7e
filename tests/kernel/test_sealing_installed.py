"""A key that is added to the file is known to processes that run already."""

import json
from pathlib import Path
from typing import Any

import pytest

from shanhai.kernel.sealing import installed, installed_keyring
from shanhai.kernel.sealing.keyring import new_key, new_settings


@pytest.fixture
def file(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "keys.json"
    path.write_text(json.dumps(new_settings()))
    settings.SHANHAI_FIELD_KEYS_FILE = str(path)
    monkeypatch.setattr(installed, "LOOK_SECONDS", 0.0)
    return path


def test_what_is_written_to_the_file_is_in_force_without_a_start(file: Path) -> None:
    token = installed_keyring().seal("1", "a.b.c")
    told = json.loads(file.read_text())
    told["keys"]["k2"], told["current"] = new_key("AES-256-GCM"), "k2"
    file.write_text(json.dumps(told))
    assert installed_keyring().current == "k2"
    assert installed_keyring().open(token, "a.b.c") == "1"


@pytest.mark.parametrize("spoilt", ["", "{", '{"current": "k9"}'])
def test_a_file_that_cannot_be_read_leaves_the_keys_in_use(
    file: Path, spoilt: str, caplog: pytest.LogCaptureFixture
) -> None:
    token = installed_keyring().seal("1", "a.b.c")
    key = json.loads(file.read_text())["keys"]["k1"]["key"]
    file.write_text(spoilt)
    assert installed_keyring().open(token, "a.b.c") == "1"
    assert str(file) in caplog.text
    assert key not in caplog.text
