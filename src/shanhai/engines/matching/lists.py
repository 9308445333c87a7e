"""The few orders worth most to a worker at present prices, selected from all of them."""

import numpy as np
from numba import njit

from .problem import NEVER
from .rows import score_row

#: Orders are looked at in so many interleaved strands when the best of a row are selected.
STRANDS = 256
_LOW = np.int32(-(1 << 30))


@njit(cache=True, nogil=True, boundscheck=False)
def kth(values, n, k):
    """The k-th largest (from 0) of the first n values, which are reordered."""
    left, right = 0, n - 1
    while left < right:
        pivot = values[(left + right) >> 1]
        i, j = left, right
        while i <= j:
            while values[i] > pivot:
                i += 1
            while values[j] < pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if k > j and k < i:
            break
        if k <= j:
            right = j
        else:
            left = i
    return values[k]


@njit(cache=True, nogil=True, boundscheck=False)
def _strand(row, price, net, best):
    """Worth of every order, and the best of each strand."""
    m = row.size
    best[:] = _LOW
    for start in range(0, m, STRANDS):
        for s in range(min(STRANDS, m - start)):
            value = np.int32(row[start + s] - price[start + s])
            net[start + s] = value
            best[s] = max(best[s], value)


@njit(cache=True, nogil=True, boundscheck=False)
def _above(line, net, best, found):
    """Numbers of the orders worth at least `line`; returns how many."""
    count = 0
    for s in range(STRANDS):
        if best[s] >= line:
            for j in range(s, net.size, STRANDS):
                if net[j] >= line:
                    found[count] = j
                    count += 1
    return count


@njit(cache=True, nogil=True, boundscheck=False)
def refresh(p, i, price, names, scores, work):
    """Fill a worker's list with the orders worth most to it at these prices.

    Returns the worth that no order left out exceeds; 0 when none left out is worth anything.
    Shape: `work` is five rows of scratch, as long as orders or strands.
    """
    m, length = price.size, names.size
    row, net, best, found, some = work[0, :m], work[1, :m], work[2, :STRANDS], work[3], work[4]
    score_row(p, i, row)
    _strand(row, price, net, best)
    some[:STRANDS] = best
    line = max(kth(some, STRANDS, (3 * length) // 4 - 1), np.int32(1))
    count = _above(line, net, best, found)
    if count > length:
        for t in range(count):
            some[t] = net[found[t]]
        line = np.int32(kth(some, count, length) + 1)
        count = _above(line, net, best, found)
    for t in range(length):
        names[t] = found[t] if t < count else 0
        scores[t] = row[found[t]] if t < count else np.int32(NEVER)
    return np.int32(line - 1)
