"""Golden model of the line buffer: the windows of an image, those of `lanes` channels in a beat."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.windows import before, windows


def golden(p, inputs):
    """y[i, j, g] has the windows of the group's channels, each channel's pixels row by row.

    In the order channel_last, each pixel's channels are together instead.
    """
    found = windows(p, inputs["x"])
    grouped = found.reshape(*found.shape[:2], p.channels // p.lanes, p.lanes, p.k * p.k)
    if p.order == "channel_last":
        grouped = grouped.swapaxes(3, 4)
    return {"y": grouped.reshape(*grouped.shape[:3], -1)}


def stimulus(p, seed):
    """Pixels of the full range."""
    shape = (p.height, p.width, p.channels)
    return {"x": random_integers(seed, shape, *limits(p.data_width))}


def corners(p):
    """An image of one value, one that tells where each element is from, and one pixel alone."""
    low, high = limits(p.data_width)
    shape = (p.height, p.width, p.channels)
    places = np.arange(p.height * p.width * p.channels).reshape(shape)
    alone = np.zeros(shape, np.int64)
    alone[p.height // 2, p.width - 1] = low
    return [
        {"x": np.full(shape, high)},
        {"x": places % (1 << p.data_width) + low},
        {"x": alone},
    ]


def tables(p):
    """Sizes that follow from the parameters. A window is complete `fill` beats after its pixel."""
    groups = p.channels // p.lanes
    span = p.k if p.pad == "valid" else 1
    return {
        "groups": groups,
        "before": before(p),
        "fill": (p.k - 1 - before(p)) * (p.width + 1) * groups,
        "out_height": (p.height - span) // p.stride + 1,
        "out_columns": (p.width - span) // p.stride + 1,
    }
