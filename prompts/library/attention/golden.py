"""Golden model of an attention head: exact scores, softmax in fixed point, values weighted by it.

The softmax scale is in `mult` and `shift`: mult / 2^shift = 256 log2(e) q_scale k_scale /
sqrt(dim).
"""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts import attention_rows
from prompts.library.parts.attention_rows import attend, softmax_scale, trees_of_candidates

SHARPNESS = (1, 4, 1 / 4, 16)
"""From soft rows to rows with one winner: factors of the scale of the scores."""


def golden(p, inputs):
    """y = the values, weighted by softmax(q k^T) in UQ1.15, rounded to `width` bits."""
    factor = int(inputs["mult"]), int(inputs["shift"])
    visible = _causal(p) if p.mask == "causal" else None
    return {"y": attend(inputs["q"], inputs["k"], inputs["v"], factor, visible, p.width)}


def stimulus(p, seed):
    q, k, v = _random(p, seed)
    return _call(q, k, v, softmax_scale(p, SHARPNESS[seed % len(SHARPNESS)]))


def corners(p):
    low, high = limits(p.width)
    usual = softmax_scale(p, 1)
    q, k, v = _random(p, 99)
    same = k * 0 + k[:1]
    first, last = k * 0 + low, k * 0 + low
    first[0], last[-1] = high, high
    return [
        _call(q, same, v, usual),
        _call(q * 0 + low, k * 0 + low, v * 0 + low, (65535, 0)),
        _call(q * 0 + high, k * 0 + low, v * 0 + high, usual),
        _call(q * 0 + high, first, v, usual),
        _call(q * 0 + high, last, v, usual),
        _call(q * 0 + low, last, v, (65535, 0)),
        _call(q, k, v, (65535, 0)),
        _call(q, k, v, (1, 31)),
        # Nearly equal weights: results hang on how exponents and weights are rounded.
        _call(q, k, v, softmax_scale(p, 1 / 64)),
        _call(q, k, v * 0 + low, usual),
    ]


def acceptance():
    """A head's mask of another kind, for three configurations."""
    return trees_of_candidates()


def tables(p):
    return attention_rows.tables(p, p.keys)


def _random(p, seed):
    shapes = (p.queries, p.dim), (p.keys, p.dim), (p.keys, p.dim)
    low, high = limits(p.width)
    return [random_integers(3 * seed + i, shape, low, high) for i, shape in enumerate(shapes)]


def _causal(p):
    """Query i sees the keys up to its own place; the last query's is the last key's."""
    return np.arange(p.keys) <= np.arange(p.queries)[:, None] + p.keys - p.queries


def _call(q, k, v, factor):
    mult, shift = factor
    return {"q": q, "k": k, "v": v, "mult": np.int64(mult), "shift": np.int64(shift)}
