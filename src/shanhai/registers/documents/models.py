"""Word templates people made for the documents of their side; every version is kept."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.models import EvidenceFile, Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfSide, Wall


class DocumentTemplate(Recorded):
    """公文模板 — a version of a Word file into which documents of one kind are filled.

    Shape: of a name the highest version not taken off is the one in use; none is ever overwritten.
    """

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    document_kind = models.CharField(_("公文种类"), max_length=60)
    name = models.CharField(_("名称"), max_length=60)
    template_version = models.PositiveSmallIntegerField(_("模板版本"), default=1)
    file = models.ForeignKey(EvidenceFile, verbose_name=_("文件"), on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.CharField(_("上传人"), max_length=40)
    uploaded_at = models.DateTimeField(_("上传时间"))
    removed_by = models.CharField(_("移除人"), max_length=40, blank=True, default="")
    removed_at = models.DateTimeField(_("移除时间"), null=True, blank=True)

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        verbose_name = verbose_name_plural = _("公文模板")
        ordering: ClassVar = ["document_kind", "name", "-template_version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "document_kind", "name", "template_version"],
                name="documents_documenttemplate_version_unique",
                violation_error_message=_("这个版本已有人上传，请再传一次。"),
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | ~Q(removed_by=""),
                name="documents_documenttemplate_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name
