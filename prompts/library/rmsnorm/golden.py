"""Golden model of RMSNorm: each row divided by its root mean square, times gamma."""

import numpy as np

from prompts.arithmetic import curve_table, limits, normalise, requantize, scale, softmax
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    return {"y": normalise(inputs["x"], inputs["gamma"], 0, p.width, centre=False)}


def stimulus(p, seed):
    """Rows from nearly zero to the whole range; gamma of a usual size, or of the whole range."""
    low, high = limits(p.width)
    x = random_integers(2 * seed, (p.rows, p.dim), low, high)
    x >>= random_integers(2 * seed, (p.rows, 1), 0, p.width - 1) // (1 + seed % 2)
    gamma = limits(16) if seed % 4 == 0 else (200, 800)
    return {"x": x, "gamma": random_integers(2 * seed + 1, p.dim, *gamma)}


def corners(p):
    low, high = limits(p.width)
    zero = np.zeros((p.rows, p.dim), np.int64)
    unit = np.full(p.dim, 16 << (p.width - 4) if p.width > 4 else 16)
    one_hot = zero.copy()
    one_hot[np.arange(p.rows), np.arange(p.rows) % p.dim] = np.where(np.arange(p.rows) % 2, high, 1)
    kinds = np.stack([zero[0] + v for v in (0, low, high, 1, -1)])
    mixed = kinds[np.arange(p.rows) % 5]
    alternating = np.where(np.arange(p.dim) % 2, low, high) + zero
    some = stimulus(p, 1)
    return [
        {"x": zero, "gamma": unit},
        {"x": zero + low, "gamma": unit},
        {"x": one_hot, "gamma": unit + 1},
        {"x": one_hot, "gamma": zero[0] + limits(16)[0]},
        {"x": mixed, "gamma": some["gamma"]},
        {"x": mixed, "gamma": zero[0] + limits(16)[1]},
        {"x": alternating, "gamma": some["gamma"]},
        {"x": some["x"], "gamma": zero[0] + limits(16)[0]},
        {"x": some["x"], "gamma": zero[0]},
    ]


def tables(p):
    """Widths: of a sum of squares, of dim * x, of the root of 256 dim sum, and of a deviation."""
    square = p.dim << (2 * p.width - 2)
    root_bits = -(-(256 * p.dim * square).bit_length() // 2)
    return {
        "groups": p.dim // p.lanes,
        "sum_bits": square.bit_length(),
        "number_bits": p.width + (p.dim - 1).bit_length(),
        "root_bits": root_bits,
        "align_bits": max(root_bits, 16),
        "z_bits": 13 + -(-(p.dim - 1).bit_length() // 2),
    }


def acceptance():
    """The stimulus and the answers of an independent model of several kernels of rows."""
    return [_accepted(8, 64, 191), _accepted(6, 256, 193)]


def _accepted(rows, dim, seed):
    x = random_integers(seed, (rows, dim), -128, 127)
    x[2], x[3], x[4, 1:] = 9, 0, 0
    gamma = random_integers(seed + 1, dim, 200, 800)
    beta = random_integers(seed + 2, dim, -20, 20)
    answers = [normalise(x, gamma, beta, 8, centre) for centre in (True, False)]
    answers += [curve_table(curve, 5, 5) for curve in ("gelu", "silu", "tanh")]
    scores = random_integers(seed + 3, (4, 50), -3000, 3000)
    answers.append(softmax(scores, *scale(256 * np.log2(np.e) / 512)))
    sums = random_integers(seed + 4, 200, -100000, 100000)
    answers.append(requantize(sums, *scale(1 / 700)))
    return answers
