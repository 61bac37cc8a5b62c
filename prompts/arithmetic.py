"""Fixed-point arithmetic of the golden models: each function is one small piece of hardware.

All values are integers in int64 arrays. Half a unit always rounds towards +infinity, saturation
never wraps, ties go to the lower index. Probabilities are UQ1.15: 0 to 32768.
"""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from prompts.interface import Values

ONE = 1 << 15
"""1.0 as a probability in UQ1.15."""
EXP2_TABLE: Values = np.rint(np.exp2(-np.arange(256) / 256) * ONE).astype(np.int64)
"""2^(-i/256) in UQ1.15, for i from 0 to 255."""
EXP2_END = 16 * 256
"""The first argument of `exp2n` (Q.8) whose result is 0."""
CURVES: Mapping[str, Callable[[float], float]] = {
    "gelu": lambda v: 0.5 * v * (1 + math.erf(v / math.sqrt(2))),
    "silu": lambda v: v / (1 + math.exp(-v)),
    "tanh": math.tanh,
    "sigmoid": lambda v: 1 / (1 + math.exp(-v)),
}
"""The activations that a table of 256 entries holds."""


def stimulus(seed: int, shape: int | Sequence[int], low: int, high: int) -> Values:
    """Integers from `low` to `high` inclusive, from a splitmix64 counter: equal on any machine."""
    extents = (shape,) if isinstance(shape, int) else tuple(shape)
    count = int(np.prod(extents, dtype=np.int64))
    with np.errstate(over="ignore"):
        counter = np.arange(1, count + 1, dtype=np.uint64) + (np.uint64(seed) << np.uint64(32))
        state = counter * np.uint64(0x9E3779B97F4A7C15)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        state ^= state >> np.uint64(31)
    numbers = (state >> np.uint64(32)) % np.uint64(high - low + 1)
    return numbers.astype(np.int64).reshape(extents) + low


def saturate(x: ArrayLike, bits: int, signed: bool = True) -> Values:
    """Clip to the range of a `bits` wide register."""
    low, high = limits(bits, signed)
    return np.clip(np.asarray(x, np.int64), low, high)


def limits(bits: int, signed: bool = True) -> tuple[int, int]:
    """The least and the greatest value of a `bits` wide register."""
    return (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)


def wrap(x: ArrayLike, bits: int, signed: bool = True) -> Values:
    """Keep the low `bits`, as an accumulator register does."""
    low = np.asarray(x, np.int64) & ((1 << bits) - 1)
    return np.where(low >> (bits - 1), low - (1 << bits), low) if signed else low


def round_shift(x: ArrayLike, shift: int) -> Values:
    """x / 2^shift, rounded to nearest, halves up: one adder and a shift."""
    values = np.asarray(x, np.int64)
    return (values + (1 << (shift - 1))) >> shift if shift else values


def requantize(acc: ArrayLike, mult: int, shift: int, bits: int = 8) -> Values:
    """Scale an accumulator by mult / 2^shift and saturate it to `bits` signed bits."""
    return saturate(round_shift(np.asarray(acc, np.int64) * mult, shift), bits)


def exp2n(t: ArrayLike) -> Values:
    """2^(-t/256) in UQ1.15, for t >= 0 in Q.8: a table of 256 entries and a truncating shift."""
    clipped = np.minimum(np.asarray(t, np.int64), EXP2_END)
    return np.where(clipped >= EXP2_END, 0, EXP2_TABLE[clipped & 255] >> (clipped >> 8))


def reciprocal(s: int) -> tuple[int, int]:
    """1/s for s >= 1 as (r, n) with p/s in UQ1.15 = `round_shift(p * r, n)`; r has 17 bits.

    n is the bit length of s, m is s aligned to 16 bits, and r = floor(2^31 / m).
    """
    n = int(s).bit_length()
    aligned = s << (16 - n) if n <= 16 else s >> (n - 16)
    return (1 << 31) // aligned, n


def softmax(scores: ArrayLike, mult: int, shift: int, visible: ArrayLike | None = None) -> Values:
    """Softmax over the last axis, as UQ1.15 weights; a fully masked row gives zeros.

    The exponent is t = round_shift((max - s) * mult, shift), so mult / 2^shift = 256 log2(e) scale.
    """
    s = np.asarray(scores, np.int64)
    seen = np.broadcast_to(True if visible is None else np.asarray(visible, bool), s.shape)
    out = np.zeros_like(s)
    for row in np.ndindex(s.shape[:-1]):
        mask = seen[row]
        if mask.any():
            kept = s[row][mask]
            weights = exp2n(round_shift((kept.max() - kept) * mult, shift))
            r, n = reciprocal(int(weights.sum()))
            out[row][mask] = round_shift(weights * r, n)
    return out


def isqrt(x: ArrayLike) -> Values:
    """The square root of each x >= 0, rounded down, for x below 2^62."""
    values = np.asarray(x, np.int64)
    root = np.floor(np.sqrt(values.astype(np.float64))).astype(np.int64)
    root -= root * root > values
    return root + ((root + 1) * (root + 1) <= values)


def normalise(
    rows: ArrayLike, gamma: ArrayLike, beta: ArrayLike, bits: int, centre: bool
) -> Values:
    """Each row over its deviation from its mean (`centre`) or zero; then gamma, beta, saturation.

    With D elements, sum S (0 unless `centre`) and V = D sum x^2 - S^2, an element's deviations are
    (D x - S) / sqrt(V), found as Q.11 without a division by D. Gamma has 4 fraction bits more than
    the result: gamma = 16 is a step of the result for each deviation.
    """
    x = np.asarray(rows, np.int64)
    length = x.shape[1]
    total = x.sum(axis=1) * int(centre)
    spread = length * (x * x).sum(axis=1) - total * total
    out = np.zeros_like(x)
    for i, root in enumerate(isqrt(256 * spread)):
        r, n = reciprocal(max(int(root), 1))
        deviations = round_shift((length * x[i] - total[i]) * r, n)
        out[i] = saturate(round_shift(deviations * np.asarray(gamma), 15) + np.asarray(beta), bits)
    return out


def curve_table(curve: str, in_fraction: int, out_fraction: int) -> Values:
    """One of `CURVES` for each int8 from -128 on, as int8, with the fraction bits of both."""
    arguments = np.arange(-128, 128) / (1 << in_fraction)
    exact = np.array([CURVES[curve](float(v)) for v in arguments]) * (1 << out_fraction)
    return saturate(np.floor(exact + 0.5).astype(np.int64), 8)


def largest(values: ArrayLike, k: int) -> Values:
    """The indices of the k largest values, ascending; of equal values the lower index wins."""
    order = np.argsort(-np.asarray(values, np.int64), kind="stable")
    return np.sort(order[:k]).astype(np.int64)


def scale(factor: float) -> tuple[int, int]:
    """A real factor as (mult, shift) with mult < 2^16 and shift <= 31, the most exact there is."""
    shift = 0
    while shift < 31 and round(factor * (1 << (shift + 1))) < 1 << 16:
        shift += 1
    return round(factor * (1 << shift)), shift
