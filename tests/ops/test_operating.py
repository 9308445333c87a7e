"""docs/operating.md is the operator's only page: what it leaves out cannot be found."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/operating.md").read_text("utf-8")
VARIABLE = re.compile(
    r"(?:env\.\w+\(|environ\.get\(|environ\[|environment\.get\()\s*\"((?:SHANHAI|DATABASE)_[A-Z_]+)\""
)
NAMED = re.compile(r"`((?:SHANHAI|DATABASE)_[A-Z_]+)`")


def read_below(*folders: str) -> set[str]:
    sources = (source for folder in folders for source in (ROOT / folder).rglob("*.py"))
    found = (name for source in sources for name in VARIABLE.findall(source.read_text("utf-8")))
    return {name.removesuffix("_FILE") for name in found}


def test_every_environment_variable_is_explained_and_none_that_is_not_there() -> None:
    explained = {name.removesuffix("_FILE") for name in NAMED.findall(PAGE)}
    assert read_below("src") <= explained
    assert explained <= read_below("src", "tests")


def test_every_make_command_it_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for page in ("README.md", "CONTRIBUTING.md", "docs/operating.md", "docs/using.md"):
        for command in re.findall(r"`?make ([a-z0-9-]+)", (ROOT / page).read_text("utf-8")):
            assert re.search(rf"^{command}:", makefile, re.MULTILINE), (page, command)


def test_every_page_it_points_to_exists() -> None:
    for page in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/operating.md", "docs/using.md"):
        for link in re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text("utf-8")):
            assert (ROOT / page).parent.joinpath(link).exists(), (page, link)
