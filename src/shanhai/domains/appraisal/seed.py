"""The chapter's part of the demonstration year."""

from typing import Any

from shanhai.registers.seeding import Seeding

from .bulletin_seed import bulletin_summary, seed_bulletins
from .schemes.seed import seed_schemes
from .target_seed import seed_targets


def seed(ctx: Seeding) -> None:
    """Targets of the year, the bulletins that rest on them, and the schemes of appraisal."""
    seed_targets(ctx)
    seed_bulletins(ctx)
    seed_schemes(ctx)


def summary() -> dict[str, Any]:
    """What the command line reports of the chapter."""
    return bulletin_summary()
