"""The chapter's part of the demonstration year."""

from shanhai.registers.seeding import Seeding

from .target_seed import seed_targets


def seed(ctx: Seeding) -> None:
    """Targets of the year."""
    seed_targets(ctx)
