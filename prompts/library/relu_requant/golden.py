"""Golden model of requantisation with ReLU: `requantize`, then the activation."""

import numpy as np

from prompts.arithmetic import limits, requantize, scale
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    results = requantize(inputs["x"], int(inputs["mult"]), int(inputs["shift"]), p.out_width)
    if p.activation != "none":
        results = np.maximum(results, 0)
    if p.activation == "clip":
        results = np.minimum(results, p.clip_max)
    return {"y": results}


def stimulus(p, seed):
    """Accumulators and a scale that brings them to between half and twice the output's range.

    Calls with an even seed have a coarse scale, for the greatest accumulators that do not saturate.
    """
    bits = min(p.acc_width, p.out_width + (24 if seed % 2 else 31))
    factor = int(random_integers(3 * seed, (), 50, 200)) / 100
    mult, shift = scale(factor * 2.0 ** (p.out_width - bits))
    return _call(_random_bits(3 * seed + 1, p.length, bits), mult, shift)


def corners(p):
    low, high = limits(p.acc_width)
    indices = np.arange(p.length)
    extremes = np.array([low, low + 1, -1, 0, 1, high - 1, high])[indices % 7]
    around_zero = np.clip(indices - p.length // 2, -128, 127)
    return [
        _call(extremes * 0, 0, 0),
        _call(extremes, 65535, 0),
        _call(extremes, 65535, 31),
        _call(extremes, 1, 0),
        _call(extremes, 1, min(max(p.acc_width - p.out_width, 0), 31)),
        _call(around_zero, 1, 0),
        _call(around_zero, 1, 1),
    ]


def tables(p):
    """How the accumulator is cut for the multipliers, and the range of the results.

    `pieces` are (lowest bit, bits): 17 bits each, and at most 18 for the last, which has the sign.
    """
    lows = range(0, p.acc_width - 1, 17)
    top = limits(p.out_width)[1]
    ranges = {"relu": (0, top), "clip": (0, min(p.clip_max, top)), "none": limits(p.out_width)}
    least, greatest = ranges[p.activation]
    return {
        "pieces": [(low, p.acc_width - low if low == lows[-1] else 17) for low in lows],
        "least": least,
        "greatest": greatest,
    }


def _random_bits(seed, count, bits):
    """Signed integers of `bits` bits: a random draw has at most 32."""
    if bits <= 32:
        return random_integers(seed, count, *limits(bits))
    upper = random_integers(seed, count, *limits(bits - 16))
    return (upper << 16) + random_integers(seed + 1, count, 0, 65535)


def _call(x, mult, shift):
    return {"x": x, "mult": np.int64(mult), "shift": np.int64(shift)}
