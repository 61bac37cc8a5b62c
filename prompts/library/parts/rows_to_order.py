"""Calls of units that put the values of each row in order."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def stimulus(p, seed):
    """Values of the whole range; every other call has few values, so that many are equal."""
    low, high = limits(p.width) if seed % 2 else (-2, 1)
    return {"x": random_integers(seed, (p.rows, p.length), low, high)}


def corners(p):
    """Rows of one value, in order already, in reverse, of two values, and with one that differs."""
    low, high = limits(p.width)
    zero = np.zeros((p.rows, p.length), np.int64)
    ramp = np.clip(low + np.arange(p.length) + zero, low, high)
    halves = np.where(np.arange(p.length) < p.length // 2, high, low) + zero
    last, first = zero + low, zero + low
    last[:, -1], first[:, 0] = high, high
    alternating = np.where(np.arange(p.length) % 2, low, high) + zero
    by_rows = np.where(np.arange(p.rows) % 2, low, high)[:, None] + zero
    ends = (last, first, -1 - last)
    cases = (zero + low, zero + high, ramp, ramp[:, ::-1], alternating, halves, *ends, by_rows)
    return [{"x": x} for x in cases]
