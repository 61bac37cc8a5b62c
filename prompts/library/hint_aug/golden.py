"""Golden model of Hint-Aug's detector of over-fitting by attention, and the infusion of patches.

Method: "Hint-Aug: Drawing Hints from Foundation Vision Transformers Towards Boosted Few-Shot
Parameter-Efficient Tuning" (2023). Maps are [query, key, head] in UQ1.15, the class token first;
scores and `threshold`, which is per query as many times, have 15 fraction bits. How the content
that is infused comes about needs a backward pass, and is outside.
"""

import numpy as np

from prompts.arithmetic import ONE, isqrt, largest, limits, softmax
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels

SHARPNESS = (256, 40, 1500, 90)
"""Scales of the scores that maps are made of, as steps of 1/65536 octave."""


def golden(p, inputs):
    found = _scores(inputs["teacher"]) - _scores(inputs["student"])
    diff = found[1:]
    selected = np.zeros(p.patches, np.int64)
    selected[largest(diff, p.replaced)] = 1
    return {
        "y": np.where(selected[:, None], inputs["d"], inputs["x"]),
        "selected": selected,
        "diff": diff,
        "fired": np.abs(diff).max() > inputs["threshold"],
    }


def stimulus(p, seed):
    """Softmax maps, every third time any numbers, and a threshold about the greatest difference."""
    tokens = p.patches + 1
    shape = (tokens, tokens, p.heads)
    if seed % 3 == 2:
        teacher, student = (random_integers(4 * seed + i, shape, 0, 65535) for i in (0, 1))
    else:
        teacher, student = (_map(p, 4 * seed + i, SHARPNESS[seed % 4]) for i in (0, 1))
    return _call(p, seed, teacher, student, seed % 5 - 2)


def corners(p):
    tokens = p.patches + 1
    zero = np.zeros((tokens, tokens, p.heads), np.int64)
    some, other = _map(p, 1, 256), _map(p, 2, 256)
    emptied = other.copy()
    emptied[:, tokens // 2] = 0
    own, last = zero.copy(), zero.copy()
    own[np.arange(tokens), np.arange(tokens)] = 1 + np.arange(tokens)[:, None]
    last[:, -1] = 65535
    few = zero.copy()
    for j in range(tokens):
        few[: j + 1, j] = 1
    rising = np.arange(tokens)[None, :, None] * np.arange(tokens)[:, None, None] + zero
    return [
        _call(p, 1, some, emptied, 0),
        _call(p, 2, some, some, 0),
        _call(p, 3, some, some, -1),
        _call(p, 4, zero, zero, 1),
        _call(p, 5, zero + 65535, zero, 0),
        _call(p, 6, zero, zero + 65535, -1),
        _call(p, 7, few, own, 0),
        _call(p, 8, own * 3571 % 65536, few, -1),
        _call(p, 9, last, own, 0),
        _call(p, 10, zero + ONE, last, 0),
        _call(p, 11, rising % 65536, rising[::-1] % 65536, 0),
        _call(p, 12, few[:, ::-1], rising * 997 % 65536, 1),
    ]


def acceptance():
    """Selections, alarms, differences and patches of twenty pairs of maps, in two sizes."""
    return [
        _accepted(heads=2, tokens=17, pixels=12, replaced=2, seed=131),
        _accepted(heads=3, tokens=65, pixels=12, replaced=1, seed=133),
    ]


def tables(p):
    """Widths of a column's sum, of that of its squares and of its root, and of a score."""
    tokens = p.patches + 1
    most = 65535 * p.heads
    # A sum of whole numbers is at most that of their squares, and by Cauchy's inequality.
    quotients = (
        min(d * d + 2 * d, int(isqrt(tokens * (d * d + 2 * d)))) // d for d in range(1, 2000)
    )
    square_bits = (tokens * most * most).bit_length()
    whole_bits = max(quotients).bit_length()
    return {
        "tokens": tokens,
        "groups": p.heads // p.lanes,
        "beats": p.pixels // p.pixel_lanes,
        "element_bits": most.bit_length(),
        "sum_bits": (tokens * most).bit_length(),
        "square_bits": square_bits,
        "root_bits": -(-square_bits // 2),
        "whole_bits": whole_bits,
        "score_bits": whole_bits + 15,
        "levels": levels(p.lanes, 17),
    }


def _scores(a):
    """Of each key its attention, normalised over the queries and added up; 0 where there is none.

    The number of heads cancels, and a division by the number of queries is left out.
    """
    s = a.sum(axis=2)
    root = isqrt((s * s).sum(axis=0))
    return (s.sum(axis=0) << 15) // np.maximum(root, 1)


def _map(p, seed, sharpness):
    tokens = p.patches + 1
    scores = random_integers(seed, (tokens, p.heads, tokens), -900, 900)
    return softmax(scores, sharpness, 8).transpose(0, 2, 1)


def _call(p, seed, teacher, student, above):
    """A threshold at the greatest difference, or so far above it."""
    diff = (_scores(teacher) - _scores(student))[1:]
    shape = (p.patches, p.pixels)
    return {
        "teacher": teacher,
        "student": student,
        "x": random_integers(7 * seed + 5, shape, *limits(p.width)),
        "d": random_integers(7 * seed + 6, shape, *limits(p.width)),
        "threshold": np.int64(max(np.abs(diff).max() + above, 0)),
    }


def _accepted(heads, tokens, pixels, replaced, seed):
    found = []
    for t in range(20):
        teacher, student = (
            softmax(
                random_integers(seed * 50 + 2 * t + i, (heads, tokens, tokens), -900, 900), 256, 8
            )
            for i in (0, 1)
        )
        if t == 3:
            student[:, :, 5] = 0
        if t == 4:
            student = teacher.copy()
        shape = (tokens - 1, pixels)
        x = random_integers(seed + t, shape, -128, 127)
        d = random_integers(seed + 500 + t, shape, -128, 127)
        diff = _scores(teacher.transpose(1, 2, 0)) - _scores(student.transpose(1, 2, 0))
        diff = diff[1:]
        selected = np.zeros(tokens - 1, np.int64)
        selected[largest(diff, replaced)] = 1
        fired = np.abs(diff).max() > round(0.02 * tokens * ONE)
        found += [selected, np.array([fired]), diff, np.where(selected[:, None], d, x)]
    return found
