"""Golden model of requantisation with ReLU: `requantize`, then the activation."""

import numpy as np

from prompts.arithmetic import limits, requantize, scale
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.requant import pieces, results


def golden(p, inputs):
    scaled = requantize(inputs["x"], int(inputs["mult"]), int(inputs["shift"]), p.out_width)
    if p.activation != "none":
        scaled = np.maximum(scaled, 0)
    if p.activation == "clip":
        scaled = np.minimum(scaled, p.clip_max)
    return {"y": scaled}


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
    """How the accumulator is cut for the multipliers, and the range of the results."""
    return {
        "pieces": pieces(p.acc_width),
        **results(p.activation, p.out_width, p.clip_max),
    }


def _random_bits(seed, count, bits):
    """Signed integers of `bits` bits: a random draw has at most 32."""
    if bits <= 32:
        return random_integers(seed, count, *limits(bits))
    upper = random_integers(seed, count, *limits(bits - 16))
    return (upper << 16) + random_integers(seed + 1, count, 0, 65535)


def _call(x, mult, shift):
    return {"x": x, "mult": np.int64(mult), "shift": np.int64(shift)}
