"""The front end as sources: small files, exact versions, no address, colours that can be read."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

import shanhai

ROOT = Path(__file__).parents[2]
ASSETS = Path(shanhai.__file__).parent / "web/assets"
STYLE = (ASSETS / "css/shanhai.css").read_text("utf-8")
SCRIPTS = sorted((ASSETS / "js").glob("*.js"))
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", STYLE))
TEXT_ON = [
    ("ink", "paper"),
    ("ink", "sheet"),
    ("ink", "sea-soft"),
    ("ink", "warn-soft"),
    ("quiet", "paper"),
    ("quiet", "band"),
    ("quiet", "hair"),
    ("sea", "sheet"),
    ("sea", "paper"),
    ("sea", "sea-soft"),
    ("tea", "tea-soft"),
    ("tea", "sheet"),
    ("late", "late-soft"),
    ("late", "sheet"),
    ("warn", "warn-soft"),
    ("rail-ink", "sea-deep"),
    ("rail-quiet", "sea-deep"),
]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_reaches_the_contrast_of_wcag_aa(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


def test_the_edge_of_a_control_can_be_seen() -> None:
    assert contrast("edge", "sheet") >= 3


def test_the_style_sheet_stays_one_that_a_person_can_read() -> None:
    lines = STYLE.splitlines()
    assert len(lines) <= 300
    sections = [int(number) for number in re.findall(r"^/\* (\d+)\. ", STYLE, flags=re.M)]
    assert all(after == before + 1 for before, after in pairwise(sections))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_small_and_says_nothing_in_words(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 100
    assert not re.findall(r"[\u4e00-\u9fff]", text), "words belong to templates, where they are translated"
    assert not re.findall(r"https?://", text)


def test_packages_are_pinned_and_the_lock_names_no_registry() -> None:
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    assert all(re.fullmatch(r"[\d.]+", version) for version in package["devDependencies"].values())
    lock = (ROOT / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock, "run: npm install --package-lock-only (the .npmrc leaves addresses out)"
