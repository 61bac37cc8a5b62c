"""Golden model of the linear layer: exact integer sums that wrap with their bias."""

import numpy as np

from prompts.arithmetic import limits, wrap
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels


def golden(p, inputs):
    """y[t, o] = bias[o] + sum over i of x[t, i] weights[o, i], in `out_width` bits."""
    return {"y": wrap(inputs["x"] @ inputs["weights"].T + inputs["bias"], p.out_width)}


def stimulus(p, seed):
    """Full-range activations and weights; the bias is of the size of a sum, every third call's
    of the whole range."""
    size = p.width + p.weight_width - 2 + p.inputs.bit_length() // 2
    bits = min(p.out_width, 32 if seed % 3 == 0 else size)
    bias = random_integers(3 * seed + 2, p.outputs, *limits(min(bits, 32)))
    if seed % 3 == 0:
        bias = bias << (p.out_width - bits)
    return {
        "x": random_integers(3 * seed, (p.tokens, p.inputs), *limits(p.width)),
        "weights": random_integers(3 * seed + 1, (p.outputs, p.inputs), *limits(p.weight_width)),
        "bias": bias,
    }


def corners(p):
    some = stimulus(p, 1)
    x, weights, bias = (np.zeros_like(some[name]) for name in ("x", "weights", "bias"))
    (x_low, x_high), (w_low, w_high) = limits(p.width), limits(p.weight_width)
    b_low, b_high = limits(p.out_width)
    first, last = x.copy(), x.copy()
    first[:, 0], last[:, -1] = 1, 1
    return [
        {"x": x, "weights": some["weights"], "bias": some["bias"]},
        {"x": some["x"], "weights": some["weights"], "bias": bias},
        {"x": first, "weights": some["weights"], "bias": bias},
        {"x": last, "weights": some["weights"], "bias": bias},
        {"x": x + x_low, "weights": weights + w_low, "bias": bias},
        {"x": x + x_low, "weights": weights + w_high, "bias": bias},
        {"x": x + x_low, "weights": weights + w_low, "bias": bias + b_high},
        {"x": x + x_high, "weights": weights + w_low, "bias": bias + b_low},
    ]


def tables(p):
    """Words of a row, and the levels of the adder tree."""
    return {
        "words": -(-p.inputs // p.lanes),
        "levels": levels(p.lanes, p.width + p.weight_width),
    }
