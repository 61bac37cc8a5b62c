"""Golden model of SnapKV's key selection: votes of a window of queries, pooled, and the top ones.

Method: "SnapKV: LLM Knows What You are Looking for Before Generation" (2024). The softmax scale is
in `mult` and `shift`: mult / 2^shift = 256 log2(e) q_scale k_scale / sqrt(dim). Average pooling is
a sum, as a division by its width would not change the order; beyond either end a vote is 0.
"""

import math
from types import SimpleNamespace

import numpy as np

from prompts.arithmetic import EXP2_TABLE, largest, scale, softmax
from prompts.arithmetic import stimulus as random_integers

QK_SCALES = (1 / 1024, 1 / 256, 1 / 4096)
"""Products of the quantisation steps of queries and keys."""
MAX_DISTANCE = 128 * 128 + 128 * 127
"""The most that the scores of two keys can differ by for each element."""


def golden(p, inputs):
    return {"idx": _best(p, _votes(p, inputs))}


def stimulus(p, seed):
    return _call(
        random_integers(2 * seed, (p.heads, p.window, p.dim), -128, 127),
        random_integers(2 * seed + 1, (p.heads, p.positions, p.dim), -128, 127),
        _softmax_scale(p, QK_SCALES[seed % len(QK_SCALES)]),
    )


def corners(p):
    usual = _softmax_scale(p, QK_SCALES[0])
    first, second = stimulus(p, 0), stimulus(p, 1)
    q, k = first["q"], first["k"]
    return [
        _call(q, k * 0, usual),
        _call(q * 0 - 128, k * 0 - 128, (65535, 0)),
        _call(q * 0 - 128, k * 0 + 127, usual),
        _call(second["q"], second["k"], (65535, 0)),
        _call(second["q"], second["k"], (1, 31)),
        # Nearly equal weights: the order hangs on how the exponents are rounded.
        _call(q, k, scale(6 / (p.dim * MAX_DISTANCE))),
        _faint_votes(p),
    ]


def acceptance():
    """The compressed caches of three published configurations; see `_compressed`."""
    small = {"heads": 2, "window": 8, "positions": 64, "dim": 16, "keep": 16, "pool_size": 5}
    long = {**small, "heads": 1, "window": 32, "positions": 512, "dim": 64, "keep": 128}
    return [
        _compressed(SimpleNamespace(**small, pool="avg"), 1, QK_SCALES[0]),
        _compressed(SimpleNamespace(**small, pool="max"), 7, QK_SCALES[0]),
        _compressed(SimpleNamespace(**long, pool="avg"), 9, QK_SCALES[2]),
    ]


def tables(p):
    return {"exp2_table": EXP2_TABLE.tolist()}


def _compressed(p, seed, qk_scale):
    """Kept positions, their keys and values with those of the window, votes, and the positions
    that are kept when all keys are zero."""
    q, k, v = (
        random_integers(seed + i, (p.heads, rows, p.dim), -127, 127)
        for i, rows in enumerate((p.window, p.positions, p.positions))
    )
    softmax_scale = _softmax_scale(p, qk_scale)
    votes = _votes(p, _call(q, k, softmax_scale))
    best = _best(p, votes)
    window = np.arange(p.positions - p.window, p.positions)
    kept = np.hstack([best, np.tile(window, (p.heads, 1))])[:, :, None]
    caches = [np.take_along_axis(cache, kept, axis=1) for cache in (k, v)]
    of_zeros = _best(p, _votes(p, _call(q * 0, k * 0, softmax_scale)))
    return [best, *caches, votes, of_zeros]


def _faint_votes(p):
    """The window takes nearly all of the weight: the order hangs on how shares are rounded."""
    q = random_integers(1, (p.heads, p.window, p.dim), 64, 127)
    k = random_integers(2, (p.heads, p.positions, p.dim), 0, 15)
    k[:, p.positions - p.window :] = 127
    return _call(q, k, scale(11 * 256 / (p.dim * 96 * 120)))


def _softmax_scale(p, qk_scale):
    return scale(256 * math.log2(math.e) * qk_scale / math.sqrt(p.dim))


def _votes(p, inputs):
    """What the queries of the window give to each earlier position, together."""
    scores = np.einsum("hwd,hnd->hwn", inputs["q"], inputs["k"])
    weights = softmax(scores, int(inputs["mult"]), int(inputs["shift"]), _visible(p))
    return weights.sum(axis=1)[:, : p.positions - p.window]


def _best(p, votes):
    """The positions with the most pooled votes, ascending."""
    return np.stack([largest(head, p.keep) for head in _pooled(p, votes)])


def _visible(p):
    """Which positions each query of the window may see: those up to its own."""
    own = p.positions - p.window + np.arange(p.window)
    return np.arange(p.positions) <= own[:, None]


def _pooled(p, votes):
    """Votes combined over `pool_size` positions around each."""
    half = p.pool_size // 2
    padded = np.pad(votes, ((0, 0), (half, half)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, p.pool_size, axis=1)
    return windows.sum(axis=2) if p.pool == "avg" else windows.max(axis=2)


def _call(q, k, softmax_scale):
    mult, shift = softmax_scale
    return {"q": q, "k": k, "mult": np.int64(mult), "shift": np.int64(shift)}
