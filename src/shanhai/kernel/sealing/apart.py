"""Sealing a whole file's values on all processors: child processes, for Python seals on one at a time.

The keys and the plain texts reach a child through its standard input, the sealed texts come back through its
standard output; neither is ever in a file, an argument or the environment.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from itertools import chain
from typing import cast

from django.conf import settings

from .keyring import Keyring, installed_keyring

#: Fewer are sealed here: a child needs a third of a second to begin. Unit: values.
WORTH_IT = 20_000
_CHILD = "from shanhai.kernel.sealing.apart import child; child()"


def seal_many(texts: Sequence[str], aad: str) -> list[str]:
    """Sealed texts by the installation's keyring, in the order of `texts`.

    Errors: CalledProcessError when a child fails.
    """
    number = os.cpu_count()
    if len(texts) < WORTH_IT or (number or 1) == 1:
        return cast("list[str]", installed_keyring().seal_many(texts, aad))  # none of them is absent
    share = -(-len(texts) // (number or 1))
    parts = [texts[first : first + share] for first in range(0, len(texts), share)]
    children = [_begin(part, aad) for part in parts]
    return list(chain.from_iterable(map(_end, children)))


def _begin(texts: Sequence[str], aad: str) -> subprocess.Popen[bytes]:
    child = subprocess.Popen([sys.executable, "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with child.stdin:  # type: ignore[union-attr]
        pickle.dump((settings.SHANHAI_FIELD_KEYS, aad, list(texts)), child.stdin)  # type: ignore[arg-type]
    return child


def _end(process: subprocess.Popen[bytes]) -> list[str]:
    with process:
        output = process.stdout.read()  # type: ignore[union-attr]
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "sealing")
    sealed: list[str] = pickle.loads(output)  # noqa: S301 -- written by our own child
    return sealed


def child() -> None:
    """What a child does."""
    configured, aad, texts = pickle.load(sys.stdin.buffer)  # noqa: S301 -- written by our own parent
    pickle.dump(Keyring.from_settings(configured).seal_many(texts, aad), sys.stdout.buffer)
