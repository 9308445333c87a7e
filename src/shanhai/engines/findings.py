"""What a check found: a code that stays, a sentence for people, and the rows it is about."""

from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that looks wrong and that a person should look at; never a refusal.

    Shape: the first row is the one to open; the others are what it disagrees with.
    """

    code: str
    sentence: str
    rows: tuple[Hashable, ...]
