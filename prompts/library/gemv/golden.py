"""Golden model of the matrix-vector product: exact integer sums."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels


def golden(p, inputs):
    """y[r] = sum over c of matrix[r, c] x[c]."""
    return {"y": inputs["matrix"] @ inputs["x"]}


def stimulus(p, seed):
    """A vector and a matrix of the whole range."""
    return {
        "x": random_integers(2 * seed, p.inputs, *limits(p.width)),
        "matrix": random_integers(2 * seed + 1, (p.outputs, p.inputs), *limits(p.weight_width)),
    }


def corners(p):
    """Zeros, single columns, rows of one number each, and the extremes of products and sums."""
    some = stimulus(p, 1)
    x, matrix = np.zeros_like(some["x"]), np.zeros_like(some["matrix"])
    (x_low, x_high), (w_low, w_high) = limits(p.width), limits(p.weight_width)
    first, last = x.copy(), x.copy()
    first[0], last[-1] = x_high, x_low
    rows = matrix + np.arange(p.outputs)[:, None] % (w_high + 1)
    alternating = np.where(np.arange(p.inputs) % 2, x_low, x_high)
    return [
        {"x": x, "matrix": some["matrix"]},
        {"x": some["x"], "matrix": matrix},
        {"x": first, "matrix": some["matrix"]},
        {"x": last, "matrix": some["matrix"]},
        {"x": x + 1, "matrix": rows},
        {"x": x + x_low, "matrix": matrix + w_low},
        {"x": x + x_low, "matrix": matrix + w_high},
        {"x": alternating, "matrix": matrix + w_low},
    ]


def tables(p):
    """Words of the vector, and the levels of the adder tree."""
    return {
        "words": -(-p.inputs // p.lanes),
        "levels": levels(p.lanes, p.width + p.weight_width),
    }
