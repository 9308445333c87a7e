"""Every statement of every connection is timed; a slow one is told by its shape, never with its values."""

import logging
import re
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings

from . import work
from .figures import SLOW_STATEMENTS, counting

logger = logging.getLogger(__name__)

_LONGEST = 600
#: Strings (doubled and escaped quotes, dollar quotes) and numbers, which are no part of a name.
_LITERAL = re.compile(
    r"[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$|(?<![\w\"])\d+(?:\.\d+)?", re.DOTALL
)
_LIST = re.compile(r"\(\s*(?:%s|\?)(?:\s*,\s*(?:%s|\?))+\s*\)")
_SPACE = re.compile(r"\s+")

type _Execute = Callable[[Any, Any, bool, dict[str, Any]], Any]


def watch(connection: Any, **_signal: Any) -> None:
    """Time what `connection` is told from now on; called for each one that is made."""
    if _timed not in connection.execute_wrappers:
        # First: whoever wraps for a while takes the last away again.
        connection.execute_wrappers.insert(0, _timed)


def _timed(execute: _Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    began = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        seconds = perf_counter() - began
        if current := work.current():
            current.statements += 1
            current.seconds += seconds
        if 0 < settings.SHANHAI_SLOW_STATEMENT_MS <= seconds * 1000:
            _tell(sql, seconds, current)


def _tell(sql: Any, seconds: float, current: work.Work | None) -> None:
    place = current.place if current else "other"
    with counting():
        SLOW_STATEMENTS.labels(place).inc()
    known = {"seconds": round(seconds, 3), "place": place, "statement": shape(sql)}
    logger.warning("slow statement", extra=known)


def shape(sql: Any) -> str:
    """The statement without a value: for one that was composed, only that it was."""
    if not isinstance(sql, str):
        return "(composed)"
    bare = _SPACE.sub(" ", _LITERAL.sub("?", sql)).strip()
    return _LIST.sub("(…)", bare)[:_LONGEST]
