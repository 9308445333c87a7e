"""What benefits tell on a person's timeline, to those who may read it."""

from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.registers.parties.timeline import Told, register_rows

register_rows(
    "benefits.incomerecord",
    Told(
        day=lambda row: Period.parse(row.period).start,
        until=lambda row: Period.parse(row.period).end,
        text=lambda row: (
            _("人均纯收入 %(income)s 元（%(basis)s）") % {"income": f"{row.income:,.2f}", "basis": row.basis}
        ),
    ),
)

register_rows(
    "benefits.claim",
    Told(
        related=("policy",),
        day=lambda row: row.applied_on,
        text=lambda row: (
            _("申领“%(policy)s” %(period)s：%(standing)s")
            % {
                "policy": row.policy.name,
                "period": row.benefit_period,
                "standing": row.get_standing_display(),
            }
        ),
    ),
)

register_rows(
    "benefits.clawback",
    Told(
        person="claim__person",
        related=("claim__policy",),
        day=lambda row: row.found_on,
        text=lambda row: (
            _("追回“%(policy)s” %(period)s %(amount)s 元（%(cause)s）：%(standing)s")
            % {
                "policy": row.claim.policy.name,
                "period": row.claim.benefit_period,
                "amount": f"{row.amount:,.2f}",
                "cause": row.cause,
                "standing": row.get_standing_display(),
            }
        ),
    ),
)
