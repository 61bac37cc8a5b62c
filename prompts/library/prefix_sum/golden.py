"""Golden model of the prefix sum: running sums of each row, wrapped to their width."""

import numpy as np

from prompts.arithmetic import limits, wrap
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts import rows_of_beats


def golden(p, inputs):
    """y[r, i] = sum of x[r, 0 .. i], or of x[r, 0 .. i - 1] when exclusive."""
    x = inputs["x"]
    sums = np.cumsum(x, axis=1) - (x if p.mode == "exclusive" else 0)
    return {"y": wrap(sums, p.out_width, p.sign == "signed")}


def stimulus(p, seed):
    """Values of the whole range."""
    low, high = limits(p.width, p.sign == "signed")
    return {"x": random_integers(seed, (p.rows, p.length), low, high)}


def corners(p):
    """Besides rows of extremes, a value alone in each row, at the ends of beats."""
    low, high = limits(p.width, p.sign == "signed")
    places = np.arange(p.rows)[:, None] * p.lanes
    calls = rows_of_beats.corners(p.rows, p.length, low, high)
    for start in (0, p.lanes - 1, p.length - 1):
        alone = np.arange(p.length) == (places + start) % p.length
        calls.append({"x": np.where(alone, high, 0)})
    return calls


def tables(p):
    """Beats of a row, and the distances of the steps that add up the values of a beat."""
    steps = (p.lanes - 1).bit_length()
    return {
        "groups": -(-p.length // p.lanes),
        "distances": [1 << step for step in range(steps)],
        "sum_bits": min(p.width + steps, p.out_width),
    }
