"""Golden model of arg-max: the best value of each row and its place."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts import rows_of_beats
from prompts.library.parts.adder_tree import levels


def golden(p, inputs):
    """Of equal values the one that came first."""
    x = inputs["x"]
    places = np.argmax(x if p.order == "largest" else -x, axis=1)
    return {"y": x[np.arange(p.rows), places], "indices": places}


def stimulus(p, seed):
    """Values of the whole range; every other call has few values, so that many are equal."""
    few = (-2, 1) if p.sign == "signed" else (0, 3)
    low, high = limits(p.width, p.sign == "signed") if seed % 2 else few
    return {"x": random_integers(seed, (p.rows, p.length), low, high)}


def corners(p):
    return rows_of_beats.corners(p.rows, p.length, *limits(p.width, p.sign == "signed"))


def tables(p):
    """Beats of a row, the levels of the tree, and the value that beats none."""
    low, high = limits(p.width, p.sign == "signed")
    return {
        "groups": -(-p.length // p.lanes),
        "levels": levels(p.lanes, p.width),
        "worst": low if p.order == "largest" else high,
    }
