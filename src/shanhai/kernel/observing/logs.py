"""Logs as JSON lines that hold no personal data, whoever writes them.

What a line may tell beside its message is a list of names (`TOLD`); anything else passed as `extra` stays
out. Messages of others are told by their template, without the values put into it; of an exception its type,
place and, for the database's, names of constraint and table: its text often quotes a row.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

from shanhai.kernel.errors import causes

from . import work

#: Facts of a line that are no data of anybody.
TOLD = (
    *("request", "route", "method", "status", "user", "seconds", "statements", "database_seconds"),
    *("place", "statement", "job", "kind"),
)
_OURS = "shanhai."
_DIAGNOSED = ("constraint_name", "table_name", "column_name")
_FRAMES = 15
#: The second net below the first: numbers as long as those of people, accounts, telephones; mail; queries.
_NETS = (
    (re.compile(r"\?[^\s\"']*"), "?…"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "…"),
    (re.compile(r"(?<![0-9A-Za-z-])\d{10,}[0-9Xx]?(?![0-9A-Za-z-])"), "…"),
)


class JsonLines(logging.Formatter):
    """One object a line; `at` in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if current := work.current():
            line[current.place] = current.number
        known = ((name, getattr(record, name, None)) for name in TOLD)
        line |= {name: value for name, value in known if isinstance(value, str | int | float)}
        if record.exc_info and record.exc_info[1]:
            line["exception"] = _exception(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    if not record.name.startswith(_OURS):
        return _clean(str(record.msg))
    if not isinstance(record.args, tuple):
        return _clean(record.getMessage())
    shown = tuple(_shown(value) for value in record.args)
    return _clean(str(record.msg) % shown if shown else str(record.msg))


def _shown(value: Any) -> Any:
    """Texts of exceptions are as little to be trusted here as in a traceback."""
    if not isinstance(value, BaseException):
        return value
    name = type(value).__name__
    return f"{name} ({value.strerror})" if isinstance(value, OSError) and value.strerror else name


def _clean(text: str) -> str:
    for net, instead in _NETS:
        text = net.sub(instead, text)
    return text


def _exception(error: BaseException) -> dict[str, Any]:
    """What happened, with what it came of: each inside the one that it caused."""
    told: dict[str, Any] = {}
    for one in reversed(list(causes(error))):
        told = _one_exception(one) | ({"cause": told} if told else {})
    return told


def _one_exception(error: BaseException) -> dict[str, Any]:
    """Type, what the database names, and where."""
    told: dict[str, Any] = {"type": f"{type(error).__module__}.{type(error).__qualname__}"}
    diagnosed = getattr(error, "diag", None)
    if state := getattr(error, "sqlstate", None):
        told["sqlstate"] = state
    told |= {name: value for name in _DIAGNOSED if (value := getattr(diagnosed, name, None))}
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    told["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return told
