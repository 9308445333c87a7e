"""Passwords that an administrator hands out: good for one sign-in, easy to read over the telephone."""

import secrets

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password

#: No letters and figures that are taken for one another.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _LETTERS_PER_GROUP = 3, 4
_ITERATIONS = 20_000


def one_time_password() -> str:
    """Twelve random letters in groups, 59 bits: `k7mp-2xwq-hd9c`."""
    return "-".join(
        "".join(secrets.choice(_LETTERS) for _letter in range(_LETTERS_PER_GROUP))
        for _group in range(_GROUPS)
    )


def encoded(password: str) -> str:
    """The hash of a one-time password. It is random, so few rounds do: 500 users are made in seconds.

    The first sign-in hashes it anew with all rounds, and a change of password is due right after.
    """
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return str(hasher.encode(password, hasher.salt(), iterations=_ITERATIONS))
    return make_password(password)
