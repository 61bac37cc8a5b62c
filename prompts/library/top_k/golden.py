"""Golden model of top-k: the k best values of each row, in order, and their places."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    """The best first; of equal values the one that came first."""
    x = inputs["x"]
    places = np.argsort(-x if p.order == "largest" else x, axis=1, kind="stable")[:, : p.k]
    return {"y": np.take_along_axis(x, places, axis=1), "indices": places}


def stimulus(p, seed):
    """Values of the whole range; every other call has few values, so that many are equal."""
    low, high = limits(p.width) if seed % 2 else (-2, 1)
    return {"x": random_integers(seed, (p.rows, p.length), low, high)}


def corners(p):
    low, high = limits(p.width)
    zero = np.zeros((p.rows, p.length), np.int64)
    ramp = np.clip(low + np.arange(p.length) + zero, low, high)
    last, first = zero + low, zero + low
    last[:, -1], first[:, 0] = high, high
    return [
        {"x": zero + low},
        {"x": zero + high},
        {"x": ramp},
        {"x": ramp[:, ::-1]},
        {"x": np.where(np.arange(p.length) % 2, low, high) + zero},
        {"x": last},
        {"x": first},
        {"x": -1 - last},
        {"x": np.where(np.arange(p.rows) % 2, low, high)[:, None] + zero},
    ]
