"""What the register itself tells of a person: requests, and rows that were merged."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import row_link
from shanhai.kernel.workflow import State

from .duplicates.models import PersonMerge
from .persons import Person
from .requests import PersonRequest
from .timeline import Entry, register_teller


@register_teller("parties.merges")
def merges(person: Person, actor: Actor) -> Iterator[Entry]:
    """That another row of the person was merged into this one, and taken out again."""
    if actor.subject is not None:
        return  # whom the person was taken for is the register's business
    found = PersonMerge.objects.filter(winner=person.pk, side=person.side).order_by("pk")
    for one in found:
        day = one.merged_at.astimezone(clock.CHINA).date()
        yield Entry(day, "parties.merges", _("人员合并"), _("另一条登记并入：%(why)s") % {"why": one.reason})
        if one.undone_at:
            undone = one.undone_at.astimezone(clock.CHINA).date()
            told = _("撤销合并：%(why)s") % {"why": one.undone_reason}
            yield Entry(undone, "parties.merges", _("人员合并"), told)


@register_teller(PersonRequest.ledger_key())
def requests(person: Person, actor: Actor) -> Iterator[Entry]:
    """What the person asked about the own data; of the identity number, not of the row."""
    key = PersonRequest.ledger_key()
    if not actor.allows(Verb.VIEW, key):
        return
    ledger = registry.get(key)
    index = person.identity_number_index  # type: ignore[attr-defined]
    rows = PersonRequest.objects.exclude(state=State.VOIDED).filter(
        side=person.side, identity_number_index=index
    )
    for row in rows.select_related("owner_unit").order_by("pk"):
        text = str(PersonRequest.Kind(row.kind).label)
        if row.outcome:
            text += f"；{PersonRequest.Outcome(row.outcome).label}"
        unit = str(row.owner_unit)
        yield Entry(row.arrived_on, key, ledger.label, text, unit=unit, state=row.state, url=row_link(row))
