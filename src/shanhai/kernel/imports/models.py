"""Uploads on their way into a ledger, so that a plan survives a reload and an import can be found again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7


class Import(models.Model):
    """One file somebody uploaded into one ledger. Its key stands in `import_id` of the rows it wrote."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("已上传")
        PLANNED = "planned", _("待确认")
        APPLIED = "applied", _("已写入")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ledger = models.CharField(_("台账"), max_length=80)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("导入人"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("大小"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.UPLOADED)
    #: The plan as the page shows it; sensitive values are masked in it.
    plan = models.JSONField(_("核对结果"), default=dict)
    plan_digest = models.CharField(_("核对结果的摘要"), max_length=64, blank=True, default="")
    result = models.JSONField(_("写入结果"), default=dict)
    job = models.ForeignKey(
        "kernel.Job", verbose_name=_("后台任务"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("上传时间"))

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("导入")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.name
