"""Who was erased, in a file beside the anchors: a backup taken before would bring them back.

Shape: a line of JSON an act, `{"side", "index", "decided_at"}`; it names nobody, `index` is the blind index.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from .erasures import PersonErasure

NAME = "shanhai-erasures.jsonl"


def note(done: PersonErasure) -> None:
    """Append a line. Errors: OSError where the folder cannot be written to."""
    folder = Path(settings.SHANHAI_ANCHORS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = {"side": done.side, "index": done.value_index, "decided_at": done.decided_at.isoformat()}
    with (folder / NAME).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


class UnreadableList(Exception):
    """A line of the file is not one of these; says which."""


def noted(path: Path) -> Iterator[tuple[str, str]]:
    """Side and index of each line. Errors: UnreadableList, OSError."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                told = json.loads(line)
                yield told["side"], told["index"]
            except (ValueError, KeyError, TypeError) as error:
                said = _("%(file)s 第 %(line)s 行读不出来。") % {"file": path.name, "line": number}
                raise UnreadableList(said) from error
