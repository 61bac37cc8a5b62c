"""Golden model of the pointwise convolution: each pixel's channels times a matrix, requantised."""

import numpy as np

from prompts.arithmetic import requantize, wrap
from prompts.library.parts.adder_tree import levels
from prompts.library.parts.requant import pieces, results
from prompts.library.parts.scaled_sums import call, extremes, random_call


def golden(p, inputs):
    """y[i, j, o] = bias[o] + sum over c of x[i, j, c] weights[o, c] in `acc_width` bits, scaled."""
    sums = wrap(inputs["x"] @ inputs["weights"].T + inputs["bias"], p.acc_width)
    scaled = requantize(sums, int(inputs["mult"]), int(inputs["shift"]), p.out_width)
    return {"y": np.maximum(scaled, 0) if p.activation == "relu" else scaled}


def stimulus(p, seed):
    """Random numbers of the whole range, and a scale after which some of the results saturate."""
    return random_call(p, seed, (p.height, p.width, p.cin), (p.cout, p.cin))


def corners(p):
    """Single channels beside the extremes of sums and scales."""
    some = stimulus(p, 1)
    first, last = np.zeros_like(some["weights"]), np.zeros_like(some["weights"])
    bias = np.zeros_like(some["bias"])
    first[:, 0], last[:, -1] = 1, 1
    return [
        *extremes(p, some),
        call(some["x"], first, bias, 1, 0),
        call(some["x"], last, bias, 1, 1),
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
