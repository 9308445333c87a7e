"""Queries of the pages of every ledger: as many as were accepted, and no more for more rows."""

import json
import os
from pathlib import Path
from typing import Any

from django.core.cache import cache

from samples.pages import LEDGERS, api, at, author_of

ACCEPTED = Path(__file__).resolve().parents[1] / "snapshots" / "query_counts.json"
#: Rows at first, and how many join them.
FEW, MORE = 1, 3
HINT = (
    "If intended: `SHANHAI_ACCEPT=1 .venv/bin/pytest tests/conformance/test_query_counts.py`"
    " and commit {name}."
)


def _addresses(ledger: Any, row: Any) -> dict[str, str]:
    return {
        "list": at(ledger, "list"),
        "detail": at(ledger, "detail", row),
        "form": at(ledger, "edit", row),
        "export": at(ledger, "export") + "?format=csv",
        "api": api(ledger),
    }


def _counted(queries: Any, browser: Any, addresses: dict[str, str]) -> dict[str, int]:
    counts = {}
    for name, url in addresses.items():
        cache.clear()
        with queries() as captured:
            answer = browser.get(url)
            if answer.streaming:
                answer.getvalue()
        assert answer.status_code == 200, url
        counts[name] = len(captured)
    return counts


@LEDGERS
def test_pages_ask_as_often_as_accepted_however_many_rows(
    ledger: Any, client_of: Any, row_of: Any, queries: Any
) -> None:
    browser, rows = client_of(author_of(ledger)), [row_of(ledger) for _again in range(FEW)]
    addresses = _addresses(ledger, rows[0])
    _counted(queries, browser, addresses)  # what is remembered for good is not counted
    few = _counted(queries, browser, addresses)
    rows += [row_of(ledger) for _again in range(MORE)]
    assert _counted(queries, browser, addresses) == few, "queries grow with the rows"

    accepted = json.loads(ACCEPTED.read_text(encoding="utf-8")) if ACCEPTED.exists() else {}
    if os.environ.get("SHANHAI_ACCEPT") == "1":
        text = json.dumps(accepted | {ledger.key: few}, indent=1, sort_keys=True)
        ACCEPTED.write_text(f"{text}\n", encoding="utf-8")
    else:
        assert few == accepted.get(ledger.key), HINT.format(name=ACCEPTED.name)
