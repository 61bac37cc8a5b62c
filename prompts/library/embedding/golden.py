"""Golden model of the embedding lookup: the row of the table that each id names."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    """y[t] = weights[ids[t]], zeros where the table has no such row."""
    ids = inputs["ids"]
    inside = ids < p.rows
    return {"y": inputs["weights"][np.where(inside, ids, 0)] * inside[:, None]}


def stimulus(p, seed):
    """A random table, and ids some of which may be beyond it."""
    greatest = _greatest(p) if seed % 2 else p.rows - 1
    return _call(p, seed, random_integers(2 * seed + 1, p.tokens, 0, greatest))


def corners(p):
    """One row again and again, the first and last rows, all rows in order and in reverse, rows by
    turns, and ids just at and beyond the end of the table."""
    places, zero = np.arange(p.tokens), np.zeros(p.tokens, np.int64)
    orders = (
        zero,
        zero + p.rows - 1,
        places % p.rows,
        p.rows - 1 - places % p.rows,
        np.where(places % 2, 0, p.rows - 1),
        np.minimum(p.rows - 2 + places % 4, _greatest(p)),
        zero + _greatest(p),
        1 << (places % (p.rows - 1).bit_length()),
    )
    return [_call(p, 90 + number, ids) for number, ids in enumerate(orders)]


def tables(p):
    """Words of a row."""
    return {"words": p.dim // p.lanes, "id_bits": (p.rows - 1).bit_length()}


def _greatest(p):
    """The greatest id that the stream can bring."""
    return (1 << (p.rows - 1).bit_length()) - 1


def _call(p, seed, ids):
    table = random_integers(2 * seed, (p.rows, p.dim), *limits(p.width))
    return {"ids": np.asarray(ids, np.int64), "weights": table}
