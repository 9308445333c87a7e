"""What `shanhai scheme parse FILE --json` does, without a database.

Units are looked up in `places.toml`, a small table of facts of our own, and only for a document that is
about one of its places.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from shanhai.engines.clauses.assemble import parse
from shanhai.engines.clauses.model import KnownUnit, Scheme, to_json
from shanhai.engines.clauses.reading import read_document

PLACES = "places.toml"


def parse_file(path: Path | str) -> dict[str, object]:
    """The scheme in a file as the object that is printed.

    Errors: UnreadableDocument with a Chinese sentence.
    """
    return to_json(scheme_in(path))


def scheme_in(path: Path | str) -> Scheme:
    """The scheme in a file, its units resolved by the built-in table where the document is about one of its
    places.
    """
    source = read_document(path)
    scheme = parse(source)
    known = built_in_units(scheme.title, scheme.issuer)
    return parse(source, known) if known else scheme


def built_in_units(title: str | None, issuer: str | None) -> tuple[KnownUnit, ...]:
    """The units of the first built-in place that the issuer or, failing that, the title names."""
    for said in (issuer or "", title or ""):
        for place, known in _built_in().items():
            if place in said:
                return tuple(known)
    return ()


@cache
def _built_in() -> dict[str, Sequence[KnownUnit]]:
    table = tomllib.loads(files(__package__).joinpath(PLACES).read_text(encoding="utf-8"))
    return {place["mark"]: tuple(_units(place)) for place in table["place"]}


def _units(place: dict[str, object]) -> list[KnownUnit]:
    towns = _strings(place["towns"])
    prefix = str(place["prefix"])
    known = [KnownUnit(name=name) for name in towns]
    known += [
        KnownUnit(
            name=f"{prefix}{name}",
            aliases=(name, f"{place['short']}{name.removeprefix('区').removeprefix('县')}"),
        )
        for name in _strings(place["bodies"])
    ]
    known += [KnownUnit(name=name) for name in _strings(place["others"])]
    group, *aliases = _strings(place["all_towns"])
    return [*known, replace(KnownUnit(name=group, aliases=tuple(aliases)), members=tuple(towns))]


def _strings(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
