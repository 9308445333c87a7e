"""Why somebody does not come in by a provider: for the page, the record, the log; nothing of a token."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..models import SignInEvent, User
from ..record import remember
from .providers import Provider

_log = logging.getLogger("shanhai.single_sign_on")

#: Code → what happened and what to do; the first sentence also stands in the record.
REASONS: Mapping[str, Any] = {
    "unknown": lazy(
        "您在统一身份认证的身份还没有关联这里的账号。"
        "请先用山海的账号和口令登录，到“我的登录”里点“关联”；没有账号，请本单位管理员建一个。"
    ),
    "inactive": lazy("这个账号已停用。需要恢复，请联系本单位管理员。"),
    "required": lazy(
        "统一身份认证的验证强度不够。请在那边用要求的方式（如数字证书、短信加口令）重新登录后再试。"
    ),
    "state": lazy("这次登录不是从这里开始的，或者放得太久。请回登录页重新点一次。"),
    "cancelled": lazy("在统一身份认证那边取消了登录。可以再试，或用山海的账号和口令登录。"),
    "provider": lazy("统一身份认证没有让这次登录完成。请稍后再试，或用山海的账号和口令登录。"),
    "unreachable": lazy("连不上统一身份认证。请稍后再试，或用山海的账号和口令登录，并告诉系统管理员。"),
    "untrusted": lazy("统一身份认证给的凭证没有通过核对。请重新登录；还不行，请告诉系统管理员现在的时间。"),
    "again": lazy("关联之前要先证明是您本人，证明已过时。请回“我的登录”重新点“关联”。"),
    "taken": lazy("这个身份已经关联了另一个账号。请先在那个账号里解除，或请安全管理员解除。"),
    "second": lazy("您的账号已关联这个统一身份认证的另一个身份。请先解除那一个。"),
}


class NotProven(OAuth2Error):  # type: ignore[misc]
    """What a provider said does not hold. `why` is for the log: words of ours, nothing that was sent."""

    def __init__(self, why: str, code: str = "untrusted") -> None:
        super().__init__(why)
        self.why, self.code = why, code


def refuse(
    request: HttpRequest,
    provider: Provider,
    code: str,
    *,
    user: User | None = None,
    why: str = "",
    told: str = "",
) -> HttpResponse:
    """The page of a reason, after remembering it. `told`: a sentence in place of the reason's own."""
    text = told or str(REASONS[code])
    _log.warning("single sign-on refused: %s %s", code, why, extra={"provider": provider.key})
    note = f"{provider.label}：{text.partition('。')[0]}"
    remember(SignInEvent.Kind.SIGN_ON_REFUSED, request, user=user, note=note)
    here = request.user.is_authenticated
    back = reverse("accounts:own_sessions" if here else "account_login")
    drawn = {
        "title": _("没有登录成功") if not here else _("没有关联成功"),
        "text": text,
        "back": {"url": back, "label": _("回我的登录") if here else _("回登录页")},
    }
    return render(request, "accounts/sign_on_refused.html", drawn, status=HTTPStatus.FORBIDDEN)
