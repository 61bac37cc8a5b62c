"""Calls of layers whose sums of products, with a bias, are scaled: stimulus and its extremes."""

from collections.abc import Sequence

import numpy as np

from prompts.arithmetic import limits, scale
from prompts.arithmetic import stimulus as random_integers


def random_call(p, seed, x_shape: Sequence[int], weights_shape: Sequence[int]):
    """Full-range inputs and weights, of which an output takes all but the first dimension, a bias
    of the size of a sum, and a scale after which some of the results saturate."""
    products = int(np.prod(weights_shape[1:]))
    bits = p.data_width + p.weight_width - 2 + products.bit_length() // 2
    factor = int(random_integers(4 * seed, (), 50, 300)) / 100
    mult, shift = scale(min(factor * 2.0 ** (p.out_width - bits), 65535))
    return call(
        random_integers(4 * seed + 1, x_shape, *limits(p.data_width)),
        random_integers(4 * seed + 2, weights_shape, *limits(p.weight_width)),
        random_integers(4 * seed + 3, weights_shape[0], *limits(min(bits, p.acc_width, 32))),
        mult,
        shift,
    )


def extremes(p, some):
    """Nothing but the bias, the largest and smallest sums and scales, and ties, each in the shapes
    of `some` call."""
    x, weights, bias = (np.zeros_like(some[name]) for name in ("x", "weights", "bias"))
    (x_low, x_high), (w_low, w_high) = limits(p.data_width), limits(p.weight_width)
    b_low, b_high = limits(p.acc_width)
    outputs = np.arange(len(bias))
    return [
        call(x, some["weights"], some["bias"], 1, 0),
        call(some["x"], weights, bias + outputs - len(bias) // 2, 1, 1),
        call(x + x_low, weights + w_low, bias, 1, 8),
        call(x + x_low, weights + w_high, bias, 65535, 31),
        call(x + x_high, weights + w_low, bias + b_low, 65535, 0),
        call(x + x_low, weights + w_low, bias + b_high, 1, 16),
        call(some["x"], some["weights"], some["bias"], 3, 12),
    ]


def call(x, weights, bias, mult, shift):
    """One call's inputs."""
    scaled = {"mult": np.int64(mult), "shift": np.int64(shift)}
    return {"x": x, "weights": weights, "bias": bias, **scaled}
