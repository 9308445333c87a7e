"""Checks over what a side did at the top, year by year. A fixed number of queries, then the rules."""

from datetime import date

from shanhai.engines.findings import Finding
from shanhai.kernel import clock
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State

from . import rules
from .models import JointMeeting, MutualVisit, YearlyRule


def limits_on(day: date) -> dict[str, int]:
    """Requirements in force, by code. One statement."""
    rows: dict[str, int] = dict(YearlyRule.objects.in_force(day).values_list("code", "least"))
    return rows


def years_of(side: Side, today: date) -> list[rules.Year]:
    """From the first year of which anything is known to this one; meetings are of both sides."""
    visits = [
        rules.Visit(one.pk, one.begins_on, one.head_rank, one.is_in_person)
        for one in MutualVisit.objects.reported().filter(side=side)
    ]
    meetings = [
        rules.Meeting(
            one.pk,
            one.title,
            one.held_on,
            one.level == JointMeeting.Level.COUNTY,
            one.state == State.VERIFIED,
        )
        for one in JointMeeting.objects.reported()
    ]
    known = [one.begins_on.year for one in visits] + [one.held_on.year for one in meetings]
    first = min([today.year, *known])
    return [
        rules.Year(year, visits, meetings, limits_on(min(today, date(year, 12, 31))))
        for year in range(first, today.year + 1)
    ]


def year_findings(side: Side) -> list[Finding]:
    today = clock.today()
    return rules.check_years(years_of(side, today), today)
