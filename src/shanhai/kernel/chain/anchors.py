"""Anchors: a line a day that says what the chain was, to be kept where this machine cannot rewrite it.

They are not signed: whoever can rewrite the chain holds every key of this machine. A line holds the hash of
the line before, so that two copies of one file can be compared by their last lines.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel import clock

from .blocks import blocks, last_block

NAME = "shanhai-anchors.jsonl"


@dataclass(frozen=True)
class Anchor:
    """What was known of the chain at a moment."""

    block: int
    algorithm: str
    hash: str
    at: str
    #: SHA-256 of the line before, empty for the first.
    before: str

    def line(self) -> str:
        return json.dumps(vars(self), ensure_ascii=False)


class UnreadableAnchors(Exception):
    """The file is no file of anchors, or a line of it was changed; says which."""


def write_anchor(folder: Path) -> Anchor | None:
    """Append the last block to the file in `folder`; None when there is none, or none since the last anchor.

    Errors: OSError where the folder cannot be written to.
    """
    last = last_block()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / NAME
    written = list(read_anchors(path))[-1:] if path.exists() else []
    if last is None or (written and written[0].block == last.number):
        return None
    before = _line_hash(written[0].line()) if written else ""
    moment = clock.now().isoformat(timespec="seconds")
    anchor = Anchor(last.number, last.algorithm, last.hash.hex(), moment, before)
    with path.open("a", encoding="utf-8") as file:
        file.write(anchor.line() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return anchor


def read_anchors(path: Path) -> Iterator[Anchor]:
    """Errors: UnreadableAnchors, OSError."""
    before = ""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                anchor = Anchor(**json.loads(line))
            except (ValueError, TypeError) as error:
                raise UnreadableAnchors(_("锚点文件第 %(n)s 行读不出来。") % {"n": number}) from error
            if anchor.before != before:
                raise UnreadableAnchors(
                    _("锚点文件第 %(n)s 行没有接在上一行之后：文件被改动。") % {"n": number}
                )
            before = _line_hash(anchor.line())
            yield anchor


def _line_hash(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()


def unlike_chain(anchors: Iterator[Anchor]) -> str:
    """The first anchor that the chain of the database does not bear out; "" for none."""
    for anchor in anchors:
        found = next(blocks(anchor.block, anchor.block), None)
        if problem := _unlike(anchor, found.hash.hex() if found else None):
            return problem
    return ""


def unlike_hashes(anchors: Iterator[Anchor], hashes: dict[int, str]) -> str:
    """As `unlike_chain`, for the blocks of an archive; others are passed over."""
    known = (anchor for anchor in anchors if anchor.block in hashes)
    return next((problem for anchor in known if (problem := _unlike(anchor, hashes[anchor.block]))), "")


def _unlike(anchor: Anchor, found: str | None) -> str:
    told: dict[str, Any] = {"number": anchor.block, "at": anchor.at}
    if found is None:
        return _("%(at)s 的锚点记有第 %(number)s 块，链里没有：链尾被删，或整条链重造过。") % told
    if found != anchor.hash:
        return _("第 %(number)s 块与 %(at)s 的锚点不符：链在那以后重造过。") % told
    return ""
