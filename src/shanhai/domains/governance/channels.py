"""Where reminders go beyond the installation: e-mail, a web-hook of WeCom or DingTalk. No Django here.

A file of JSON names them: `[{"name": "斗门督查群", "side": "east", "kind": "wecom", "url": "https://…"},
{"name": "湄潭督查室", "side": "west", "kind": "email", "to": ["office@example.gov.cn"]}]`.
No file, no reminders.
"""

import json
import smtplib
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

EMAIL, HOOKS = "email", frozenset({"wecom", "dingtalk"})
SIDES = frozenset({"east", "west"})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
TIMEOUT = 10  # seconds
MOST_ANSWER = 10_000  # bytes


class ChannelsWrong(ValueError):
    """The file names a channel that cannot be one; the text says which and why."""


class NotDelivered(Exception):
    """It did not arrive; the text says why and holds no address and no key."""


@dataclass(frozen=True)
class Channel:
    """One way out. Shape: `to` of e-mail, `url` of a web-hook."""

    name: str
    side: str
    kind: str
    to: tuple[str, ...] = ()
    url: str = ""


def read(path: str) -> tuple[Channel, ...]:
    """The channels of a file; none without one. Errors: ChannelsWrong."""
    if not path:
        return ()
    try:
        told = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ChannelsWrong(f"{path}: {type(error).__name__}, it should be a list in JSON") from None
    if not isinstance(told, list):
        raise ChannelsWrong(f"{path} should be a list")
    found = tuple(_channel(number, one) for number, one in enumerate(told, 1))
    if len({one.name for one in found}) < len(found):
        raise ChannelsWrong(f"{path}: two channels have the same name")
    return found


def _channel(number: int, told: Any) -> Channel:
    if not isinstance(told, dict) or not isinstance(told.get("name"), str) or not told["name"]:
        raise ChannelsWrong(f"channel {number}: an object with a name is wanted")
    channel = Channel(
        told["name"][:60],
        str(told.get("side", "")),
        str(told.get("kind", "")),
        tuple(map(str, told.get("to", ()))),
        str(told.get("url", "")),
    )
    if channel.side not in SIDES:
        raise ChannelsWrong(f"channel {number}: side is east or west")
    if channel.kind == EMAIL:
        if not channel.to or any("@" not in one for one in channel.to):
            raise ChannelsWrong(f"channel {number}: `to` is a list of e-mail addresses")
    elif channel.kind in HOOKS:
        parts = urlsplit(channel.url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ChannelsWrong(f"channel {number}: the url begins with https://")
    else:
        raise ChannelsWrong(f"channel {number}: kind is email, wecom or dingtalk")
    return channel


#: Sends subject and text to addresses by e-mail.
type Mailer = Callable[[str, str, Sequence[str]], Any]


def deliver(channel: Channel, subject: str, text: str, mailer: Mailer) -> None:
    """Errors: NotDelivered."""
    if channel.kind == EMAIL:
        try:
            mailer(subject, text, channel.to)
        except (OSError, smtplib.SMTPException) as error:
            raise NotDelivered(type(error).__name__) from None
        return
    _post(channel.url, {"msgtype": "text", "text": {"content": text}})


def _post(url: str, body: dict[str, Any]) -> None:
    """Both kinds of web-hook take the same message and answer `errcode` 0."""
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8"}
    request = urllib.request.Request(url, content, headers, method="POST")  # noqa: S310  (checked by `read`)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            told = json.loads(answer.read(MOST_ANSWER) or b"{}")
    except urllib.error.HTTPError as error:
        raise NotDelivered(f"HTTP {error.code}") from None
    except (OSError, ValueError) as error:
        raise NotDelivered(type(error).__name__) from None
    code = told.get("errcode") if isinstance(told, dict) else None
    if code != 0:
        raise NotDelivered(f"errcode {code}"[:60])
