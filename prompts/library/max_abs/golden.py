"""Golden model of the scale finder: the largest magnitude of each row, and a shift for it."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts import rows_of_beats
from prompts.library.parts.adder_tree import levels


def golden(p, inputs):
    """y = max |x|, and the least shift for which y >> shift is below 2^(out_width - 1)."""
    y = np.abs(inputs["x"]).max(axis=1)
    bits = np.array([int(magnitude).bit_length() for magnitude in y])
    return {"y": y, "shift": np.maximum(bits - (p.out_width - 1), 0)}


def stimulus(p, seed):
    """Rows of the whole range in even calls, and of all sizes in odd ones."""
    x = random_integers(2 * seed, (p.rows, p.length), *limits(p.in_width))
    sizes = random_integers(2 * seed + 1, (p.rows, 1), 0, p.in_width)
    return {"x": x >> sizes if seed % 2 else x}


def corners(p):
    """Besides rows of extremes, the numbers about each power of two, of either sign."""
    low, high = limits(p.in_width)
    calls = rows_of_beats.corners(p.rows, p.length, low, high)
    steps = (np.arange(p.rows)[:, None] + np.arange(p.length)) % p.length == 0
    for bit in range(p.in_width):
        for number in ((1 << bit) - 1, 1 << bit):
            sign = -1 if bit % 2 else 1
            calls.append({"x": np.where(steps, max(low, min(high, sign * number)), 0)})
    return calls


def tables(p):
    """Beats of a row, and the levels of the tree."""
    return {"groups": -(-p.length // p.lanes), "levels": levels(p.lanes, p.in_width)}
