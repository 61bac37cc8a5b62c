"""Golden model of the stream fork: every word twice, or runs of words to each output by turns."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    """Copies, or the even runs to y and the odd ones to z."""
    x = inputs["x"]
    if p.mode == "copy":
        return {"y": x.copy(), "z": x.copy()}
    turns = x.reshape(-1, 2, p.run, x.shape[1])
    return {"y": turns[:, 0].reshape(-1, x.shape[1]), "z": turns[:, 1].reshape(-1, x.shape[1])}


def stimulus(p, seed):
    low, high = limits(p.element, signed=False)
    return {"x": random_integers(seed, (p.words, p.width // p.element), low, high)}


def corners(p):
    """Zeros, ones everywhere, words by turns, and words that count up, so that a lost one shows."""
    high = limits(p.element, signed=False)[1]
    zero = np.zeros((p.words, p.width // p.element), np.int64)
    by_turns = np.where(np.arange(p.words) // p.run % 2, high, 0)[:, None] + zero
    ramp = (np.arange(p.words) % (high + 1))[:, None] + zero
    return [{"x": x} for x in (zero, zero + high, by_turns, ramp)]
