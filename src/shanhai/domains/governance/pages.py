"""组织核查: what the yearly requirements lack, and minutes nobody signed."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shanhai.engines.findings import Finding
from shanhai.kernel.scope import Actor, Side
from shanhai.registers.parties.models import Unit
from shanhai.web.checks import Checks, Found, Named, render_checks

from . import reports, rules
from .models import JointMeeting, MutualVisit

LABELS = {
    rules.HEADS_STAYED: gettext_lazy("党政主要负责同志互访不足"),
    rules.NO_MEETING: gettext_lazy("县级联席会议不足"),
    rules.UNSIGNED: gettext_lazy("会议纪要未双方签认"),
}


def _find(actor: Actor) -> list[Found]:
    found = []
    for side in sorted(actor.sides):
        office = Unit.objects.filter(side=side, kind=Unit.Kind.COORDINATOR).order_by("path").first()
        meetings = JointMeeting.objects.reported().select_related("owner_unit").in_bulk()
        found += [_found(one, side, office, meetings) for one in reports.year_findings(side)]
    return found


def _found(one: Finding, side: Side, office: Unit | None, meetings: dict[Any, JointMeeting]) -> Found:
    if not one.rows:
        ledger = MutualVisit if one.code == rules.HEADS_STAYED else JointMeeting
        row = Named(ledger.ledger_key(), None, str(ledger._meta.verbose_name))
    else:
        meeting = meetings[one.rows[0]]
        row = Named(JointMeeting.ledger_key(), meeting.pk, str(meeting))
    unit_id, unit = (str(office.pk), str(office)) if office else ("", str(side.label))
    return Found(code=one.code, sentence=one.sentence, row=row, unit_id=unit_id, unit=unit)


CHECKS = Checks(
    title=gettext_lazy("组织核查"),
    note=gettext_lazy("按年度要求实时核查，写明哪天起成为未达到；要求和依据见规则汇编。"),
    labels=LABELS,
    ledger=JointMeeting.ledger_key(),
    find=_find,
)


@require_GET
def checks(request: HttpRequest) -> HttpResponseBase:
    """What the year lacks, for the reader's own side."""
    return render_checks(request, CHECKS)
