"""Golden model of the strided copy: rows of words from one memory to places of another."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    """target[target_offset + r target_stride + c] = source[source_offset + r source_stride + c]."""
    target = inputs["target"].copy()
    columns = np.arange(int(inputs["column_count"]))
    for r in range(int(inputs["row_count"])):
        here = int(inputs["target_offset"]) + r * int(inputs["target_stride"]) + columns
        there = int(inputs["source_offset"]) + r * int(inputs["source_stride"]) + columns
        target[here] = inputs["source"][there]
    return {"target": target}


def stimulus(p, seed):
    """A rectangle of any size, its rows apart or overlapping, upwards or downwards."""
    sides = (("row_count", p.rows, 5), ("column_count", p.columns, 6))
    counts = {name: int(random_integers(9 * seed + k, (), 1, most)) for name, most, k in sides}
    call = _memories(p, seed)
    for name, words, k in (("source", p.source_words, 7), ("target", p.target_words, 8)):
        rows, room = counts["row_count"] - 1, words - counts["column_count"]
        steepest = room // max(rows, 1)
        stride = int(random_integers(9 * seed + k, (), -steepest, steepest))
        spare = room - abs(stride) * rows
        offset = int(random_integers(9 * seed + k + 20, (), 0, spare)) + max(0, -stride * rows)
        call |= _scalars(**{f"{name}_stride": stride, f"{name}_offset": offset})
    return call | _scalars(**counts)


def corners(p):
    """Nothing, a word, all rows and columns close together or as far apart as there is room, a row
    repeated, and rows in reverse."""
    rows, columns = p.rows, p.columns
    apart = [(words - columns) // max(rows - 1, 1) for words in (p.source_words, p.target_words)]
    last = [min(words - 1, (rows - 1) * columns) for words in (p.source_words, p.target_words)]
    return [
        _call(p, 1, 0, columns, (0, 0), (1, 1)),
        _call(p, 2, rows, 0, (0, 0), (1, 1)),
        _call(p, 3, 1, 1, (p.source_words - 1, p.target_words - 1), (0, 0)),
        _call(p, 4, rows, columns, (0, 0), (columns, columns)),
        _call(p, 5, rows, columns, (0, 0), apart),
        _call(p, 6, rows, columns, (0, 0), (0, columns)),
        _call(p, 7, rows, columns, (last[0], 0), (-columns, columns)),
        _call(p, 8, rows, 1, (0, last[1]), (columns, -columns)),
        _call(p, 9, 1, columns, (p.source_words - columns, p.target_words - columns), (0, 0)),
    ]


def _call(p, seed, row_count, column_count, offsets, strides):
    """A call on random memories; offsets and strides are of source and target."""
    given = dict(zip(("source_offset", "target_offset"), offsets, strict=True))
    given |= dict(zip(("source_stride", "target_stride"), strides, strict=True))
    counts = {"row_count": row_count, "column_count": column_count}
    return _memories(p, 50 + seed) | _scalars(**counts, **given)


def _memories(p, seed):
    sizes = {"source": p.source_words, "target": p.target_words}
    return {
        name: random_integers(9 * seed + k, (words, p.lanes), *limits(p.width))
        for k, (name, words) in enumerate(sizes.items())
    }


def _scalars(**values):
    return {name: np.int64(value) for name, value in values.items()}
