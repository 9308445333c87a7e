"""Pairings of the demonstration: invented, as no list of town pairs was found."""

from shanhai.kernel import context
from shanhai.registers.places.models import PlacePairing
from shanhai.registers.seeding import Seeding

SOURCE = "演示结对协议（2021），编造"
#: Western town → eastern town.
PAIRS = {
    "520328004": "440403107",
    "520328006": "440403103",
    "520328101": "440403106",
    "520328102": "440403100",
    "520328103": "440403105",
    "520328106": "440403001",
}


def seed_pairs(ctx: Seeding) -> None:
    """Since May of the demonstration year."""
    begun = ctx.today.replace(month=5, day=20)
    with context.unscoped("演示数据"):
        PlacePairing.objects.bulk_create(
            PlacePairing(west_code=west, east_code=east, valid_from=begun, source=SOURCE)
            for west, east in PAIRS.items()
        )
