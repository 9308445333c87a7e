import json
import os
import stat
from pathlib import Path

import pytest

from shanhai.ops.errors import Refusal
from shanhai.ops.installation import Installation, Mode, data_folder


def open_at(folder: Path) -> Installation:
    return Installation.open({"SHANHAI_DATA": str(folder)})


def test_secrets_are_made_once_and_read_by_the_owner_alone(tmp_path: Path) -> None:
    first, second = open_at(tmp_path / "a"), open_at(tmp_path / "a")
    assert first.secrets == second.secrets
    for name in ("installation.json", "installation.lock"):
        assert stat.S_IMODE((tmp_path / "a" / name).stat().st_mode) == 0o600


def test_two_installations_share_no_secret(tmp_path: Path) -> None:
    one, other = open_at(tmp_path / "a").secrets, open_at(tmp_path / "b").secrets
    assert not set(vars(one).values()) & set(vars(other).values())


def test_no_folder_but_the_way_through_is_open_to_others(tmp_path: Path) -> None:
    installation = open_at(tmp_path / "a")
    for folder in (installation.log, installation.files(Mode.LIVE)):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(installation.root.stat().st_mode) == 0o711


def test_a_folder_that_exists_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir(mode=0o750)
    (tmp_path / "mine").chmod(0o750)
    open_at(tmp_path / "mine" / "a")
    assert stat.S_IMODE((tmp_path / "mine").stat().st_mode) == 0o750


def test_data_without_its_secrets_is_refused_not_replaced(tmp_path: Path) -> None:
    installation = open_at(tmp_path / "a")
    (installation.root / "postgres/data").mkdir(parents=True)
    (installation.root / "installation.json").unlink()
    with pytest.raises(Refusal, match="备份"):
        open_at(tmp_path / "a")


@pytest.mark.parametrize("text", ["", "{", "[]", json.dumps({"secret_key": "x"})])
def test_damaged_secrets_are_refused_in_words(tmp_path: Path, text: str) -> None:
    installation = open_at(tmp_path / "a")
    (installation.root / "installation.json").write_text(text, "utf-8")
    with pytest.raises(Refusal, match="已损坏"):
        open_at(tmp_path / "a")


def test_the_socket_path_is_short_however_long_the_data_path(tmp_path: Path) -> None:
    installation = open_at(tmp_path / ("deep/" * 30) / "a")
    folder = installation.socket_folder(None)
    assert len(os.fsencode(folder / ".s.PGSQL.65535")) <= 107
    folder.rmdir()


def test_demonstration_files_lie_apart_from_real_ones(tmp_path: Path) -> None:
    installation = open_at(tmp_path / "a")
    assert installation.files(Mode.DEMO) != installation.files(Mode.LIVE)
    assert Mode.DEMO.database != Mode.LIVE.database


def test_data_lies_where_the_user_says() -> None:
    assert data_folder({"SHANHAI_DATA": "/srv/shanhai"}) == Path("/srv/shanhai")


def test_a_place_that_cannot_hold_data_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(Refusal, match="SHANHAI_DATA"):
        open_at(tmp_path / "file" / "a")
