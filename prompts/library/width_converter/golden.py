"""Golden model of the stream width converter: the same elements in words of another width."""

import math

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    """The elements of x in their order, and zeros until the last word is full."""
    elements = inputs["x"].reshape(-1)
    count = p.out_width // p.element
    missing = -len(elements) % count
    return {"y": np.append(elements, np.zeros(missing, np.int64)).reshape(-1, count)}


def stimulus(p, seed):
    low, high = limits(p.element, signed=False)
    return {"x": random_integers(seed, (p.words, p.in_width // p.element), low, high)}


def corners(p):
    """Zeros, ones everywhere, words by turns, elements by turns, and elements that count up."""
    high = limits(p.element, signed=False)[1]
    zero = np.zeros((p.words, p.in_width // p.element), np.int64)
    by_words = np.where(np.arange(p.words) % 2, high, 0)[:, None] + zero
    by_elements = (np.arange(zero.size) % 2 * high).reshape(zero.shape)
    ramp = (np.arange(zero.size) % (high + 1)).reshape(zero.shape)
    return [{"x": x} for x in (zero, zero + high, by_words, by_elements, ramp)]


def tables(p):
    """The unit that both words have whole numbers of, these numbers, and the words that go out."""
    unit = math.gcd(p.in_width, p.out_width)
    ways = {"units_in": p.in_width // unit, "units_out": p.out_width // unit}
    return {"unit": unit, **ways, "out_words": -(-p.words * p.in_width // p.out_width)}
