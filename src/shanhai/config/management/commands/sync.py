"""Regenerates what follows from the declarations; with --check only says what is stale."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shanhai.config.generated import catalogue, glossary, ledger_guide, openapi, problem_codes

ROOT = Path(__file__).resolve().parents[5]


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file with the text it should hold."""
    guide = ROOT / "docs" / "ledgers.md"
    yield guide, ledger_guide.text()
    yield ROOT / "docs" / "api-codes.md", problem_codes.text()
    terms = ROOT / "docs" / "glossary.csv"
    yield terms, glossary.text(terms)
    yield catalogue.PATH, catalogue.text()
    yield ROOT / "tests" / "snapshots" / "openapi.json", openapi.text()


class Command(BaseCommand):
    help = "Regenerate migrations and documents from the declarations; --check compares instead of writing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail when a file is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if check:
            self._compare()
        else:
            call_command("makemigrations")
            for path, text in generated():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")

    def _compare(self) -> None:
        stale = [
            path
            for path, text in generated()
            if not path.exists() or path.read_text(encoding="utf-8") != text
        ]
        if stale:
            names = ", ".join(str(path.relative_to(ROOT)) for path in stale)
            raise CommandError(f"stale: {names}. Run `make sync`, read the diff and commit it.")
