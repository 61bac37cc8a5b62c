"""Golden model of a double buffer: each tile again and again, in the order of its readers."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    order = read_order(p)
    tiles = inputs["x"].reshape(p.tiles, 1, -1)[:, :, order]
    return {"y": np.repeat(tiles, p.repeats, axis=1)}


def read_order(p):
    """The places of a tile's words as they are read, a tile being written row by row."""
    places = np.arange(p.rows * p.columns)
    if p.order == "transposed":
        return places.reshape(p.rows, p.columns).T.reshape(-1)
    return places[::-1] if p.order == "reversed" else places


def stimulus(p, seed):
    return {"x": random_integers(seed, (p.tiles, p.rows, p.columns), *limits(p.width))}


def corners(p):
    """Words that tell their place, their tile, or nothing."""
    low, high = limits(p.width)
    zero = np.zeros((p.tiles, p.rows, p.columns), np.int64)
    places = np.arange(p.rows * p.columns).reshape(p.rows, p.columns)
    tiles = np.arange(p.tiles)[:, None, None]
    span = high - low + 1
    cases = (places, tiles, places + tiles * places.size, -1 - places * (tiles + 1))
    found = [(case + zero - low) % span + low for case in cases]
    return [{"x": x} for x in (*found, zero, zero + low, zero + high)]
