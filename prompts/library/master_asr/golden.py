"""Golden model of the language-masked linear layer: a language's best weights, times x."""

from types import SimpleNamespace

import numpy as np

from prompts.arithmetic import largest, limits, requantize, scale
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels
from prompts.library.parts.requant import pieces, results


def golden(p, inputs):
    """y = (weights where a language keeps them) x, scaled.

    A weight's score is the sum of its numbers in `scores` times the language's coefficients; the
    `keep` weights of the largest scores are kept, of equal ones the first.
    """
    coefficients = inputs["mixing"][int(inputs["language"])]
    mixed = np.tensordot(coefficients, inputs["scores"], 1).reshape(-1)
    mask = np.zeros(mixed.size, np.int64)
    mask[largest(mixed, int(inputs["keep"]))] = 1
    kept = inputs["weights"] * mask.reshape(inputs["weights"].shape)
    sums = inputs["x"] @ kept.T
    return {"y": requantize(sums, int(inputs["mult"]), int(inputs["shift"]), p.out_width)}


def stimulus(p, seed):
    """Full-range numbers, seven tenths of the weights kept, or any number of them. Every third
    call has few different scores, so that many are equal."""
    count = p.outputs * p.inputs
    low, high = limits(p.weight_width)
    few = (max(low, -1), 1) if seed % 3 == 2 else (low, high)
    keep = int(random_integers(8 * seed + 6, (), 0, count)) if seed % 2 else round(0.7 * count)
    bits = p.width + p.weight_width - 2 + p.inputs.bit_length() // 2
    factor = int(random_integers(8 * seed + 5, (), 50, 300)) / 100
    return _call(
        p,
        x=random_integers(8 * seed, (p.tokens, p.inputs), *limits(p.width)),
        weights=random_integers(8 * seed + 1, (p.outputs, p.inputs), low, high),
        scores=random_integers(8 * seed + 2, (p.specialists, p.outputs, p.inputs), *few),
        mixing=random_integers(8 * seed + 3, (p.languages, p.specialists), *limits(p.width)),
        language=int(random_integers(8 * seed + 4, (), 0, p.languages - 1)),
        keep=keep,
        scales=scale(min(factor * 2.0 ** (p.out_width - bits), 65535)),
    )


def corners(p):
    """All scores equal, none and all kept, one kept and one dropped, the greatest and the least
    scores, scores that rise and fall, two values of scores, and the extremes of sums."""
    some = stimulus(p, 1)
    count, shape = p.outputs * p.inputs, some["weights"].shape
    x_low, (w_low, w_high) = limits(p.width)[0], limits(p.weight_width)
    zero, table = np.zeros_like(some["scores"]), np.zeros_like(some["mixing"])
    one_score = zero.copy()
    one_score[0] = np.clip(np.arange(count) % (w_high - w_low + 1) + w_low, w_low, w_high).reshape(
        shape
    )
    first = table.copy()
    first[:, 0] = 1
    blocks = zero + np.where(np.arange(count) * 3 // count == 1, 1, 0).reshape(shape)
    ones = {"x": np.ones_like(some["x"]), "weights": np.ones_like(some["weights"])}
    seven = round(0.7 * count)
    exact = {"scales": (1, 0)}
    w_lows, x_lows = np.zeros_like(some["weights"]) + w_low, np.zeros_like(some["x"]) + x_low
    cases = (
        {"mixing": table, "keep": seven},
        {"mixing": table, "keep": seven - 1, **ones, **exact},
        {"keep": 0},
        {"keep": count, **exact},
        {"keep": 1, **ones, **exact},
        {"keep": count - 1, **ones, **exact},
        {"scores": zero + w_low, "mixing": table + x_low, "keep": seven, **ones, **exact},
        {"scores": zero + w_high, "mixing": table + x_low, "keep": count // 2, **exact},
        {"scores": one_score, "mixing": first, "keep": count // 3, **ones, **exact},
        {"scores": one_score, "mixing": -first, "keep": count // 3 + 1, **ones, **exact},
        {"scores": blocks, "mixing": first, "keep": count // 2, **ones, **exact},
        {"scores": blocks, "mixing": -first, "keep": count // 5, **ones, **exact},
        {"x": x_lows, "weights": w_lows, "keep": count, "scales": (65535, 0)},
        {"x": x_lows, "weights": -1 - w_lows, "keep": count, "scales": (65535, 31)},
        {"language": p.languages - 1, "scales": (3, 9)},
        {"language": 0, "scales": (1, 1)},
    )
    return [_call(p, **{**_given(some), **case}) for case in cases]


def acceptance():
    """The results of a layer with all scores different, and with many equal."""
    same = {"width": 8, "weight_width": 8, "out_width": 8, "specialists": 4, "languages": 8}
    small = SimpleNamespace(tokens=3, inputs=32, outputs=32, **same)
    large = SimpleNamespace(tokens=1, inputs=128, outputs=128, **same)
    cases = ((small, 30), (small, 32), (large, 31))
    return [[golden(p, stimulus(p, seed))["y"]] for p, seed in cases]


def tables(p):
    """Words of a row and of the matrix, and how sums are added and scaled."""
    acc_width = p.width + p.weight_width - 1 + p.inputs.bit_length()
    tree = levels(p.lanes, p.width + p.weight_width)
    acc_width = max(acc_width, tree[-1]["bits"] if tree else 0)
    return {
        "words": p.inputs // p.lanes,
        "total": p.inputs // p.lanes * p.outputs,
        "score_bits": p.width + p.weight_width + (p.specialists - 1).bit_length(),
        "levels": tree,
        "acc_width": acc_width,
        "pieces": pieces(acc_width),
        "activation": "none",
        **results("none", p.out_width),
    }


def _given(inputs):
    """What `_call` made inputs of."""
    scales = {"scales": (inputs["mult"], inputs["shift"])}
    return {n: v for n, v in inputs.items() if n not in ("mult", "shift")} | scales


def _call(p, x, weights, scores, mixing, language, keep, scales):
    low, high = limits(p.width)
    chosen = {"language": np.int64(language), "keep": np.int64(keep)}
    stored = {"weights": weights, "scores": scores, "mixing": np.clip(mixing, low, high)}
    return {"x": x, **stored, **chosen, "mult": np.int64(scales[0]), "shift": np.int64(scales[1])}
