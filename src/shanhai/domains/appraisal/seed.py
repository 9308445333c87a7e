"""The chapter's part of the demonstration year."""

from typing import Any

from shanhai.registers.seeding import Seeding

from .agreed_seed import seed_agreed
from .boards.seed import seed_pairs
from .bulletin_seed import bulletin_summary, seed_bulletins
from .packs.seed import seed_packs
from .runs.seed import seed_runs
from .schemes.seed import seed_schemes
from .target_seed import seed_targets


def seed(ctx: Seeding) -> None:
    """Targets of the year, the bulletins that rest on them, the schemes of appraisal, and packs of papers."""
    seed_targets(ctx)
    seed_agreed(ctx)
    seed_bulletins(ctx)
    seed_runs(ctx, seed_schemes(ctx))
    seed_packs(ctx)
    seed_pairs(ctx)


def summary() -> dict[str, Any]:
    """What the command line reports of the chapter."""
    return bulletin_summary()
