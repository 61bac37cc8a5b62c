"""Golden model of SGConv: a causal convolution as long as its sequence, of few parameters.

Method: "What Makes Convolutional Models Great on Long Sequence Modeling?" (2022). Sub-kernel i has
`taps` parameters, which are stretched by 2^max(0, i - 1) with linear interpolation between the
middles of samples, and weighted by 2^-i; the kernel has 8 fraction bits. What normalises it is in
`mult` and `shift` of each channel.
"""

import numpy as np

from prompts.arithmetic import limits, requantize, round_shift, scale
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.requant import pieces, results

ACC_WIDTH, OUT_WIDTH = 32, 16


def golden(p, inputs):
    """y[h, t] = (sum over j of kernel[h, j] u[h, t - j] + dskip[h] u[h, t]) scaled."""
    kernel = _kernel(inputs["kp"])
    kernel[:, 0] += inputs["dskip"]
    scales = zip(inputs["mult"], inputs["shift"], strict=True)
    rows = zip(kernel, inputs["u"], scales, strict=True)
    return {
        "y": np.stack(
            [
                requantize(np.convolve(k, u)[: p.length], int(mult), int(shift), OUT_WIDTH)
                for k, u, (mult, shift) in rows
            ]
        )
    }


def stimulus(p, seed):
    """Full-range samples and parameters, and scales after which some of the results saturate."""
    kp = random_integers(4 * seed, _parameters(p), *limits(8))
    u = random_integers(4 * seed + 1, (p.channels, p.length), *limits(8))
    dskip = random_integers(4 * seed + 2, p.channels, *limits(16))
    gains = random_integers(4 * seed + 3, p.channels, 20, 400) / 100
    return _call(kp, u, dskip, [_scale(k, gain) for k, gain in zip(kp, gains, strict=True)])


def corners(p):
    some = stimulus(p, 1)
    zero_kp, zero_u, zero = (np.zeros_like(some[name]) for name in ("kp", "u", "dskip"))
    one, half, least = [(1, 0)], [(1, 1)], [(65535, 31)]
    impulse, late = zero_u.copy(), zero_u.copy()
    impulse[:, 0], late[:, -1] = 1, -128
    some_u = some["u"]
    turns = zero_kp + np.where(np.arange(p.taps) % 2, 127, -128)
    each = [some["kp"] * (np.arange(p.scales) == i)[:, None] for i in range(p.scales)]
    return [
        # An impulse gives the kernel, and nothing reaches back in time.
        _call(some["kp"], impulse, zero, one),
        _call(zero_kp - 128, impulse, zero, one),
        _call(turns, impulse, zero, one),
        _call(some["kp"], late, some["dskip"], half),
        _call(zero_kp, some_u, some["dskip"], [(1, 6)]),
        _call(zero_kp + 127, zero_u + 127, zero + 32767, [(1, 14)]),
        _call(zero_kp - 128, zero_u - 128, zero - 32768, [(1, 14)]),
        _call(zero_kp - 128, zero_u + 127, zero - 32768, least),
        _call(zero_kp - 128, zero_u - 128, zero, [(65535, 0)]),
        _call(zero_kp - 128, zero_u + 127, zero, [(65535, 3)]),
        _call(zero_kp, zero_u + 1, zero + 3, half),
        *(_call(kp, impulse, zero, one) for kp in each),
    ]


def acceptance():
    """Kernels and answers of three sizes of which the first channel's input is an impulse."""
    return [_accepted(4, 8, 4, 81), _accepted(2, 16, 5, 83), _accepted(1, 32, 6, 85)]


def tables(p):
    """Blocks of a sequence, and the least width of a sum: each stretched sub-kernel weighs half as
    much as the first, and the skip adds a tap."""
    most = (1 << 21) * (p.taps * (p.scales + 1) + 2)
    acc_width = most.bit_length() + 1
    return {
        "blocks": p.length // p.lanes,
        "acc_width": acc_width,
        "out_width": OUT_WIDTH,
        "pieces": pieces(acc_width),
        "activation": "none",
        **results("none", OUT_WIDTH),
    }


def _kernel(kp):
    """[channel, scale, tap] parameters as kernels [channel, length]."""
    factors = [1 << max(0, i - 1) for i in range(kp.shape[1])]
    stretched = [_stretched(kp[:, i], factor) for i, factor in enumerate(factors)]
    return np.concatenate([round_shift(rows, i) for i, rows in enumerate(stretched)], axis=1)


def _stretched(rows, factor):
    """Rows `factor` times longer, in Q.8, the places outside as the first and the last."""
    last = rows.shape[1] - 1
    places = np.arange(rows.shape[1] * factor) * 256 // factor + 128 // factor - 128
    left, part = np.maximum(places, 0) >> 8, np.maximum(places, 0) & 255
    right = np.minimum(left + 1, last)
    return 256 * rows[:, left] + (rows[:, right] - rows[:, left]) * part


def _scale(kp, gain):
    """So that samples of 1/32 and results of 1/2048 belong to a kernel of length 1, times gain."""
    norm = float(np.sqrt((_kernel(kp[None]).astype(float) ** 2).sum()))
    return scale(64 * gain / max(norm, 1.0))


def _parameters(p):
    return (p.channels, p.scales, p.taps)


def _call(kp, u, dskip, scales):
    """One scale for all channels, or one for each."""
    each = np.array(scales * (len(dskip) // len(scales)), np.int64)
    return {"u": u, "kp": kp, "dskip": dskip, "mult": each[:, 0], "shift": each[:, 1]}


def _accepted(channels, taps, scales, seed):
    length = taps << (scales - 1)
    kp = random_integers(seed, (channels, scales, taps), -127, 127)
    u = random_integers(seed + 1, (channels, length), -128, 127)
    u[0] = np.arange(length) == 0
    dskip = random_integers(seed + 2, channels, -20000, 20000)
    dskip[0] = 0
    kernel = _kernel(kp)
    sums = [np.convolve(k, row)[:length] for k, row in zip(kernel, u, strict=True)]
    skipped = np.array(sums) + dskip[:, None] * u
    answers = [
        requantize(row, *_scale(parameters, 1.0), OUT_WIDTH)
        for row, parameters in zip(skipped, kp, strict=True)
    ]
    return [kernel, np.stack(answers)]
