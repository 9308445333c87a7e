"""The yearly agreement and the money that comes of it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import MoneyField
from shanhai.kernel.models import JointLedgerModel, LedgerModel
from shanhai.kernel.planned import NONE_PLANNED, Planned
from shanhai.kernel.scope import REPORTED_STATES
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

CENT = Decimal("0.01")


class AidAgreement(JointLedgerModel):
    """年度协议 — what the two governments agreed for a year: one row of both, confirmed by `partner_unit`.

    Shape: `period` is the year. Supplements to the year are further rows.
    """

    number = models.CharField(_("协议编号"), max_length=60)
    partner = models.ForeignKey(Place, verbose_name=_("协作对方"), on_delete=models.PROTECT, related_name="+")
    partner_unit = models.ForeignKey(
        Unit, verbose_name=_("对方单位"), on_delete=models.PROTECT, related_name="+"
    )
    amount = MoneyField(
        _("协议金额"), validators=[MinValueValidator(CENT)], source="斗委农组〔2021〕3号 四（二）"
    )
    signed_on = models.DateField(_("签订日期"))
    clause = models.CharField(_("协议条款"), max_length=200, blank=True, default="")

    reference_field: ClassVar[str] = "number"

    class Meta:
        verbose_name = verbose_name_plural = _("年度协议")
        ordering: ClassVar = ["-signed_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="funds_aidagreement_side_number_unique",
                violation_error_message=_("该方已有这个协议编号。"),
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(state__in=REPORTED_STATES),
                name="funds_aidagreement_number_joint",
                violation_error_message=_("这份协议已由对方登记，请确认对方的那一条，不要重复登记。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_aidagreement_amount_check",
                violation_error_message=_("协议金额必须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def resolve_references(cls, texts: Iterable[str], planned: Planned = NONE_PLANNED) -> dict[str, Any]:
        """Agreements by number; the one of both sides before a draft of the same number."""
        wanted = set(texts)
        rows = planned.joined(cls.objects.live().filter(number__in=wanted), number=wanted)
        rows.sort(key=lambda row: row.state in REPORTED_STATES)
        return {row.number: row for row in rows}


class TransferReceived(LedgerModel):
    """财政援助到账 — cash that reached the western treasury; the east keeps the same payment as it left.

    Shape: `period` is the budget year the money counts for.
    """

    class Source(models.TextChoices):
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        DISTRICT = "district", _("区级")

    agreement = models.ForeignKey(
        AidAgreement,
        verbose_name=_("年度协议"),
        on_delete=models.PROTECT,
        related_name="transfers",
        null=True,
        blank=True,
    )
    voucher_number = models.CharField(_("凭证号"), max_length=60)
    source_level = models.CharField(_("资金来源"), max_length=8, choices=Source.choices)
    amount = MoneyField(_("到账金额"), validators=[MinValueValidator(CENT)])
    received_on = models.DateField(_("到账日期"))
    note = models.CharField(_("备注"), max_length=200, blank=True, default="")

    reference_field: ClassVar[str] = "voucher_number"

    class Meta:
        verbose_name = verbose_name_plural = _("财政援助到账")
        ordering: ClassVar = ["-received_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "voucher_number"],
                name="funds_transferreceived_side_voucher_unique",
                violation_error_message=_("该方已有这个凭证号。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_transferreceived_amount_check",
                violation_error_message=_("到账金额必须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return self.voucher_number
