"""How an asset leaves the books: asked for by one person, decided by another, on a document."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.fields import MoneyField
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.walls.kinds import Public, Wall
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Unit

from .assets import Asset, OwnerLevel


class AssetDisposal(LedgerModel):
    """资产处置 — an asset that is sold, scrapped or handed to another owner, once.

    Shape: verified it waits for who may decide; decided the asset stands disposed from `disposed_on` on, see
    `assets.disposing`. `price` is what the document says is paid; what came of it are rows of 资产收益.
    """

    class Way(models.TextChoices):
        SCRAP = "scrap", _("报废")
        SALE = "sale", _("出售")
        TRANSFER = "transfer", _("无偿划转")

    asset = models.ForeignKey(
        Asset, verbose_name=_("帮扶资产"), on_delete=models.PROTECT, related_name="disposals"
    )
    disposal_number = models.CharField(_("处置编号"), max_length=60)
    disposal_way = models.CharField(_("处置方式"), max_length=8, choices=Way.choices)
    disposed_on = models.DateField(_("处置日期"))
    disposal_cause = models.CharField(_("处置原因"), max_length=300)
    appraised_value = MoneyField(_("评估价值"), validators=[MinValueValidator(0)])
    price = MoneyField(
        _("处置价款"), default=0, validators=[MinValueValidator(0)], help_text=_("出售价款或残值；没有填 0。")
    )
    recipient = models.CharField(
        _("受让或接收单位"), max_length=120, blank=True, default="", help_text=_("写单位，不写个人姓名。")
    )
    decided_on = models.DateField(_("处置决定日期"), null=True, blank=True, editable=False)
    deciding_note = models.CharField(
        _("处置决定意见"), max_length=300, blank=True, default="", editable=False
    )

    reference_field: ClassVar[str] = "disposal_number"

    class Meta:
        verbose_name = verbose_name_plural = _("资产处置")
        ordering: ClassVar = ["-disposed_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "disposal_number"],
                name="funds_assetdisposal_side_number_unique",
                violation_error_message=_("该方已有这个处置编号。"),
            ),
            models.UniqueConstraint(
                fields=["asset"],
                condition=~Q(state=State.VOIDED.value),
                name="funds_assetdisposal_asset_once",
                violation_error_message=_("这项资产已登记处置，请改那一条。"),
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0, appraised_value__gte=0),
                name="funds_assetdisposal_money_check",
                violation_error_message=_("评估价值和处置价款不能是负数。"),
            ),
            models.CheckConstraint(
                condition=~Q(disposal_way="transfer") | Q(price=0),
                name="funds_assetdisposal_transfer_free",
                violation_error_message=_("无偿划转没有价款，请填 0；收钱的选出售。"),
            ),
        ]

    def __str__(self) -> str:
        return self.disposal_number


class DisposalRule(DatedRule):
    """Who decides on disposing of assets of a level, and whether a village meeting must have agreed."""

    owner_level = models.CharField(_("权属层级"), max_length=9, choices=OwnerLevel.choices)
    #: Empty: whoever verifies for the unit that keeps the asset.
    decided_kind = models.CharField(
        _("决定单位类别"), max_length=12, choices=Unit.Kind.choices, blank=True, default=""
    )
    needs_meeting = models.BooleanField(_("须附村民会议记录"), default=False)

    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("who decides on disposals, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("资产处置权限")
        ordering: ClassVar = ["owner_level", "valid_from"]
        constraints: ClassVar = [one_at_a_time("funds_disposalrule_level_days", "owner_level")]

    def __str__(self) -> str:
        return str(self.get_owner_level_display())
