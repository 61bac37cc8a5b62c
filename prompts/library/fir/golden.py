"""Golden model of the FIR filter: exact sums, rounded, shifted and saturated."""

import numpy as np

from prompts.arithmetic import limits, round_shift, saturate
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    """y[t] = saturate(round_shift(sum of h[j] x[t-j], shift)), with x[t] = 0 before the call."""
    sums = np.convolve(inputs["x"], inputs["h"])[: p.samples]
    return {"y": saturate(round_shift(sums, int(inputs["shift"])), p.out_width)}


def stimulus(p, seed):
    """Full-range samples and coefficients, and a shift between none and a full-scale output."""
    return {
        "x": random_integers(3 * seed, p.samples, *limits(p.width)),
        "h": random_integers(3 * seed + 1, p.taps, *limits(p.coef_width)),
        "shift": random_integers(3 * seed + 2, 1, 0, p.width + p.coef_width)[0],
    }


def corners(p):
    x_low, x_high = limits(p.width)
    h_low, h_high = limits(p.coef_width)
    x, h = np.zeros(p.samples, np.int64), np.zeros(p.taps, np.int64)
    impulse = x.copy()
    impulse[0] = x_high
    ramp = np.arange(p.taps) % (h_high + 1)
    scale = max(0, p.width + p.coef_width - p.out_width)
    return [
        {"x": x, "h": h, "shift": 0},
        {"x": impulse, "h": ramp, "shift": 1},
        {"x": x + x_low, "h": h + h_low, "shift": 0},
        {"x": x + x_low, "h": h + h_high, "shift": scale},
        {"x": x - 1, "h": h + 1, "shift": 63},
    ]


def tables(p):
    """Cycles of a sample, and the accumulator that no sum of products overflows."""
    return {
        "groups": -(-p.taps // p.lanes),
        "acc_width": p.width + p.coef_width - 1 + p.taps.bit_length(),
    }
