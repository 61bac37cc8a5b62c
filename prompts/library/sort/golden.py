"""Golden model of the sorter."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    values = np.sort(inputs["x"], axis=1)
    return {"y": values if p.order == "ascending" else values[:, ::-1]}


def stimulus(p, seed):
    """Values of the whole range; every other call has few values, so that many are equal."""
    low, high = limits(p.width) if seed % 2 else (-2, 1)
    return {"x": random_integers(seed, (p.rows, p.length), low, high)}


def corners(p):
    low, high = limits(p.width)
    zero = np.zeros((p.rows, p.length), np.int64)
    ramp = np.clip(low + np.arange(p.length) + zero, low, high)
    halves = np.where(np.arange(p.length) < p.length // 2, high, low) + zero
    last, first = zero + low, zero + low
    last[:, -1], first[:, 0] = high, high
    alternating = np.where(np.arange(p.length) % 2, low, high) + zero
    by_rows = np.where(np.arange(p.rows) % 2, low, high)[:, None] + zero
    cases = zero + low, zero + high, ramp, ramp[:, ::-1], alternating, halves, last, first, by_rows
    return [{"x": x} for x in cases]


def tables(p):
    """Merging stages, and the length of rows that are filled up."""
    stages = (p.length - 1).bit_length()
    return {"stages": stages, "filled": 1 << stages}
