"""What the golden models of LayerNorm and RMSNorm share: corner rows, widths and the acceptance."""

import numpy as np

from prompts.arithmetic import curve_table, limits, normalise, requantize, scale, softmax
from prompts.arithmetic import stimulus as random_integers


def random_rows(p, seed):
    """Rows from nearly zero to the whole range."""
    x = random_integers(seed, (p.rows, p.dim), *limits(p.width))
    return x >> random_integers(seed, (p.rows, 1), 0, p.width - 1) // (1 + seed // 2 % 2)


def corner_rows(p):
    """Rows of zeros, at a limit, of one element, of constants, and of both limits by turns."""
    low, high = limits(p.width)
    zero = np.zeros((p.rows, p.dim), np.int64)
    one_hot = zero.copy()
    one_hot[np.arange(p.rows), np.arange(p.rows) % p.dim] = np.where(np.arange(p.rows) % 2, high, 1)
    kinds = np.stack([zero[0] + v for v in (0, low, high, 1, -1)])
    return {
        "zero": zero,
        "low": zero + low,
        "one_hot": one_hot,
        "constant": kinds[np.arange(p.rows) % 5],
        "alternating": np.where(np.arange(p.dim) % 2, low, high) + zero,
    }


def widths(p, centre):
    """Of a sum of squares, of dim * x, of the root of 256 dim sum, and of a deviation."""
    square = p.dim << (2 * p.width - 2)
    root_bits = -(-(256 * p.dim * square).bit_length() // 2)
    return {
        "groups": p.dim // p.lanes,
        "sum_bits": square.bit_length(),
        "number_bits": p.width + (p.dim - 1).bit_length() + int(centre),
        "root_bits": root_bits,
        "align_bits": max(root_bits, 16),
        "z_bits": 13 + -(-(p.dim - 1).bit_length() // 2),
    }


def accepted(rows, dim, seed):
    """The stimulus and the answers of an independent model of several kernels of rows."""
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
