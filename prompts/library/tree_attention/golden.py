"""Golden model of attention within a tree of candidates: each sees the past and its own ancestors.

Method: "Medusa: Simple LLM Inference Acceleration Framework with Multiple Decoding Heads" (2024). A
row of `visible` has a 1 for each node of the tree that its node sees. The scale is in `mult` and
`shift`: mult / 2^shift = 256 log2(e) q_scale k_scale / sqrt(dim).
"""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts import attention_rows
from prompts.library.parts.attention_rows import (
    TREE,
    ancestors,
    attend,
    softmax_scale,
    trees_of_candidates,
)

SHARPNESS = (1, 4, 1 / 4, 16)
"""From soft rows to rows with one winner: factors of the scale of the scores."""


def golden(p, inputs):
    """y = the values, weighted by softmax(q k^T) over what a node sees, rounded to `width` bits."""
    past = np.ones((p.nodes, p.past), bool)
    visible = np.hstack([past, inputs["visible"] == 1])
    factor = int(inputs["mult"]), int(inputs["shift"])
    y = attend(inputs["q"], inputs["k"], inputs["v"], factor, visible[None], p.width)
    return {"y": y}


def stimulus(p, seed):
    q, k, v = _random(p, seed)
    return _call(q, k, v, _tree(p, seed), softmax_scale(p, SHARPNESS[seed % len(SHARPNESS)]))


def corners(p):
    low, high = limits(p.width)
    usual = softmax_scale(p, 1)
    q, k, v = _random(p, 99)
    tree = _tree(p, 1)
    chain, alone, all_seen = np.tri(p.nodes), np.eye(p.nodes), np.ones((p.nodes, p.nodes))
    # The first key, or the last, is of another end than all: the greatest score may be hidden.
    same = k * 0 + k[:, :1]
    first, last = k * 0 + low, k * 0 + low
    first[:, 0], last[:, -1] = high, high
    hidden = np.eye(p.nodes)
    hidden[:, 0] = 1
    return [
        _call(q, same, v, tree, usual),
        _call(q * 0 + low, k * 0 + low, v * 0 + low, tree, (65535, 0)),
        _call(q * 0 + high, first, v, tree, usual),
        _call(q * 0 + high, last, v, tree, usual),
        _call(q * 0 + low, last, v, hidden, (65535, 0)),
        _call(q * 0 + high, last, v, alone, usual),
        _call(q, k, v, chain, (65535, 0)),
        _call(q, k, v, all_seen, (1, 31)),
        # Without a past these rows see nothing, and are 0.
        _call(q, k, v, tree * 0, usual),
        # Nearly equal weights: results hang on how exponents and weights are rounded.
        _call(q, k, v, tree, softmax_scale(p, 1 / 64)),
        _call(q, k, v * 0 + low, tree, usual),
    ]


def acceptance():
    return trees_of_candidates()


def tables(p):
    return attention_rows.tables(p, p.past + p.nodes)


def _random(p, seed):
    keys = p.past + p.nodes
    shapes = [(p.heads, rows, p.dim) for rows in (p.nodes, keys, keys)]
    low, high = limits(p.width)
    return [random_integers(4 * seed + i, shape, low, high) for i, shape in enumerate(shapes)]


def _tree(p, seed):
    """Who sees whom: a published tree, or a random one of other sizes."""
    if p.nodes == len(TREE) + 1:
        return ancestors(TREE)
    draws = random_integers(4 * seed + 3, p.nodes, 0, 1 << 16)
    sees = np.eye(p.nodes, dtype=np.int64)
    for node in range(1, p.nodes):
        sees[node] |= sees[draws[node] % node]
    return sees


def _call(q, k, v, visible, factor):
    mult, shift = factor
    return {
        **{"q": q, "k": k, "v": v, "visible": np.array(visible, np.int64)},
        **{"mult": np.int64(mult), "shift": np.int64(shift)},
    }
