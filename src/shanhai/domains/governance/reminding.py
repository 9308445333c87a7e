"""督查提醒: what a side has to press today, told in numbers to its channels; retried, recorded."""

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from shanhai.kernel import clock, context
from shanhai.kernel.scope import REPORTED_STATES, Side

from . import resolution_rules, supervision_rules
from .channels import Channel, NotDelivered, deliver
from .models import Reminder, Resolution, SupervisionSlip
from .resolution_reports import limits_on, stand
from .supervision_reports import as_value

REASON = "督查提醒"
#: Tries of one message; the last one fails it.
MOST_TRIES = 5
LANGUAGE = "zh-hans"
_WEEK = timedelta(days=7)


def message_of(side: Side, day: date) -> str:
    """The sentence of a day; "" when there is nothing to press. Numbers only."""
    limits = limits_on(day)
    rows = SupervisionSlip.objects.filter(side=side, state__in=REPORTED_STATES)
    lights = [
        supervision_rules.light(as_value(row), day, limits)
        for row in rows.exclude(supervision_stage="closed")
    ]
    led = Resolution.objects.filter(lead_unit__side=side, state__in=REPORTED_STATES)
    found = stand(list(led.select_related("meeting", "lead_unit")))
    numbers = {
        _("红灯督办单"): lights.count(supervision_rules.RED),
        _("黄灯督办单"): lights.count(supervision_rules.YELLOW),
        _("超期议定事项"): sum(one.stands == resolution_rules.OVERDUE for one in found),
        _("待销号议定事项"): sum(one.stands == resolution_rules.CLAIMED for one in found),
        _("七天内到期议定事项"): sum(
            one.stands in resolution_rules.UNFINISHED and day <= one.row.due_on <= day + _WEEK
            for one in found
        ),
    }
    told = "，".join(f"{label} {number}" for label, number in numbers.items() if number)
    if not told:
        return ""
    return _("【督查提醒】%(side)s %(day)s：%(told)s。请登录系统办理。") % {
        "side": side.label,
        "day": day,
        "told": told,
    }


def prepare(day: date) -> int:
    """One message for each channel that has something to say and none of the day yet; how many."""
    made = 0
    with override(LANGUAGE), context.unscoped(REASON):
        for channel in settings.SHANHAI_REMINDERS:
            side = Side(channel.side)
            if Reminder.objects.filter(channel=channel.name, reminded_on=day).exists():
                continue
            if text := message_of(side, day):
                Reminder.objects.create(side=side, channel=channel.name, reminded_on=day, message=text)
                made += 1
    return made


def send_waiting() -> int:
    """Try what waits, each outside a transaction; how many arrived. What is a day old is given up."""
    channels = {one.name: one for one in settings.SHANHAI_REMINDERS}
    yesterday = clock.today() - timedelta(days=1)
    with context.unscoped(REASON):
        Reminder.objects.filter(state=Reminder.State.WAITING, reminded_on__lt=yesterday).update(
            state=Reminder.State.FAILED, last_error="too late"
        )
        waiting = list(Reminder.objects.filter(state=Reminder.State.WAITING, channel__in=channels))
    return sum(_try(one, channels[one.channel]) for one in waiting)


def _try(reminder: Reminder, channel: Channel) -> bool:
    error = ""
    try:
        deliver(channel, REASON, reminder.message, _mail)
    except NotDelivered as wrong:
        error = str(wrong)[:120]
    with context.unscoped(REASON):
        _record(reminder.pk, error)
    return not error


def _record(pk: UUID, error: str) -> None:
    row = Reminder.objects.select_for_update().get(pk=pk)
    row.tries, row.last_error = row.tries + 1, error
    if not error:
        row.state, row.sent_at = Reminder.State.SENT, clock.now()
    elif row.tries >= MOST_TRIES:
        row.state = Reminder.State.FAILED
    row.save()


def _mail(subject: str, text: str, to: object) -> None:
    send_mail(subject, text, None, list(to), fail_silently=False)  # type: ignore[call-overload]
