"""Golden model of an activation by table: each int8 is looked up."""

import numpy as np

from prompts.arithmetic import curve_table
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    return {"y": curve_table(p.curve, p.in_fraction, p.out_fraction)[inputs["x"] + 128]}


def stimulus(p, seed):
    return {"x": random_integers(seed, p.length, -128, 127)}


def corners(p):
    """Every entry in every lane, as far as a call is long; and constants."""
    indices = np.arange(p.length)
    calls = max(1, -(-256 * p.lanes // p.length))
    walks = [(indices + call * p.length) // p.lanes % 256 - 128 for call in range(min(calls, 16))]
    return [{"x": x} for x in [*walks, -1 - walks[0], 0 * indices - 128, 0 * indices + 127]]


def tables(p):
    """The entries in the order of their addresses: those of -128 to -1 come behind."""
    return {"entries": np.roll(curve_table(p.curve, p.in_fraction, p.out_fraction), 128).tolist()}
