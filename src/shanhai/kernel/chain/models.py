"""The chain, its verifications and what was archived. Blocks are written by the owner's functions alone."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, Desk, one_at_a_time
from shanhai.kernel.rows import Recorded
from shanhai.kernel.walls.kinds import OfWhoeverActs, Public, Wall

from .digests import Algorithm


class SealBlock(models.Model):
    """Entries of history sealed together and bound to the block before.

    Shape: the entries with `after_id` < id and `from_xid` <= transaction_id < `to_xid`; `sql/chain.sql` says
    what `parts` and `marks` are. `previous` is empty for the first block.
    """

    number = models.BigIntegerField(_("区块编号"), primary_key=True)
    algorithm = models.CharField(_("算法"), max_length=8, choices=Algorithm.choices)
    server = models.CharField(_("服务器"), max_length=48)
    after_id = models.BigIntegerField()
    from_xid = models.BigIntegerField()
    to_xid = models.BigIntegerField()
    entries = models.BigIntegerField(_("条数"))
    last_id = models.BigIntegerField()
    parts = models.JSONField()
    marks = models.BinaryField()
    sealed_at = models.DateTimeField(_("封存时间"))
    previous = models.BinaryField()
    hash = models.BinaryField(_("区块哈希"))

    WALL: ClassVar[Wall] = Public("hashes of history, which tell nothing of it")

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("封存区块")
        ordering: ClassVar = ["-number"]


class ChainCheck(Recorded):
    """One verification of the whole chain: how far it went and what it found."""

    checked_at = models.DateTimeField(_("验证时间"))
    seconds = models.FloatField(_("用时（秒）"))
    blocks = models.BigIntegerField(_("区块"))
    entries = models.BigIntegerField(_("条数"))
    is_whole = models.BooleanField(_("完好"))
    finding = models.TextField(_("发现"), blank=True, default="")

    HISTORY_IS_SHOWN: ClassVar[bool] = False

    WALL: ClassVar[Wall] = OfWhoeverActs(
        "whether history is whole, for auditors of both sides", administrators=True
    )

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("封存验证")
        ordering: ClassVar = ["-checked_at", "-id"]


class ArchivedMonth(Recorded):
    """A month of history that was moved to a file."""

    #: `202103`, in UTC as partitions are.
    month = models.CharField(_("月份"), max_length=6, unique=True)
    name = models.CharField(_("文件名"), max_length=80)
    digest = models.CharField(_("文件哈希"), max_length=64)
    entries = models.BigIntegerField(_("条数"))
    archived_at = models.DateTimeField(_("归档时间"))

    HISTORY_IS_SHOWN: ClassVar[bool] = False

    WALL: ClassVar[Wall] = Public("which months are kept in files")

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("历史归档")
        ordering: ClassVar = ["-month"]


class HistoryRetention(DatedRule):
    """How long history must stay in the database before it may be archived."""

    kept_months = models.PositiveSmallIntegerField(_("至少保存的月数"))

    DESK: ClassVar[Desk] = Desk.INSTALLATION
    WALL: ClassVar[Wall] = Public("a rule of the installation, by date")

    class Meta:
        app_label = "kernel"
        verbose_name = verbose_name_plural = _("历史保存期")
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            one_at_a_time("kernel_historyretention_once"),
            # 网络安全法 asks for six months at least: a rule may keep longer, never shorter.
            models.CheckConstraint(
                condition=models.Q(kept_months__gte=6), name="kernel_historyretention_law"
            ),
        ]
