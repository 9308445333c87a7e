"""What an agreement binds each side to reach in its year."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.domains.funds.models import AidAgreement
from shanhai.kernel.fields import DecimalField
from shanhai.kernel.models import JointLedgerModel
from shanhai.kernel.scope import REPORTED_STATES, Side
from shanhai.registers.parties.models import Unit


class AgreementTarget(JointLedgerModel):
    """协议指标 — one row of both sides: what `bearing_side` is to reach in the agreement's year.

    Unit: `value` is in the indicator's own. What both sides owe each other of one indicator is two rows.
    """

    agreement = models.ForeignKey(
        AidAgreement, verbose_name=_("年度协议"), on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField(_("指标"), max_length=16, help_text=_("指标页上的代码，如 FUN-1。"))
    bearing_side = models.CharField(_("承担方"), max_length=4, choices=Side.choices)
    value = DecimalField(_("协议目标值"), max_digits=18, decimal_places=4, validators=[MinValueValidator(0)])
    clause = models.CharField(_("协议条款"), max_length=200, blank=True, default="")
    partner_unit = models.ForeignKey(
        Unit, verbose_name=_("对方签认单位"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("协议指标")
        ordering: ClassVar = ["agreement", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "agreement", "code", "bearing_side"],
                name="appraisal_agreementtarget_side_once",
                violation_error_message=_("这份协议已有该方的这个指标。"),
            ),
            models.UniqueConstraint(
                fields=["agreement", "code", "bearing_side"],
                condition=Q(state__in=REPORTED_STATES),
                name="appraisal_agreementtarget_joint",
                violation_error_message=_("这项协议指标已由对方登记，请签认对方的那一条。"),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="appraisal_agreementtarget_value",
                violation_error_message=_("目标值不能为负。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.number} {self.code} {self.get_bearing_side_display()}"
