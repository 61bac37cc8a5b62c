"""Golden model of the rotary position embedding: pairs of neighbours are turned by a table."""

from types import SimpleNamespace

import numpy as np

from prompts.arithmetic import limits, round_shift, saturate
from prompts.arithmetic import stimulus as random_integers

FRACTION = 14
"""Fraction bits of the cosines and sines."""


def golden(p, inputs):
    """Pair i of position n, in every head, is turned by the angle of (n, i) in the tables."""
    x = inputs["x"]
    even, odd = x[:, :, 0::2], x[:, :, 1::2]
    cosines, sines = (inputs[name][:, np.newaxis] for name in ("cosines", "sines"))
    y = np.empty_like(x)
    y[:, :, 0::2] = saturate(round_shift(even * cosines - odd * sines, FRACTION), p.width)
    y[:, :, 1::2] = saturate(round_shift(even * sines + odd * cosines, FRACTION), p.width)
    return {"y": y}


def angle_tables(positions, dim, base):
    """Cosines and sines of position * base^(-2 i / dim), with `FRACTION` fraction bits."""
    angles = np.outer(np.arange(positions), float(base) ** (-np.arange(0, dim, 2) / dim))
    return tuple(np.rint(part(angles) * 2**FRACTION).astype(np.int64) for part in (np.cos, np.sin))


def stimulus(p, seed):
    """Elements of the whole range and the tables of `base`; every third call has random tables."""
    x = random_integers(3 * seed, (p.positions, p.heads, p.dim), *limits(p.width))
    if seed % 3:
        return _call(x, *angle_tables(p.positions, p.dim, p.base))
    shape = (p.positions, p.dim // 2)
    return _call(x, *(random_integers(3 * seed + n, shape, *limits(16)) for n in (1, 2)))


def corners(p):
    """Turns by nothing, quarters and halves, sums halfway between results, and the extremes."""
    low, high = limits(p.width)
    some = stimulus(p, 1)
    x, cosines, sines = some["x"], some["cosines"], some["sines"]
    zero, none, one = np.zeros_like(x), np.zeros_like(cosines), 1 << FRACTION
    index = np.arange(p.dim)
    return [
        _call(zero, cosines, sines),
        _call(x, none + one, none),
        _call(x, none, none + one),
        _call(x, none - one, none - one),
        _call(x, none + one // 2, none),
        _call(x, none, none - one // 2),
        _call(zero + low, none - 32768, none - 32768),
        _call(zero + np.where(index % 2, low, high), none + 32767, none - 32768),
        _call(zero + np.where(index % 2, high, low), none - 32768, none + 32767),
        _call(zero + 1, none + one // 2, none - 1),
        _call(x, cosines[::-1], -sines[::-1]),
    ]


def acceptance():
    """The answers for 16 positions of 16 and of 64 elements, as int8."""
    answers = []
    for dim, seed in ((16, 203), (64, 205)):
        x = random_integers(seed, (16, dim), -90, 90)[:, np.newaxis]
        cosines, sines = angle_tables(16, dim, 10000)
        answers.append([golden(SimpleNamespace(width=8), _call(x, cosines, sines))["y"]])
    return answers


def _call(x, cosines, sines):
    return {"x": x, "cosines": cosines, "sines": sines}
