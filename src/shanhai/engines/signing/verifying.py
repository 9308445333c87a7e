"""What does not hold in a signed file: from the file alone, and from the keys that the checker trusts."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from .canonical import digest_of
from .files import FORMAT
from .keyfiles import PublicKey
from .sm2 import BadKey, verify


class Fault(StrEnum):
    """Something that does not hold."""

    NO_FILE = "no_file"
    #: The statement is not the one whose digest stands beside it.
    CONTENT = "content"
    #: The digest is right, the signature is not of this statement and key.
    SIGNATURE = "signature"
    BAD_KEY = "bad_key"
    #: The file carries another key than the statement says it was signed with.
    OTHER_KEY = "other_key"
    #: Signed with a key that is not among those the checker gave.
    UNTRUSTED = "untrusted"
    VALIDITY = "validity"
    #: Two sides signed different contents.
    DIFFERENT = "different"


@dataclass(frozen=True)
class Finding:
    """`place`: which signature of the file, from 1; 0 for the whole."""

    fault: Fault
    place: int = 0
    detail: str = ""


@dataclass(frozen=True)
class Proof:
    """What a file says, and what of it does not hold. `statements` are those that could be read."""

    title: str
    statements: Sequence[dict[str, Any]]
    fingerprints: Sequence[str]
    findings: Sequence[Finding]


def prove(text: str, trusted: Sequence[PublicKey] = ()) -> Proof:
    """Check everything. `trusted`: keys from elsewhere; without them those of the file are taken."""
    told = _read(text)
    if told is None:
        return Proof("", (), (), (Finding(Fault.NO_FILE),))
    findings: list[Finding] = []
    statements: list[dict[str, Any]] = []
    fingerprints: list[str] = []
    for place, one in enumerate(told["signatures"], 1):
        statement = _statement(one["statement"])
        if statement is None:
            findings.append(Finding(Fault.CONTENT, place))
            continue
        statements.append(statement)
        fingerprints.append(statement["key"])
        findings += (Finding(fault, place, detail) for fault, detail in _faults(one, statement, trusted))
    findings += _differences(statements)
    return Proof(str(told.get("title", "")), statements, fingerprints, findings)


def _read(text: str) -> dict[str, Any] | None:
    try:
        told = json.loads(text)
        is_ours = told["format"] == FORMAT and bool(told["signatures"])
        for one in told["signatures"]:
            is_ours = is_ours and all(
                isinstance(one[name], str) for name in ("statement", "digest", "signature")
            )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return told if is_ours else None


def _statement(text: str) -> dict[str, Any] | None:
    try:
        told = json.loads(text)
        datetime.fromisoformat(told["signed_at"])
        is_whole = all(isinstance(told[name], str) for name in ("key", "row", "side"))
        is_whole = is_whole and isinstance(told["fields"], dict)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return told if is_whole else None


def _faults(one: Any, statement: Any, trusted: Sequence[PublicKey]) -> Iterator[tuple[Fault, str]]:
    is_as_told = digest_of(one["statement"]) == one["digest"]
    if not is_as_told:
        yield Fault.CONTENT, ""
    try:
        carried = PublicKey.read(one.get("key"))
    except BadKey:
        carried = None
    key = _key(statement["key"], carried, trusted)
    if key is None:
        yield _why_no_key(statement["key"], carried, trusted)
        return
    if not verify(key.public, one["statement"].encode(), one["signature"]) and is_as_told:
        yield Fault.SIGNATURE, ""
    if not key.is_good_at(datetime.fromisoformat(statement["signed_at"])):
        yield Fault.VALIDITY, statement["signed_at"]


def _key(wanted: str, carried: PublicKey | None, trusted: Sequence[PublicKey]) -> PublicKey | None:
    among = trusted or ([carried] if carried else [])
    return next((key for key in among if key.fingerprint == wanted), None)


def _why_no_key(wanted: str, carried: PublicKey | None, trusted: Sequence[PublicKey]) -> tuple[Fault, str]:
    if trusted:
        return Fault.UNTRUSTED, wanted
    return (Fault.OTHER_KEY, carried.fingerprint) if carried else (Fault.BAD_KEY, "")


def _differences(statements: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    """The last statement of each side is about one row and says the same of it."""
    last = {one["side"]: (one["row"], one["fields"]) for one in statements}
    if len({row for row, _fields in last.values()}) > 1 or _is_unlike([told for _row, told in last.values()]):
        yield Finding(Fault.DIFFERENT)


def _is_unlike(fields: Sequence[dict[str, Any]]) -> bool:
    return any(one != fields[0] for one in fields[1:])
