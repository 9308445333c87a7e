"""A signed record as a file: statements exactly as they were signed, their signatures, the keys."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from .canonical import digest_of
from .keyfiles import PublicKey

FORMAT = "shanhai-signed/1"


@dataclass(frozen=True)
class Signed:
    """One statement with its signature. Shape: `statement` is a canonical text; `key` None where unknown."""

    statement: str
    signature: str
    key: PublicKey | None


def packed(title: str, signed: Iterable[Signed]) -> str:
    """The file. `title` is for people and not signed: what counts stands in the statements."""
    told = [
        {
            "statement": one.statement,
            "digest": digest_of(one.statement),
            "signature": one.signature,
            "key": one.key.told() if one.key else None,
        }
        for one in signed
    ]
    return json.dumps({"format": FORMAT, "title": title, "signatures": told}, ensure_ascii=False, indent=2)
