"""Identity numbers by the hundred thousand: those that are right as they stand, told all at once.

Whatever is not among them is for `IdentityNumber.parse`, whose sentences say what is wrong.
"""

import datetime
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .identity import LENGTH, OLDEST, WEIGHTS, is_issued

_DIGITS = slice(0, LENGTH - 1)
_ZERO, _NINE = b"09"
_MONTHS = 12
_CHECK_SIGNS = np.frombuffer(b"10X98765432", np.uint8)

type Flags = NDArray[np.bool_]
type Numbers = NDArray[np.int64]


def right_as_written(texts: Sequence[str], today: datetime.date, *, demonstration: bool) -> list[bool]:
    """Which texts are identity numbers that reading would leave as they are."""
    places = [n for n, text in enumerate(texts) if len(text) == LENGTH and text.isascii()]
    found = np.zeros(len(texts), np.bool_)
    if places:
        signs = np.frombuffer("".join([texts[n] for n in places]).encode(), np.uint8).reshape(-1, LENGTH)
        found[places] = _are_right(signs, today, demonstration=demonstration)
    right: list[bool] = found.tolist()
    return right


def _are_right(signs: NDArray[np.uint8], today: datetime.date, *, demonstration: bool) -> Flags:
    digits = signs[:, _DIGITS].astype(np.int64) - _ZERO
    are_digits: Flags = ((digits >= 0) & (digits <= _NINE - _ZERO)).all(axis=1)
    digits = np.where(are_digits[:, None], digits, 0)
    is_checked = _CHECK_SIGNS[digits @ np.array(WEIGHTS) % len(_CHECK_SIGNS)] == signs[:, -1]
    is_issued_to = np.array([is_issued(f"{code:02}", demonstration=demonstration) for code in range(100)])
    provinces = digits[:, 0] * 10 + digits[:, 1]
    right: Flags = are_digits & is_checked & is_issued_to[provinces] & _are_born(digits, today)
    return right


def _are_born(digits: Numbers, today: datetime.date) -> Flags:
    """Whose birth dates are real, not ahead and not too long ago."""
    year, month, day = (_number(digits[:, places]) for places in (slice(6, 10), slice(10, 12), slice(12, 14)))
    is_month = (month >= 1) & (month <= _MONTHS)
    number = (year - 1970) * _MONTHS + np.where(is_month, month, 1) - 1
    first, next_month = _day_number(number), _day_number(number + 1)
    born_on = first + day - 1
    is_real = is_month & (day >= 1) & (born_on < next_month)
    is_past = (born_on <= np.datetime64(today).astype(np.int64)) & (year >= today.year - OLDEST)
    born: Flags = is_real & is_past
    return born


def _day_number(month: Numbers) -> Numbers:
    """The first day of a month, both counted from 1970."""
    day: Numbers = month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return day


def _number(digits: Numbers) -> Numbers:
    number: Numbers = digits @ (10 ** np.arange(digits.shape[1])[::-1])
    return number
