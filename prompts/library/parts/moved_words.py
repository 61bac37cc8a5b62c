"""Calls of kernels that move the words of a stream and change none of them."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def any_words(p, seed):
    """`p.words` words of random elements."""
    low, high = limits(p.element, signed=False)
    return {"x": random_integers(seed, (p.words, p.width // p.element), low, high)}


def telling_words(p, run=1):
    """Zeros, ones everywhere, runs of words by turns, and words that count up, so that a lost one
    shows."""
    high = limits(p.element, signed=False)[1]
    zero = np.zeros((p.words, p.width // p.element), np.int64)
    by_turns = np.where(np.arange(p.words) // run % 2, high, 0)[:, None] + zero
    ramp = (np.arange(p.words) % (high + 1))[:, None] + zero
    return [{"x": x} for x in (zero, zero + high, by_turns, ramp)]
