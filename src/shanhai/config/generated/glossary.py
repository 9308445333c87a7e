"""docs/glossary.csv: one Chinese term ↔ one identifier; new terms carry `?` until a person confirms them."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.utils import translation

from shanhai.kernel.ledger import Column
from shanhai.kernel.registry import registry

COLUMNS = ("identifier", "中文", "English", "definition", "clause", "confirmed")


def text(path: Path) -> str:
    """The glossary as it should be: rows of `path` kept as they are, missing terms appended."""
    rows = _existing(path)
    known = {(row["identifier"], row["中文"]) for row in rows}
    for identifier, term in _declared():
        if (identifier, term) not in known:
            known.add((identifier, term))
            rows.append(_proposal(identifier, term))
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _existing(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]


def _declared() -> Iterator[tuple[str, str]]:
    """Identifier and Chinese term of all that is ours: models, fields, columns that only ledgers have."""
    with translation.override("zh-hans"):
        yield from _of_models()
        yield from _of_columns()


def _of_models() -> Iterator[tuple[str, str]]:
    for config in apps.get_app_configs():
        if not config.name.startswith("shanhai."):
            continue
        for model in config.get_models():
            yield model.__name__, str(model._meta.verbose_name)
            for field in model._meta.local_concrete_fields:
                term = str(field.verbose_name)
                if not re.fullmatch(r"[A-Za-z0-9_ ]+", term):
                    yield field.name, term


def _of_columns() -> Iterator[tuple[str, str]]:
    """Columns with a word of their own: computed ones, and paths called otherwise than their field."""
    for ledger in registry:
        if not type(ledger).__module__.startswith("shanhai."):
            continue
        for column in ledger.columns:
            if isinstance(column, Column) and column.label:
                yield column.name.rpartition("__")[2], str(column.label)


def _proposal(identifier: str, term: str) -> dict[str, str]:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", identifier).replace("_", " ").lower()
    return {
        "identifier": identifier,
        "中文": term,
        "English": words,
        "definition": "",
        "clause": "",
        "confirmed": "?",
    }
