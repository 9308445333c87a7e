"""Bulletins of the demonstration: the second quarter's issued and mostly received, the third's in draft."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F

from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.evidence.store import read
from shanhai.kernel.indicators.registry import filed_by, registry
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.workflow import State
from shanhai.registers.seeding import Seeding, morning

from .actions import issue_bulletin
from .bulletin_drafts import draft_bulletin
from .bulletin_rights import get_bulletin
from .models import Bulletin
from .receipts import receive_bulletin, remind_units

ISSUED, DRAFTED = Period.parse("2021Q2"), Period.parse("2021Q3")
ISSUED_ON = date(2021, 7, 20)
#: The draft was made so many days before the demonstration's today; rows were verified since.
DRAFTED_BEFORE = 2
LATE_ROWS = 3
#: Units that have not received the issued bulletin yet.
WITHOUT_RECEIPT = 3
CHIEF = "LAB-1"


def seed_bulletins(ctx: Seeding) -> None:
    """Both sides' bulletins, each written by its coordinator."""
    for side, unit in ((Side.EAST, "dm_coordinator"), (Side.WEST, "mt_coordinator")):
        actor = ctx.actors[(unit, "coordinator")]
        _issue(ctx, side, actor)
        with ctx.acting(actor, morning(ctx.today - timedelta(days=DRAFTED_BEFORE))):
            draft_bulletin(side, DRAFTED, actor=actor)
        _verify_afterwards(ctx, side)


def _issue(ctx: Seeding, side: Side, actor: Actor) -> None:
    with ctx.acting(actor, morning(ISSUED_ON)):
        bulletin = draft_bulletin(side, ISSUED, actor=actor)
        issue_bulletin(bulletin, actor=actor)
    addressees = [one.unit for one in bulletin.receipts.select_related("unit").order_by("unit__code")]
    for number, unit in enumerate(addressees[WITHOUT_RECEIPT:]):
        reporter = ctx.reporter(unit)
        moment = morning(ISSUED_ON + timedelta(days=number // 7)) + timedelta(hours=1 + number % 7)
        with ctx.acting(reporter, moment):
            receive_bulletin(get_bulletin(bulletin.pk, actor=reporter), unit.pk, "", actor=reporter)
    with ctx.acting(actor, morning(ISSUED_ON + timedelta(days=7))):
        remind_units(bulletin, actor=actor)


def _verify_afterwards(ctx: Seeding, side: Side) -> None:
    """Rows behind the chief figure are verified after it was taken, so that it is stale in the draft."""
    if CHIEF not in registry or not filed_by(registry.get(CHIEF), side):
        return
    rows = registry.get(CHIEF).model._base_manager
    moment = morning(ctx.today) - timedelta(minutes=30)
    # One verifier stands for those of several units.
    with ctx.acting(ctx.verifier(side), moment), context.beyond_reach():
        waiting = rows.filter(side=side, state=State.SUBMITTED).order_by("pk").values("pk")[:LATE_ROWS]
        ids = [one["pk"] for one in waiting]
        rows.filter(pk__in=ids).update(
            state=State.VERIFIED, verified_at=moment, row_version=F("row_version") + 1
        )


def bulletin_summary() -> dict[str, Any]:
    """Path of the latest issued bulletin as a Word file that can be read, written anew each time."""
    with context.unscoped("演示数据概要"):
        issued = Bulletin.objects.filter(state=Bulletin.State.ISSUED).select_related("word")
        latest = issued.order_by("-period", "side").first()
        if latest is None or latest.word is None:
            return {"bulletin": None}
        content = read(latest.word)
    folder = Path(settings.SHANHAI_FILES) / "demonstration"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"bulletin-{latest.period}-{latest.side}.docx"
    path.write_bytes(content)
    return {"bulletin": str(path)}
