"""The loop over claims, compiled once and kept in the cache folder of the installation (NUMBA_CACHE_DIR).

Shape: `layers[plan, turn]` are the columns of `LAYER` in the order of layers, fund -1 where there is none;
`bands[plan, turn, band]` are end and share; `favours[plan, category, fund]` are line, points and whether
uncapped; `years[group]` are counted and paid by fund, then the number of claims.
"""

from typing import Any

import numpy as np
from numba import njit

from .model import FUNDS, WHOLE

#: Columns of `layers`.
FUND, LINE, IS_YEARLY, AGAIN, CAP, IS_CUT, ROUNDING = range(7)
NO_CAP = np.iinfo(np.int64).max
_CLAIMS = 2 * FUNDS
_HALF = WHOLE // 2
_UP = 2


@njit(cache=True)
def _rounded(product: int, mode: int) -> int:
    quotient = product // WHOLE
    rest = product - quotient * WHOLE
    if mode == 0:
        return quotient + (1 if rest >= _HALF else 0)
    return quotient + (1 if mode == _UP and rest > 0 else 0)


@njit(cache=True)
def _over_bands(bands: Any, points: int, low: int, high: int) -> int:
    """Fen times share of the stretch above the line."""
    product = 0
    for band in range(bands.shape[0]):
        end = min(high, bands[band, 0])
        if end > low:
            product += (end - low) * max(0, min(WHOLE, bands[band, 1] + points))
            low = end
    return product


@njit(cache=True)
def _layer(layer: Any, bands: Any, favour: Any, points_lost: int, left: int, year: Any) -> Any:
    """What one fund pays of what is left in scope, and what of that lies above its line."""
    fund = layer[FUND]
    is_again = year[_CLAIMS] > 0 and layer[IS_YEARLY] == 0
    line = (layer[LINE] * (layer[AGAIN] if is_again else WHOLE) + _HALF) // WHOLE
    line = (line * favour[0] + _HALF) // WHOLE
    counted = year[fund] if layer[IS_YEARLY] else 0
    low, high = max(0, counted - line), max(0, counted + left - line)
    points = favour[1] - (points_lost if layer[IS_CUT] else 0)
    amount = _rounded(_over_bands(bands, points, low, high), layer[ROUNDING])
    if favour[2] == 0 and layer[CAP] != NO_CAP:
        amount = min(amount, max(0, layer[CAP] - year[FUNDS + fund]))
    return amount, high - low


@njit(cache=True)
def run(
    turns: Any,
    groups: Any,
    kinds: Any,
    money: Any,
    layers: Any,
    bands: Any,
    favours: Any,
    cuts: Any,
    years: Any,
    paid: Any,
    rest: Any,
) -> int:
    """Settle claims in the order of `turns`; the first claim that breaks an identity, or -1.

    Shape: `kinds` are plan, category, manner; `money` total, own-pay, over-price, pre-pay, account; `rest`
    gets in scope, deductible, account, cash.
    """
    for turn in range(turns.shape[0]):
        row = turns[turn]
        year = years[groups[row]]
        plan, category, manner = kinds[0, row], kinds[1, row], kinds[2, row]
        in_scope = money[0, row] - money[1, row] - money[2, row] - money[3, row]
        left, deductible = in_scope, 0
        for step in range(FUNDS):
            layer = layers[plan, step]
            fund = layer[FUND]
            if fund < 0:
                break
            amount, over = _layer(
                layer, bands[plan, step], favours[plan, category, fund], cuts[plan, manner], left, year
            )
            if fund == 0:
                deductible = left - over
            year[fund] += left
            year[FUNDS + fund] += amount
            paid[fund, row] = amount
            left -= amount
        year[_CLAIMS] += 1
        patient = left + money[1, row] + money[2, row] + money[3, row]
        account = min(money[4, row], patient)
        rest[0, row], rest[1, row] = in_scope, deductible
        rest[2, row], rest[3, row] = account, patient - account
        funds = paid[0, row] + paid[1, row] + paid[2, row]
        if left < 0 or funds + rest[2, row] + rest[3, row] != money[0, row]:
            return int(row)
    return -1
