"""Golden model of the 1-D convolution layer: exact sums over windows in time, requantised."""

import numpy as np

from prompts.arithmetic import limits, requantize, scale, wrap
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels
from prompts.library.parts.requant import pieces, results


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
    """Full-range sequences and weights, a bias of the size of a sum, and a scale after which some
    of the results saturate."""
    bits = _sum_bits(p)
    factor = int(random_integers(4 * seed, (), 50, 300)) / 100
    mult, shift = scale(min(factor * 2.0 ** (p.out_width - bits), 65535))
    return _call(
        random_integers(4 * seed + 1, (p.length, p.cin), *limits(p.data_width)),
        random_integers(4 * seed + 2, (p.cout, p.k, p.cin), *limits(p.weight_width)),
        random_integers(4 * seed + 3, p.cout, *limits(min(bits, p.acc_width, 32))),
        mult,
        shift,
    )


def corners(p):
    """Nothing but the bias, single taps and steps, extremes of products, bias and scale, ties."""
    some = stimulus(p, 1)
    x, weights, bias = (np.zeros_like(some[name]) for name in ("x", "weights", "bias"))
    (x_low, x_high), (w_low, w_high) = limits(p.data_width), limits(p.weight_width)
    b_low, b_high = limits(p.acc_width)
    first, last, impulse = weights.copy(), weights.copy(), x.copy()
    first[:, 0, 0], last[:, -1, -1] = 1, 1
    impulse[0], impulse[-1] = x_high, x_low
    return [
        _call(x, some["weights"], some["bias"], 1, 0),
        _call(some["x"], weights, bias + np.arange(p.cout) - p.cout // 2, 1, 1),
        _call(some["x"], first, bias, 1, 0),
        _call(some["x"], last, bias, 1, 1),
        _call(impulse, some["weights"], bias, 1, p.weight_width - 1),
        _call(x + x_low, weights + w_low, bias, 1, 8),
        _call(x + x_low, weights + w_high, bias, 65535, 31),
        _call(x + x_high, weights + w_low, bias + b_low, 65535, 0),
        _call(x + x_low, weights + w_low, bias + b_high, 1, 16),
        _call(some["x"], some["weights"], some["bias"], 3, 12),
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


def _sum_bits(p):
    """The bits of a sum of random products."""
    return p.data_width + p.weight_width - 2 + (p.k * p.cin).bit_length() // 2


def _call(x, weights, bias, mult, shift):
    scaled = {"mult": np.int64(mult), "shift": np.int64(shift)}
    return {"x": x, "weights": weights, "bias": bias, **scaled}
