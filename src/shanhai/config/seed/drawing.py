"""A second process that draws the papers while the first files rows; without Django, without a database."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple

from .papers import Form


class Sheet(NamedTuple):
    """One paper to be drawn."""

    form: Form
    lines: tuple[str, ...]


@contextmanager
def drawing(sheets: Sequence[Sheet]) -> Iterator[Callable[[], list[bytes]]]:
    """Drawn beside the block, which asks for the contents, in order, when it needs them.

    Shape: the process ends with the block, however that ends; when this process is killed, the closed pipe
    ends the other one.
    Errors: EOFError on asking, when the drawing failed; the other process has told why.
    """
    # Spawned, not forked: a fork would hold this process's database connections.
    spawning = get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=_draw, args=(theirs,), daemon=True, name="papers")
    process.start()
    theirs.close()  # or its end would never be noticed here
    try:
        ours.send(list(sheets))
        yield ours.recv
    finally:
        ours.close()
        process.terminate()
        process.join()


def _draw(pipe: Connection) -> None:
    sheets: list[Sheet] = pipe.recv()
    pipe.send([sheet.form.make(sheet.lines) for sheet in sheets])
