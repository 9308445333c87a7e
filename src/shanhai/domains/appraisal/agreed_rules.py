"""Whether what units and places were given adds up to what was agreed. Numbers in, numbers and words out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

SHORT, NOT_SPLIT, DIFFERS = "quota_short", "quota_missing", "target_differs"
#: Ways in which a side may hand a target down.
BY_UNIT, BY_PLACE = "unit", "place"


@dataclass(frozen=True, slots=True)
class Rolled:
    """An agreed target, the side's own, and the quotas of each way. Unit: the indicator's own."""

    agreed: Decimal
    own: Decimal | None = None
    quotas: Mapping[str, Sequence[Decimal]] = field(default_factory=dict)
    #: A share of something is not handed down in parts that add up.
    is_share: bool = False

    def given(self, way: str) -> Decimal | None:
        """Sum of the quotas of a way; None where nothing was handed down that way."""
        quotas = self.quotas.get(way, ())
        return sum(quotas, Decimal(0)) if quotas and not self.is_share else None

    def difference(self, way: str) -> Decimal | None:
        """Quotas less what was agreed: negative is missing."""
        given = self.given(way)
        return None if given is None else given - self.agreed

    @property
    def own_difference(self) -> Decimal | None:
        return None if self.own is None else self.own - self.agreed


def findings(one: Rolled) -> Iterator[tuple[str, str, Decimal]]:
    """Kind of finding, the way it is about, and what is missing (with its sign)."""
    if one.own_difference:
        yield DIFFERS, "", one.own_difference
    if one.is_share:
        return
    ways = [
        (way, difference) for way in (BY_UNIT, BY_PLACE) if (difference := one.difference(way)) is not None
    ]
    if not ways and one.agreed:
        yield NOT_SPLIT, "", -one.agreed
    for way, difference in ways:
        if difference < 0:
            yield SHORT, way, difference
