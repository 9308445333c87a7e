"""Demonstration pushes 演示: a policy brought to those it fits; some are told, some know of it."""

from datetime import date, timedelta

from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State
from shanhai.registers.seeding import Filed, Seeding, morning

from .models import Policy, PolicyPush, PushRecipient
from .push_actions import know, push_out, tell
from .push_reports import whom_of

PUSHED_ON, TOLD_ON, TELL_BY = date(2021, 9, 13), date(2021, 9, 16), date(2021, 9, 30)
#: How many of those put on the push are told, and how many of them know of it.
TOLD, KNOWS = 60, 40


def seed_pushes(ctx: Seeding, of_people: Policy, of_firms: Policy) -> None:
    """People by month, told in part; firms by year, nobody told yet."""
    first = _pushed(ctx, of_people, "2021-08", 1, PolicyPush.Whom.NEARLY)
    _pushed(ctx, of_firms, "2021", 2, PolicyPush.Whom.NEARLY)
    manager = ctx.actors["mt_coordinator", "coordinator"]
    with ctx.acting(manager, morning(TOLD_ON)):
        rows = list(PushRecipient.objects.filter(push=first).order_by("number"))
        told = [row.pk for row in rows[: ctx.count(TOLD, 8)]]
        ways = (PushRecipient.Way.PHONE, PushRecipient.Way.VISIT)
        for way, keys in zip(ways, (told[::2], told[1::2]), strict=True):
            if keys:
                tell(keys, way=way, told_on=TOLD_ON, actor=manager)
    with ctx.acting(manager, morning(TOLD_ON) + timedelta(days=1)):
        for row in PushRecipient.objects.filter(pk__in=told[: ctx.count(KNOWS, 5)]):
            know(row.pk, actor=manager, row_version=row.row_version)


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
