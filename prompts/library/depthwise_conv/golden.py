"""Golden model of the depthwise convolution: each channel with its own kernel, requantised."""

import numpy as np

from prompts.arithmetic import limits, requantize, scale
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels
from prompts.library.parts.requant import pieces, results
from prompts.library.parts.windows import before, windows


def golden(p, inputs):
    """y[i, j, c] = sum over r, q of image[i stride + r, j stride + q, c] weights[c, r, q], scaled.

    The image is x within its padding.
    """
    kernels = inputs["weights"].reshape(p.channels, p.k, p.k)
    sums = np.einsum("ijcrq,crq->ijc", windows(p, inputs["x"]), kernels)
    scaled = requantize(sums, int(inputs["mult"]), int(inputs["shift"]), p.out_width)
    return {"y": np.maximum(scaled, 0) if p.activation == "relu" else scaled}


def stimulus(p, seed):
    """Full-range pixels and weights, and a scale after which some of the results saturate."""
    bits = p.data_width + p.weight_width - 3 + (p.k * p.k).bit_length() // 2
    factor = int(random_integers(3 * seed, (), 50, 300)) / 100
    mult, shift = scale(min(factor * 2.0 ** (p.out_width - bits), 65535))
    return _call(
        random_integers(3 * seed, (p.height, p.width, p.channels), *limits(p.data_width)),
        random_integers(3 * seed + 1, _kernels(p), *limits(p.weight_width)),
        mult,
        shift,
    )


def corners(p):
    (x_low, x_high), (w_low, w_high) = limits(p.data_width), limits(p.weight_width)
    some = stimulus(p, 1)
    zero, kernels = np.zeros_like(some["x"]), np.zeros(_kernels(p), np.int64)
    first, last = kernels.copy(), kernels.copy()
    first.reshape(p.channels, -1)[:, 0] = 1
    last.reshape(p.channels, -1)[:, -1] = 1
    return [
        _call(zero, some["weights"], 1, 0),
        _call(some["x"], kernels, 65535, 0),
        _call(zero + x_low, kernels + w_low, 1, 8),
        _call(zero + x_low, kernels + w_high, 1, 9),
        _call(zero + x_low, kernels + w_low, 65535, 31),
        _call(zero + x_high, kernels + w_low, 65535, 0),
        _call(some["x"], first, 1, 0),
        _call(some["x"], last, 1, 1),
        _call(some["x"], kernels - 1, 3, 2),
    ]


def tables(p):
    """Sizes that follow from the parameters. An output is complete `fill` beats after its pixel."""
    groups = p.channels // p.lanes
    after = p.k - 1 - before(p)
    span = p.k if p.pad == "valid" else 1
    tree = levels(p.k * p.k, p.data_width + p.weight_width)
    acc_width = tree[-1]["bits"] if tree else p.data_width + p.weight_width
    return {
        "groups": groups,
        "before": before(p),
        "fill": after * (p.width + 1) * groups,
        "out_height": (p.height - span) // p.stride + 1,
        "out_columns": (p.width - span) // p.stride + 1,
        "levels": tree,
        "acc_width": acc_width,
        "pieces": pieces(acc_width),
        **results(p.activation, p.out_width),
    }


def _kernels(p):
    """The kernels of `lanes` channels are a word."""
    return (p.channels // p.lanes, p.lanes * p.k * p.k)


def _call(x, weights, mult, shift):
    return {"x": x, "weights": weights, "mult": np.int64(mult), "shift": np.int64(shift)}
