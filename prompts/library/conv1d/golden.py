"""Golden model of the 1-D convolution layer: exact sums over windows in time, requantised."""

import numpy as np

from prompts.arithmetic import limits, requantize, wrap
from prompts.library.parts.adder_tree import levels
from prompts.library.parts.requant import pieces, results
from prompts.library.parts.scaled_sums import call, extremes, random_call


def golden(p, inputs):
    """y[t, o] = bias[o] + sum over j, c of x[t stride + j dilation - before, c] weights[o, j, c] in
    `acc_width` bits, scaled; before and after the sequence there are zeros."""
    windows = _padded(p, inputs["x"])[_times(p)]
    sums = np.einsum("tjc,ojc->to", windows, inputs["weights"]) + inputs["bias"]
    scaled = requantize(
        wrap(sums, p.acc_width), int(inputs["mult"]), int(inputs["shift"]), p.out_width
    )
    return {"y": np.maximum(scaled, 0) if p.activation == "relu" else scaled}


def stimulus(p, seed):
    """Random numbers of the whole range, and a scale after which some of the results saturate."""
    return random_call(p, seed, (p.length, p.cin), (p.cout, p.k, p.cin))


def corners(p):
    """Single taps and steps beside the extremes of sums and scales."""
    some = stimulus(p, 1)
    first, last = np.zeros_like(some["weights"]), np.zeros_like(some["weights"])
    impulse, bias = np.zeros_like(some["x"]), np.zeros_like(some["bias"])
    first[:, 0, 0], last[:, -1, -1] = 1, 1
    impulse[-1], impulse[0] = limits(p.data_width)
    return [
        *extremes(p, some),
        call(some["x"], first, bias, 1, 0),
        call(some["x"], last, bias, 1, 1),
        call(impulse, some["weights"], bias, 1, p.weight_width - 1),
    ]


def tables(p):
    """Sizes that follow from the parameters; the ring holds a window and the next step."""
    span = (p.k - 1) * p.dilation + 1
    return {
        "span": span,
        "before": _before(p),
        "steps": len(_times(p)),
        "slots": 1 << (span + p.stride - 1).bit_length(),
        "words": -(-p.cin // p.lanes),
        "levels": levels(p.lanes, p.data_width + p.weight_width),
        "pieces": pieces(p.acc_width),
        **results(p.activation, p.out_width),
    }


def _before(p):
    """Zeros before the sequence."""
    span = (p.k - 1) * p.dilation
    return {"same": span // 2, "causal": span, "valid": 0}[p.pad]


def _padded(p, x):
    after = (p.k - 1) * p.dilation - _before(p) if p.pad == "same" else 0
    return np.pad(x, ((_before(p), after), (0, 0)))


def _times(p):
    """The places in the padded sequence of each output's taps."""
    span = (p.k - 1) * p.dilation
    steps = (p.length - 1 - (span if p.pad == "valid" else 0)) // p.stride + 1
    return np.arange(steps)[:, None] * p.stride + np.arange(p.k) * p.dilation
