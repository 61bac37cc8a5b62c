"""Golden model of the systolic matrix multiplication: exact integers."""

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
    low, high = limits(p.width)
    a, b = np.zeros((p.m, p.k), np.int64), np.zeros((p.k, p.n), np.int64)
    ones_on_diagonal = np.eye(p.m, p.k, dtype=np.int64)
    return [
        {"a": a, "b": b},
        {"a": a + low, "b": b + low},
        {"a": a + low, "b": b + high},
        {"a": ones_on_diagonal, "b": stimulus(p, 0)["b"]},
    ]
