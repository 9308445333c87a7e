"""Documents, snapshots and migrations follow from the code; what they name is there."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "shanhai"
WRITTEN = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
SECURITY = sorted((ROOT / "docs" / "security").glob("*.md"))
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
#: What a migration may take from the code: fields and what they are made with.
OF_FIELDS = re.compile(
    r"shanhai\.(kernel|registers\.\w+)\.(fields|dated|sealing\.masks)|shanhai\.registers\.spelling"
)
#: Of a table of controls: where, what, how, which test, what remains.
_CONTROL_CELLS = 5
#: Readers of environment variables in settings.
_READERS = frozenset({"text", "flag", "whole", "day", "secret", "database"})


def test_decisions_are_numbered_once_and_say_their_state() -> None:
    decisions = sorted((ROOT / "docs/adr").glob("0*.md"))
    numbers = [path.name[:4] for path in decisions]
    assert len(set(numbers)) == len(numbers)
    for path in decisions:
        head, _, state, *_ = path.read_text(encoding="utf-8").splitlines()
        assert head.startswith(f"# {path.name[:4]} "), path.name
        assert re.match(r"Status: (proposed|accepted|superseded by \d{4}) · Area: ", state), path.name


@pytest.mark.parametrize("path", SECURITY, ids=lambda path: path.name)
def test_every_control_names_tests_that_are_there_or_says_that_there_is_none(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", text))
    assert named and not [name for name in named if not (ROOT / name).is_file()]
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        is_control = line.startswith("|") and len(cells) == _CONTROL_CELLS and "---" not in line
        if is_control and cells[3] != "证明":
            assert "`tests/" in cells[3] or "没有做" in cells[2], line[:80]


@pytest.mark.turns(4)
def test_generated_documents_and_snapshots_are_fresh() -> None:
    """In a process of its own: under the settings of the tests the toys would be in every document.

    Not every day, as `make check` does the same.
    """
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "shanhai.config.settings"}
    done = subprocess.run(
        [sys.executable, "manage.py", "sync", "--check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"if intended: `make sync`, read the difference, commit it\n{done.stderr}"


def test_migrations_are_complete(db: Any) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def migrations() -> Iterator[Path]:
    yield from (path for path in SOURCES.rglob("migrations/*.py") if path.name != "__init__.py")


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_migrations_import_fields_and_no_other_code_of_ours() -> None:
    """Models and actions change; a migration must do tomorrow what it did today."""
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in migrations()
        for name in _imported(path)
        if name.startswith("shanhai") and not OF_FIELDS.fullmatch(name)
    ]
    assert not found


def test_migrations_say_what_they_do() -> None:
    unnamed = [str(path.relative_to(ROOT)) for path in migrations() if re.search(r"\d{8}|_auto_", path.name)]
    assert not unnamed


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_links_only_to_what_is_there(path: Path) -> None:
    targets = [link for link in _LINK.findall(path.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in targets if not (path.parent / link).exists()] == []


def _settings_read() -> Iterator[str]:
    tree = ast.parse((SOURCES / "config" / "settings.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            first = node.args[0]
            is_env = isinstance(node.func.value, ast.Name) and node.func.value.id == "env"
            if is_env and node.func.attr in _READERS and isinstance(first, ast.Constant):
                yield str(first.value)


def test_every_variable_of_the_settings_is_explained_to_operators() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert [name for name in sorted(set(_settings_read())) if f"`{name}`" not in guide] == []


def test_nothing_is_left_to_do_in_the_code() -> None:
    places = [SOURCES, ROOT / "tests", ROOT / "tools"]
    kinds = {".py", ".html", ".css", ".js", ".mjs", ".sh", ".sql", ".typ"}
    mark = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for place in places
        for path in place.rglob("*")
        if path.suffix in kinds and not {"dist", "node_modules"} & set(path.parts)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if mark.search(line)
    ]
    assert not found
