"""Golden model of an element-wise sum, difference or product of two streams, requantised."""

import numpy as np

from prompts.arithmetic import limits, requantize, scale
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    a, b = inputs["a"], inputs["b"]
    exact = {"add": a + b, "subtract": a - b, "multiply": a * b}[p.op]
    results = requantize(exact, int(inputs["mult"]), int(inputs["shift"]), p.out_width)
    return {"y": np.maximum(results, 0) if p.activation == "relu" else results}


def stimulus(p, seed):
    """Elements of the whole range, and a scale that brings results to half or twice the range."""
    factor = int(random_integers(3 * seed, (), 50, 200)) / 100
    mult, shift = scale(factor * 2.0 ** (p.out_width - exact_bits(p)))
    a, b = (random_integers(3 * seed + i, p.length, *limits(p.width)) for i in (1, 2))
    return _call(a, b, mult, shift)


def corners(p):
    low, high = limits(p.width)
    values = np.array([low, low + 1, -1, 0, 1, high])
    indices = np.arange(p.length)
    a, b = values[indices % 6], values[indices // 6 % 6]
    fitting = max(exact_bits(p) - p.out_width, 0)
    scales = [(0, 0), (1, 0), (1, 1), (3, 2), (1, fitting), (65535, 0), (65535, 16), (65535, 31)]
    some = stimulus(p, 1)
    return [
        *(_call(a, b, mult, shift) for mult, shift in scales),
        _call(a, 0 * b, 1, 0),
        _call(0 * a, b, 1, 1),
        _call(some["a"], some["b"], 1, 1),
        _call(some["a"], some["b"], 32768, 15 + fitting),
    ]


def exact_bits(p):
    """Bits of the exact sum, difference or product."""
    return 2 * p.width if p.op == "multiply" else p.width + 1


def tables(p):
    low, high = limits(p.out_width)
    least = 0 if p.activation == "relu" else low
    return {"exact_bits": exact_bits(p), "least": least, "greatest": high}


def _call(a, b, mult, shift):
    return {"a": a, "b": b, "mult": np.int64(mult), "shift": np.int64(shift)}
