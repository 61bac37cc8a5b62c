"""Golden model of the sparse linear layer: each stored weight times the activation it stands at."""

from types import SimpleNamespace

import numpy as np

from prompts.arithmetic import limits, saturate, scale
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels
from prompts.library.parts.requant import pieces, results


def golden(p, inputs):
    """y[t, o] = sum over stored weights i of x[t, g(i) + positions[o, i]] weights[o, i], scaled.

    g(i) is where the weight's group begins. Each output has its scale, with halves rounded up.
    """
    begins = np.arange(p.inputs // p.group).repeat(p.kept) * p.group
    columns = begins + inputs["positions"]
    sums = (inputs["x"][:, columns] * inputs["weights"]).sum(axis=2)
    doubled = (sums * inputs["mult"] * 2) >> inputs["shift"]
    scaled = saturate((doubled + 1) >> 1, p.out_width)
    return {"y": np.maximum(scaled, 0) if p.activation == "relu" else scaled}


def stimulus(p, seed):
    """Weights at random positions of their groups, ascending, one output without any weight; and
    scales after which some of the results saturate."""
    weights = random_integers(4 * seed + 1, _stored(p), *limits(p.weight_width))
    weights[seed % p.outputs] = 0
    order = random_integers(4 * seed + 2, (p.outputs, p.inputs // p.group, p.group), 0, 1 << 30)
    positions = np.sort(np.argsort(order, axis=2, kind="stable")[:, :, : p.kept], axis=2)
    bits = p.width + p.weight_width - 2 + _stored(p)[1].bit_length() // 2
    hundredths = random_integers(4 * seed + 3, p.outputs, 50, 300)
    factors = [min(f / 100 * 2.0 ** (p.out_width - bits), 65535) for f in hundredths]
    mult, shift = np.array([scale(factor) for factor in factors]).T
    x = random_integers(4 * seed, (p.tokens, p.inputs), *limits(p.width))
    return _call(x, weights, positions.reshape(_stored(p)), mult, shift)


def corners(p):
    """Nothing, single weights, extremes of products and scales, ties, and positions in any order,
    some of them twice in a group."""
    some = stimulus(p, 1)
    x, weights = np.zeros_like(some["x"]), np.zeros_like(some["weights"])
    one, outputs = np.ones(p.outputs, np.int64), np.arange(p.outputs)
    (x_low, x_high), (w_low, w_high) = limits(p.width), limits(p.weight_width)
    first, last = weights.copy(), weights.copy()
    first[:, 0], last[:, -1] = 1, 1
    lowest, highest = weights, weights + p.group - 1
    anywhere = random_integers(5, _stored(p), 0, p.group - 1)
    places = some["positions"]
    return [
        _call(x, some["weights"], places, 65535 * one, 0 * one),
        _call(some["x"], weights, places, some["mult"], some["shift"]),
        _call(some["x"], first, lowest, one, 0 * one),
        _call(some["x"], last, highest, one, one),
        _call(x + x_low, weights + w_low, places, one, outputs % 32),
        _call(x + x_low, weights + w_high, places, 65535 * one, 31 - outputs % 32),
        _call(x + x_high, weights + w_low, highest, 65535 * one, 0 * one),
        _call(x + x_high, weights + w_high, lowest, one, 8 * one),
        _call(some["x"], some["weights"], anywhere, 3 * one, outputs % 12),
    ]


def acceptance():
    """The results of layers of 4-bit and 8-bit weights of random positions and scales."""
    cases = (
        {"tokens": 4, "inputs": 64, "outputs": 16, "kept": 2, "weight_width": 4},
        {"tokens": 3, "inputs": 32, "outputs": 24, "kept": 1, "weight_width": 8},
    )
    same = {"group": 4, "width": 8, "out_width": 8, "activation": "none"}
    settings = [SimpleNamespace(**same, **case) for case in cases]
    return [[golden(p, stimulus(p, 31))["y"]] for p in settings]


def tables(p):
    """Groups of a token and of a word, words of a token, and how sums are added and scaled."""
    tree = levels(p.lanes, p.width + p.weight_width)
    acc_width = p.width + p.weight_width - 1 + _stored(p)[1].bit_length()
    acc_width = max(acc_width, tree[-1]["bits"] if tree else 0)
    groups, per_word = p.inputs // p.group, p.lanes // p.kept
    return {
        "groups": groups,
        "per_word": per_word,
        "words": -(-groups // per_word),
        "position_bits": (p.group - 1).bit_length(),
        "levels": tree,
        "acc_width": acc_width,
        "pieces": pieces(acc_width),
        **results(p.activation, p.out_width),
    }


def _stored(p):
    """The weights that are stored, of each output those of all groups."""
    return (p.outputs, p.inputs // p.group * p.kept)


def _call(x, weights, positions, mult, shift):
    stored = {"weights": weights, "positions": positions}
    return {"x": x, **stored, "mult": np.array(mult), "shift": np.array(shift)}
