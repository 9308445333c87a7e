"""How people get in: the dated rule on passwords and lockout, former passwords, the record."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.dated import DatedRule, Desk, one_at_a_time
from shanhai.kernel.rows import Recorded
from shanhai.kernel.walls.kinds import Public, Wall

from ..roles import CHOICES
from .people import SIGN_IN, User


def _number(label: Any, least: int, most: int, **more: Any) -> "models.PositiveSmallIntegerField[int, int]":
    judges = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(label, validators=judges, **more)


class SignInRule(DatedRule):
    """What passwords must be, how long they last, and when an account is locked. 登录规定"""

    length = _number(_("口令最少位数"), 8, 64)
    classes = _number(_("至少几类字符"), 1, 4)
    remembered = _number(_("不得重复最近几次"), 0, 12)
    days = _number(_("多少天须更换（0 为不限）"), 0, 366)
    failures = _number(_("连续输错几次锁定"), 3, 20)
    address_failures = _number(_("同一地址输错几次暂停"), 10, 1000)
    window_minutes = _number(_("在多少分钟内计次"), 1, 1440)
    lock_minutes = _number(_("锁定多少分钟"), 1, 1440)
    #: The longest life of a token of the API, also of those made under another rule.
    token_days = _number(_("接口令牌最长多少天（0 为不许用）"), 0, 366, default=90)
    second_factor = ArrayField(
        models.CharField(max_length=16, choices=CHOICES),
        verbose_name=_("须二次验证的岗位"),
        default=list,
        blank=True,
    )

    HISTORY_IS_SHOWN = False

    DESK: ClassVar[Desk] = Desk.OWN_PAGE
    WALL: ClassVar[Wall] = Public("a rule of the installation, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("登录规定")
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [one_at_a_time("accounts_signinrule_days")]

    def __str__(self) -> str:
        return str(self.source)

    @classmethod
    def now(cls) -> "SignInRule":
        """The rule in force today; the migration sets the first, pages only add later ones."""
        rule: SignInRule = cls.objects.in_force(clock.today()).get()
        return rule


class KeptPassword(Recorded):
    """The hash of a password that its owner has replaced: it may not come back too soon."""

    user = models.ForeignKey(
        User, verbose_name=_("用户"), on_delete=models.CASCADE, related_name="kept_passwords"
    )
    password = models.CharField(_("密码"), max_length=128)
    replaced_at = models.DateTimeField(_("更换时间"), default=timezone.now)

    HISTORY_DIGESTS = ("password",)
    HISTORY_IS_SHOWN = False

    WALL: ClassVar[Wall] = Public(SIGN_IN)

    class Meta:
        verbose_name = verbose_name_plural = _("用过的口令")
        ordering: ClassVar = ["-replaced_at", "-id"]


class SignInEvent(Recorded):
    """Somebody came in, was refused, or left. Never holds what was typed as a password. 登录记录

    Unit: `at` is the machine's time, also in a demonstration: limits count real minutes.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("登录")
        FAILED = "failed", _("口令不对")
        LOCKED = "locked", _("锁定账号")
        REFUSED = "refused", _("锁定期间又试")
        UNLOCKED = "unlocked", _("解除锁定")
        SIGNED_OUT = "signed_out", _("退出")
        TIMED_OUT = "timed_out", _("超时退出")
        ENDED = "ended", _("结束其他登录")
        PASSWORD = "password", _("更换口令")
        FACTOR_ADDED = "factor_added", _("加二次验证")
        FACTOR_REMOVED = "factor_gone", _("去掉二次验证")
        FACTOR_RESET = "factor_reset", _("重置二次验证")
        LINKED = "linked", _("关联统一身份")
        UNLINKED = "unlinked", _("解除统一身份")
        SIGN_ON_REFUSED = "sso_refused", _("统一登录未成")
        TOKEN_MADE = "token_made", _("建接口令牌")
        TOKEN_USED = "token_used", _("接口令牌首次使用")
        TOKEN_ENDED = "token_ended", _("撤销接口令牌")

    kind = models.CharField(_("事项"), max_length=12, choices=Kind.choices)
    at = models.DateTimeField(_("时间"), default=timezone.now)
    user = models.ForeignKey(
        User, verbose_name=_("用户"), on_delete=models.PROTECT, null=True, blank=True, related_name="sign_ins"
    )
    #: Of an account that does not exist only a trace: a password is easily typed in its place.
    account = models.CharField(_("账号"), max_length=40, blank=True)
    #: Keyed digest of the account as typed, by which failures are counted whether it exists or not.
    account_key = models.CharField(max_length=64, editable=False)
    address = models.GenericIPAddressField(_("地址"), null=True, blank=True)
    device = models.CharField(_("设备"), max_length=200, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)

    HISTORY_OMITS = ("account_key",)
    HISTORY_IS_SHOWN = False
    IS_APPENDED_ONLY = True

    WALL: ClassVar[Wall] = Public(SIGN_IN)

    class Meta:
        verbose_name = verbose_name_plural = _("登录记录")
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["account_key", "-at"], name="accounts_signin_account"),
            models.Index(fields=["address", "-at"], name="accounts_signin_address"),
            models.Index(fields=["user", "-at"], name="accounts_signin_user"),
            models.Index(fields=["-at", "-id"], name="accounts_signin_at"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.get_kind_display()}"
