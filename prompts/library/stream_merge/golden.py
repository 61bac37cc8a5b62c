"""Golden model of the stream merge: runs of words of two streams by turns, with their tags."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    """Both streams as rows of runs, the second's with the tag, side by side and read row by row."""
    tag = (1 << p.width) if p.tag == "source" else 0
    runs = [inputs["a"].reshape(-1, p.run), inputs["b"].reshape(-1, p.run) + tag]
    return {"y": np.hstack(runs).reshape(-1)}


def stimulus(p, seed):
    low, high = limits(p.width, signed=False)
    return {
        "a": random_integers(2 * seed, p.words, low, high),
        "b": random_integers(2 * seed + 1, p.words, low, high),
    }


def corners(p):
    """Zeros, ones everywhere, each against the other, and words that count up and down."""
    high = limits(p.width, signed=False)[1]
    zero = np.zeros(p.words, np.int64)
    ramp = np.arange(p.words) % (high + 1)
    pairs = [(zero, zero), (zero + high, zero + high), (zero, zero + high), (zero + high, zero)]
    return [{"a": a, "b": b} for a, b in [*pairs, (ramp, high - ramp)]]
