"""SM2 signatures over canonical texts: keys, statements, signed files, a proof without a server."""

from .canonical import NotCanonical, canonical, digest_of, plain
from .files import FORMAT, Signed, packed
from .keyfiles import KEY_FORMAT, PublicKey, key_file, pem_of, read_key
from .sm2 import BadKey, fingerprint, new_private, public_of, sign, verify
from .verifying import Fault, Finding, Proof, prove

__all__ = [
    "FORMAT",
    "KEY_FORMAT",
    "BadKey",
    "Fault",
    "Finding",
    "NotCanonical",
    "Proof",
    "PublicKey",
    "Signed",
    "canonical",
    "digest_of",
    "fingerprint",
    "key_file",
    "new_private",
    "packed",
    "pem_of",
    "plain",
    "prove",
    "public_of",
    "read_key",
    "sign",
    "verify",
]
