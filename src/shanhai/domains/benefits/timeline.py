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
