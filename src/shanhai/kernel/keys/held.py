"""What is under which key: what can get another one, and what history keeps."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from shanhai.kernel import context
from shanhai.kernel.sealing import installed_keyring

from . import tokens
from .places import places, recorded_columns

_REASON = "清点密钥"
_OF_HISTORY = """
SELECT found[1], count(DISTINCT h.id), max(h.at)
FROM every_kernel_history h,
    regexp_matches(coalesce(h.row::text, '') || coalesce(h.before::text, ''), %s, 'g') found
WHERE h.table_name = ANY (%s)
GROUP BY 1
"""


@dataclass
class Held:
    """What one key still opens. `history`: entries; `latest`: the month of the last, `2021-09`."""

    values: int = 0
    history: int = 0
    latest: str = ""
    places: Counter[str] = field(default_factory=Counter)


def held() -> dict[str, Held]:
    """By key id, keys of the ring that hold nothing included. Reads all of history."""
    found = {key: Held() for key in installed_keyring().key_ids}
    with context.unscoped(_REASON):
        for place in places():
            for key, number in place.held().items():
                one = found.setdefault(key, Held())
                one.values += number
                one.places[place.name] += number
        for key, entries, latest in _of_history():
            one = found.setdefault(key, Held())
            one.history, one.latest = entries, f"{latest:%Y-%m}"
    return found


def _of_history() -> list[tuple[str, int, datetime]]:
    tables = sorted({one.table for one in recorded_columns()})
    with connection.cursor() as cursor:
        cursor.execute(_OF_HISTORY, [tokens.SQL, tables])
        return list(cursor.fetchall())
