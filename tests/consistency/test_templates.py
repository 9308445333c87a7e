"""Templates: none unused, none loads what it does not use."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "shanhai"
#: Rendered by Django and allauth under their own names.
BY_OTHERS = re.compile(r"(?:4\d\d|403_csrf|50\d)\.html|account/\w+\.html|(?:allauth|mfa)/.*")
_LOAD = re.compile(r"{%\s*load\s+([\w ]+?)\s*%}")
#: What a template shows that it uses a library.
USES = {
    "i18n": re.compile(r"{%\s*(?:translate|trans|blocktranslate|blocktrans|get_current_language)\b|_\("),
    "rows": re.compile(r"{%\s*table_rows\b"),
    "static": re.compile(r"{%\s*(?:static|get_static_prefix)\b"),
}


@cache
def templates() -> dict[str, str]:
    """Text by name, as loaders know it."""
    found = {}
    for folder in SOURCES.rglob("templates"):
        for path in folder.rglob("*.*"):
            name = str(path.relative_to(folder))
            found[name] = found.get(name, "") + path.read_text(encoding="utf-8")
    return found


def test_every_template_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    everything = code + "\n".join(templates().values())
    unused = [
        name
        for name in templates()
        if not BY_OTHERS.fullmatch(name) and not re.search(rf"""["']{re.escape(name)}[#"']""", everything)
    ]
    assert unused == []


def test_every_library_a_template_loads_is_used() -> None:
    idle = [
        (name, library)
        for name, text in templates().items()
        for libraries in _LOAD.findall(text)
        for library in libraries.split()
        if not USES[library].search(text)
    ]
    assert idle == []
