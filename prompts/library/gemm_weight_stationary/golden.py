"""Golden model of the weight-stationary matrix multiplication: exact integers."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    return {"c": inputs["a"] @ inputs["b"]}


def stimulus(p, seed):
    low, high = limits(p.width)
    return {
        "a": random_integers(2 * seed, (p.m, p.k), low, high),
        "b": random_integers(2 * seed + 1, (p.k, p.n), low, high),
    }


def corners(p):
    """Zeros, the largest sums, a unit matrix on either side, and single rows and columns."""
    low, high = limits(p.width)
    some = stimulus(p, 0)
    a, b = np.zeros_like(some["a"]), np.zeros_like(some["b"])
    last_row, last_column = a.copy(), b.copy()
    last_row[-1], last_column[:, -1] = high, low
    return [
        {"a": a, "b": b},
        {"a": a + low, "b": b + low},
        {"a": a + low, "b": b + high},
        {"a": np.eye(p.m, p.k, dtype=np.int64), "b": some["b"]},
        {"a": some["a"], "b": np.eye(p.k, p.n, dtype=np.int64)},
        {"a": last_row, "b": some["b"]},
        {"a": some["a"], "b": last_column},
    ]


def tables(p):
    """Tiles of the weights, and the cycles from one to the next."""
    return {
        "k_tiles": -(-p.k // p.rows),
        "n_tiles": -(-p.n // p.cols),
        "slots": max(p.m, p.rows + 1, p.cols + 2),
    }
