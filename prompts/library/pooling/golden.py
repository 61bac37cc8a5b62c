"""Golden model of pooling: the greatest of a window, or its mean rounded with halves up."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    """Windows of k x k pixels, `stride` apart, each channel by itself; there is no padding."""
    windows = np.lib.stride_tricks.sliding_window_view(inputs["x"], (p.k, p.k), axis=(0, 1))
    windows = windows[:: p.stride, :: p.stride]
    if p.op == "max":
        return {"y": windows.max(axis=(3, 4))}
    area = p.k * p.k
    return {"y": (windows.sum(axis=(3, 4)) + area // 2) // area}


def stimulus(p, seed):
    """Pixels of the whole range; every third image has few values, so that sums lie on halves."""
    low, high = limits(p.data_width) if seed % 3 else (-2, 1)
    return {"x": random_integers(seed, (p.height, p.width, p.channels), low, high)}


def corners(p):
    low, high = limits(p.data_width)
    rows, columns, channels = np.indices((p.height, p.width, p.channels))
    ramp = low + (rows * p.width + columns + channels) % (high - low + 1)
    return [
        {"x": rows * 0 + low},
        {"x": rows * 0 + high},
        {"x": ramp},
        {"x": -1 - ramp},
        {"x": np.where((rows + columns + channels) % 2, low, high)},
        {"x": np.where((rows % p.stride == 0) & (columns % p.stride == 0), high, low)},
    ]


def tables(p):
    """What follows from the parameters.

    `slots` windows overlap along a row, and along a column. The mean of a sum is
    (sum + offset) * factor / 2^shift, rounded down, less half the range of a pixel: the offset
    rounds and keeps everything positive, and the factor is large enough to be exact.
    """
    area = p.k * p.k
    total_bits = p.data_width + ((area - 1).bit_length() if p.op == "average" else 0)
    shift, factor = _exact_division(area, area << p.data_width)
    return {
        "out_height": (p.height - p.k) // p.stride + 1,
        "out_width": (p.width - p.k) // p.stride + 1,
        "slots": -(-p.k // p.stride),
        "groups": p.channels // p.lanes,
        "total_bits": total_bits,
        "offset": area // 2 + (area << (p.data_width - 1)),
        "factor": factor,
        "shift": shift,
    }


def _exact_division(divisor, end):
    """The least (shift, factor) with n // divisor == n * factor >> shift for all 0 <= n < end."""
    shift = 0
    while True:
        factor = -(-(1 << shift) // divisor)
        if (factor * divisor - (1 << shift)) * end < 1 << shift:
            return shift, factor
        shift += 1
