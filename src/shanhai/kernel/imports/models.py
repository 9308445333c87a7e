"""Uploads on their way into a ledger, so that a plan survives a reload and an import can be found again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from shanhai.kernel.rows import Recorded
from shanhai.kernel.walls.kinds import OfPerson, OfSide, Wall, Within


class Import(models.Model):
    """One file somebody uploaded. Its key stands in `import_id` of the rows it wrote.

    Shape: `parts` are what it holds, one per ledger, in the order they are written; none before it was read.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("已上传")
        MAPPING = "mapping", _("待对应列")
        PLANNED = "planned", _("待确认")
        APPLIED = "applied", _("已写入")
        UNDONE = "undone", _("已撤销")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    #: On whose page it was uploaded. The file may hold others as well, or only others.
    ledger = models.CharField(_("台账"), max_length=80)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("导入人"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("大小"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.UPLOADED)
    plan_digest = models.CharField(_("核对结果的摘要"), max_length=64, blank=True, default="")
    #: Sums over the parts, and how long it took.
    result = models.JSONField(_("写入结果"), default=dict)
    job = models.ForeignKey(
        "kernel.Job", verbose_name=_("后台任务"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("上传时间"))
    undone_at = models.DateTimeField(_("撤销时间"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("撤销人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    WALL: ClassVar[Wall] = OfPerson("requester", "kernel_wall_written_for(id)")

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("导入")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def counts(self) -> dict[str, int]:
        """Lines of the plan by what they lead to, over all parts; empty before there is one."""
        told = [part.plan["counts"] for part in self.parts.all() if part.plan]
        return {name: sum(counts[name] for counts in told) for name in told[0]} if told else {}

    @property
    def expected(self) -> int:
        """Rows that will be written."""
        return sum(part.plan.get("expected", 0) for part in self.parts.all())


class ImportPart(models.Model):
    """The sheets of a file that belong to one ledger: how they were read, planned and written."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    upload = models.ForeignKey(
        Import, verbose_name=_("上传的文件"), on_delete=models.CASCADE, related_name="parts"
    )
    #: In the order in which parts are written.
    position = models.PositiveSmallIntegerField(_("次序"))
    ledger = models.CharField(_("台账"), max_length=80)
    #: For which it was imported; whoever imports for it sees what was written.
    unit = models.ForeignKey(
        settings.SHANHAI_UNIT_MODEL,
        verbose_name=_("单位"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    #: Which column each heading means that is not one of the ledger's: heading → name, "" for none.
    mapping = models.JSONField(_("列的对应"), default=dict)
    is_mapping_remembered = models.BooleanField(_("沿用上次的对应"), default=False)
    #: The plan as the page shows it; sensitive values are masked in it.
    plan = models.JSONField(_("核对结果"), default=dict)
    result = models.JSONField(_("写入结果"), default=dict)

    WALL: ClassVar[Wall] = Within("upload")

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("导入的一部分")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "ledger"], name="kernel_importpart_ledger_unique"),
        ]
        indexes: ClassVar = [models.Index(fields=["ledger", "unit", "-upload"], name="kernel_import_past")]

    def __str__(self) -> str:
        return f"{self.ledger} {self.upload_id}"


class ColumnMapping(Recorded):
    """What the headings of one form of table mean, as somebody of a unit said when it was first imported."""

    unit = models.ForeignKey(
        settings.SHANHAI_UNIT_MODEL, verbose_name=_("单位"), on_delete=models.CASCADE, related_name="+"
    )
    ledger = models.CharField(_("台账"), max_length=80)
    #: Of all headings of the table, see `sheets.outline`.
    fingerprint = models.CharField(_("表头的摘要"), max_length=64)
    headings = models.JSONField(_("表头的含义"), default=dict)
    updated_at = models.DateTimeField(_("更新时间"))

    WALL: ClassVar[Wall] = OfSide("unit__side")

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("导入时列的对应")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "ledger", "fingerprint"], name="kernel_columnmapping_form_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {self.fingerprint[:8]}"
