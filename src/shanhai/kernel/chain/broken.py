"""Where the chain breaks, in words for the auditor."""

import json
from typing import Any

from django.utils.translation import gettext_noop as _

from .blocks import EVERY, Block, entries_of
from .digests import MARK
from .findings import Finding


def of_links(before: Block | None, block: Block) -> str:
    """What is wrong with the block or with how it follows the one before; "" for nothing."""
    number = before.number + 1 if before else 1
    told: dict[str, Any] = {"number": block.number, "wanted": number}
    if block.number != number:
        return Finding(_("第 %(wanted)s 块不见了：它的位置上是第 %(number)s 块。"), told)
    if block.previous != (before.hash if before else b""):
        return Finding(_("第 %(number)s 块没有接在前一块之后：前一块被换过，或顺序被改过。"), told)
    if not block.is_true:
        return Finding(_("第 %(number)s 块自己的哈希与内容不符：这一块被改动。"), told)
    if not _follows(before, block):
        return Finding(_("第 %(number)s 块的范围没有紧接前一块：中间的条目没有封存。"), told)
    return ""


def _follows(before: Block | None, block: Block) -> bool:
    """Ranges of transactions leave no gap; they begin anew only where the ones before have been closed."""
    if before is None:
        return block.from_xid == 0 and block.after_id == 0
    if block.after_id == before.after_id:
        return block.from_xid == before.to_xid
    return block.after_id > before.after_id and before.to_xid == EVERY and block.from_xid == 0


def of_content(block: Block, month: str, upto_id: int) -> str:
    """Which entry of the month is not what was sealed."""
    sealed = block.marks_of(month)
    now = [
        (entry.sealed(block.algorithm)[:MARK], entry.id, entry.text)
        for entry in entries_of(block, upto_id, month)
    ]
    at = next((i for i, one in enumerate(now) if i >= len(sealed) or one[0] != sealed[i]), len(now))
    told = {
        "number": block.number,
        "at": f"{block.sealed_at:%Y-%m-%d %H:%M:%S}Z",
        "month": f"{month[:4]}-{month[4:]}",
        "sealed": len(sealed),
        "found": len(now),
        "what": _what(sealed, now, at),
    }
    words = _(
        "第 %(number)s 块（%(at)s 封存）里 %(month)s 的条目不对："
        "封存时 %(sealed)s 条，现有 %(found)s 条。%(what)s"
    )
    return Finding(words, told)


def _what(sealed: list[bytes], now: list[tuple[bytes, int, str]], at: int) -> str:
    told: dict[str, Any] = {"position": at + 1}
    if len(now) < len(sealed):
        around = _between(now, at)
        return Finding(_("缺的第一条是本块该月的第 %(position)s 条%(around)s。"), {**told, "around": around})
    if at >= len(now):
        return Finding(_("条目都在，封存的标记与哈希不符。"))
    told |= {"id": now[at][1], "entry": _named(now[at][2])}
    if len(now) > len(sealed):
        return Finding(_("多出来的第一条是第 %(position)s 条，编号 %(id)s：%(entry)s。"), told)
    return Finding(_("第一条不同的是第 %(position)s 条，编号 %(id)s：%(entry)s。"), told)


def _between(now: list[tuple[bytes, int, str]], at: int) -> str:
    before = now[at - 1][1] if at else None
    after = now[at][1] if at < len(now) else None
    if before is None and after is None:
        return ""
    if before is None:
        return Finding(_("，在编号 %(id)s 之前"), {"id": after})
    if after is None:
        return Finding(_("，在编号 %(id)s 之后"), {"id": before})
    return Finding(_("，在编号 %(before)s 与 %(after)s 之间"), {"before": before, "after": after})


def _named(text: str) -> str:
    """Table, row and operation; no value, which may be sensitive."""
    _id, _at, _xid, table, row, operation, *_rest = json.loads(text)
    return f"{table} {row} {operation}"
