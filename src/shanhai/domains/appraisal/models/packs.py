"""Evidence packs that were made: about what, by whom, and the hash by which a copy is known."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.models import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfSide, Wall


class EvidencePack(Recorded):
    """佐证包 — one pack as it was handed out. Its file goes after some days, this stays.

    Shape: `digest` is the SHA-256 of the manifest inside. `side` is that of whoever asked.
    """

    IS_APPENDED_ONLY: ClassVar[bool] = True

    class About(models.TextChoices):
        INDICATOR = "indicator", _("指标")
        UNIT = "unit", _("单位")
        ENTRY = "entry", _("考核自评")
        SCHEME = "scheme", _("考核方案")

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    about = models.CharField(_("打包对象"), max_length=9, choices=About.choices)
    label = models.CharField(_("内容"), max_length=200)
    period = models.CharField(_("所属期"), max_length=7)
    packed_rows = models.PositiveIntegerField(_("台账记录数"))
    papers = models.PositiveIntegerField(_("佐证份数"))
    missing = models.PositiveIntegerField(_("缺佐证"))
    digest = models.CharField(_("清单摘要"), max_length=64)
    packed_by = models.CharField(_("生成人"), max_length=120)
    packed_at = models.DateTimeField(_("生成时间"))

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        verbose_name = verbose_name_plural = _("佐证包")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["side", "-id"], name="appraisal_evidencepack_side")]

    def __str__(self) -> str:
        return self.label
