"""What the two locks pin: names and exact versions, as Python and npm write them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PYTHON, NPM = ROOT / "requirements.lock", ROOT / "package-lock.json"
_PINNED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([A-Za-z0-9.!+_-]+)(?: ; .+)?")


@dataclass(frozen=True)
class Pinned:
    """One package. `hashes` as the lock writes them, `licence` where it says one."""

    ecosystem: str
    name: str
    version: str
    hashes: tuple[str, ...] = ()
    licence: str = ""


def pinned_python(text: str) -> Iterator[Pinned | str]:
    """Each requirement, or the line that is none: one without an exact version."""
    for entry in text.replace("\\\n", " ").splitlines():
        head, *hashes = (part.strip() for part in entry.split("--hash="))
        if not head or head.startswith("#"):
            continue
        found = _PINNED.fullmatch(head)
        yield Pinned("PyPI", found[1], found[2], tuple(hashes)) if found else entry


def npm_packages(text: str) -> Iterator[tuple[Pinned, dict[str, Any]]]:
    """Each package with all that the lock says of it, the project itself left out."""
    for path, facts in json.loads(text)["packages"].items():
        if path:
            name = path.rpartition("node_modules/")[2]
            hashes = tuple(filter(None, [facts.get("integrity", "")]))
            yield (
                Pinned("npm", name, str(facts.get("version", "")), hashes, str(facts.get("license", ""))),
                facts,
            )


def everything() -> list[Pinned]:
    python = [one for one in pinned_python(PYTHON.read_text("utf-8")) if isinstance(one, Pinned)]
    return [*python, *(one for one, _facts in npm_packages(NPM.read_text("utf-8")))]
