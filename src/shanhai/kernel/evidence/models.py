"""Evidence files and their links to rows."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.rows import LedgerModel, Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import BesideRow, OfSide, OfWhoeverActs, Wall


class EvidenceFile(Recorded):
    """One content, stored once per side.

    Unit: `size` in bytes of the plain file; `digest` is its SHA-256.
    """

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    digest = models.CharField(_("哈希"), max_length=64)
    size = models.PositiveBigIntegerField(_("大小"))
    content_type = models.CharField(_("类型"), max_length=120)
    stored_at = models.DateTimeField(_("入库时间"))
    #: What a camera wrote into a picture, see `pictures`.
    shot_at = models.DateTimeField(_("拍摄时间"), null=True, blank=True)
    latitude = models.DecimalField(_("拍摄纬度"), max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("拍摄经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    #: Since when the content is no more, as the person it was about had it erased.
    erased_at = models.DateTimeField(_("依申请删除时间"), null=True, blank=True)

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("佐证文件")
        constraints = [
            models.UniqueConstraint(fields=["side", "digest"], name="kernel_evidencefile_side_digest_unique"),
        ]


class EvidenceLinkQuerySet(models.QuerySet["EvidenceLink"]):
    def for_row(self, row: LedgerModel) -> Self:
        return self.for_rows(row.ledger_key(), [row.pk])

    def for_rows(self, ledger: str, ids: Sequence[UUID]) -> Self:
        """Links that still stand with these rows of one ledger."""
        return self.filter(ledger=ledger, row_id__in=ids, removed_at__isnull=True)


class EvidenceLink(Recorded):
    """A file as evidence of one row. Removing hides the link with a reason; nothing is deleted."""

    ledger = models.CharField(_("台账"), max_length=80)
    row_id = models.UUIDField(_("行"))
    file = models.ForeignKey(
        EvidenceFile, verbose_name=_("文件"), on_delete=models.PROTECT, related_name="links"
    )
    evidence_class = models.CharField(_("佐证类别"), max_length=40, blank=True, default="")
    name = models.CharField(_("文件名"), max_length=200)
    attached_at = models.DateTimeField(_("上传时间"))
    attached_by = models.CharField(_("上传人"), max_length=120)
    removed_at = models.DateTimeField(_("移除时间"), null=True, blank=True)

    objects: ClassVar[Any] = EvidenceLinkQuerySet.as_manager()

    WALL: ClassVar[Wall] = BesideRow()

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("佐证")
        ordering = ["attached_at", "id"]
        indexes = [models.Index(fields=["ledger", "row_id"], name="kernel_evidencelink_row")]

    def __str__(self) -> str:
        return self.name


class EvidenceReading(Recorded):
    """One opening of a paper that shows personal data: who, when. History tells if it is ever changed."""

    link = models.ForeignKey(
        EvidenceLink, verbose_name=_("佐证"), on_delete=models.PROTECT, related_name="readings"
    )
    read_at = models.DateTimeField(_("查阅时间"))
    read_by = models.CharField(_("查阅人"), max_length=120)

    HISTORY_IS_SHOWN: ClassVar[bool] = False

    WALL: ClassVar[Wall] = OfSide("link__file__side", is_watched=True)

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("佐证查阅")
        ordering = ["-read_at", "-id"]


class EvidenceCheck(models.Model):
    """One nightly run over all contents. `bytes_read` counts the plain files."""

    started_at = models.DateTimeField(_("开始时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    files = models.PositiveIntegerField(_("检查份数"), default=0)
    bytes_read = models.PositiveBigIntegerField(_("检查字节"), default=0)
    damaged = models.PositiveIntegerField(_("损坏份数"), default=0)

    WALL: ClassVar[Wall] = OfWhoeverActs("how many files were checked", administrators=True)

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("佐证检查")
        ordering: ClassVar = ["-id"]


class EvidenceDamage(models.Model):
    """A content that was found not to be what was stored; `mended_at` when it was found whole again."""

    file = models.ForeignKey(
        EvidenceFile, verbose_name=_("文件"), on_delete=models.PROTECT, related_name="damages"
    )
    found_at = models.DateTimeField(_("发现时间"))
    mended_at = models.DateTimeField(_("恢复时间"), null=True, blank=True)

    WALL: ClassVar[Wall] = OfWhoeverActs("which contents are damaged: hash and day", administrators=True)

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("佐证损坏")
        ordering: ClassVar = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["file"],
                condition=models.Q(mended_at__isnull=True),
                name="kernel_evidencedamage_open_unique",
            ),
        ]
