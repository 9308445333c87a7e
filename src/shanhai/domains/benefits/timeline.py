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
