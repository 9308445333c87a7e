"""Keys that sign, and what was signed with them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.engines.signing import PublicKey
from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import BesideRow, Public, Wall


class SigningKey(Recorded):
    """签名密钥 — the seal of a side, or the public half of another system's.

    Shape: `public_key` is 130 hexadecimal digits, `fingerprint` the SM3 of its point. `private_key` is sealed
    with the key ring; "" where it lies in a file or is not ours. It signs from `valid_from` until
    `valid_until`; what it signed in that time is verified with it for ever.
    """

    class Kept(models.TextChoices):
        RING = "ring", _("数据库内加密")
        FILE = "file", _("库外文件")
        ELSEWHERE = "elsewhere", _("不在本系统")

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices, blank=True, default="")
    holder = models.CharField(_("持有单位"), max_length=80)
    public_key = models.CharField(_("公钥"), max_length=130)
    fingerprint = models.CharField(_("密钥指纹"), max_length=64, unique=True)
    private_key = models.TextField(_("私钥"), blank=True, default="", editable=False)
    kept = models.CharField(_("私钥存放"), max_length=9, choices=Kept.choices, editable=False)
    valid_from = models.DateTimeField(_("启用时间"))
    valid_until = models.DateTimeField(_("失效时间"), null=True, blank=True)

    HISTORY_OMITS: ClassVar = ("private_key",)
    HISTORY_IS_SHOWN: ClassVar[bool] = False

    WALL: ClassVar[Wall] = Public("whose seal is which; the private half is sealed or not here")

    class Meta:
        verbose_name = verbose_name_plural = _("签名密钥")
        ordering: ClassVar = ["side", "holder", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side"],
                condition=Q(valid_until__isnull=True) & ~Q(side=""),
                name="signing_signingkey_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.fingerprint[:16]}"

    @property
    def told(self) -> PublicKey:
        """The public half, with its time."""
        return PublicKey(self.public_key, self.holder, self.valid_from, self.valid_until)


class RowSignature(Recorded):
    """签名 — what a side signed of a row. Shape: `statement` is the very text that was signed."""

    ledger = models.CharField(_("台账"), max_length=80)
    row_id = models.UUIDField(_("行"))
    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    statement = models.TextField(_("签名内容"))
    signature = models.CharField(_("签名值"), max_length=128)
    fingerprint = models.CharField(_("密钥指纹"), max_length=64)
    signed_at = models.DateTimeField(_("签名时间"))

    IS_APPENDED_ONLY: ClassVar[bool] = True
    HISTORY_OMITS: ClassVar = ("statement",)
    HISTORY_IS_SHOWN: ClassVar[bool] = False

    WALL: ClassVar[Wall] = BesideRow()

    class Meta:
        verbose_name = verbose_name_plural = _("签名")
        ordering: ClassVar = ["row_id", "signed_at", "id"]
        indexes: ClassVar = [models.Index(fields=["row_id", "side"], name="signing_rowsignature_row")]

    def __str__(self) -> str:
        return f"{self.ledger} {str(self.row_id)[-6:]} {self.get_side_display()}"

    objects: ClassVar[Any] = models.Manager()
