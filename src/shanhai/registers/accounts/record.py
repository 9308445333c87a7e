"""The record of sign-ins: who came in, failed or left, from where and with what; never what was typed."""

import ipaddress
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shanhai.kernel import context
from shanhai.kernel.observing.figures import SIGN_INS, counting

from .models import SignInEvent, User

_SALT = "accounts.sign_in"
_DEVICE_LENGTH = 200
#: What a browser calls itself → what people call it; the first that is found names it.
_BROWSERS = (
    ("MicroMessenger", lazy("微信")),
    ("DingTalk", lazy("钉钉")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def account_key(username: str) -> str:
    """By which failures of an account are counted, whether it exists or not."""
    return salted_hmac(_SALT, username.strip().lower(), algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str | None:
    """The address of the caller, past as many proxies as the settings trust."""
    found: str | None = get_client_ip(request)
    return found


def user_agent_of(request: HttpRequest) -> str:
    return str(request.META.get("HTTP_USER_AGENT", ""))[:_DEVICE_LENGTH]


def device_in_words(user_agent: str) -> str:
    """`Chrome · Windows`."""
    names = [
        next((label for sign, label in known if sign in user_agent), "") for known in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(str(name) for name in names if name) or _("其他设备")


def address_in_words(address: str | None) -> str:
    """The address and what kind of place it is; where on a map nobody can tell without asking outside."""
    if not address:
        return _("不明")
    found = ipaddress.ip_address(address)
    place = _("本机") if found.is_loopback else _("内网") if found.is_private else _("外网")
    return f"{address}（{place}）"


def trace(username: str) -> str:
    """Of an account that nobody has: the first letter and the length, as it may be a password."""
    return f"{username[:1]}…（{len(username)}）" if username else ""


def remember(
    kind: SignInEvent.Kind, request: HttpRequest, *, user: User | None, username: str = "", note: str = ""
) -> None:
    """One line of the record. Where no request transaction is open yet, in one of its own."""
    row: dict[str, Any] = {
        "kind": kind,
        "at": timezone.now(),
        "user": user,
        "account": user.username[:40] if user else trace(username),
        "account_key": account_key(user.username if user else username),
        "address": address_of(request),
        "device": user_agent_of(request),
        "note": note[:200],
    }
    with counting():
        SIGN_INS.labels(kind.value).inc()
    if context.current() is not None:
        SignInEvent.objects.create(**row)
        return
    with context.unscoped("登录与退出"):
        SignInEvent.objects.create(**row)
