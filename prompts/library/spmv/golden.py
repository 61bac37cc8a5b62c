"""Golden model of the sparse matrix-vector product: sums of the stored values of each row."""

from types import SimpleNamespace

import numpy as np

from prompts.arithmetic import limits, wrap
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    """y[r] = sum of values[i] x[indices[i]] for i from row_pointers[r] to row_pointers[r + 1] - 1,
    in `out_width` bits; 0 for an empty row."""
    ends = inputs["row_pointers"]
    products = inputs["values"] * inputs["x"][inputs["indices"]]
    before = np.concatenate([[0], np.cumsum(products)])
    return {"y": wrap(before[ends[1:]] - before[ends[:-1]], p.out_width)}


def stimulus(p, seed):
    """Rows of random lengths; all nonzeros that there is room for are used in every other call."""
    used = p.nonzeros if seed % 2 else int(random_integers(5 * seed + 4, (), 0, p.nonzeros))
    inner = np.sort(random_integers(5 * seed, p.rows - 1, 0, used))
    return _call(p, 5 * seed, [0, *inner, used])


def corners(p):
    """No nonzeros at all, all in the first or in the last row, rows of equal length, rows of one
    and of none in turn, a matrix that does not begin at 0, and extreme values."""
    full, rows = p.nonzeros, p.rows
    few = min(full, rows)
    extreme = _call(p, 1, [0] * rows + [full])
    for name in ("values", "x"):
        extreme[name] = np.full_like(extreme[name], extreme[name].min())
    return [
        _call(p, 2, [0] * (rows + 1)),
        _call(p, 3, [0] + [full] * rows),
        _call(p, 4, [0] * rows + [full]),
        _call(p, 5, np.arange(rows + 1) * full // rows),
        _call(p, 6, np.minimum(np.arange(rows + 1), few)),
        _call(p, 7, np.minimum((np.arange(rows + 1) + 1) // 2 + full // 2, full)),
        _call(p, 8, np.minimum(np.arange(rows + 1) * 2, full)),
        extreme,
    ]


def acceptance():
    """The sums of a sparse matrix of 16 x 64 and of 40 x 24, with an empty row each."""
    sizes = ((16, 64, 205, 4), (40, 24, 305, 7))
    return [_accepted(rows, columns, seed, empty) for rows, columns, seed, empty in sizes]


def tables(p):
    return {"length_bits": p.nonzeros.bit_length()}


def _accepted(rows, columns, seed, empty):
    """The product of a matrix with about a tenth of its elements, and its row pointers."""
    some = random_integers(seed + 1, (rows, columns), 0, 9) == 0
    dense = random_integers(seed, (rows, columns), -127, 127) * some
    dense[empty] = 0
    ends = np.concatenate([[0], np.cumsum((dense != 0).sum(axis=1))])
    x = random_integers(seed + 2, columns, -128, 127)
    stored = {"indices": np.nonzero(dense)[1], "values": dense[dense != 0]}
    answer = golden(SimpleNamespace(out_width=32), {"row_pointers": ends, **stored, "x": x})
    return [answer["y"], ends]


def _call(p, seed, ends):
    return {
        "row_pointers": np.array(ends, np.int64),
        "indices": random_integers(seed + 1, p.nonzeros, 0, p.columns - 1),
        "values": random_integers(seed + 2, p.nonzeros, *limits(p.value_width)),
        "x": random_integers(seed + 3, p.columns, *limits(p.width)),
    }
