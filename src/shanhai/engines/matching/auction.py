"""The auction's loops, compiled by numba: forward, where workers bid, and reverse, where empty seats do."""

import numpy as np
from numba import njit

from .lists import STRANDS, kth, refresh
from .problem import NEVER
from .rows import score_column

#: What a list that was never made has left out.
_ALL = np.int32(1 << 30)


@njit(cache=True, nogil=True, boundscheck=False)
def _sink(bids, owners, at, size, bid, owner):
    """Replace the lowest bid of a full heap."""
    h = 0
    while True:
        c = 2 * h + 1
        if c >= size:
            break
        if c + 1 < size and bids[at + c + 1] < bids[at + c]:
            c += 1
        if bids[at + c] >= bid:
            break
        bids[at + h], owners[at + h] = bids[at + c], owners[at + c]
        h = c
    bids[at + h], owners[at + h] = bid, owner


@njit(cache=True, nogil=True, boundscheck=False)
def _rise(bids, owners, at, size, bid, owner):
    """Put a bid into a heap that has room."""
    h = size
    while h and bids[at + ((h - 1) >> 1)] > bid:
        bids[at + h], owners[at + h] = bids[at + ((h - 1) >> 1)], owners[at + ((h - 1) >> 1)]
        h = (h - 1) >> 1
    bids[at + h], owners[at + h] = bid, owner


@njit(cache=True, nogil=True, boundscheck=False)
def _best_two(names, scores, price):
    """Place in the list of the order worth most, -1 for none; its worth, and that of the second."""
    first, second, chosen = np.int32(0), np.int32(0), -1
    for t in range(names.size):
        value = np.int32(scores[t] - price[names[t]])
        if value > first:
            second, first, chosen = first, value, t
        elif value > second:
            second = value
    return chosen, first, second


@njit(cache=True, nogil=True, boundscheck=False)
def _choose(p, i, price, names, scores, left_out, work):
    """As `_best_two`, after the list was renewed where it was no longer sure."""
    if left_out[i] < _ALL:
        chosen, first, second = _best_two(names, scores, price)
        if second >= left_out[i] or left_out[i] <= 0:
            return chosen, first, second
    left_out[i] = refresh(p, i, price, names, scores, work)
    return _best_two(names, scores, price)


@njit(cache=True, nogil=True, boundscheck=False)
def forward(p, seats, price, step, given, worth, waiting, length):
    """Forward auction: whoever waits bids for the order worth most to it, until nobody waits.

    `given` (order of each worker, -1 for none), `worth` (its score) and `price` are changed. Prices only
    rise, so a list stays exact until its second best falls under what was left out; only then is it renewed.
    Shape: an order without seats must have a price beyond every score.
    """
    n, m = given.size, seats.size
    at = np.zeros(m + 1, np.int64)
    at[1:] = np.cumsum(seats)
    bids, owners = np.empty(at[m], np.int32), np.empty(at[m], np.int32)
    filled, left_out = np.zeros(m, np.int32), np.full(n, _ALL)
    names, scores = np.empty((n, length), np.int32), np.empty((n, length), np.int32)
    work = np.empty((5, max(m, STRANDS)), np.int32)
    stack, top = np.empty(n, np.int32), waiting.size
    stack[:top] = waiting
    while top:
        top -= 1
        i = stack[top]
        chosen, first, second = _choose(p, i, price, names[i], scores[i], left_out, work)
        if chosen < 0:
            continue
        j = names[i, chosen]
        bid = np.int32(price[j] + first - second + step)
        if filled[j] < seats[j]:
            _rise(bids, owners, at[j], filled[j], bid, i)
            filled[j] += 1
        else:
            stack[top] = owners[at[j]]
            given[stack[top]] = -1
            top += 1
            _sink(bids, owners, at[j], seats[j], bid, i)
        given[i], worth[i] = j, scores[i, chosen]
        if filled[j] == seats[j]:
            price[j] = max(price[j], bids[at[j]])


@njit(cache=True, nogil=True, boundscheck=False)
def _gains(j, step, price, given, worth, gain, some):
    """From scores at order j: what each worker would have beyond what it has. Returns how many matter."""
    count = 0
    for i in range(gain.size):
        k = given[i]
        if k == j:
            gain[i] = np.int32(NEVER)
        elif k >= 0:
            gain[i] = np.int32(gain[i] - worth[i] + price[k])
        if gain[i] >= step:
            some[count] = gain[i]
            count += 1
    return count


@njit(cache=True, nogil=True, boundscheck=False)
def _take(j, step, price, given, worth, gain, free, queue, top):
    """Give the free seats of j to those who gain; queue orders left at a price. Returns the queue's end."""
    for i in range(gain.size):
        if free[j] <= 0:
            break
        if gain[i] < price[j] + step:
            continue
        k = given[i]
        worth[i] = np.int32(gain[i] + (worth[i] - price[k] if k >= 0 else 0))
        given[i] = j
        free[j] -= 1
        if k >= 0:
            free[k] += 1
            if price[k] > 0 and free[k] == 1:
                queue[top] = k
                top += 1
    return top


@njit(cache=True, nogil=True, boundscheck=False)
def reverse(p, price, step, given, worth, free, refused_at, refused):
    """Reverse auction: an order with free seats at a price lowers it until workers come, or it is nothing.

    Every worker who comes gains at least `step`, so it ends. `price`, `given`, `worth`, `free` are changed.
    """
    n, m = given.size, price.size
    queue, top = np.empty(m, np.int32), 0
    for j in range(m):
        if free[j] > 0 and price[j] > 0:
            queue[top] = j
            top += 1
    gain, some = np.empty(n, np.int32), np.empty(n, np.int32)
    while top:
        top -= 1
        j = queue[top]
        score_column(p, j, gain)
        for at in range(refused_at[j], refused_at[j + 1]):
            gain[refused[at]] = np.int32(NEVER)
        count = _gains(j, step, price, given, worth, gain, some)
        line = np.int32(kth(some, count, free[j]) - step) if count > free[j] else np.int32(0)
        price[j] = max(np.int32(0), min(price[j], line))
        top = _take(j, step, price, given, worth, gain, free, queue, top)
