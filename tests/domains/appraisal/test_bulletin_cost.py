"""What a draft costs the database: an indicator is asked once a period, however much is told of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from shanhai.domains.appraisal.bulletin_drafts import draft_bulletin
from shanhai.domains.appraisal.bulletin_figures import Readings, evaluate, ref_of
from shanhai.engines.values import Period
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.scope import Side

QUARTER = Period.parse("2021Q3")


#: How a statement that a connection has planned is made, and how it is called.
_PLANNED = re.compile(r"PREPARE (\w+)[^;]*? AS ")
_CALLED = re.compile(r"EXECUTE (\w+)")


@contextmanager
def noted() -> Iterator[list[tuple[str, str]]]:
    """Statements that compute figures, with their parameters; those that were planned before count too."""
    found: list[tuple[str, str]] = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE statement LIKE '%GROUPING SETS%'")
        planned = {name for (name,) in cursor.fetchall()}

    def note(execute: Any, sql: Any, parameters: Any, many: Any, context: Any) -> Any:
        text = str(sql)
        for one in text.split("; PREPARE "):
            if "GROUPING SETS" in one:
                planned.update(_PLANNED.findall(f"PREPARE {one.removeprefix('PREPARE ')}"))
        called = [name for name in _CALLED.findall(text) if name in planned]
        if called or ("GROUPING SETS" in text and "PREPARE " not in text):
            found.extend((name, repr(parameters)) for name in called or [text])
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield found


def test_a_draft_asks_each_indicator_once_for_its_period_and_once_for_the_one_before(
    filed: Any, as_actor: Any
) -> None:
    with as_actor("wang") as wang, noted() as asked:
        bulletin = draft_bulletin(Side.WEST, QUARTER, actor=wang)
    with_rows = [one for one in registry if not one.is_ratio]
    compared = [one for one in with_rows if one.is_headline]
    assert bulletin.figures.count() > 2 * len(asked)
    assert len(asked) <= 2 * len(with_rows) + len(compared)


def test_what_was_read_is_not_asked_again_and_a_new_reading_is(bulletin: Any, as_actor: Any) -> None:
    with as_actor("wang"):
        refs = [ref_of(one) for one in bulletin.figures.all()]
        readings = Readings()
        with noted() as first:
            told = evaluate(refs, readings)
        with noted() as again:
            assert evaluate(refs, readings) == told
        with noted() as anew:
            assert evaluate(refs) == told
    assert first
    assert not again
    assert len(anew) == len(first)
