"""Golden model of Eproxy's barrier: an untrained convolution, and its distance from a target.

Method: "Efficient Proxy" and generic NAS proxies (2022): a candidate's features go through a layer
that is never trained, and the squared error to a synthetic target scores the candidate. Weights
are the low bytes of a 16-bit Galois shift register, eight steps each, in the order output channel,
input channel, row, column; a seed of 0 makes them all 0.
"""

import math

import numpy as np

from prompts.arithmetic import requantize, scale
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.lfsr import leaps, states
from prompts.library.parts.requant import pieces, results

MASK, STEPS = 0xB400, 8


def golden(p, inputs):
    shape = (p.cout, p.cin, p.k, p.k)
    sums = _convolved(inputs["x"], _weights(int(inputs["seed"]), shape))
    y = requantize(sums, int(inputs["mult"]), int(inputs["shift"]))
    return {"y": y, "sse": ((y - inputs["target"]) ** 2).sum()}


def stimulus(p, seed):
    """Full-range features and target, any seed, and a scale after which some results saturate."""
    mult, shift = _scale(p.cin, p.k, int(random_integers(4 * seed, (), 50, 400)) / 100)
    return _call(
        random_integers(4 * seed + 1, _features(p), -128, 127),
        random_integers(4 * seed + 2, _outputs(p), -128, 127),
        random_integers(4 * seed + 3, (), 1, 65535),
        mult,
        shift,
    )


def corners(p):
    some = stimulus(p, 1)
    x, target = np.zeros_like(some["x"]), np.zeros_like(some["target"])
    mult, shift = _scale(p.cin, p.k, 1.0)
    spots = x.copy()
    spots[:, 0, 0], spots[:, -1, -1], spots[0, 0, -1] = 64, -77, 127
    return [
        _call(x, target, 0xACE1, mult, shift),
        _call(x + 127, target - 128, 0xACE1, mult, shift),
        _call(x - 128, target + 127, 1, 65535, 0),
        _call(some["x"], some["target"], 0, mult, shift),
        _call(spots, target, 0x8000, 1, 6),
        _call(spots, target - 128, 0xFFFF, 1, 0),
        _call(some["x"], some["target"], 0xB400, 3, 9),
        _call(some["x"], some["target"], 2, 65535, 31),
        _call(some["x"], some["target"], 0x1234, 1, 31),
    ]


def acceptance():
    """Weights, outputs and error for kernels of 3, 1 and 7."""
    return [_accepted(8, 3, 91), _accepted(8, 1, 92), _accepted(4, 7, 93)]


def tables(p):
    """Rows that are worked on at once, the least width of a sum, and of the FIFO of results."""
    acc_width = ((p.cin * p.k * p.k) << 14).bit_length() + 1
    return {
        "rows": p.lanes // p.width,
        "pad": p.k // 2,
        "acc_width": acc_width,
        "out_width": 8,
        "pieces": pieces(acc_width),
        "activation": "none",
        **results("none", 8),
        "lfsr_steps": STEPS,
        "lfsr_leaps": leaps(MASK, STEPS),
    }


def _weights(seed, shape):
    low = np.array(states(seed, MASK, STEPS, math.prod(shape)), np.int64) & 255
    return np.where(low > 127, low - 256, low).reshape(shape)


def _convolved(x, weights):
    """With zeros around the features, so that results are as many."""
    k = weights.shape[-1]
    padded = np.pad(x, ((0, 0), (k // 2, k // 2), (k // 2, k // 2)))
    seen = np.lib.stride_tricks.sliding_window_view(padded, (k, k), axis=(1, 2))
    return np.einsum("iyxab,oiab->oyx", seen, weights)


def _scale(cin, k, gain):
    """Features of 1/32 and results of 1/64, for weights that fill the usual range of a layer."""
    return scale(gain * 64 / 32 / 128 / math.sqrt(cin * k * k))


def _features(p):
    return (p.cin, p.height, p.width)


def _outputs(p):
    return (p.cout, p.height, p.width)


def _call(x, target, seed, mult, shift):
    scalars = {"seed": seed, "mult": mult, "shift": shift}
    return {"x": x, "target": target, **{name: np.int64(v) for name, v in scalars.items()}}


def _accepted(cin, k, seed):
    x = random_integers(seed, (cin, 8, 8), -64, 64)
    target = random_integers(seed + 1, (4, 8, 8), -100, 100)
    weights = _weights(0xACE1, (4, cin, k, k))
    y = requantize(_convolved(x, weights), *_scale(cin, k, 1.0))
    return [weights, y, np.array([((y - target) ** 2).sum()])]
