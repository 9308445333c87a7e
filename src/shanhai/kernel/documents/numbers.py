"""How figures look in print, and the way back: `parse_number` reads every format here without loss."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

#: What stands where a figure has no value: nothing was reported, or the ratio has no denominator.
ABSENT = "—"

#: Powers of ten between the base (yuan, persons, ratio) and the unit in print.
SCALES = {"万元": 4, "亿元": 8, "万人": 4, "万户": 4, "万亩": 4, "万人次": 4, "%": -2, "‰": -3}

#: Longer than any sum of money on earth; keeps an absurd exponent from printing a book of zeros.
MAX_DIGITS = 60

_EXACT = Context(prec=4 * MAX_DIGITS, rounding=ROUND_HALF_UP)
_SHAPE = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９，．－＋−", "0123456789,.-+-")
_UNIT = re.compile(r"(?P<number>[+-]?[\d,.]+|—)(?P<unit>\D*)")


class NumberUnreadable(ValueError):
    """The text is not a figure in any format this system prints."""


def format_number(
    value: Decimal | int | None, *, decimals: int | None = None, grouping: bool = True, signed: bool = False
) -> str:
    """The figure as printed; `—` for None.

    Shape: `decimals=None` prints the digits the value has; otherwise halves go away from zero (四舍五入).
    Errors: TypeError for a float, which has already lost digits; ValueError for NaN, infinity or absurd size.
    """
    if value is None:
        return ABSENT
    number = round_half_up(exact(value), decimals)
    style = f"{'+' if signed and number else ''}{',' if grouping else ''}f"
    return format(number, style)


def exact(value: Decimal | int) -> Decimal:
    """The value as a finite decimal of printable size."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"数字须为整数或十进制小数，不能是 {type(value).__name__}。")
    number = Decimal(value)
    if not number.is_finite() or abs(number.adjusted()) > MAX_DIGITS or _exponent(number) < -MAX_DIGITS:
        raise ValueError("数字超出可以印出的范围。")
    return number


def round_half_up(value: Decimal, decimals: int | None) -> Decimal:
    """The value with this many decimals, never a negative zero."""
    places = max(0, -_exponent(value)) if decimals is None else decimals
    rounded = value.quantize(Decimal(1).scaleb(-places), context=_EXACT)
    return rounded if rounded else abs(rounded)


def in_unit(value: Decimal | int, unit: str) -> Decimal:
    """The base value expressed in a printed unit: yuan in 万元, a ratio in %. Exact, not rounded."""
    return exact(value).scaleb(-SCALES.get(unit, 0), context=_EXACT)


def in_base(value: Decimal | int, unit: str) -> Decimal:
    """The printed value back in its base: 万元 in yuan, % as a ratio. Exact."""
    return exact(value).scaleb(SCALES.get(unit, 0), context=_EXACT)


def parse_number(text: str) -> Decimal | None:
    """The value of a printed figure; None for `—`.

    Shape: full-width digits are read; thousands separators must stand at thousands.
    Errors: NumberUnreadable.
    """
    plain = text.strip().translate(_FULL_WIDTH)
    if plain == ABSENT:
        return None
    if not _SHAPE.fullmatch(plain):
        raise NumberUnreadable(f"「{text}」不是可以识别的数字。")
    return Decimal(plain.replace(",", ""))


def parse_quantity(text: str) -> tuple[Decimal | None, str]:
    """A figure and the unit printed behind it: `4,000.00万元` is (4000.00, 万元)."""
    found = _UNIT.fullmatch(text.strip().translate(_FULL_WIDTH).replace("％", "%"))
    if found is None:
        raise NumberUnreadable(f"「{text}」不是带单位的数字。")
    return parse_number(found["number"]), found["unit"].strip()


def shown_decimals(text: str) -> int:
    """How many decimals a printed figure shows."""
    return len(text.translate(_FULL_WIDTH).partition(".")[2])


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError("数字须为有限值。")
    return exponent
