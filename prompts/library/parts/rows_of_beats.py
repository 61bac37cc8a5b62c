"""Rows of a stream that come in beats of several lanes."""

import numpy as np


def corners(rows, length, low, high):
    """Rows of one value, rising, falling, by turns, and with one value that stands out anywhere."""
    zero = np.zeros((rows, length), np.int64)
    places = np.arange(length)
    ramp = np.clip(low + places + zero, low, high)
    alternating = np.where(places % 2, low, high) + zero
    walk = np.where((places - np.arange(rows)[:, None]) % length, low, high)
    last, first, ends = zero + low, zero + low, zero.copy()
    last[:, -1], first[:, 0] = high, high
    ends[:, 0], ends[:, -1] = low, high
    by_rows = np.where(np.arange(rows) % 2, low, high)[:, None] + zero
    whole = (zero, zero + low, zero + high, ramp, ramp[:, ::-1], alternating, alternating[:, ::-1])
    return [{"x": x} for x in (*whole, walk, low + high - walk, last, first, ends, by_rows)]
