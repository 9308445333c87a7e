"""Who asks for the pages of the list, how often, and how long the answers take.

Shape: each contender in a fresh process, through Django's handler with every middleware; times go into a file
beside the plan, what was shown is returned for comparison.
"""

import hashlib
import json
import math
import os
import re
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

USER = "mt-officer"
LIST, API, PLAIN = "/labour/employmentspell/", "/api/v1/labour/employmentspell/", "/bench/list/"
#: Two destinations of five and a yes or no; plain columns, so that OFFSET passes over no computed ones.
QUERY = (
    "destination=paired_city&destination=paired_province&has_contract=yes"
    "&columns=person&columns=person__category&columns=destination&columns=post&columns=started_on"
    "&columns=has_contract&columns=owner_unit&columns=place&columns=state"
)
#: How far inside the deep pages lie.
_DEPTHS = (0.2, 0.4, 0.6, 0.8, 0.95)
_WARM, _PER_SECOND = 3, 40
#: Times each page is asked for: of ours often enough for a p95; the rival takes a hundred times as long.
_FIRST = {"ours": 60, "plain": 20}
_DEEP = {"ours": 12, "plain": 2}
#: What htmx sends when a page is turned.
_TURNED = {"HX-Request": "true"}
_SHOWN = re.compile(rb'name="ids" value="([0-9a-f-]{36})"')


def plan(path: str) -> None:
    """Page numbers, and the cursors by which our pages begin there."""
    from .list_plain import cursor_before, number_of_pages

    pages = sorted({max(2, math.ceil(number_of_pages(USER, QUERY) * depth)) for depth in _DEPTHS})
    cursors = [cursor_before(USER, QUERY, page) for page in pages]
    Path(path).write_text(json.dumps({"pages": pages, "cursors": cursors}))


def ours(path: str) -> str:
    visits = json.loads(Path(path).read_text())
    deep = [f"{LIST}?{QUERY}&page={cursor}" for cursor in visits["cursors"]]
    return _measure("ours", path, f"{LIST}?{QUERY}", deep)


def plain(path: str) -> str:
    visits = json.loads(Path(path).read_text())
    deep = [f"{PLAIN}?{QUERY}&number={number}" for number in visits["pages"]]
    return _measure("plain", path, f"{PLAIN}?{QUERY}", deep)


def _measure(who: str, path: str, first: str, deep: Sequence[str]) -> str:
    browser = _signed_in()
    shown = [_asked(browser, first)[1], *(_asked(browser, url, **_TURNED)[1] for url in deep)]
    for _again in range(_WARM):
        _asked(browser, first)
    figures = {
        "first": _p95([_asked(browser, first)[0] for _again in range(_FIRST[who])]),
        "deep": _p95([_asked(browser, url, **_TURNED)[0] for _again in range(_DEEP[who]) for url in deep]),
    }
    if who == "ours":
        figures |= {"html": _per_second(browser, first), "json": _per_second(browser, f"{API}?{QUERY}")}
    Path(path).with_name(f"{who}-{os.getpid()}.json").write_text(json.dumps(figures))
    return hashlib.sha256(b"".join(shown)).hexdigest()[:16]


def _signed_in() -> Any:
    import django
    from django.conf import settings

    django.setup()
    settings.ROOT_URLCONF = "shanhai.ops.bench.list_plain"
    from django.test import Client

    from shanhai.config.settled import settle
    from shanhai.kernel import context
    from shanhai.registers.accounts.models import User

    settle()
    browser = Client(headers={"host": "localhost"})
    with context.unscoped("benchmark"):
        browser.force_login(User.objects.get(username=USER))
    return browser


def _asked(browser: Any, url: str, **headers: str) -> tuple[float, bytes]:
    """Seconds, and the rows shown. Errors: RuntimeError for anything but a page of rows."""
    began = time.perf_counter()
    answer = browser.get(url, headers=headers)
    content = answer.content
    took = time.perf_counter() - began
    if answer.status_code != 200:  # noqa: PLR2004
        raise RuntimeError(f"{url} answered {answer.status_code}")
    return took, b"".join(_SHOWN.findall(content))


def _p95(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]


def _per_second(browser: Any, url: str) -> float:
    for _again in range(_WARM):
        _asked(browser, url)
    began = time.perf_counter()
    for _again in range(_PER_SECOND):
        _asked(browser, url)
    return _PER_SECOND / (time.perf_counter() - began)
