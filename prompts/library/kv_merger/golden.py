"""Golden model of KV merging: runs of similar neighbours become one key and one value.

Method: "Model Tells You Where to Merge: Adaptive KV Cache Merging for LLMs on Long-Context Tasks"
(2024). Two neighbours are joined when neither is kept, their dot product is positive, and its
square times 256 is at least `similarity` times the product of their squared norms. The Gaussian's
scale is in `mult` and `shift`: mult / 2^shift = 256 log2(e) step^2 / (2 sigma^2). Rows of the
results behind the last group are 0.
"""

import math
from types import SimpleNamespace

import numpy as np

from prompts.arithmetic import (
    EXP2_TABLE,
    exp2n,
    reciprocal,
    requantize,
    round_shift,
    saturate,
    scale,
)
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels

STEPS = (1 / 32, 1 / 64, 1 / 16, 1 / 128)
"""Quantisation steps of an element of a key; sigma is 1."""


def golden(p, inputs):
    groups = _merged(inputs)
    out = {"count": len(groups["first"])}
    for name, found in groups.items():
        rows = np.zeros((p.positions, *found.shape[1:]), np.int64)
        rows[: len(found)] = found
        out[name] = rows
    return out


def stimulus(p, seed):
    """Each key is near the one before, with jumps; the last eighth is kept."""
    return _call(p, _keys(p, seed, seed % 3 + 3), seed, STEPS[seed % 4], similarity=144)


def corners(p):
    keys = _keys(p, 5, 4)
    position = np.arange(p.positions)
    some = _call(p, keys, 5, STEPS[0])
    signs = np.where(position % 2, -1, 1)[:, None]
    zeros = keys * (position % 3 != 1)[:, None]
    return [
        # All alike: one group, whose first key is the pivot as all have the same attention.
        {**_call(p, keys * 0 + 5, 1, STEPS[0], kept=position < 0), "attention": position * 0},
        {**_call(p, keys * 0 - 128, 1, STEPS[0], kept=position < 0), "attention": position * 9},
        _call(p, keys * 0 - 128, 1, STEPS[2], kept=position % 4 == 1),
        _call(p, keys * 0 + 127 * signs, 1, STEPS[0]),
        _call(p, keys * 0, 1, STEPS[0]),
        _call(p, zeros, 1, STEPS[0]),
        _call(p, keys, 2, STEPS[0], kept=position >= 0),
        _call(p, keys, 2, STEPS[0], similarity=256, kept=position < 0),
        _call(p, keys, 2, STEPS[0], similarity=0, kept=position < 0),
        _call(p, np.abs(keys).clip(max=127), 3, STEPS[3], similarity=0, kept=position == 1),
        {**some, "mult": np.int64(65535), "shift": np.int64(0)},
        {**some, "mult": np.int64(1), "shift": np.int64(31)},
        {**some, "v": some["v"] * 0 - 128},
        {**some, "v": some["v"] * 0 + 127, "attention": position % 3},
    ]


def acceptance():
    """Groups of 64 keys of 16 elements, and of 256 of 64."""
    return [_accepted(64, 16, 1 / 32, 11), _accepted(256, 64, 1 / 64, 400)]


def tables(p):
    """Half of the lanes, words of a key, the adder tree, and the widths of sums."""
    half = p.lanes // 2
    return {
        "half": half,
        "words": p.dim // half,
        "levels": levels(half, 18),
        "norm_bits": (p.dim << 14).bit_length(),
        "distance_bits": (p.dim * 255 * 255).bit_length(),
        "sum_bits": max(17, (p.positions << 15).bit_length()),
        "acc_bits": (128 * (32768 + p.positions // 2 + 2) + 16384).bit_length() + 1,
        "exp2_table": EXP2_TABLE.tolist(),
    }


def _merged(inputs):
    k, v, attention = inputs["k"], inputs["v"], inputs["attention"]
    free = inputs["keep"] == 0
    norms = (k * k).sum(axis=1)
    dots = (k[:-1] * k[1:]).sum(axis=1)
    alike = 256 * dots * dots >= int(inputs["similarity"]) * norms[:-1] * norms[1:]
    joined = alike & (dots > 0) & free[:-1] & free[1:]
    first = np.flatnonzero(np.r_[True, ~joined])
    size = np.diff(np.r_[first, len(k)])
    pivot = [at + int(attention[at : at + n].argmax()) for at, n in zip(first, size, strict=True)]
    rows = {"merged_k": [], "merged_v": []}
    for at, n, best in zip(first, size, pivot, strict=True):
        group = slice(at, at + n)
        distances = ((k[group] - k[best]) ** 2).sum(axis=1)
        near = exp2n(round_shift(distances * int(inputs["mult"]), int(inputs["shift"])))
        r, bits = reciprocal(int(near.sum()))
        weights = round_shift(near * r, bits)
        rows["merged_k"].append(requantize(weights @ k[group], 1, 15))
        rows["merged_v"].append(requantize(weights @ v[group], 1, 15))
    merged = {name: np.stack(found) for name, found in rows.items()}
    return {"first": first, "size": size, "pivot": np.array(pivot), **merged}


def _keys(p, seed, every):
    keys = np.zeros((p.positions, p.dim), np.int64)
    for i in range(p.positions):
        if i % every == 0:
            keys[i] = random_integers(7 * seed + i, p.dim, -90, 90)
        else:
            keys[i] = saturate(keys[i - 1] + random_integers(7 * seed + i, p.dim, -40, 40), 8)
    return keys


def _accepted(positions, dim, step, seed):
    p = SimpleNamespace(positions=positions, dim=dim)
    keys = np.zeros((positions, dim), np.int64)
    keys[0] = random_integers(seed, dim, -90, 90)
    for i in range(1, positions):
        jump = random_integers(seed + i, dim, -90, 90)
        near = random_integers(seed + i, dim, -35, 35)
        keys[i] = jump if i % 5 == 0 else saturate(keys[i - 1] + near, 8)
    keys[7] = 0
    call = _call(p, keys, 0, step, kept=np.arange(positions) >= positions - 8)
    call["v"] = random_integers(seed + 999, (positions, dim), -127, 127)
    call["attention"] = random_integers(seed + 998, positions, 0, 65535)
    return list(_merged(call).values())


def _call(p, keys, seed, step, similarity=144, kept=None):
    last = np.arange(p.positions) >= p.positions - p.positions // 8
    mult, shift = scale(256 * math.log2(math.e) * step * step / 2)
    return {
        "k": keys,
        "v": random_integers(9 * seed + 1, (p.positions, p.dim), -128, 127),
        "attention": random_integers(9 * seed + 2, p.positions, 0, 65535),
        "keep": np.array(last if kept is None else kept, np.int64),
        "similarity": np.int64(similarity),
        "mult": np.int64(mult),
        "shift": np.int64(shift),
    }
