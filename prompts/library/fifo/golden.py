"""Golden model of the stream FIFO: the words of x in their order."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    return {"y": inputs["x"].copy()}


def stimulus(p, seed):
    low, high = limits(p.element, signed=False)
    return {"x": random_integers(seed, (p.words, p.width // p.element), low, high)}


def corners(p):
    """Zeros, ones everywhere, words by turns, and words that count up, so that a lost one shows."""
    high = limits(p.element, signed=False)[1]
    zero = np.zeros((p.words, p.width // p.element), np.int64)
    by_turns = np.where(np.arange(p.words) % 2, high, 0)[:, None] + zero
    ramp = (np.arange(p.words) % (high + 1))[:, None] + zero
    return [{"x": x} for x in (zero, zero + high, by_turns, ramp)]


def tables(p):
    """Whether the memory is one of look-up tables, which is read in the cycle that needs a word."""
    return {"distributed": int(p.depth <= 32 or p.depth * p.width <= 1024)}
