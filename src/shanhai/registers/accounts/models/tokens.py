"""Tokens of the API: what a person hands to a program, so that it may call with a part of their rights."""

import hashlib
import secrets
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.permissions import READING, REPORTING, Verb
from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Narrowing
from shanhai.kernel.walls.kinds import Public, Wall

from .people import SIGN_IN, User

#: Before every token: scanners for secrets that lie about know it by this.
PREFIX = "shanhai_"
_BYTES = 32
_SHOWN = 4


class ApiToken(Recorded):
    """接口令牌 — good up to a day, revoked at any time. Only a hash of it is kept (ADR 0028)."""

    class Act(models.TextChoices):
        """What a token may be used for, each with the verbs of the roles that it stands for."""

        VIEW = "view", _("看：查看、导出（敏感信息遮盖）")
        FILE = "file", _("填：新增、修改、提交、作废、导入")
        VERIFY = "verify", _("核：核实、退回、对方确认")
        MANAGE = "manage", _("管：目标、应报规则、自定义字段、通报")

    user = models.ForeignKey(User, verbose_name=_("用户"), on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("用途"), max_length=40)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    #: The last signs, by which its owner knows it again in a file of settings.
    ending = models.CharField(_("末尾"), max_length=8, editable=False)
    ledgers = ArrayField(models.CharField(max_length=60), verbose_name=_("关联台账"))
    acts = ArrayField(models.CharField(max_length=8, choices=Act.choices), verbose_name=_("可以做什么"))
    made_at = models.DateTimeField(_("建于"), default=timezone.now)
    expires_at = models.DateTimeField(_("有效期至"))
    revoked_at = models.DateTimeField(_("撤销于"), null=True, blank=True)

    HISTORY_OMITS = ("digest",)
    HISTORY_IS_SHOWN = False

    WALL: ClassVar[Wall] = Public(SIGN_IN)

    class Meta:
        verbose_name = verbose_name_plural = _("接口令牌")
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def fresh() -> tuple[str, dict[str, Any]]:
        """A token of 256 random bits, and the fields that keep of it what is kept."""
        text = PREFIX + secrets.token_urlsafe(_BYTES)
        return text, {"digest": digest_of(text), "ending": text[-_SHOWN:]}

    def narrowing(self) -> Narrowing:
        verbs = frozenset().union(*(VERBS[act] for act in self.acts if act in VERBS))
        return Narrowing(str(self.pk), frozenset(self.ledgers), verbs)


#: Unmasking is for people, who give a reason on the page; administration never goes by a token.
VERBS: dict[str, frozenset[Verb]] = {
    ApiToken.Act.VIEW: READING,
    ApiToken.Act.FILE: REPORTING,
    ApiToken.Act.VERIFY: READING | {Verb.VERIFY},
    ApiToken.Act.MANAGE: READING | {Verb.MANAGE, Verb.ISSUE},
}


def digest_of(text: str) -> str:
    """SHA-256, without salt or rounds: nobody guesses 256 random bits, and it is asked at every call."""
    return hashlib.sha256(text.encode()).hexdigest()


class TokenUse(models.Model):
    """When a token was used, and how often in the minute under way. Not in history: one line a call."""

    token = models.OneToOneField(ApiToken, on_delete=models.CASCADE, primary_key=True, related_name="use")
    #: Beginning of the minute that `calls` counts.
    minute = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField(_("首次使用"), null=True, blank=True)
    last_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    address = models.GenericIPAddressField(_("地址"), null=True, blank=True)

    WALL: ClassVar[Wall] = Public(SIGN_IN)

    class Meta:
        verbose_name = verbose_name_plural = _("接口令牌的使用")
