"""Golden model of the inverted-residual block: expand, depthwise, project, and the skip."""

from types import SimpleNamespace

import numpy as np

from prompts.arithmetic import limits, requantize, round_shift, saturate, scale
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels
from prompts.library.parts.requant import lane
from prompts.library.parts.windows import windows

LINEAR = 256
"""The slope at which an activation changes nothing, and the greatest one."""
MIDDLE = 16
"""Bits of the intermediates."""


def golden(p, inputs):
    """y = project(act(depthwise(act(expand x)))), each sum scaled, and x added where `skip` is 1.

    act(v) = v for v >= 0 and slope v / 256 below. Zeros are around the expanded map.
    """
    same = SimpleNamespace(pad="same", stride=1, k=p.k)
    x, kernels = inputs["x"], inputs["depthwise"].reshape(p.hidden, p.k, p.k)
    hidden = _activated(inputs, "e", x @ inputs["expand"].T)
    sums = np.einsum("ijcrq,crq->ijc", windows(same, hidden), kernels)
    hidden = _activated(inputs, "d", sums)
    scaled = _scaled(inputs, "p", hidden @ inputs["project"].T, 40)
    return {"y": saturate(scaled + x * int(inputs["skip"]), p.data_width)}


def _scaled(inputs, stage, sums, bits):
    return requantize(sums, int(inputs[f"mult_{stage}"]), int(inputs[f"shift_{stage}"]), bits)


def _activated(inputs, stage, sums):
    values = _scaled(inputs, stage, sums, MIDDLE)
    return np.where(values < 0, round_shift(values * int(inputs["slope"]), 8), values)


def stimulus(p, seed):
    """Full-range values and weights, slopes from ReLU to linear, and scales after which some of
    the numbers saturate."""
    factors = random_integers(8 * seed, 3, 40, 250) / 100
    slope = (64, 0, LINEAR, 1, int(random_integers(8 * seed + 1, (), 0, LINEAR)))[seed % 5]
    product = p.data_width + p.weight_width - 3
    into = MIDDLE - 2 - product - p.channels.bit_length() // 2
    within = 2 - p.weight_width - (p.k * p.k).bit_length() // 2
    out = p.data_width - MIDDLE - p.weight_width + 3 - p.hidden.bit_length() // 2
    return _call(
        p,
        x=random_integers(8 * seed + 2, (p.height, p.width, p.channels), *limits(p.data_width)),
        expand=random_integers(8 * seed + 3, (p.hidden, p.channels), *limits(p.weight_width)),
        depthwise=random_integers(8 * seed + 4, (p.hidden, p.k * p.k), *limits(p.weight_width)),
        project=random_integers(8 * seed + 5, (p.channels, p.hidden), *limits(p.weight_width)),
        slope=slope,
        skip=1 - seed % 3 // 2,
        scales=[
            scale(min(f * 2.0**e, 65535)) for f, e in zip(factors, (into, within, out), strict=True)
        ],
    )


def corners(p):
    """A map of zeros, one tap of the kernel at a time, slopes of 0 and 256, the skip alone, and the
    extremes of every sum and scale."""
    some = stimulus(p, 0)
    zero = {n: np.zeros_like(some[n]) for n in ("x", "expand", "depthwise", "project")}
    (x_low, x_high), (w_low, w_high) = limits(p.data_width), limits(p.weight_width)
    first, last, middle = (zero["depthwise"].copy() for _ in range(3))
    first[:, 0], last[:, -1], middle[:, p.k * p.k // 2] = 1, 1, 1
    edge, ramp = zero["x"] + x_low, zero["x"] + x_low
    edge[1:-1, 1:-1] = 0
    ramp += np.arange(ramp.size).reshape(ramp.shape) % (x_high - x_low + 1)
    low = {n: zero[n] + w_low for n in ("expand", "depthwise", "project")}
    high = {n: zero[n] + w_high for n in ("expand", "depthwise", "project")}
    ones = {"expand": zero["expand"] + 1, "project": zero["project"] + 1, "x": ramp}
    exact, loud = [(1, 0)] * 3, [(65535, 0)] * 3
    cases = (
        {"x": zero["x"]},
        {"project": zero["project"], "skip": 1, "scales": loud},
        {"x": ramp, "slope": 0, "skip": 1},
        {"x": ramp, "slope": LINEAR, "skip": 0},
        {**ones, "depthwise": first, "slope": LINEAR, "scales": [(1, 0), (1, 0), (1, 2)]},
        {**ones, "depthwise": last, "slope": 128, "scales": [(1, 0), (1, 0), (1, 3)]},
        {**ones, "depthwise": middle, "slope": 1, "scales": [(256, 0), (1, 0), (3, 9)]},
        {**ones, "depthwise": middle, "slope": 255, "scales": [(1, 1), (1, 1), (1, 4)]},
        {**low, "x": edge, "slope": LINEAR, "scales": loud},
        {
            **low,
            "x": zero["x"] + x_high,
            "slope": LINEAR,
            "scales": [(65535, 0), (65535, 31), (1, 20)],
        },
        {
            **high,
            "x": zero["x"] + x_low,
            "slope": LINEAR,
            "scales": [(65535, 31), (65535, 0), (1, 16)],
        },
        {
            **low,
            "x": zero["x"] + x_low,
            "depthwise": high["depthwise"],
            "slope": 37,
            "scales": loud,
        },
        {
            **high,
            "x": zero["x"] + x_high,
            "skip": 1,
            "scales": [(65535, 8), (65535, 9), (65535, 31)],
        },
        {"scales": exact, "skip": 1},
    )
    return [_call(p, **{**_given(some), **case}) for case in cases]


def acceptance():
    """Results with the slopes of `stimulus`, without a kernel, and of a larger block."""
    small = SimpleNamespace(
        height=8, width=8, channels=4, hidden=16, k=3, data_width=8, weight_width=8
    )
    single = SimpleNamespace(**{**vars(small), "k": 1})
    large = SimpleNamespace(**{**vars(small), "channels": 8, "hidden": 48})
    cases = [(small, seed) for seed in range(100, 105)] + [(single, 106), (large, 107)]
    return [[golden(p, stimulus(p, seed))["y"]] for p, seed in cases]


def tables(p):
    """Steps, the widths of sums, and of each scale what it is made of."""
    expand = levels(p.channels, p.data_width + p.weight_width)
    kernel = levels(p.k * p.k, MIDDLE + p.weight_width)
    e_bits = expand[-1]["bits"] if expand else p.data_width + p.weight_width
    d_bits = kernel[-1]["bits"] if kernel else MIDDLE + p.weight_width
    p_bits = (p.hidden << (MIDDLE + p.weight_width - 2)).bit_length() + 1
    return {
        "groups": p.hidden,
        "before": p.k // 2,
        "fill_pixels": p.k // 2 * (p.width + 1),
        "fill": p.k // 2 * (p.width + 1) * p.hidden,
        "middle": MIDDLE,
        "expand_tree": expand,
        "kernel_tree": kernel,
        # Two limits of "p" that x cannot bring back into the range of a result.
        "scales": {
            "e": lane(e_bits, MIDDLE),
            "d": lane(d_bits, MIDDLE),
            "p": lane(p_bits, p.data_width + 1),
        },
    }


def _given(inputs):
    """What `_call` made inputs of."""
    scales = [(inputs[f"mult_{stage}"], inputs[f"shift_{stage}"]) for stage in "edp"]
    kept = {n: v for n, v in inputs.items() if not n.startswith(("mult_", "shift_"))}
    return kept | {"scales": scales}


def _call(p, slope, skip, scales, **arrays):
    scalars = {"slope": slope, "skip": skip}
    for stage, (mult, shift) in zip("edp", scales, strict=True):
        scalars |= {f"mult_{stage}": mult, f"shift_{stage}": shift}
    return {**arrays, **{name: np.int64(number) for name, number in scalars.items()}}
