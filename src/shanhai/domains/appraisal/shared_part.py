"""What part of an indicator both sides file: one registers who works there, the other all who left home."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shanhai.kernel.indicators.figures import Member

type Members = tuple[tuple[str, str], ...]
#: Members of each split of one side's figure.
type Splits = Mapping[str, Sequence[Member]]


@dataclass(frozen=True)
class SharedPart:
    """A member of a split as a scope takes it, and what it is called; all of the indicator without one."""

    name: str = ""
    only: Members = ()


def shared_part(east: Splits, west: Splits) -> SharedPart:
    """The narrowest member that is all one side has, and that the other has beside others."""
    codes = [code for code in east if code not in ("unit", "place")]
    found = [
        (larger, name, code, member)
        for code in codes
        for larger, name, member in _common(east[code], west.get(code, ()))
    ]
    if not found:
        return SharedPart()
    _larger, name, code, member = min(found)
    return SharedPart(name, ((code, member),))


def _common(east: Sequence[Member], west: Sequence[Member]) -> Iterator[tuple[object, str, str]]:
    """Members that are all one of the two has: the larger of both values, name and code."""
    filled = [{one.code: one for one in side if one.value and one.code} for side in (east, west)]
    for mine, other in (filled, filled[::-1]):
        if len(mine) == 1 and len(other) > 1:
            (code,) = mine
            if code in other:
                larger = max(mine[code].value or 0, other[code].value or 0)
                yield larger, mine[code].label.partition("（")[0], code
