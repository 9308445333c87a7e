"""The modules that lints read."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "shanhai"


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Path inside the package, such as `kernel/rows.py`, and syntax; migrations are history and left out."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))
