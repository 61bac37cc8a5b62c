"""Golden model of the pointwise convolution: each pixel's channels times a matrix, requantised."""

import numpy as np

from prompts.arithmetic import limits, requantize, scale, wrap
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels
from prompts.library.parts.requant import pieces, results


def golden(p, inputs):
    """y[i, j, o] = bias[o] + sum over c of x[i, j, c] weights[o, c] in `acc_width` bits, scaled."""
    sums = wrap(inputs["x"] @ inputs["weights"].T + inputs["bias"], p.acc_width)
    scaled = requantize(sums, int(inputs["mult"]), int(inputs["shift"]), p.out_width)
    return {"y": np.maximum(scaled, 0) if p.activation == "relu" else scaled}


def stimulus(p, seed):
    """Full-range pixels and weights, a bias of the size of a sum, and a scale after which some
    of the results saturate."""
    bits = _sum_bits(p)
    factor = int(random_integers(4 * seed, (), 50, 300)) / 100
    mult, shift = scale(min(factor * 2.0 ** (p.out_width - bits), 65535))
    return _call(
        random_integers(4 * seed + 1, (p.height, p.width, p.cin), *limits(p.data_width)),
        random_integers(4 * seed + 2, (p.cout, p.cin), *limits(p.weight_width)),
        random_integers(4 * seed + 3, p.cout, *limits(min(bits, p.acc_width, 32))),
        mult,
        shift,
    )


def corners(p):
    """Nothing but the bias, single channels, extremes of products, bias and scale, and ties."""
    some = stimulus(p, 1)
    x, weights, bias = (np.zeros_like(some[name]) for name in ("x", "weights", "bias"))
    (x_low, x_high), (w_low, w_high) = limits(p.data_width), limits(p.weight_width)
    b_low, b_high = limits(p.acc_width)
    first, last = weights.copy(), weights.copy()
    first[:, 0], last[:, -1] = 1, 1
    outputs = np.arange(p.cout)
    return [
        _call(x, some["weights"], some["bias"], 1, 0),
        _call(some["x"], weights, bias + outputs - p.cout // 2, 1, 1),
        _call(some["x"], first, bias, 1, 0),
        _call(some["x"], last, bias, 1, 1),
        _call(x + x_low, weights + w_low, bias, 1, 8),
        _call(x + x_low, weights + w_high, bias, 65535, 31),
        _call(x + x_high, weights + w_low, bias + b_low, 65535, 0),
        _call(x + x_low, weights + w_low, bias + b_high, 1, 16),
        _call(some["x"], some["weights"], some["bias"], 3, 12),
    ]


def tables(p):
    """Words of a pixel, the levels of the adder tree, and how its sums are scaled."""
    return {
        "pixels": p.height * p.width,
        "inputs": p.cin,
        "outputs": p.cout,
        "words": -(-p.cin // p.lanes),
        "levels": levels(p.lanes, p.data_width + p.weight_width),
        "pieces": pieces(p.acc_width),
        **results(p.activation, p.out_width),
    }


def _sum_bits(p):
    """The bits of a sum of random products."""
    return p.data_width + p.weight_width - 2 + p.cin.bit_length() // 2


def _call(x, weights, bias, mult, shift):
    scaled = {"mult": np.int64(mult), "shift": np.int64(shift)}
    return {"x": x, "weights": weights, "bias": bias, **scaled}
