"""Evidence packs as files: names any system unpacks, two hashes of every file, a proof without a server."""

from .hashes import Hashed, Hashing, hashed
from .names import is_safe, safe_name
from .verifying import FORMAT, MANIFEST, Fault, Verdict, verify

__all__ = [
    "FORMAT",
    "MANIFEST",
    "Fault",
    "Hashed",
    "Hashing",
    "Verdict",
    "hashed",
    "is_safe",
    "safe_name",
    "verify",
]
