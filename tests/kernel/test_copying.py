"""Whatever a column holds reaches the table as it is, by COPY as by a single statement."""

import datetime
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.kernel.bulk import is_any_of
from shanhai.kernel.copying import copy_text
from toys.models import Workshop

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
rows = st.tuples(
    st.none() | texts | st.sampled_from(["\\N", "a\tb", "a\nb", "\r", "\\", "\\."]),
    st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-999, max_value=999),
    st.none() | st.dates(datetime.date(1900, 1, 1)),
    st.none() | st.booleans(),
    st.none() | st.uuids(),
    st.dictionaries(texts, texts | st.integers(), max_size=3),
)
FIELDS = [
    models.TextField(null=True),
    models.DecimalField(null=True, max_digits=9, decimal_places=2),
    models.DateField(null=True),
    models.BooleanField(null=True),
    models.UUIDField(null=True),
    models.JSONField(),
]


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(rows, max_size=5))
def test_what_is_copied_is_read_back(given_rows: list[Any]) -> None:
    names = "a text, b numeric, c date, d boolean, e uuid, f jsonb, place serial"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE copied ({names})")
        with cursor.copy("COPY copied (a, b, c, d, e, f) FROM STDIN") as copy:
            columns = list(zip(*given_rows, strict=True)) or [()] * len(FIELDS)
            for part in copy_text(FIELDS, columns, connection):
                copy.write(part)
        cursor.execute("SELECT a, b, c, d, e, f::text FROM copied ORDER BY place")
        found = [(*row[:-1], models.JSONField().from_db_value(row[-1], None, connection)) for row in cursor]
        cursor.execute("DROP TABLE copied")
    assert found == given_rows


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(texts | st.sampled_from(["null", "NULL", "a,b", '"', "{}", ""]), min_size=1, max_size=4))
def test_any_text_is_found_among_others(wanted: list[str]) -> None:
    condition = is_any_of(Workshop, ["code"], [wanted])
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM unnest(%s::varchar[])", condition.params)
        assert [text for (text,) in cursor.fetchall()] == wanted


def test_keys_are_written_plainly() -> None:
    key = uuid.UUID(int=7)
    assert is_any_of(Workshop, ["id"], [[key, key]]).params == [f"{{{key},{key}}}"]
    assert is_any_of(Workshop, ["cost"], [[Decimal("1.5")]]).params == [[Decimal("1.5")]]
