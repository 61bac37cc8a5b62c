"""Golden model of the alignment and uniformity loss of a student's embeddings and a teacher's.

Method: the contrastive loss used for distillation in place of pre-training (DAPT): the mean squared
distance of pairs, and the log of the mean of exp(-2 |x - y|^2) over all pairs of a set. Rows have
length 127, which is 1.0; results have 12 fraction bits.
"""

import math

import numpy as np

from prompts.arithmetic import EXP2_TABLE, exp2n, round_shift, scale
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels

UNIT = 127
"""The length of a row."""
FRACTION = 12
MULT, SHIFT = scale(2 * 256 * math.log2(math.e) / UNIT**2)
"""Of a squared distance, for an exponent to 2 with 8 fraction bits."""
LN2 = round(math.log(2) * 4096)
LOG2_TABLE = np.rint(np.log2(1 + np.arange(256) / 256) * 4096).astype(np.int64)
"""log2(1 + i/256) with 12 fraction bits, for i from 0 to 255."""


def golden(p, inputs):
    s, t = inputs["s"], inputs["t"]
    align = (int(((s - t) ** 2).sum()) << FRACTION) // (len(s) * UNIT**2)
    of_s, of_t = _uniformity(s), _uniformity(t)
    weighted = int(round_shift(int(inputs["uniform_weight"]) * (of_s + of_t), 1))
    loss = int(inputs["align_weight"]) * align + weighted
    return {"align": align, "uniform_s": of_s, "uniform_t": of_t, "loss": loss}


def stimulus(p, seed):
    """Students near their teachers, farther with each seed; every fifth call not normalised."""
    t = _random(p, 4 * seed, 100)
    s = t + _random(p, 4 * seed + 1, 8 + 24 * (seed % 5))
    if seed % 5 == 3:
        return _call(s.clip(-128, 127), t, *random_integers(seed, 2, 0, 255))
    return _call(_unit(s), _unit(t), *random_integers(seed, 2, 0, 255))


def corners(p):
    t = _unit(_random(p, 77, 100))
    s = _unit(t + _random(p, 78, 60))
    far = min(127, round(math.sqrt(105000 / p.dim)))
    position, element = np.arange(p.batch)[:, None], np.arange(p.dim)
    first = t * 0
    first[0] = s[0]
    last = t * 0
    last[-1] = s[-1]
    return [
        _call(t, t, 1, 1),
        _call(t * 0 + t[:1], t * 0 + t[:1], 1, 1),
        _call(t * 0 + t[:1], t, 255, 255),
        _call(s, t, 1, 1),
        _call(s, t, 0, 255),
        _call(s, t, 255, 0),
        # So far apart that every potential is 0, where rows are long enough; rows of other lengths.
        _call(_signs(p, 81), _signs(p, 82), 255, 255),
        _call(t * 0 + np.where((position + element) % 2, 127, -128), t * 0 - 128, 255, 255),
        _call(t * 0 - 128, t * 0 + 127, 255, 255),
        _call(np.where(position == element, 127, 0), np.where(position == element, -127, 0), 3, 2),
        _call(first, last, 1, 7),
        # So far that potentials are a few units, for sums of few bits.
        _call(_random(p, 83, far), _random(p, 84, far - 2), 1, 1),
        # Close together, so that exponents hang on how they are rounded.
        _call(t[:1] + _random(p, 79, 3).clip(-128 - t[:1], 127 - t[:1]), t // 4, 2, 3),
        _call(t // 8, t[:1] // 2 + _random(p, 80, 9), 5, 1),
    ]


def acceptance():
    """Small and larger sets, from students like their teachers to others."""
    return [_accepted(8, 16, 171), _accepted(32, 64, 173)]


def tables(p):
    """Words of a row, the adder tree, widths of sums, and constants."""
    pairs = p.batch * (p.batch - 1) // 2
    return {
        "words": p.dim // p.lanes,
        "levels": levels(p.lanes, 17),
        "distance_bits": (p.dim * 255 * 255).bit_length(),
        "align_bits": (p.batch * p.dim * 255 * 255).bit_length(),
        "sum_bits": (pairs << 15).bit_length(),
        "divisor": p.batch * UNIT**2,
        "even": _log2(pairs) + (15 << FRACTION),
        "mult": MULT,
        "shift": SHIFT,
        "ln2": LN2,
        "exp2_table": EXP2_TABLE.tolist(),
        "log2_table": LOG2_TABLE.tolist(),
    }


def _uniformity(rows):
    """ln of the mean potential of all pairs; a sum of 0 counts as the least there is."""
    i, j = np.triu_indices(len(rows), 1)
    distances = ((rows[i] - rows[j]) ** 2).sum(axis=1)
    total = int(exp2n(round_shift(distances * MULT, SHIFT)).sum())
    level = _log2(max(total, 1)) - _log2(len(i)) - (15 << FRACTION)
    return int(round_shift(level * LN2, FRACTION))


def _log2(x):
    """log2 of an integer x >= 1 with 12 fraction bits, from the 8 bits below its first."""
    whole = x.bit_length() - 1
    return (whole << FRACTION) + int(LOG2_TABLE[(x << 8 >> whole) & 255])


def _unit(rows):
    """Rows of length 127, as far as whole numbers go."""
    lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    return np.round(rows * float(UNIT) / np.maximum(lengths, 1)).astype(np.int64)


def _accepted(batch, dim, seed):
    answers = []
    for call in range(30):
        t = random_integers(40 * seed + call, (batch, dim), -100, 100)
        s = t + random_integers(60 * seed + call, (batch, dim), -20 * call, 20 * call)
        if call == 1:
            s = t
        if call == 2:
            s = t = t * 0 + t[0]
        answers.append(np.array(list(golden(None, _call(_unit(s), _unit(t), 1, 1)).values())))
    return answers


def _random(p, seed, reach):
    return random_integers(seed, (p.batch, p.dim), -reach, reach)


def _signs(p, seed):
    return np.where(_random(p, seed, 128) < 0, -128, 127)


def _call(s, t, align_weight, uniform_weight):
    weights = np.int64(align_weight), np.int64(uniform_weight)
    return {"s": s, "t": t, "align_weight": weights[0], "uniform_weight": weights[1]}
