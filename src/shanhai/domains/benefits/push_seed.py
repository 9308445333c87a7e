"""Demonstration pushes 演示: a policy brought to those it fits; some are told, know of it, claim."""

from datetime import date, timedelta

from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State
from shanhai.registers.seeding import Filed, Seeding, morning

from . import lookup
from .models import Claim, Policy, PolicyPush, PushRecipient
from .numbering import numbered
from .push_actions import know, push_out, tell
from .push_reports import whom_of

PUSHED_ON, TOLD_ON, TELL_BY = date(2021, 9, 13), date(2021, 9, 16), date(2021, 9, 30)
#: How many of those put on the push are told, how many of them know of it, how many claim.
TOLD, KNOWS, CLAIM = 60, 40, 20


def seed_pushes(ctx: Seeding, of_people: Policy, of_firms: Policy) -> None:
    """People by month, told in part; firms by year, nobody told yet."""
    first = _pushed(ctx, of_people, "2021-08", 1, PolicyPush.Whom.NEARLY)
    _pushed(ctx, of_firms, "2021", 2, PolicyPush.Whom.NEARLY)
    manager = ctx.actors["mt_coordinator", "coordinator"]
    with ctx.acting(manager, morning(TOLD_ON)):
        found = PushRecipient.objects.filter(push=first).select_related("person", "place")
        rows = list(found.order_by("number"))
        wanted = ctx.count(TOLD, 8)
        chosen = rows[:: max(1, len(rows) // wanted)][:wanted]
        told = [row.pk for row in chosen]
        ways = (PushRecipient.Way.PHONE, PushRecipient.Way.VISIT)
        for way, keys in zip(ways, (told[::2], told[1::2]), strict=True):
            if keys:
                tell(keys, way=way, told_on=TOLD_ON, actor=manager)
    with ctx.acting(manager, morning(TOLD_ON) + timedelta(days=1)):
        for row in PushRecipient.objects.filter(pk__in=told[: ctx.count(KNOWS, 5)]):
            know(row.pk, actor=manager, row_version=row.row_version)
        last = lookup.last_number(Claim, "SL", Side.WEST)
    entitled = [row for row in chosen if row.fit == PushRecipient.Fit.ENTITLED][: ctx.count(CLAIM, 2)]
    day = TOLD_ON + timedelta(days=1)
    ctx.file(
        Filed(_claim(ctx, row, of_people, last + running, day), day, State.SUBMITTED)
        for running, row in enumerate(entitled, 1)
    )


def _claim(ctx: Seeding, row: PushRecipient, policy: Policy, running: int, day: date) -> Claim:
    return Claim(
        side=Side.WEST,
        owner_unit=ctx.units["mt_labour"],
        place=row.place,
        sharing=Sharing.PRIVATE,
        number=numbered("SL", 2021, running),
        policy=policy,
        person=row.person,
        benefit_period="2021-08",
        applied_on=day,
    )


def _pushed(ctx: Seeding, policy: Policy, period: str, running: int, whom: str) -> PolicyPush:
    row = PolicyPush(
        side=Side.WEST,
        owner_unit=ctx.units["mt_labour"],
        sharing=Sharing.PRIVATE,
        number=f"TS2021-{running:05}",
        policy=policy,
        benefit_period=period,
        whom=whom,
        tell_by=TELL_BY,
    )
    ctx.file([Filed(row, PUSHED_ON, State.SUBMITTED)])
    manager = ctx.actors["mt_coordinator", "coordinator"]
    with ctx.acting(manager, morning(PUSHED_ON) + timedelta(hours=4)):
        push: PolicyPush = PolicyPush.objects.select_related("policy").get(pk=row.pk)
        whom_found = whom_of(push)
        if whom_found.lines:
            push_out(push.pk, digest=whom_found.digest, actor=manager, row_version=push.row_version)
    return push
