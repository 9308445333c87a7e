"""Proving the whole chain, or naming its first broken link. Memory does not grow with history."""

import json
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched, pairwise

from django.utils.translation import gettext_noop as _

from shanhai.kernel import context

from .blocks import EVERY, Block, Part, blocks, content_of, cursor, last_block
from .broken import of_content, of_links
from .digests import Algorithm
from .findings import Finding
from .readings import unlike_history

#: Blocks whose entries are summed by one statement.
_TOGETHER = 50

type Progress = Callable[[int, int], None]


@dataclass
class Report:
    """What verification found. `problems` is empty where nothing is wrong."""

    blocks: int = 0
    entries: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    #: Entries of archived months, which only their files can prove, and whose files were not given.
    left_out: int = 0
    #: Entries in which something was erased on request: they are sealed as they were before.
    erased: int = 0
    unsealed: int = 0
    unsealed_since: datetime | None = None

    @property
    def is_whole(self) -> bool:
        return not self.problems

    @property
    def rate(self) -> int:
        """Entries per second."""
        return round(self.entries / self.seconds) if self.seconds else 0


@context.unscoped("封存验证")
def verify(progress: Progress = lambda done, whole: None, proved: Collection[str] = ()) -> Report:
    """`proved`: archived months whose files were verified and belong to this chain."""
    started = time.monotonic()
    report = Report()
    archived = {month: month in proved for month in archived_months()}
    if problem := _first_break(report, progress, archived):
        report.problems.append(problem)
    report.problems += unlike_history(max(archived, default=""))
    report.erased = erased()
    report.unsealed, report.unsealed_since = unsealed()
    report.seconds = time.monotonic() - started
    return report


def _first_break(report: Report, progress: Progress, archived: Mapping[str, bool]) -> str:
    """`archived`: month → whether its file was proved."""
    last, whole = size()
    ends = epoch_ends()
    before: Block | None = None
    for together in batched(blocks(last=last), _TOGETHER):
        for block in together:
            if problem := of_links(before, block):
                return problem
            before = block
        for block, found in zip(together, _parts_now(together, ends), strict=True):
            if problem := _unlike(block, found, ends[block.after_id], report, archived):
                return problem
            report.blocks, report.entries = block.number, report.entries + block.entries
        progress(report.entries, whole)
    return _shortened(last)


def _unlike(
    block: Block, found: dict[str, Part], upto: int, report: Report, archived: Mapping[str, bool]
) -> str:
    sealed = block.by_month()
    for month in sorted(sealed.keys() | found.keys()):
        if sealed.get(month) == found.get(month):
            continue
        if month in sealed and month not in found and month in archived:
            report.left_out += 0 if archived[month] else sealed[month].entries
            continue
        return of_content(block, month, upto)
    return ""


def _parts_now(together: Sequence[Block], ends: dict[int, int]) -> Iterator[dict[str, Part]]:
    """What the entries of blocks come to now; by the database where it knows the algorithm."""
    summed = {}
    if known := [block for block in together if block.algorithm == Algorithm.SHA256]:
        listed = [(b.number, b.after_id, ends[b.after_id], b.from_xid, b.to_xid) for b in known]
        columns = [list(one) for one in zip(*listed, strict=True)]
        with cursor() as reading:
            reading.execute(
                "SELECT b.n, c.parts FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[],"
                " %s::bigint[]) b(n, a, u, f, t), LATERAL kernel_block_content(b.a, b.u, b.f, b.t) c",
                columns,
            )
            summed = {number: json.loads(parts) for number, parts in reading.fetchall()}
    for block in together:
        parts = (
            summed[block.number] if block.number in summed else content_of(block, ends[block.after_id]).parts
        )
        yield {one[0]: Part(*one) for one in parts}


def size() -> tuple[int, int]:
    """Number of the last block, and of all sealed entries."""
    with cursor() as reading:
        reading.execute(
            "SELECT coalesce(max(number), 0), coalesce(sum(entries), 0)::bigint FROM kernel_sealblock"
        )
        last, entries = reading.fetchone()
    return last, entries


def erased() -> int:
    """Entries of history in which something was erased on request."""
    with cursor() as reading:
        reading.execute("SELECT count(DISTINCT entry_id) FROM kernel_erasedentry")
        return int(reading.fetchone()[0])


def epoch_ends() -> dict[int, int]:
    """Up to which id the blocks of each `after_id` reach: to the next one's begin."""
    with cursor() as reading:
        reading.execute("SELECT DISTINCT after_id FROM kernel_sealblock ORDER BY 1")
        begins = [begin for (begin,) in reading.fetchall()]
    return dict(pairwise([*begins, _last_end()]))


def _last_end() -> int:
    """Where a dump was brought to another server, what is written here before the next seal is in no block.

    Its transactions may bear the numbers of those sealed there; its ids follow theirs.
    """
    with cursor() as reading:
        reading.execute(
            "SELECT last.server <> kernel_chain_server(), (SELECT coalesce(max(b.last_id), last.after_id)"
            " FROM kernel_sealblock b WHERE b.after_id = last.after_id)"
            " FROM kernel_sealblock last ORDER BY last.number DESC LIMIT 1"
        )
        is_elsewhere, end = reading.fetchone() or (False, EVERY)
    return int(end) if is_elsewhere else EVERY


def archived_months() -> list[str]:
    with cursor() as reading:
        reading.execute("SELECT month FROM kernel_archivedmonth ORDER BY month")
        return [month for (month,) in reading.fetchall()]


def unsealed() -> tuple[int, datetime | None]:
    """How many entries wait for the seal, and the oldest of them."""
    with nullcontext() if context.current() else context.unscoped("封存验证"):
        return _unsealed()


def _unsealed() -> tuple[int, datetime | None]:
    last = last_block()
    xid = last.to_xid if last and last.to_xid < EVERY else 0
    after = 0 if last is None else last.after_id if last.to_xid < EVERY else last.last_id
    with cursor() as reading:
        reading.execute(
            "SELECT count(*), min(at) FROM every_kernel_history"
            " WHERE (transaction_id >= %s OR id > %s) AND id > %s",
            [xid, _last_end(), after],
        )
        number, since = reading.fetchone()
    return number, since


def _shortened(last: int) -> str:
    """Blocks taken off the end break no link; an earlier verification remembers them."""
    with cursor() as reading:
        reading.execute("SELECT max(blocks) FROM kernel_chaincheck WHERE is_whole")
        (known,) = reading.fetchone()
    if known is None or known <= last:
        return ""
    return Finding(
        _("以前验证到第 %(known)s 块，现在只有 %(last)s 块：链尾被删。"), {"known": known, "last": last}
    )
