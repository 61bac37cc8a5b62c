"""Golden model of RMSNorm: each row divided by its root mean square, times gamma."""

import numpy as np

from prompts.arithmetic import limits, normalise
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.row_norm import accepted, corner_rows, random_rows, widths


def golden(p, inputs):
    return {"y": normalise(inputs["x"], inputs["gamma"], 0, p.width, centre=False)}


def stimulus(p, seed):
    """Gamma is of a usual size, or of the whole range."""
    gamma = limits(16) if seed % 4 == 0 else (200, 800)
    return {
        "x": random_rows(p, 2 * seed),
        "gamma": random_integers(2 * seed + 1, p.dim, *gamma),
    }


def corners(p):
    rows, some = corner_rows(p), stimulus(p, 1)
    zero = np.zeros(p.dim, np.int64)
    unit = zero + (16 << (p.width - 4) if p.width > 4 else 16)
    least, most = (zero + limit for limit in limits(16))
    return [
        {"x": rows["zero"], "gamma": unit},
        {"x": rows["low"], "gamma": unit},
        {"x": rows["one_hot"], "gamma": unit + 1},
        {"x": rows["one_hot"], "gamma": least},
        {"x": rows["constant"], "gamma": some["gamma"]},
        {"x": rows["constant"], "gamma": most},
        {"x": rows["alternating"], "gamma": some["gamma"]},
        {"x": some["x"], "gamma": least},
        {"x": some["x"], "gamma": zero},
    ]


def tables(p):
    return widths(p, centre=False)


def acceptance():
    return [accepted(8, 64, 191), accepted(6, 256, 193)]
