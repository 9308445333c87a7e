"""Calls that carry an `Idempotency-Key`: sent again, they get the first answer and write nothing.

The answer is kept in the transaction of the work it tells of: both are there or neither. A call that was
refused wrote nothing, so its key is free again. Answers hold what the caller was told, sensitive values
masked, and are sealed besides, since they name persons.
"""

import datetime
import hashlib
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.answers import KEPT_DAYS, PURPOSE, KeptAnswer
from shanhai.kernel.errors import RuleViolated, ShanhaiError
from shanhai.kernel.scope import Actor
from shanhai.kernel.sealing import installed_keyring

HEADER = "Idempotency-Key"
#: Tells an answer that was given before from a new one.
REPLAYED = "Idempotency-Replayed"
LONGEST_KEY = 200
_CLAIM = "_shanhai_claim"
_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


class Mismatch(RuleViolated):
    """The key was used for another call."""

    code: ClassVar[str] = "idempotency_mismatch"
    default_message = _("这个 Idempotency-Key 已用于另一个请求。新的请求请换一个。")


class BadKey(RuleViolated):
    """Nothing that could be a key."""

    code: ClassVar[str] = "idempotency_bad_key"
    default_message = _("Idempotency-Key 应为 1 到 200 个可见的 ASCII 字符。")


class StillRunning(ShanhaiError):
    """The first call with the key has not ended."""

    status: ClassVar[int] = 409
    code: ClassVar[str] = "idempotency_running"
    default_message = _("同一个请求正在办理，请稍候再查。")


class Replay(Exception):
    """Not a refusal: the answer is there already. Taken up by `HANDLERS` of the site."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def replay_if_known(request: HttpRequest, actor: Actor) -> None:
    """Claim the key of the call until its transaction ends.

    Errors: Replay with the first answer; Mismatch, BadKey, StillRunning.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return
    if not 0 < len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise BadKey
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"answer:{actor.user_id}:{key}"])
        if not cursor.fetchone()[0]:
            raise StillRunning
    digest = _digest(request, actor)
    user: Any = actor.user_id
    kept = KeptAnswer.objects.filter(user_id=user, key=key).first()
    if kept is not None and kept.answered_at >= clock.now() - datetime.timedelta(days=KEPT_DAYS):
        if kept.call_digest != digest:
            raise Mismatch
        raise Replay(_again(kept))
    setattr(request, _CLAIM, (user, key, digest))


def keep(request: HttpRequest, response: HttpResponse) -> None:
    """Keep the answer of a call whose key was claimed."""
    claim = getattr(request, _CLAIM, None)
    if claim is None or response.status_code >= HTTPStatus.MULTIPLE_CHOICES:
        return
    user, key, digest = claim
    told = installed_keyring().seal(response.content.decode(), PURPOSE)
    values = {
        "call_digest": digest,
        "status_code": response.status_code,
        "answer": told,
        "answered_at": clock.now(),
    }
    KeptAnswer.objects.update_or_create(user_id=user, key=key, defaults=values)


def _again(kept: KeptAnswer) -> HttpResponse:
    body = installed_keyring().open(kept.answer, PURPOSE)
    headers = {REPLAYED: "true"}
    return HttpResponse(body, status=kept.status_code, headers=headers, content_type="application/json")


def _digest(request: HttpRequest, actor: Actor) -> str:
    """What was asked for and through what: method, address, body; files count by name and content."""
    through = f"{actor.through.key}\n" if actor.through else ""
    told = hashlib.sha256(f"{through}{request.method} {request.get_full_path()}\n".encode())
    parts = _parts(request) if request.content_type == "multipart/form-data" else [request.body]
    for part in parts:
        told.update(f"{len(part)}\n".encode())
        told.update(part)
    return told.hexdigest()


def _parts(request: HttpRequest) -> Iterator[bytes]:
    for name, values in sorted(request.POST.lists()):
        yield repr((name, values)).encode()
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            yield repr((name, _name(file))).encode()
            yield _content(file)


def _name(file: Any) -> str:
    return file.name if isinstance(file, UploadedFile) and file.name else ""


def _content(file: Any) -> bytes:
    told = hashlib.sha256()
    for chunk in file.chunks():
        told.update(chunk)
    file.seek(0)
    return told.digest()
