"""Golden model of an attention head: exact scores, softmax in fixed point, values weighted by it.

The softmax scale is in `mult` and `shift`: mult / 2^shift = 256 log2(e) q_scale k_scale /
sqrt(dim).
"""

import math

import numpy as np

from prompts.arithmetic import EXP2_TABLE, ONE, limits, requantize, scale, softmax
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels

SHARPNESS = (1, 4, 1 / 4, 16)
"""From soft rows to rows with one winner: factors of the scale of the scores."""
TREE = ((0,), (1,), (0, 0), (0, 1), (1, 0), (0, 0, 0))
WIDE_TREE = (
    *((i,) for i in range(8)),
    *((0, i) for i in range(6)),
    *((1, 0), (1, 1), (2, 0), (0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 0, 0, 0)),
)


def golden(p, inputs):
    """y = the values, weighted by softmax(q k^T) in UQ1.15, rounded to `width` bits."""
    softmax_scale = int(inputs["mult"]), int(inputs["shift"])
    visible = _causal(p) if p.mask == "causal" else None
    return {"y": attend(inputs["q"], inputs["k"], inputs["v"], softmax_scale, visible, p.width)}


def attend(q, k, v, softmax_scale, visible=None, width=8):
    """Heads may be an axis ahead of those of positions and elements."""
    scores = q @ np.swapaxes(k, -1, -2)
    return requantize(softmax(scores, *softmax_scale, visible) @ v, 1, 15, width)


def stimulus(p, seed):
    q, k, v = _random(p, seed)
    return _call(q, k, v, _softmax_scale(p, SHARPNESS[seed % len(SHARPNESS)]))


def corners(p):
    low, high = limits(p.width)
    usual = _softmax_scale(p, 1)
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
        _call(q, k, v, _softmax_scale(p, 1 / 64)),
        _call(q, k, v * 0 + low, usual),
    ]


def acceptance():
    """Attention of a tree of candidates to what came before and to their own ancestors: a head's
    mask of another kind, for three configurations; see `_candidates`."""
    return [
        _candidates(61, TREE, heads=2, past=32, dim=16, qk_scale=1 / 1024),
        _candidates(62, TREE, heads=2, past=0, dim=16, qk_scale=1 / 1024),
        _candidates(63, WIDE_TREE, heads=4, past=224, dim=32, qk_scale=1 / 2048),
    ]


def tables(p):
    """The halves of the lanes, words of a row, the adder tree, and the widths of sums."""
    half = p.lanes // 2
    tree = levels(half, 2 * p.width)
    tree_bits = 2 * p.width + len(tree)
    least = 1 << (p.width - 1)
    # Each rounded weight may be half a unit too large, and their sum one for the reciprocal.
    total = ONE + p.keys // 2 + 2
    round_at = ONE // 2
    return {
        "half": half,
        "words": p.dim // half,
        "levels": tree,
        "score_bits": max(tree_bits, (p.dim * least * least).bit_length() + 1),
        "distance_bits": (p.dim * least * (2 * least - 1)).bit_length(),
        "sum_bits": max(17, (p.keys * ONE).bit_length()),
        "acc_bits": max(p.width + 17, (least * total + round_at).bit_length() + 1),
        "saturates": least * total > least * ONE + round_at,
        "exp2_table": EXP2_TABLE.tolist(),
    }


def _random(p, seed):
    shapes = (p.queries, p.dim), (p.keys, p.dim), (p.keys, p.dim)
    low, high = limits(p.width)
    return [random_integers(3 * seed + i, shape, low, high) for i, shape in enumerate(shapes)]


def _softmax_scale(p, sharpness):
    """1 is such that int8 elements have steps of 1/32."""
    return scale(256 * math.log2(math.e) * sharpness / math.sqrt(p.dim) / 4 ** (p.width - 3))


def _causal(p):
    """Query i sees the keys up to its own place; the last query's is the last key's."""
    return np.arange(p.keys) <= np.arange(p.queries)[:, None] + p.keys - p.queries


def _candidates(seed, paths, heads, past, dim, qk_scale):
    """Results and the tree's mask; nodes are in order of their depth, the root first."""
    nodes = [(), *sorted(paths, key=lambda path: (len(path), path))]
    mask = np.array([[own[: len(other)] == other for other in nodes] for own in nodes])
    visible = np.hstack([np.ones((len(nodes), past), bool), mask])
    shapes = [(heads, rows, dim) for rows in (len(nodes), past + len(nodes), past + len(nodes))]
    q, k, v = (random_integers(seed + i, s, -127, 127) for i, s in enumerate(shapes))
    softmax_scale = scale(qk_scale / np.sqrt(dim) * np.log2(np.e) * 256)
    return [attend(q, k, v, softmax_scale, visible[None]), mask]


def _call(q, k, v, softmax_scale):
    mult, shift = softmax_scale
    return {"q": q, "k": k, "v": v, "mult": np.int64(mult), "shift": np.int64(shift)}
