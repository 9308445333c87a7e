"""Numbers that pages read from their own forms: by one parser, which takes no NaN and nothing endless."""

from decimal import Decimal
from pathlib import Path

import pytest

import shanhai
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.surfaces.typed import amount_typed, number_typed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", None),
        ("  ", None),
        ("5200", "5200"),
        ("5,200.50", "5200.5"),
        ("５２００元", "5200"),
        ("0.52万", "5200"),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, found: str | None) -> None:
    assert amount_typed(text, code="bad_amount") == (None if found is None else Decimal(found))


NONE = ("NaN", "sNaN", "Infinity", "-inf", "1e9", "0x10", "5.2.0", "五千", "1.234", "9" * 17)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_amount_is_refused_in_words(text: str) -> None:
    with pytest.raises(RuleViolated, match=r"5200\.00") as refused:
        amount_typed(text, code="bad_amount")
    assert refused.value.refusal == "bad_amount"


@pytest.mark.parametrize("text", ["", "NaN", "Infinity", "一半"])
def test_a_number_is_finite_or_refused(text: str) -> None:
    assert number_typed(" 45.5 ", code="bad_position", told="x") == Decimal("45.5")
    with pytest.raises(RuleViolated, match="填 0 到 100"):
        number_typed(text, code="bad_position", told="填 0 到 100")


def test_nobody_reads_a_decimal_by_rules_of_their_own() -> None:
    """Who catches InvalidOperation makes a Decimal of what somebody sent, and forgets NaN sooner or later."""
    root = Path(shanhai.__file__).parent
    own = [
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if "InvalidOperation" in path.read_text(encoding="utf-8")
    ]
    assert sorted(own) == ["engines/values/amounts.py", "kernel/surfaces/typed.py"]
