"""Golden model of the UART transmitter: the levels of the line, each for the clocks of a bit."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers

_PARITY = {"n": "none", "e": "even", "o": "odd"}


def golden(p, inputs):
    """Frames of a 0, the data bits from the lowest on, their parity if there is one, and ones."""
    data = inputs["x"][:, None] >> np.arange(p.data_bits) & 1
    parity = data.sum(axis=1, keepdims=True) % 2
    start, stop = parity * 0, np.ones((p.words, p.stop_bits), np.int64)
    parities = {"none": parity[:, :0], "even": parity, "odd": 1 - parity}
    frames = np.hstack([start, data, parities[_kind(p)], stop])
    return {"y": np.repeat(frames.reshape(-1), p.clocks_per_bit)}


def _kind(p):
    """Of the parity."""
    return _PARITY[p.format[1]] if p.parity == "usual" else p.parity


def stimulus(p, seed):
    return {"x": random_integers(seed, p.words, *limits(p.data_bits, signed=False))}


def corners(p):
    """Zeros, ones everywhere, bits by turns, a bit alone, and words that count up."""
    step = np.arange(p.words)
    high = limits(p.data_bits, signed=False)[1]
    calls = [step * 0, step * 0 + high, np.where(step % 2, high // 3, high - high // 3)]
    return [{"x": x} for x in (*calls, 1 << step % p.data_bits, step % (high + 1))]


def tables(p):
    """The kind of parity, and the bits of a frame."""
    kind = _kind(p)
    return {"kind": kind, "frame_bits": 1 + p.data_bits + (kind != "none") + p.stop_bits}
