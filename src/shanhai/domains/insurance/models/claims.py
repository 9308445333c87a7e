"""Claims by hand: paid by the patient at the place of care, claimed at the insured place, reviewed by two."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.models import LedgerModel

from .care import MedicalVisit


class ManualClaim(LedgerModel):
    """手工报销 — a visit without a filing in force that the patient has paid, claimed afterwards.

    Shape: kept by the insured place, which registers the visit and its lines from the papers; what is paid
    is a `Settlement` of that visit, so that it counts in the person's year.
    """

    is_personal: ClassVar[bool] = True
    reference_field: ClassVar[str] = "number"

    class Status(models.TextChoices):
        LODGED = "lodged", _("待初审")
        FIRST_PASSED = "first", _("待复审")
        PASSED = "passed", _("待支付")
        PAID = "paid", _("报销已支付")
        SENT_BACK = "returned", _("报销已退回")

    number = models.CharField(_("报销编号"), max_length=30)
    visit = models.ForeignKey(
        MedicalVisit, verbose_name=_("就诊"), on_delete=models.PROTECT, related_name="manual_claims"
    )
    applied_on = models.DateField(_("报销申请日期"))
    claim_status = models.CharField(
        _("报销状态"), max_length=8, choices=Status.choices, default=Status.LODGED, editable=False
    )
    first_reviewer = models.CharField(_("报销初审人"), max_length=120, blank=True, default="", editable=False)
    second_reviewer = models.CharField(
        _("报销复审人"), max_length=120, blank=True, default="", editable=False
    )
    last_reviewed_on = models.DateField(_("最近审核日期"), null=True, blank=True, editable=False)
    reimbursed_on = models.DateField(_("报销支付日期"), null=True, blank=True, editable=False)
    sent_back_because = models.CharField(
        _("报销退回原因"), max_length=200, blank=True, default="", editable=False
    )

    class Meta:
        verbose_name = verbose_name_plural = _("手工报销")
        ordering: ClassVar = ["-applied_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="insurance_manualclaim_side_number_unique",
                violation_error_message=_("该方已有这个报销编号。"),
            ),
            models.UniqueConstraint(
                fields=["visit"],
                condition=~Q(claim_status="returned") & ~Q(state="voided"),
                name="insurance_manualclaim_visit_once",
                violation_error_message=_("该次就诊已有手工报销，退回之后才能再申请。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number
