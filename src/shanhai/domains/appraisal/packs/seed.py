"""Packs of the demonstration: each coordinator had the papers of the chief figure packed, once."""

import tempfile
from datetime import timedelta
from pathlib import Path

from shanhai.kernel.indicators.registry import filed_by, registry
from shanhai.kernel.scope import Side
from shanhai.registers.seeding import Seeding, morning

from ..bulletin_seed import CHIEF, ISSUED
from .actions import record_pack, subject
from .writing import Packing


def seed_packs(ctx: Seeding) -> None:
    """After the bulletin of the second quarter was drafted anew."""
    at = morning(ctx.today - timedelta(days=1))
    for side, unit in ((Side.EAST, "dm_coordinator"), (Side.WEST, "mt_coordinator")):
        if CHIEF not in registry or not filed_by(registry.get(CHIEF), side):
            continue
        actor = ctx.actors[(unit, "coordinator")]
        with ctx.acting(actor, at), tempfile.TemporaryDirectory() as folder:
            asked = {"about": "indicator", "code": CHIEF, "period": ISSUED.code, "side": side.value}
            found = subject(asked, actor)
            made = Packing(found, actor, Path(folder) / "pack.zip", at, lambda rows, about: None).write()
            record_pack("indicator", found, made, at, actor)
