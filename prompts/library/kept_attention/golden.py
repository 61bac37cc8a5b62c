"""Golden model of attention over the keys that a list keeps, and the last ones, of each head.

It is what follows SnapKV's choice of keys ("SnapKV: LLM Knows What You are Looking for Before
Generation", 2024). The scale is in `mult` and `shift`: mult / 2^shift = 256 log2(e) q_scale k_scale
/ sqrt(dim).
"""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts import attention_rows
from prompts.library.parts.attention_rows import attend, softmax_scale, trees_of_candidates

SHARPNESS = (1, 4, 1 / 4, 16)
"""From soft rows to rows with one winner: factors of the scale of the scores."""


def golden(p, inputs):
    """y = the values, weighted by softmax(q k^T) over the keys kept, rounded to `width` bits."""
    last = np.arange(p.positions - p.window, p.positions)
    kept = np.hstack([inputs["idx"], np.tile(last, (p.heads, 1))])[:, :, None]
    k, v = (np.take_along_axis(inputs[name], kept, axis=1) for name in ("k", "v"))
    factor = int(inputs["mult"]), int(inputs["shift"])
    return {"y": attend(inputs["q"], k, v, factor, width=p.width)}


def stimulus(p, seed):
    return _call(*_random(p, seed), softmax_scale(p, SHARPNESS[seed % len(SHARPNESS)]))


def corners(p):
    low, high = limits(p.width)
    usual = softmax_scale(p, 1)
    q, k, v, idx = _random(p, 99)
    ends = np.zeros_like(idx) + p.positions - p.window - 1
    # The first key that is seen, or the last, is of another end than all.
    first, last = k * 0 + low, k * 0 + low
    first[np.arange(p.heads), idx[:, 0]] = high
    last[:, -1] = high
    return [
        _call(q, k * 0 + k[:, :1], v, idx, usual),
        _call(q * 0 + low, k * 0 + low, v * 0 + low, idx, (65535, 0)),
        _call(q * 0 + high, first, v, idx, usual),
        _call(q * 0 + high, last, v, idx, usual),
        # One key kept again and again, the first of all and the last that may be listed.
        _call(q, k, v, idx * 0, usual),
        _call(q, k, v, ends, usual),
        _call(q, k, v, idx[:, ::-1], (65535, 0)),
        _call(q, k, v, idx, (1, 31)),
        # Nearly equal weights: results hang on how exponents and weights are rounded.
        _call(q, k, v, idx, softmax_scale(p, 1 / 64)),
        _call(q, k, v * 0 + low, idx, usual),
    ]


def acceptance():
    """The arithmetic of the same rows with a mask, for three configurations."""
    return trees_of_candidates()


def tables(p):
    return attention_rows.tables(p, p.keep + p.window)


def _random(p, seed):
    """Queries, keys, values, and for each head a list without order of different positions."""
    shapes = [(p.heads, rows, p.dim) for rows in (p.queries, p.positions, p.positions)]
    low, high = limits(p.width)
    q, k, v = (random_integers(4 * seed + i, shape, low, high) for i, shape in enumerate(shapes))
    earlier = (p.heads, p.positions - p.window)
    order = random_integers(4 * seed + 3, earlier, 0, 1 << 30).argsort(axis=1, kind="stable")
    return q, k, v, order[:, : p.keep]


def _call(q, k, v, idx, factor):
    mult, shift = factor
    return {
        **{"q": q, "k": k, "v": v, "idx": np.array(idx, np.int64)},
        **{"mult": np.int64(mult), "shift": np.int64(shift)},
    }
