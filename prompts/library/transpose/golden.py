"""Golden model of the transposition of matrices in a stream."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    """y[m, c, r] = x[m, r, c]."""
    return {"y": inputs["x"].transpose(0, 2, 1)}


def stimulus(p, seed):
    """Elements of the whole range, each matrix different from the others."""
    return {"x": random_integers(seed, (p.matrices, p.rows, p.columns), *limits(p.width))}


def corners(p):
    """Constant matrices, single elements in the corners, and elements that tell their places."""
    low, high = limits(p.width)
    zero = np.zeros((p.matrices, p.rows, p.columns), np.int64)
    row, column = np.indices((p.rows, p.columns))
    first, last, right, left = (zero.copy() for _ in range(4))
    first[:, 0, 0], last[:, -1, -1] = high, low
    right[:, 0, -1], left[:, -1, 0] = high, low
    return [
        {"x": zero + low},
        {"x": zero + high},
        {"x": first},
        {"x": last},
        {"x": right + left},
        {"x": _wrapped(zero + row, p.width)},
        {"x": _wrapped(zero + column, p.width)},
        {"x": _wrapped(zero + row * p.columns + column, p.width)},
    ]


def tables(p):
    """A matrix is cut into blocks of lanes x lanes elements."""
    groups = p.columns // p.lanes
    return {"groups": groups, "row_groups": p.rows // p.lanes, "blocks": groups * p.rows // p.lanes}


def _wrapped(x, width):
    """Counts in `width` bits, from the least number on."""
    return (x & ((1 << width) - 1)) + limits(width)[0]
