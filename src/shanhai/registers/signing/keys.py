"""Keys of the sides: made, ended, found for a moment; the private half opened for one signature."""

import os
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from shanhai.engines.signing import BadKey, PublicKey, fingerprint, new_private, public_of, sign
from shanhai.kernel import clock
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.keys.places import Column, bound_to, declare
from shanhai.kernel.scope import Side
from shanhai.kernel.sealing import SealingError, installed_keyring

from .models import SigningKey

PURPOSE = "signing.signingkey.private_key"

#: A change of the ring's keys finds private keys here.
PRIVATE = declare(Column(SigningKey, "private_key", bound_to(PURPOSE)))


def current_keys() -> dict[str, SigningKey]:
    """Side → the key that it signs with now; a side without one is left out."""
    now = clock.now()
    found = SigningKey.objects.filter(valid_until__isnull=True, valid_from__lte=now).exclude(side="")
    return {key.side: key for key in found.exclude(kept=SigningKey.Kept.ELSEWHERE)}


def new_key(side: Side, holder: str) -> SigningKey:
    """The side's next key, in force at once; the one before ends at the same moment."""
    private, now = new_private(), clock.now()
    public = public_of(private)
    SigningKey.objects.filter(side=side, valid_until__isnull=True).update(valid_until=now)
    key = SigningKey(
        side=side,
        holder=holder,
        public_key=public,
        fingerprint=fingerprint(public),
        kept=SigningKey.Kept.FILE if settings.SHANHAI_SIGNING_KEYS else SigningKey.Kept.RING,
        valid_from=now,
    )
    if settings.SHANHAI_SIGNING_KEYS:
        _write_file(key, private)
    else:
        key.private_key = installed_keyring().seal(private, PURPOSE)
    key.full_clean()
    key.save(force_insert=True)
    return key


def end_key(key: SigningKey) -> None:
    """It signs no more; what it signed stays good."""
    key.valid_until = clock.now()
    key.save(update_fields=["valid_until"])


def take_key(told: PublicKey, holder: str) -> SigningKey:
    """Register the public half of another system's key. Errors: RuleViolated for one that is known."""
    if SigningKey.objects.filter(fingerprint=told.fingerprint).exists():
        raise RuleViolated(_("这个公钥已经登记过。"), code="key_known")
    key = SigningKey(
        holder=holder or told.holder,
        public_key=told.public,
        fingerprint=told.fingerprint,
        kept=SigningKey.Kept.ELSEWHERE,
        valid_from=told.valid_from or clock.now(),
        valid_until=told.valid_until,
    )
    key.full_clean()
    key.save(force_insert=True)
    return key


def signed_with(key: SigningKey, text: str) -> str:
    """The signature. Errors: RuleViolated when the private half is not to be had."""
    try:
        return sign(_private(key), text.encode())
    except (OSError, SealingError, BadKey) as error:
        told = {"holder": key.holder}
        sentence = _("%(holder)s的签名私钥打不开，没有签名也没有办理。请系统管理员核对密钥文件。") % told
        raise RuleViolated(sentence, code="signing_key_closed") from error


def _private(key: SigningKey) -> str:
    if key.kept == SigningKey.Kept.FILE:
        return _path(key).read_text("ascii").strip()
    return installed_keyring().open(key.private_key, PURPOSE)


def _path(key: SigningKey) -> Path:
    return Path(settings.SHANHAI_SIGNING_KEYS) / f"{key.fingerprint}.key"


def _write_file(key: SigningKey, private: str) -> None:
    """Readable by the user of the service alone."""
    path = _path(key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(private)
