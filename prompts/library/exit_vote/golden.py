"""Golden model of the vote of exit layers: softmax of each, the greatest over all, the best token.

Method: "EDGE-LLM: Enabling Efficient Large Language Model Adaptation on Edge Devices via Layerwise
Unified Compression and Adaptive Layer Tuning and Voting" (2024). The softmax scale is in `mult` and
`shift`: mult / 2^shift = 256 log2(e) times the step of a logit.
"""

import math
from types import SimpleNamespace

import numpy as np

from prompts.arithmetic import EXP2_TABLE, exp2n, limits, reciprocal, round_shift, scale
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels

STEPS = (1 / 8, 1 / 2, 1 / 64, 1 / 512)
"""Quantisation steps of an int8 logit, from sharp to nearly uniform votes."""
GREATEST = (1 << 15) - 1


def golden(p, inputs):
    return _vote(inputs)[0]


def stimulus(p, seed):
    """Every other call has one logit that stands out."""
    low, high = limits(p.width)
    logits = random_integers(3 * seed, (p.exits, p.vocab), low // 2, high // 2)
    exit_layer = random_integers(3 * seed + 1, (), 0, p.exits - 1)
    token = random_integers(3 * seed + 2, (), 0, p.vocab - 1)
    if seed % 2:
        logits[exit_layer, token] = high - high // 8
    return _call(logits, _softmax_scale(p, STEPS[seed % len(STEPS)]))


def corners(p):
    low, high = limits(p.width)
    usual = _softmax_scale(p, STEPS[0])
    some = stimulus(p, 1)["logits"]
    flat = some * 0
    hot, first, last = flat + low, flat + low, flat + low
    hot[p.exits // 2, min(5, p.vocab - 1)] = high
    first[:, 0], last[-1, -1] = high, high
    # The same votes from every exit; two tokens equally good; sharper from exit to exit.
    same = flat + some[:1]
    pairs = np.where(np.arange(p.vocab) % 2, low, high) + flat
    sharper = some // (np.arange(p.exits)[::-1] + 1)[:, None]
    return [
        _call(flat, usual),
        _call(flat + high, (65535, 0)),
        _call(hot, usual),
        _call(first, (65535, 0)),
        _call(last, usual),
        _call(same, usual),
        _call(pairs, usual),
        _call(sharper, usual),
        _call(sharper[::-1], usual),
        _call(some, (65535, 0)),
        _call(some, (1, 31)),
        # Nearly equal powers: the answer hangs on how exponents and votes are rounded.
        _call(some, _softmax_scale(p, 1 / 4096)),
    ]


def acceptance():
    """Answers to 64 votes each over 256 and over 4000 tokens; see `_votes`."""
    return [_votes(41, 256), _votes(43, 4000)]


def tables(p):
    """The trees of lanes, and how wide the sums of powers get."""
    return {
        "lane_levels": levels(p.lanes, 0),
        "levels": levels(p.lanes, 17),
        "sum_bits": max(17, (p.vocab << 15).bit_length()),
        "exp2_table": EXP2_TABLE.tolist(),
    }


def _vote(inputs):
    """The answer of a call, and the sum of each exit's powers."""
    logits, shift = inputs["logits"], int(inputs["shift"])
    distances = logits.max(axis=1, keepdims=True) - logits
    powers = exp2n(round_shift(distances * int(inputs["mult"]), shift))
    sums = powers.sum(axis=1)
    factors = [reciprocal(int(total)) for total in sums]
    votes = np.max(
        [round_shift(row * r, n) for row, (r, n) in zip(powers, factors, strict=True)], 0
    )
    exit_layer = int(sums.argmin())
    token = int(logits[exit_layer].argmax())
    confidence = min((int(votes[token]) << 15) // int(votes.sum()), GREATEST)
    return {"token": token, "exit_layer": exit_layer, "confidence": confidence}, sums


def _softmax_scale(p, step):
    """Logits of other widths have the range of int8 ones."""
    return scale(256 * math.log2(math.e) * step * 2.0 ** (8 - p.width))


def _votes(seed, vocab):
    answers = []
    softmax_scale = _softmax_scale(SimpleNamespace(width=8), STEPS[0])
    for call in range(64):
        logits = random_integers(seed * 100 + call, (4, vocab), -60, 60)
        exit_layer = random_integers(seed * 7 + call, (), 0, 3)
        token = random_integers(seed * 9 + call, (), 0, vocab - 1)
        logits[exit_layer, token] = random_integers(seed + call, (), 75, 127)
        answer, sums = _vote(_call(logits, softmax_scale))
        answers += [*answer.values(), *sums]
    return [np.array(answers)]


def _call(logits, softmax_scale):
    mult, shift = softmax_scale
    return {"logits": logits, "mult": np.int64(mult), "shift": np.int64(shift)}
