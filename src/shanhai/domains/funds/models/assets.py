"""Assets that cooperation money formed, from which projects, and what somebody printed of their totals."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.fields import CountField, DecimalField, MoneyField
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.walls.kinds import Public, Wall
from shanhai.kernel.within import Within

from .money import CENT
from .projects import Project


class AssetClass(models.TextChoices):
    """The three classes of 国办函〔2021〕51号."""

    PUBLIC = "public", _("公益性资产")
    OPERATING = "operating", _("经营性资产")
    HOUSEHOLD = "household", _("到户类资产")


class OwnerLevel(models.TextChoices):
    """Whose the asset is."""

    COUNTY = "county", _("县级")
    TOWN = "town", _("镇级")
    VILLAGE = "village", _("村级")
    HOUSEHOLD = "household", _("户级")


class AssetStanding(models.TextChoices):
    """Where an asset stands; what may follow what: `assets.rules.MOVES`."""

    UNTITLED = "untitled", _("待确权")
    IN_USE = "in_use", _("在用")
    LEASED = "leased", _("出租")
    IDLE = "idle", _("闲置")
    INEFFICIENT = "inefficient", _("低效")
    DAMAGED = "damaged", _("损毁")
    DISPOSED = "disposed", _("处置")


class Asset(LedgerModel):
    """帮扶资产 — one thing that cooperation money formed: where it is, whose it is, and how it stands.

    Shape: `place` goes down to the village. Holders of 到户类 are households by number, never names.
    """

    class Form(models.TextChoices):
        FIXED = "fixed", _("固定资产")
        BIOLOGICAL = "biological", _("生物资产")
        EQUITY = "equity", _("权益资产")

    code = models.CharField(_("资产编号"), max_length=40)
    name = models.CharField(_("资产名称"), max_length=120)
    asset_class = models.CharField(_("资产类别"), max_length=9, choices=AssetClass.choices)
    asset_form = models.CharField(_("资产形态"), max_length=10, choices=Form.choices)
    original_value = MoneyField(_("资产原值"), validators=[MinValueValidator(CENT)])
    formed_on = models.DateField(_("资产形成日期"), help_text=_("项目验收合格之日。"))
    owner_level = models.CharField(_("权属层级"), max_length=9, choices=OwnerLevel.choices)
    ownership_holder = models.CharField(
        _("所有权人"), max_length=120, help_text=_("村集体、单位或经济合作社；到户类写户编号，不写姓名。")
    )
    operation_holder = models.CharField(_("经营权人"), max_length=120, blank=True, default="")
    income_holder = models.CharField(_("收益权人"), max_length=120, blank=True, default="")
    supervision_holder = models.CharField(_("监督权人"), max_length=120, blank=True, default="")
    caretaker = models.CharField(
        _("管护责任"), max_length=120, blank=True, default="", help_text=_("写责任单位或岗位。")
    )
    certificate_number = models.CharField(_("权证编号"), max_length=60, blank=True, default="")
    titled_on = models.DateField(_("确权登记日期"), null=True, blank=True)
    transferred_on = models.DateField(_("资产移交日期"), null=True, blank=True)
    standing = models.CharField(
        _("资产状态"), max_length=11, choices=AssetStanding.choices, default=AssetStanding.UNTITLED
    )
    standing_since = models.DateField(_("资产状态起始日期"), null=True, blank=True)

    reference_field: ClassVar[str] = "code"
    name_field: ClassVar[str] = "name"

    class Meta:
        verbose_name = verbose_name_plural = _("帮扶资产")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="funds_asset_side_code_unique",
                violation_error_message=_("该方已有这个资产编号。"),
            ),
            models.CheckConstraint(
                condition=Q(original_value__gt=0),
                name="funds_asset_value_check",
                violation_error_message=_("资产原值必须大于零。"),
            ),
            models.CheckConstraint(
                condition=Q(titled_on__isnull=False)
                | Q(standing__in=(AssetStanding.UNTITLED.value, AssetStanding.DAMAGED.value)),
                name="funds_asset_titled_check",
                violation_error_message=_("没有确权登记的资产，状态只能是待确权或损毁。"),
            ),
            models.CheckConstraint(
                condition=~Q(standing=AssetStanding.UNTITLED.value) | Q(titled_on__isnull=True),
                name="funds_asset_untitled_check",
                violation_error_message=_("已确权登记的资产不能是待确权。"),
            ),
            models.CheckConstraint(
                condition=Q(titled_on__isnull=True) | Q(titled_on__gte=F("formed_on")),
                name="funds_asset_titled_after",
                violation_error_message=_("确权登记不能早于资产形成。"),
            ),
            models.CheckConstraint(
                condition=Q(transferred_on__isnull=True) | Q(transferred_on__gte=F("titled_on")),
                name="funds_asset_transferred_after",
                violation_error_message=_("资产移交不能早于确权登记。"),
            ),
        ]


class AssetSource(LedgerModel):
    """资产来源 — what of a project's money went into an asset, by the level it came from."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        DISTRICT = "district", _("区级")
        LOCAL = "local", _("本县配套")
        DONATED = "donated", _("社会捐赠")

    asset = models.ForeignKey(
        Asset, verbose_name=_("帮扶资产"), on_delete=models.PROTECT, related_name="sources"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("协作项目"), on_delete=models.PROTECT, related_name="formed"
    )
    source_level = models.CharField(_("资金来源"), max_length=8, choices=Level.choices)
    amount = MoneyField(_("形成金额"), validators=[MinValueValidator(CENT)])

    WITHIN: ClassVar = (
        Within("asset", "original_value", _("请核对各来源的形成金额，或更正资产原值。")),
        Within("project", "budget", _("请核对形成金额：项目形成的资产不能多于它的预算。")),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("资产来源")
        ordering: ClassVar = ["asset", "project", "source_level"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["asset", "project", "source_level"],
                name="funds_assetsource_once",
                violation_error_message=_("这项资产已有这个项目的这一级来源，请改那一条。"),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funds_assetsource_amount_check",
                violation_error_message=_("形成金额必须大于零。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} → {self.asset}"


class StatedTotal(LedgerModel):
    """总账上报数 — one line of a printed total sheet of assets, as it was printed: typed or imported.

    Shape: the lines of one `sheet_name` are a sheet. Unit: 万元, as sheets print it.
    """

    class Heading(models.TextChoices):
        TOTAL = "total", _("合计")
        PUBLIC = "public", _("公益性资产")
        OPERATING = "operating", _("经营性资产")
        HOUSEHOLD = "household", _("到户类资产")
        COUNTY_OWNED = "county_owned", _("县级权属")
        TOWN_OWNED = "town_owned", _("镇级权属")
        VILLAGE_OWNED = "village_owned", _("村级权属")
        HOUSEHOLD_OWNED = "household_owned", _("户级权属")

    sheet_name = models.CharField(_("报表名称"), max_length=120)
    stated_on = models.DateField(_("上报截止日"))
    stated_line = models.CharField(_("统计口径"), max_length=15, choices=Heading.choices)
    asset_count = CountField(_("资产数"), unit=_("项"))
    stated_value = DecimalField(
        _("上报原值"), unit=_("万元"), max_digits=16, decimal_places=4, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = verbose_name_plural = _("总账上报数")
        ordering: ClassVar = ["-stated_on", "stated_line"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "sheet_name", "stated_line"],
                name="funds_statedtotal_once",
                violation_error_message=_("这份报表的这个口径已有上报数。"),
            ),
            models.CheckConstraint(
                condition=Q(stated_value__gte=0),
                name="funds_statedtotal_value_check",
                violation_error_message=_("上报原值不能是负数。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_name} {self.get_stated_line_display()}"


class AssetLimit(DatedRule):
    """A number that some document or practice sets for assets."""

    class Code(models.TextChoices):
        TITLE_MONTHS = "title_months", _("验收后几个月内确权")
        IDLE_MONTHS = "idle_months", _("闲置超过几个月预警")
        INSPECTIONS = "inspections", _("一年至少巡查几次")
        RENT_DAYS = "rent_days", _("租金逾期几天预警")
        PAYOUT_DAYS = "payout_days", _("决议后几天内兑付")

    code = models.CharField(_("项目"), max_length=20, choices=Code.choices)
    value = DecimalField(_("数值"), max_digits=12, decimal_places=2)

    WALL: ClassVar[Wall] = Public("limits of a policy, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("资产规则数值")
        ordering: ClassVar = ["code", "valid_from"]
        constraints: ClassVar = [one_at_a_time("funds_assetlimit_code_days", "code")]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.value.normalize():f}"


class AssetlessKind(DatedRule):
    """A kind of projects that forms no asset, such as training."""

    kind = models.CharField(_("项目类别"), max_length=11, choices=Project.Kind.choices)

    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("which kinds form no asset")

    class Meta:
        verbose_name = verbose_name_plural = _("不形成资产的项目类别")
        ordering: ClassVar = ["kind", "valid_from"]
        constraints: ClassVar = [one_at_a_time("funds_assetlesskind_days", "kind")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
