"""Golden model of a threshold search: the k-th value of each row, and the values that reach it."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts import rows_of_beats


def golden(p, inputs):
    """Exactly k values of a row are selected; of equal ones those that came first."""
    x = inputs["x"]
    order = np.argsort(-x if p.order == "largest" else x, axis=1, kind="stable")[:, : p.k]
    selected = np.zeros_like(x)
    np.put_along_axis(selected, order, 1, axis=1)
    return {"y": x[np.arange(p.rows), order[:, -1]], "selected": selected}


def stimulus(p, seed):
    """Values of the whole range; every other call has few values, so that many are equal."""
    few = (-2, 1) if p.sign == "signed" else (0, 3)
    low, high = limits(p.width, p.sign == "signed") if seed % 2 else few
    return {"x": random_integers(seed, (p.rows, p.length), low, high)}


def corners(p):
    """Those of rows in beats; rows whose k-th value is one of many equal ones, with values that
    differ from it by one; k high ones, and one more or less."""
    low, high = limits(p.width, p.sign == "signed")
    calls = rows_of_beats.corners(p.rows, p.length, low, high)
    places, zero = np.arange(p.length), np.zeros((p.rows, p.length), np.int64)
    near = [zero + (places * step % p.length < p.k) for step in (1, p.length - 1)]
    near += [zero + (places < p.k - 1), zero + (places <= p.k), zero + (places * 7 % 3)]
    near += [np.where(places < p.k, high, low) + zero, np.where(places < p.k, low, high) + zero]
    near += [high - zero - (places * 5 % 4 == 1), low + zero + (places * 5 % 4 == 1)]
    return calls + [{"x": x} for x in near]


def tables(p):
    """Beats of a row, and lanes by fours."""
    return {"groups": -(-p.length // p.lanes), "quads": -(-p.lanes // 4)}
