"""How a requantiser is cut into multipliers, and the range of its results."""

from prompts.arithmetic import limits


def pieces(acc_width):
    """(lowest bit, bits) of the accumulator's pieces: 17 bits each, at most 18 for the last, which
    has the sign."""
    lows = range(0, acc_width - 1, 17)
    return [(low, acc_width - low if low == lows[-1] else 17) for low in lows]


def results(activation, out_width, clip_max=0):
    """The least and the greatest result that an activation leaves."""
    low, top = limits(out_width)
    ranges = {"relu": (0, top), "clip": (0, min(clip_max, top)), "none": (low, top)}
    return dict(zip(("least", "greatest"), ranges[activation], strict=True))


def lane(acc_width, out_width):
    """What a scale without an activation is made of, where a kernel has several."""
    found = {"bits": acc_width, "out": out_width, "pieces": pieces(acc_width)}
    return found | results("none", out_width)
