"""Golden model of the FFT: radix 2, decimation in time, halved and rounded in every stage.

Roots of unity are in Q1.14. The result is the transform divided by the number of points; complex
numbers never grow, but a part may need one bit more than those that came in.
"""

import numpy as np

from prompts.arithmetic import limits, round_shift
from prompts.arithmetic import stimulus as random_integers

ROOT_ONE = 1 << 14


def golden(p, inputs):
    frames = [transform(frame, p.direction == "inverse") for frame in inputs["x"]]
    return {"y": np.stack(frames)}


def transform(x, inverse=False):
    """Of points (real, imaginary) along the first axis."""
    count = len(x)
    bits = count.bit_length() - 1
    places = [int(f"{i:0{bits}b}"[::-1], 2) for i in range(count)]
    values = x[places]
    half = 1
    while half < count:
        cos, sin = roots(half, inverse)
        groups = values.reshape(-1, 2, half, 2)
        a, b = groups[:, 0], groups[:, 1]
        real, imaginary = b[..., 0], b[..., 1]
        turned = np.stack([cos * real - sin * imaginary, cos * imaginary + sin * real], -1)
        turned = round_shift(turned, 14)
        values = np.stack([round_shift(a + turned, 1), round_shift(a - turned, 1)], 1)
        values = values.reshape(count, 2)
        half *= 2
    return values


def roots(half, inverse=False):
    """The real and imaginary parts of exp(-i pi k / half), or of their conjugates."""
    angles = np.pi * np.arange(half) / half
    cos = np.round(ROOT_ONE * np.cos(angles)).astype(np.int64)
    sin = np.round((ROOT_ONE if inverse else -ROOT_ONE) * np.sin(angles)).astype(np.int64)
    return cos, sin


def stimulus(p, seed):
    """Noise of the whole range, less of it every other time, or tones."""
    low, high = limits(p.width)
    shape = (p.frames, p.points, 2)
    if seed % 4 == 3:
        turns = random_integers(seed, (p.frames, 1), 0, p.points - 1) * np.arange(p.points)
        angles = 2 * np.pi * turns / p.points
        tones = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
        return {"x": np.round(tones * high * 0.7).astype(np.int64)}
    return {"x": random_integers(seed, shape, low, high) >> (seed % 4 // 2 * 5)}


def corners(p):
    low, high = limits(p.width)
    zero = np.zeros((p.frames, p.points, 2), np.int64)
    first, last = zero.copy(), zero.copy()
    first[:, 0], last[:, -1, 0] = high, low
    signs = np.where(random_integers(7, zero.shape, 0, 1), low, high)
    alternating = np.where(np.arange(p.points) % 2, low, high)[:, None] + zero
    return [{"x": x} for x in (zero, first, last, zero + low, zero + high, alternating, signs)]


def tables(p):
    cos, sin = roots(p.points // 2, p.direction == "inverse")
    return {
        "bits": p.points.bit_length() - 1,
        "roots": list(zip(cos.tolist(), sin.tolist(), strict=True)),
    }
