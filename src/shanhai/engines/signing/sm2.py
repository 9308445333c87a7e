"""SM2 (GB/T 32918.2) with the default identity and SM3. The only module that knows the library.

Shape: all in lower hexadecimal. Private key 64 digits, public key 130 (`04`, x, y), signature 128 (r, s).
"""

import re
from functools import lru_cache

import gmalg
from cryptography.hazmat.primitives import hashes

#: GM/T 0009: who signs is told by the key, the identity is the same for all.
IDENTITY = b"1234567812345678"
_HALF = 64
_PRIVATE = re.compile(r"[0-9a-f]{64}")
_PUBLIC = re.compile(r"04[0-9a-f]{128}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
#: Prime and order of the curve, GB/T 32918.5.
_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
_N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123


class BadKey(ValueError):
    """What is no key: of the wrong form, or no point of the curve."""


def new_private() -> str:
    """A private key, from the system's randomness."""
    private, _public = gmalg.SM2().generate_keypair()
    return str(private.hex().zfill(_HALF))


def public_of(private: str) -> str:
    """Errors: BadKey."""
    return str(gmalg.SM2().generate_pk(_private(private)).hex())


@lru_cache(maxsize=512)
def checked_public(public: str) -> str:
    """The key in its one writing. Errors: BadKey for another form, or a point that is not on the curve."""
    told = public.strip().lower()
    if not _PUBLIC.fullmatch(told):
        raise BadKey(public[:20])
    point = bytes.fromhex(told)
    if int(told[2 : 2 + _HALF], 16) >= _P or int(told[2 + _HALF :], 16) >= _P:
        raise BadKey(public[:20])
    if not gmalg.SM2().verify_pk(point):
        raise BadKey(public[:20])
    return told


def fingerprint(public: str) -> str:
    """SM3 of the point. Errors: BadKey."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(bytes.fromhex(checked_public(public)))
    return digest.finalize().hex()


def sign(private: str, message: bytes) -> str:
    """Errors: BadKey."""
    key = _private(private)
    public = gmalg.SM2().generate_pk(key)
    r, s = gmalg.SM2(key, IDENTITY, public).sign(message)
    return f"{r.hex().zfill(_HALF)}{s.hex().zfill(_HALF)}"


@lru_cache(maxsize=4096)
def verify(public: str, message: bytes, signature: str) -> bool:
    """Whether the holder of the key signed this very message. Errors: BadKey."""
    key = bytes.fromhex(checked_public(public))
    if not _SIGNATURE.fullmatch(signature):
        return False
    r, s = bytes.fromhex(signature[:_HALF]), bytes.fromhex(signature[_HALF:])
    try:
        return bool(gmalg.SM2(uid=IDENTITY, pk=key).verify(message, r, s))
    except (TypeError, ValueError, ArithmeticError):  # the sum is the point at infinity
        return False


def _private(told: str) -> bytes:
    if not _PRIVATE.fullmatch(told) or not 0 < int(told, 16) < _N - 1:
        raise BadKey("")
    return bytes.fromhex(told)
