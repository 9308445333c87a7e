"""What a unit asks for beside the national fields."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.rows import Recorded
from shanhai.kernel.walls.kinds import Public, Wall

from .values import PREFIX


class CustomField(Recorded):
    """A field that one unit adds to a ledger. Values stand in `extra` of the unit's rows, by `key`."""

    class Kind(models.TextChoices):
        """By the words of `sheets.columns.Kind`."""

        TEXT = "text", _("短文本")
        LONG_TEXT = "long_text", _("长文本")
        INTEGER = "integer", _("整数")
        DECIMAL = "decimal", _("小数")
        MONEY = "money", _("金额")
        DATE = "date", _("日期")
        BOOLEAN = "boolean", _("是否")
        CHOICE = "choice", _("选项")
        MULTI_CHOICE = "multi_choice", _("多选")

    ledger = models.CharField(_("台账"), max_length=80)
    unit = models.ForeignKey(
        settings.SHANHAI_UNIT_MODEL, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    #: Never changes and is nobody else's, so that values stay whose they are when a row is handed over.
    key = models.CharField(_("字段代号"), max_length=10, unique=True)
    title = models.CharField(_("标题"), max_length=30)
    kind = models.CharField(_("字段类型"), max_length=12, choices=Kind.choices, default=Kind.TEXT)
    measure_unit = models.CharField(_("计量单位"), max_length=10, blank=True, default="")
    decimals = models.PositiveSmallIntegerField(_("小数位"), null=True, blank=True)
    options = models.JSONField(_("选项"), default=list, blank=True)
    help = models.CharField(_("填写说明"), max_length=200, blank=True, default="")
    is_required = models.BooleanField(_("必填"), default=False)
    is_personal = models.BooleanField(_("含个人信息"), default=False)
    is_listed = models.BooleanField(_("列表默认显示"), default=True)
    ordinal = models.PositiveSmallIntegerField(_("顺序"), default=0)
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    #: Counts up with every change, see `definitions.version`.
    revision = models.PositiveIntegerField(_("修订"), default=1)

    HISTORY_OMITS = ("revision",)
    #: Values of the past are read by the definitions of today.
    HISTORY_IS_SHOWN = False

    WALL: ClassVar[Wall] = Public("what units call columns of their own; read while it is found out who acts")

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("自定义字段")
        ordering: ClassVar = ["ledger", "unit", "ordinal", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "ledger", "title"],
                condition=Q(retired_at__isnull=True),
                name="kernel_customfield_title_unique",
                violation_error_message=_("本单位在这本台账里已有同名的自定义字段。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """Its name among the columns of the ledger."""
        return f"{PREFIX}{self.key}"

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None
