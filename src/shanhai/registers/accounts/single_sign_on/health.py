"""What `shanhai doctor` looks at in single sign-on: whether each provider answers, for whom, its clock."""

import stat
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import requests
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.utils.translation import gettext as _

from shanhai.kernel.health import Condition, register_look

from .links import offered
from .protocol import LEEWAY
from .providers import Provider, is_protected


def _single_sign_on() -> Condition:
    wrong = [*_open_files(), *(why for one in offered() if (why := _wrong_with(one)))]
    if wrong:
        return Condition("single_sign_on", False, "；".join(wrong))
    told = "、".join(one.label for one in offered())
    right = _("统一身份认证有应答：%(labels)s。") % {"labels": told} if told else _("没有设统一身份认证。")
    return Condition("single_sign_on", True, right)


def _open_files() -> Iterator[str]:
    names = {settings.SHANHAI_SINGLE_SIGN_ON_FILE, *(one.secret_file for one in offered())}
    for name in sorted(names - {""}):
        path = Path(name)
        if not path.exists() or stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield _("%(path)s 别人能读到，或者不见了，请运行 chmod 600 %(path)s。") % {"path": name}


def _wrong_with(one: Provider) -> str:
    told = {"label": one.label, "issuer": one.issuer}
    try:
        with get_adapter().get_requests_session() as session:
            answer = session.get(f"{one.issuer.rstrip('/')}/.well-known/openid-configuration")
            answer.raise_for_status()
            document = dict(answer.json())
    except (requests.RequestException, ValueError, TypeError) as error:
        return _("%(label)s：%(issuer)s 没有应答（%(why)s）。请看网络、代理和证书。") % {
            **told,
            "why": type(error).__name__,
        }
    if document.get("issuer") != one.issuer:
        return _("%(label)s：那边自称 %(other)s，与填的 issuer %(issuer)s 不同，谁也登不进来。") % {
            **told,
            "other": document.get("issuer"),
        }
    addresses = [value for name, value in document.items() if name.endswith("_endpoint")]
    if not all(is_protected(str(address)) for address in addresses):
        return _("%(label)s：那边有的地址不是 https。") % told
    if "S256" not in document.get("code_challenge_methods_supported", ["S256"]):
        return _("%(label)s：那边不支持 PKCE（S256）。") % told
    return _clock(one, answer.headers.get("Date", ""))


def _clock(one: Provider, there: str) -> str:
    if not there:
        return ""
    seconds = round(abs(parsedate_to_datetime(there).timestamp() - time.time()))
    if seconds <= LEEWAY:
        return ""
    told = {"label": one.label, "seconds": seconds}
    return _("%(label)s：两边的时钟差 %(seconds)s 秒，凭证会被当作过期。请对时。") % told


register_look(_single_sign_on)
