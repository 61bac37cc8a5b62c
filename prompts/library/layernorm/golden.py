"""Golden model of LayerNorm: each row less its mean over its deviation, times gamma, plus beta."""

import numpy as np

from prompts.arithmetic import limits, normalise
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.row_norm import accepted, corner_rows, random_rows, widths


def golden(p, inputs):
    return {"y": normalise(inputs["x"], inputs["gamma"], inputs["beta"], p.width, centre=True)}


def stimulus(p, seed):
    """Gamma and beta are of a usual size, or of the whole range; every third call's rows are far
    from zero, so that little is left without the mean."""
    usual = seed % 4 != 0
    low, high = limits(p.width)
    x = random_rows(p, 3 * seed)
    if seed % 3 == 0:
        means = random_integers(seed, (p.rows, 1), low // 2, high // 2)
        x = np.clip(x, low // 8, high // 8) + means
    return {
        "x": x,
        "gamma": random_integers(3 * seed + 1, p.dim, *((200, 800) if usual else limits(16))),
        "beta": random_integers(3 * seed + 2, p.dim, *((-20, 20) if usual else limits(16))),
    }


def corners(p):
    rows, some = corner_rows(p), stimulus(p, 1)
    low, high = limits(p.width)
    zero = np.zeros(p.dim, np.int64)
    unit = zero + (16 << (p.width - 4) if p.width > 4 else 16)
    least, most = (zero + limit for limit in limits(16))
    last = rows["low"].copy()
    last[:, -1] = high
    return [
        {"x": rows["zero"], "gamma": unit, "beta": some["beta"]},
        {"x": rows["low"], "gamma": unit, "beta": zero},
        {"x": rows["constant"], "gamma": most, "beta": zero},
        {"x": rows["one_hot"], "gamma": unit + 1, "beta": zero},
        {"x": last, "gamma": least, "beta": zero},
        {"x": rows["alternating"], "gamma": some["gamma"], "beta": some["beta"]},
        {"x": rows["alternating"], "gamma": least, "beta": least},
        {"x": some["x"], "gamma": most, "beta": most},
        {"x": some["x"], "gamma": zero, "beta": zero + high},
        {"x": some["x"], "gamma": zero, "beta": zero + low - 1},
        {"x": some["x"], "gamma": unit, "beta": zero},
    ]


def tables(p):
    return widths(p, centre=True)


def acceptance():
    return [accepted(8, 64, 191), accepted(6, 256, 193)]
