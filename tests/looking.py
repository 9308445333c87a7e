"""What a test itself looks up it sees, wall or no wall; what the product asks for the test stays behind it.

Who asks is told by the stack: of tests and product, whose frame is nearer to the statement. Inside a context
nothing is opened, neither for the test.
"""

import sys
from pathlib import Path
from typing import Any

from django.db import connections

from shanhai.kernel import context
from shanhai.kernel.observing import statements
from shanhai.kernel.walls.told import EVERYTHING, SETTING

_TESTS = str(Path(__file__).parent)
_PRODUCT = str(Path(context.__file__).parents[1])
#: Stands around every statement, whoever asks.
_TIMING = statements.__file__


def looking(execute: Any, sql: Any, params: Any, many: bool, told: dict[str, Any]) -> Any:
    """For `connection.execute_wrapper`."""
    if context.current() is not None or _reads_no_row(sql) or not _asked_by_test():
        return execute(sql, params, many, told)
    raw = connections[told["connection"].alias].connection
    if raw is None or raw.info.transaction_status.name == "INERROR":
        return execute(sql, params, many, told)
    _set(raw, EVERYTHING)
    try:
        return execute(sql, params, many, told)
    finally:
        if not raw.closed and raw.info.transaction_status.name != "INERROR":
            _set(raw, "")


def _set(raw: Any, value: str) -> None:
    with raw.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, value])


def _reads_no_row(sql: Any) -> bool:
    return str(sql).startswith(("SAVEPOINT ", "RELEASE SAVEPOINT ", "ROLLBACK TO SAVEPOINT "))


def _asked_by_test() -> bool:
    frame = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(_PRODUCT) and name != _TIMING:
            return False
        if name.startswith(_TESTS) and not name.endswith("looking.py"):
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False
