"""A database of benchmarks is whole, made once for its content, and never somebody's."""

import psycopg
import pytest

from shanhai.ops.bench.database import copied, scratch

PLACES = "SELECT count(*) FROM places_place"


@pytest.mark.turns(3, whole=True)
def test_it_is_filled_once_and_copied_for_every_run() -> None:
    made = scratch("probe", "first", "django:setup")
    try:
        with psycopg.connect(made.application_url) as connection:
            number = connection.execute(PLACES).fetchone()
            assert number is not None
            assert number[0] > 100
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("DELETE FROM kernel_history")
        # The same content again needs no filling: this function does not exist.
        assert scratch("probe", "first", "shanhai.ops.bench.ground:nothing") == made
        copy = copied(made, "probe_copy")
        try:
            with psycopg.connect(copy.application_url) as connection:
                assert connection.execute(PLACES).fetchone() == number
        finally:
            copy.drop()
    finally:
        made.drop()
