"""Who may import whom: no package stands outside the contracts of pyproject.toml (kept by `make check`)."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "shanhai"
#: Names of modules that say nothing of what they hold.
ODDS = ("utils", "helpers", "services", "managers", "signals", "serializers", "common", "misc")


def packages(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.glob("*/__init__.py")}


def test_every_package_is_in_a_layer() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (storeys,) = (one for one in contracts if one.get("containers") == ["shanhai"])
    assert set(storeys["layers"]) == packages(PACKAGE) - {"locale"}
    assert storeys["exhaustive"]


def test_there_are_no_drawers_for_odds_and_ends() -> None:
    names = {f"{name}.py" for name in ODDS}
    assert [str(path.relative_to(ROOT)) for path in PACKAGE.rglob("*.py") if path.name in names] == []
