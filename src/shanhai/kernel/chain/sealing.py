"""Sealing what has been committed: behind the writers, so that none of them waits for it."""

import json
from dataclasses import astuple, replace

from shanhai.kernel import context

from .blocks import Block, content_of, cursor
from .digests import Algorithm, block_hash

#: Entries of a block, unless one transaction wrote more.
MOST = 50_000


def seal(most: int = MOST) -> int:
    """Seal all that is committed, each block in a transaction of its own; gives the number of blocks.

    What was written by a transaction that still runs, and after it began, waits for the next time.
    """
    sealed = 0
    while _seal_next(most):
        sealed += 1
    return sealed


def _seal_next(most: int) -> bool:
    with context.unscoped("封存"), cursor() as sealing:
        sealing.execute("SELECT kernel_seal_algorithm()")
        (algorithm,) = sealing.fetchone()
        if algorithm == Algorithm.SHA256:
            sealing.execute("SELECT kernel_seal_block(%s)", [most])
            return sealing.fetchone()[0] is not None
        return _seal_here(most, algorithm)


def _seal_here(most: int, algorithm: str) -> bool:
    """With what PostgreSQL does not know."""
    with cursor() as sealing:
        sealing.execute("SELECT n.*, clock_timestamp() FROM kernel_next_block(%s) n", [most])
        found = sealing.fetchone()
        if found is None:
            return False
        number, server, after, upto, start, end, previous, now = found
        bare = Block(
            number, algorithm, server, after, start, end, 0, after, [], b"",
            now, bytes(previous), b"",
        )  # fmt: skip
        content = content_of(bare, upto)
        last = after if content.last_id is None else content.last_id
        block = replace(bare, entries=content.entries, last_id=last, parts=content.parts, marks=content.marks)
        whole = replace(block, hash=block_hash(block.facts()))
        values = [json.dumps(one) if isinstance(one, list) else one for one in astuple(whole)]
        marks = ", ".join(["%s"] * len(values))
        sealing.execute(f"SELECT kernel_keep_block(ROW({marks})::kernel_sealblock)", values)
    return True
