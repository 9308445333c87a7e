"""docs/adding-a-ledger.md: its two files, put into an empty application, give everything it promises."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.turns(3, whole=True)

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "adding-a-ledger.md"
_BLOCK = re.compile(r"```python\n# (\w+\.py)\n(.*?)```", re.DOTALL)
#: What a chapter has before its first ledger.
CHAPTER = {
    "__init__.py": "",
    "apps.py": (
        "from django.apps import AppConfig\n\n\n"
        "class StationsConfig(AppConfig):\n    name = label = 'stations'\n    verbose_name = '服务站'\n"
    ),
}
SETTINGS = (
    "from shanhai.config.settings import *\n"
    "from shanhai.config.settings import INSTALLED_APPS\n"
    "INSTALLED_APPS = [*INSTALLED_APPS, 'stations']\n"
)


@pytest.fixture(scope="module")
def chapter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chapter") / "stations"
    (folder / "migrations").mkdir(parents=True)
    (folder / "migrations" / "__init__.py").touch()
    by_hand = dict(_BLOCK.findall(PAGE.read_text(encoding="utf-8")))
    for name, text in (CHAPTER | by_hand).items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder.parent / "settings_of_stations.py").write_text(SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def followed(chapter: Path) -> Any:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "settings_of_stations",
        "PYTHONPATH": str(chapter.parent),
    }
    command = [sys.executable, str(HERE / "new_ledger.py")]
    done = subprocess.run(
        command, env=environment, cwd=chapter.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_two_files_are_written_by_hand() -> None:
    blocks = _BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert [name for name, _text in blocks] == ["models.py", "ledgers.py"]


def test_the_declaration_is_right_and_its_table_has_a_migration(followed: Any, chapter: Path) -> None:
    assert followed["problems"] == []
    written = [path.name for path in (chapter / "migrations").glob("0*.py")]
    assert written == ["0001_initial.py"]


def test_everything_promised_is_there(followed: Any) -> None:
    assert all(name.startswith("stations:servicestation_") for name in followed["pages"].values())
    own = ["code", "name", "opened_on", "staff", "annual_cost"]
    assert followed["form"] == ["owner_unit", "place", *own]
    assert {"站点编号", "站点名称", "设立日期"} <= {text.lstrip("*") for text in followed["template"]}
    assert "/api/v1/stations/servicestation/" in followed["api"]
    assert [followed[name] for name in ("guide", "watched", "menu")] == [True] * 3
