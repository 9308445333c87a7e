from decimal import Decimal

import pytest

from shanhai.kernel.documents.charts import bar


@pytest.mark.parametrize(
    ("share", "drawn"),
    [
        (None, ""),
        ("0", ""),
        ("-0.2", ""),
        ("0.5", "██"),
        ("0.53", "██▏"),
        ("1", "████"),
        ("1.7", "████"),
    ],
)
def test_a_bar_is_as_long_as_its_share_and_never_longer_than_the_whole(share, drawn):
    assert bar(None if share is None else Decimal(share), 4) == drawn
