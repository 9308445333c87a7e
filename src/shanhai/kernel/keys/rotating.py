"""Giving everything the current key: batch by batch, each a transaction of its own, resumed where it ended.

A worker that dies leaves whole batches behind it; the next goes on. When all has been looked at it is
counted, and whatever somebody saved meanwhile under the old key is looked at again.
"""

import logging
import time
from typing import Any

from django.db import connection

from shanhai.kernel import clock, context
from shanhai.kernel.sealing import installed_keyring

from .models import KeyChange
from .places import Place, places

logger = logging.getLogger(__name__)

#: Rows or files looked at in one transaction.
BATCH = 500
_REASON = "更换密钥"
#: In `progress`: of a place that was looked at to its end; sums; what the last look left behind.
_DONE, _SUMS, _AGAIN = "*", "", "again"
_TURN = "SELECT pg_try_advisory_xact_lock(20210925, 30)"


def begin(by: str) -> KeyChange:
    """The rotation under way, which goes to the current key, or a new one."""
    current = installed_keyring().current
    with context.unscoped(_REASON):
        found = KeyChange.objects.filter(ended_at=None).first()
        if found is None:
            return KeyChange.objects.create(
                kind=KeyChange.Kind.ROTATED, key_id=current, started_at=clock.now(), started_by=by
            )
        if found.key_id != current:  # another key was added meanwhile: all begins anew with it
            found.key_id, found.progress = current, {}
            found.save(update_fields=["key_id", "progress"])
        return found


def record(kind: KeyChange.Kind, key_id: str, algorithm: str, by: str) -> None:
    """That a key was added or dropped."""
    now = clock.now()
    with context.unscoped(_REASON):
        KeyChange.objects.create(
            kind=kind, key_id=key_id, algorithm=algorithm, started_at=now, ended_at=now, started_by=by
        )


def under_way() -> KeyChange | None:
    with context.unscoped(_REASON):
        found: KeyChange | None = KeyChange.objects.filter(ended_at=None).first()
    return found


def look(rotation: KeyChange) -> KeyChange:
    """As it is now."""
    with context.unscoped(_REASON):
        return KeyChange.objects.get(pk=rotation.pk)


def resealed(rotation: KeyChange) -> int:
    """Values and files that have got the key so far."""
    return int(rotation.progress.get(_SUMS, {}).get("resealed", rotation.resealed))


def work(seconds: float = 20.0) -> bool:
    """Go on for so long, at least one batch; whether anything is left. Outside a transaction."""
    until = time.monotonic() + seconds
    while (is_left := _step()) and time.monotonic() < until:
        pass
    return is_left


def _step() -> bool:
    """One batch of one place, or the end; False when nothing is left, or another worker has the turn."""
    with context.unscoped(_REASON):
        if not _has_turn():
            return False
        rotation = KeyChange.objects.filter(ended_at=None).first()
        if rotation is None:
            return False
        ring = installed_keyring()
        if ring.current != rotation.key_id:  # this process has not seen the new key yet, or one newer still
            logger.warning("rotation to key %s waits: %s is current here", rotation.key_id, ring.current)
            return False
        place = _next(rotation)
        if place is None:
            return not _end(rotation)
        _look(rotation, place, ring)
        return True


def _has_turn() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_TURN)
        return bool(cursor.fetchone()[0])


def _next(rotation: KeyChange) -> Place | None:
    return next((one for one in places() if rotation.progress.get(one.name) != _DONE), None)


def _look(rotation: KeyChange, place: Place, ring: Any) -> None:
    step = place.reseal(ring, rotation.progress.get(place.name, ""), BATCH)
    if step.unopened:
        logger.error("%s values of %s do not open and keep their key", step.unopened, place.name)
    told = rotation.progress.get(_SUMS, {"resealed": 0, "unopened": 0})
    rotation.progress |= {
        place.name: step.last or _DONE,
        _SUMS: {"resealed": told["resealed"] + step.resealed, "unopened": told["unopened"] + step.unopened},
    }
    rotation.looked_at = clock.now()
    rotation.save(update_fields=["progress", "looked_at"])


def _end(rotation: KeyChange) -> bool:
    """Whether it is over: nothing can be moved any longer. Places that got old values are looked at again."""
    told = rotation.progress[_SUMS]
    again = {one.name for one in places() if one.is_renewed and one.held().keys() - {rotation.key_id}}
    before = rotation.progress.get(_AGAIN)
    is_stuck = before == [sorted(again), told["resealed"]]  # a whole look moved nothing
    if again and not is_stuck:
        rotation.progress = {
            **{name: done for name, done in rotation.progress.items() if name not in again},
            _SUMS: {**told, "unopened": 0},
            _AGAIN: [sorted(again), told["resealed"]],
        }
        rotation.save(update_fields=["progress"])
        return False
    rotation.resealed, rotation.unopened = told["resealed"], told["unopened"]
    rotation.ended_at = clock.now()
    rotation.save(update_fields=["resealed", "unopened", "ended_at"])
    logger.info("all is under key %s: %s values and files changed", rotation.key_id, rotation.resealed)
    return True
