"""What labour tells on a person's timeline."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Person
from shanhai.registers.parties.timeline import Entry, Told, register_rows, register_teller

from . import rules
from .models import HouseholdMember, MonthlyFact


def _member(row: HouseholdMember) -> str:
    return _("%(code)s 户，%(relation)s") % {
        "code": row.household.code,
        "relation": row.get_relation_display(),
    }


register_rows(
    "labour.workerregistration",
    Told(
        day=lambda row: row.registered_on,
        text=lambda row: (
            _("%(status)s；意愿：%(wish)s %(post)s")
            % {
                "status": row.get_status_display(),
                "wish": row.get_wish_display(),
                "post": row.wished_post,
            }
        ),
    ),
)
register_rows(
    "labour.personcategory",
    Told(
        day=lambda row: row.valid_from,
        until=lambda row: row.valid_to,
        text=lambda row: f"{row.get_category_display()}（{row.basis}）",
    ),
)
register_rows(
    "labour.householdmember",
    Told(
        day=lambda row: row.valid_from,
        until=lambda row: row.valid_to,
        text=_member,
        related=("household",),
    ),
)
register_rows(
    "labour.skillcertificate",
    Told(
        day=lambda row: row.issued_on,
        until=lambda row: row.valid_to,
        text=lambda row: " ".join(
            filter(
                None,
                (row.trade, str(row.get_level_display()) if row.level else "", str(row.get_kind_display())),
            )
        ),
    ),
)
register_rows(
    "labour.employmentspell",
    Told(
        day=lambda row: row.started_on,
        until=lambda row: row.ended_on,
        text=lambda row: (
            _("%(employer)s，%(post)s，%(place)s；%(channel)s；%(contract)s；%(insured)s")
            % {
                "employer": row.employer_label,
                "post": row.post,
                "place": row.get_destination_display(),
                "channel": row.get_channel_display(),
                "contract": _("有合同") if row.has_contract else _("无合同"),
                "insured": _("参加社保") if row.is_insured else _("未参加社保"),
            }
        ),
        related=("employer",),
    ),
)


@register_teller(MonthlyFact.ledger_key())
def months(person: Person, actor: Actor) -> Iterator[Entry]:
    """Months in post, condensed to unbroken stretches at one employer with the span of wages."""
    key = MonthlyFact.ledger_key()
    if not actor.allows(Verb.VIEW, key):
        return
    label = registry.get(key).label
    rows = MonthlyFact.objects.exclude(state=State.VOIDED).filter(
        side=person.side, spell__person=person.pk, is_in_post=True
    )
    by_spell: dict[Any, list[Any]] = {}
    for row in rows.select_related("spell__employer", "owner_unit").order_by("spell", "period"):
        by_spell.setdefault(row.spell_id, []).append(row)
    for facts in by_spell.values():
        for stretch in rules.stretches(facts):
            first, last = Period.parse(stretch[0].period), Period.parse(stretch[-1].period)
            yield Entry(
                day=first.start,
                key=key,
                label=label,
                text=_("%(employer)s 在岗 %(number)s 个月，%(wages)s")
                % {
                    "employer": stretch[0].spell.employer_label,
                    "number": len(stretch),
                    "wages": _wages([one.wage for one in stretch]),
                },
                until=last.end,
                is_lasting=True,
                unit=str(stretch[0].owner_unit),
            )


def _wages(wages: Sequence[Decimal | None]) -> str:
    known = [wage for wage in wages if wage is not None]
    if not known:
        return _("工资不详")
    low, high = min(known), max(known)
    span = f"{low:,.0f}" if low == high else f"{low:,.0f}—{high:,.0f}"
    return _("月工资 %(span)s 元") % {"span": span}


register_rows(
    "labour.followupvisit",
    Told(
        person="registration__person",
        day=lambda row: row.visited_on,
        text=lambda row: f"{row.get_way_display()}，{row.get_outcome_display()}",
    ),
)
register_rows(
    "labour.workertrouble",
    Told(
        person="registration__person",
        day=lambda row: row.received_on,
        text=lambda row: f"{row.get_kind_display()}，{row.get_stage_display()}",
    ),
)
register_rows(
    "labour.transportpassenger",
    Told(
        day=lambda row: row.trip.departs_on,
        text=lambda row: f"{row.trip.code}，{row.get_ride_display()}",
        related=("trip",),
    ),
)
register_rows(
    "labour.retentioncheck",
    Told(
        person="placement__person",
        day=lambda row: row.checked_on or row.due_on,
        text=lambda row: (
            _("到岗满 %(months)s 个月：%(outcome)s")
            % {"months": row.after_months, "outcome": row.get_outcome_display()}
        ),
    ),
)
