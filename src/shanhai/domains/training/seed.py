"""The demonstration year of training: what each part of the chapter files."""

from shanhai.registers.seeding import Seeding

from . import seed_courses, seed_further, seed_workshops


def seed(ctx: Seeding) -> None:
    """Everything of the chapter, both sides."""
    seed_workshops.seed(ctx)
    seed_further.seed(ctx, seed_courses.seed(ctx))
