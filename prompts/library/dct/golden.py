"""Golden model of the 8x8 DCT: rows, then columns, with 4 fraction bits between the two passes.

Cosines have 15 fraction bits and the orthonormal scale, so that the inverse has the same ones.
"""

import numpy as np

from prompts.arithmetic import limits, round_shift, saturate
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels

COSINE_FRACTION = 15
FRACTION = 4
"""Fraction bits between the passes."""
_FREQUENCY, _SAMPLE = np.arange(8)[:, None], np.arange(8)
COSINES = np.rint(
    np.where(_FREQUENCY == 0, np.sqrt(1 / 8), 1 / 2)
    * np.cos((2 * _SAMPLE + 1) * _FREQUENCY * np.pi / 16)
    * (1 << COSINE_FRACTION)
).astype(np.int64)
"""Of each coefficient, for each sample."""


def golden(p, inputs):
    """y = C x C', or C' x C for the inverse, each pass rounded to nearest and saturated."""
    matrix = _matrix(p)
    middle = round_shift(inputs["x"] @ matrix.T, COSINE_FRACTION - FRACTION)
    sums = np.swapaxes(saturate(middle, p.width + 8), 1, 2) @ matrix.T
    results = round_shift(np.swapaxes(sums, 1, 2), COSINE_FRACTION + FRACTION)
    return {"y": saturate(results, _bits(p)[1])}


def stimulus(p, seed):
    """Noise; samples, or coefficients of some: of every other call those of a smooth picture."""
    noise = random_integers(seed, (p.blocks, 8, 8), *limits(p.width))
    smooth = noise[:, :1, :1] // 2 + noise[:, :1, :] // 8 * 2 + noise[:, :, :1] // 4
    samples = saturate(smooth if seed % 2 else noise, p.width)
    return {"x": _coefficients(p, samples) if p.transform == "inverse" else samples}


def corners(p):
    low, high = limits(_bits(p)[0])
    zero = np.zeros((p.blocks, 8, 8), np.int64)
    block, row, column = np.ogrid[: p.blocks, :8, :8]
    # Signs of each basis function in turn, which make the greatest sums.
    basis = COSINES[(block * 9 + 1) % 8, row] * COSINES[(block * 5 + 3) % 8, column]
    one = zero.copy()
    one.reshape(-1)[:: 64 + 9] = high
    return [
        {"x": zero},
        {"x": zero + low},
        {"x": zero + high},
        {"x": np.where(basis > 0, high, low)},
        {"x": np.where(basis > 0, low, high)},
        {"x": np.where((row + column + block) % 2, high, low)},
        {"x": one},
        {"x": zero + np.where((row == 0) & (column == 0), low, 0)},
        {"x": zero + np.where((row == 7) & (column == 7), high, 0)},
        {"x": random_integers(5, (p.blocks, 8, 8), low, high)},
        {"x": random_integers(6, (p.blocks, 8, 8), -2, 2)},
    ]


def tables(p):
    """The matrix of a pass, the adder tree, and the bits of what comes in and goes out."""
    bits_in, bits_out = _bits(p)
    return {
        "matrix": _matrix(p).tolist(),
        "bits_in": bits_in,
        "bits_out": bits_out,
        "middle": p.width + 8,
        "levels": levels(8, p.width + 8 + 16),
    }


def _matrix(p):
    return COSINES.T if p.transform == "inverse" else COSINES


def _bits(p):
    """Of what comes in and of what goes out."""
    samples, coefficients = p.width, p.width + 3
    return (coefficients, samples) if p.transform == "inverse" else (samples, coefficients)


def _coefficients(p, samples):
    exact = COSINES @ samples @ COSINES.T
    return saturate(round_shift(exact, 2 * COSINE_FRACTION), p.width + 3)
