"""Golden model of online attention: a softmax that goes through the keys block by block.

What was added up before is scaled down when a block raises the running maximum, and the division by
the sum of the weights comes last. `mult` and `shift` are the softmax scale, as in `attention`.
"""

import numpy as np

from prompts.arithmetic import exp2n, reciprocal, requantize, round_shift
from prompts.library.attention.golden import corners as attention_corners
from prompts.library.attention.golden import stimulus
from prompts.library.parts import attention_rows

__all__ = ["corners", "golden", "stimulus", "tables"]


def golden(p, inputs):
    """Weights are powers of two in UQ1.15 of the distance from the running maximum."""
    mult, shift = int(inputs["mult"]), int(inputs["shift"])
    scores = inputs["q"] @ inputs["k"].T
    maximum = scores[:, : p.block].max(axis=1)
    total = np.zeros(p.queries, np.int64)
    sums = np.zeros((p.queries, p.dim), np.int64)
    for first in range(0, p.keys, p.block):
        part = scores[:, first : first + p.block]
        before, maximum = maximum, np.maximum(maximum, part.max(axis=1))
        fade = exp2n(round_shift((maximum - before) * mult, shift))
        weights = exp2n(round_shift((maximum[:, None] - part) * mult, shift))
        total = round_shift(total * fade, 15) + weights.sum(axis=1)
        values = weights @ inputs["v"][first : first + p.block]
        sums = round_shift(sums * fade[:, None], 15) + values
    return {"y": np.stack([_divided(p, *row) for row in zip(sums, total, strict=True)])}


def _divided(p, sums, total):
    factor, bits = reciprocal(int(total))
    return requantize(sums * factor, 1, bits + 15, p.width)


def corners(p):
    """Those of attention; scores that rise or fall from block to block, and with the last key."""
    calls = attention_corners(p)
    usual = calls[0]
    high = (1 << (p.width - 1)) - 1
    ramp = np.arange(p.keys)[:, None] * high // p.keys + np.zeros((1, p.dim), np.int64)
    best = {"mult": np.int64(300), "shift": np.int64(min(p.width + 3, 31))}
    for keys in (ramp, ramp[::-1], ramp // p.block * p.block, -1 - ramp):
        calls.append(usual | {"q": usual["q"] * 0 + high, "k": keys} | best)
        calls.append(usual | {"q": usual["q"] * 0 + 1, "k": keys} | best)
    return calls


def tables(p):
    """Those of rows of attention, and the widths of sums of a block and of all keys."""
    least, one = 1 << (p.width - 1), 1 << 15
    return attention_rows.tables(p, p.keys) | {
        "blocks": p.keys // p.block,
        "block_sum_bits": (p.block * one).bit_length(),
        "partial_bits": (least * p.block * one).bit_length() + 1,
        "state_bits": max(19, (least * p.keys * one).bit_length() + 1),
    }
