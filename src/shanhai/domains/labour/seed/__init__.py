"""The demonstration year of labour: registrations, spells month by month, and the defects a real year has.

Both sides file: the western towns every worker of theirs, the eastern units those who came.
"""

from shanhai.domains.labour.seed_matching import seed_matching
from shanhai.domains.labour.transport import seed as transport
from shanhai.registers.seeding import Seeding

from . import filing, stations
from .careers import MONTHS, western_careers
from .circumstances import seed_circumstances
from .eastern import eastern_careers
from .rosters import seed_duplicates, seed_rosters


def seed(ctx: Seeding) -> None:
    """Everything of the chapter, both sides."""
    west = list(western_careers(ctx))
    east = list(eastern_careers(ctx, west))
    registered = list(filing.registrations(ctx, west + east))
    ctx.file(registered)
    seed_circumstances(ctx)
    careers = west + east
    ctx.file(filing.spells(ctx, careers))
    for month in MONTHS:
        ctx.file(filing.facts(ctx, careers, month))
        filing.close(ctx, careers, month)
    filing.contracts(ctx, careers)
    seed_matching(ctx)
    stations.seed(ctx, [one.row for one in registered])
    transport.seed(ctx)
    seed_rosters(ctx)
    seed_duplicates(ctx)
