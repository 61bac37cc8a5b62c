"""Golden model of softmax: maximum, power of two, reciprocal, all in fixed point.

The base and the temperature are in `mult` and `shift`: the exponent of 2 is
(maximum - score) * mult / 2^shift / 256, so mult / 2^shift = 256 log2(e) / temperature.
"""

import numpy as np

from prompts.arithmetic import EXP2_TABLE, limits, scale, softmax
from prompts.arithmetic import stimulus as random_integers

OCTAVES = (12, 24, 4, 2, 8, 64, 16, 1)
"""Spans of the exponent over the scores' range, from nearly uniform weights to one-hot rows."""


def golden(p, inputs):
    return {"weights": softmax(inputs["scores"], int(inputs["mult"]), int(inputs["shift"]))}


def stimulus(p, seed):
    low, high = limits(p.width)
    mult, shift = scale(OCTAVES[seed % len(OCTAVES)] * 256 / (1 << p.width))
    scores = random_integers(seed, (p.rows, p.length), low, high)
    return {"scores": scores, "mult": np.int64(mult), "shift": np.int64(shift)}


def corners(p):
    scales = [scale(12 * 256 / (1 << p.width)), (0, 0), (65535, 0), (1, 31), (65535, 31)]
    patterns = _patterns(p)
    calls = []
    for first in range(0, max(len(patterns), len(scales)), p.rows):
        chosen = [patterns[(first + row) % len(patterns)] for row in range(p.rows)]
        mult, shift = scales[len(calls) % len(scales)]
        calls.append(_call(np.stack(chosen), mult, shift))
    calls += [_call(calls[0]["scores"], *pair) for pair in scales[len(calls) :]]
    return calls


def tables(p):
    return {"exp2_table": EXP2_TABLE.tolist()}


def _patterns(p):
    """Rows that are equal, have one winner at either end, or reach across the whole range."""
    low, high = limits(p.width)
    zero = np.zeros(p.length, np.int64)
    winner_first, winner_last = zero + low, zero + low
    winner_first[0], winner_last[-1] = high, high
    ramp = low + (np.arange(p.length) * (high - low)) // max(1, p.length - 1)
    alternating = np.where(np.arange(p.length) % 2, low, high)
    return [zero, zero + low, zero + high, winner_first, winner_last, ramp, alternating]


def _call(scores, mult, shift):
    return {"scores": scores, "mult": np.int64(mult), "shift": np.int64(shift)}
