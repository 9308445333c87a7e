"""A named address of a list, and which one a user begins with."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfPerson, OfSide, Wall


class SavedView(Recorded):
    """How somebody looks at one ledger. It holds parameters and no rows: each reader's own scope decides."""

    class Audience(models.TextChoices):
        OWN = "own", _("只有自己")
        UNIT = "unit", _("本单位")
        SIDE = "side", _("本方各单位")

    ledger = models.CharField(_("台账"), max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("保存人"), on_delete=models.CASCADE, related_name="+"
    )
    #: Of the owner when the view was shared: a view stays where it was shared.
    unit = models.ForeignKey(
        settings.SHANHAI_UNIT_MODEL, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    name = models.CharField(_("名称"), max_length=30)
    #: As the address writes it; relative dates stay relative.
    query = models.TextField(_("筛选、列和排序"), blank=True, default="")
    audience = models.CharField(_("谁能用"), max_length=4, choices=Audience.choices, default=Audience.OWN)

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("列表视图")
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "ledger", "name"], name="kernel_savedview_name_unique"),
        ]
        indexes: ClassVar = [models.Index(fields=["ledger", "side"], name="kernel_savedview_ledger")]

    def __str__(self) -> str:
        return self.name


class ViewDefault(Recorded):
    """The view with which a user's list of a ledger opens."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("用户"), on_delete=models.CASCADE, related_name="+"
    )
    ledger = models.CharField(_("台账"), max_length=80)
    view = models.ForeignKey(
        SavedView, verbose_name=_("视图"), on_delete=models.CASCADE, related_name="defaults"
    )

    WALL: ClassVar[Wall] = OfPerson("user")

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("默认视图")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "ledger"], name="kernel_viewdefault_user_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.ledger} → {self.view_id}"
