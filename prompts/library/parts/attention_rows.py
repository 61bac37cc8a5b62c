"""Attention in fixed point: scores, softmax, values weighted by it, and the widths of these."""

import math

import numpy as np

from prompts.arithmetic import EXP2_TABLE, ONE, requantize, scale, softmax
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels

TREE = ((0,), (1,), (0, 0), (0, 1), (1, 0), (0, 0, 0))
"""Nodes by the rank of the guess at each step from the root, in the order of their numbers."""
WIDE_TREE = (
    *((i,) for i in range(8)),
    *((0, i) for i in range(6)),
    *((1, 0), (1, 1), (2, 0), (0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 0, 0, 0)),
)


def attend(q, k, v, softmax_scale, visible=None, width=8):
    """Heads may be an axis ahead of those of positions and elements."""
    scores = q @ np.swapaxes(k, -1, -2)
    return requantize(softmax(scores, *softmax_scale, visible) @ v, 1, 15, width)


def softmax_scale(p, sharpness):
    """1 is such that int8 elements have steps of 1/32."""
    return scale(256 * math.log2(math.e) * sharpness / math.sqrt(p.dim) / 4 ** (p.width - 3))


def tables(p, keys):
    """Half of the lanes, words of a row, the adder tree, and the widths of sums over `keys`."""
    half = p.lanes // 2
    tree = levels(half, 2 * p.width)
    tree_bits = 2 * p.width + len(tree)
    least = 1 << (p.width - 1)
    # Each rounded weight may be half a unit too large, and their sum one for the reciprocal.
    total = ONE + keys // 2 + 2
    round_at = ONE // 2
    return {
        "half": half,
        "words": p.dim // half,
        "levels": tree,
        "score_bits": max(tree_bits, (p.dim * least * least).bit_length() + 1),
        "distance_bits": (p.dim * least * (2 * least - 1)).bit_length(),
        "sum_bits": max(17, (keys * ONE).bit_length()),
        "acc_bits": max(p.width + 17, (least * total + round_at).bit_length() + 1),
        "saturates": least * total > least * ONE + round_at,
        "exp2_table": EXP2_TABLE.tolist(),
    }


def trees_of_candidates():
    """Attention of a tree of candidates to what came before and to their own ancestors, for three
    configurations."""
    return [
        _candidates(61, TREE, heads=2, past=32, dim=16, qk_scale=1 / 1024),
        _candidates(62, TREE, heads=2, past=0, dim=16, qk_scale=1 / 1024),
        _candidates(63, WIDE_TREE, heads=4, past=224, dim=32, qk_scale=1 / 2048),
    ]


def ancestors(paths):
    """For each node, whether each other one is on the way to it from the root, or is itself; nodes
    are in order of their depth, the root first."""
    nodes = [(), *sorted(paths, key=lambda path: (len(path), path))]
    return np.array([[own[: len(other)] == other for other in nodes] for own in nodes])


def _candidates(seed, paths, heads, past, dim, qk_scale):
    """Results and the tree's mask."""
    mask = ancestors(paths)
    nodes = len(mask)
    visible = np.hstack([np.ones((nodes, past), bool), mask])
    shapes = [(heads, rows, dim) for rows in (nodes, past + nodes, past + nodes)]
    q, k, v = (random_integers(seed + i, s, -127, 127) for i, s in enumerate(shapes))
    factor = scale(qk_scale / np.sqrt(dim) * np.log2(np.e) * 256)
    return [attend(q, k, v, factor, visible[None]), mask]
