"""Golden model of quantisation and dequantisation with a scale and a zero point."""

import numpy as np

from prompts.arithmetic import limits, round_shift, saturate, scale
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.requant import pieces


def golden(p, inputs):
    """With the scale of each element's channel, which are innermost:

    quantize    y = saturate(round(x mult / 2^shift) + zero)
    dequantize  y = saturate(round((x - zero) mult / 2^shift))
    """
    channel = np.arange(p.length) % p.channels
    mult, shift, zero = (inputs[name][channel] for name in ("mult", "shift", "zero"))
    if p.operation == "quantize":
        y = _scaled(inputs["x"], mult, shift) + zero
        return {"y": saturate(y, p.out_width, p.sign == "signed")}
    return {"y": saturate(_scaled(inputs["x"] - zero, mult, shift), p.out_width)}


def _scaled(x, mult, shift):
    """x mult / 2^shift of each element, rounded with halves up."""
    scaled = np.zeros_like(x)
    for amount in np.unique(shift):
        chosen = shift == amount
        scaled[chosen] = round_shift((x * mult)[chosen], int(amount))
    return scaled


def stimulus(p, seed):
    """Elements of the whole range, and scales after which some of the results saturate.

    Calls with an even seed have small elements, zero points and scales.
    """
    factors = random_integers(5 * seed, p.channels, 50, 200) / 100
    if p.operation == "quantize":
        bits = p.in_width if seed % 2 else max(p.in_width - 7, 2)
        factors = np.minimum(factors * 2.0 ** (p.out_width - bits), 65535)
    else:
        bits = p.in_width
        factors = np.minimum(factors * 2.0 ** (p.out_width - bits - 1), 65535)
    mult, shift = np.array([scale(float(factor)) for factor in factors]).T
    sign = p.operation == "quantize" or p.sign == "signed"
    low, high = limits(bits, sign)
    return {
        "x": random_integers(5 * seed + 1, p.length, low, high),
        "mult": mult,
        "shift": shift,
        "zero": _zeros(p, 5 * seed + 2),
    }


def corners(p):
    """Extremes of elements, zero points and scales, and steps around the middle."""
    narrow = p.out_width if p.operation == "quantize" else p.in_width
    signed = p.sign == "signed"
    low, high = limits(p.in_width, p.operation == "quantize" or signed)
    least, most = limits(narrow, signed)
    indices, channel = np.arange(p.length), np.arange(p.channels)
    extremes = np.array([low, high, low + 1, high - 1, (low + high) // 2])[indices % 5]
    steps = np.clip(indices - p.length // 2, max(low, -256), min(high, 255))
    zeros = np.where(channel % 2, least, most)
    return [
        _call(p, extremes, 0, 0, zeros),
        _call(p, extremes, 65535, 0, zeros),
        _call(p, extremes, 65535, 31, zeros),
        _call(p, extremes, 1, 0, least + most - zeros),
        _call(p, extremes, 65535, channel % 32, zeros),
        _call(p, steps, 1, 0, 0),
        _call(p, steps, 1, 1, 0),
        _call(p, steps, 1, channel % 3, zeros),
        _call(p, steps, 3 + channel, 2, channel % (most + 1)),
    ]


def tables(p):
    """Of the scaler: the widths of what goes in, the pieces of its product, and the limits.

    A quantiser's scaled elements are limited to one bit more than its results: as far as a zero
    point reaches.
    """
    quantizes = p.operation == "quantize"
    scaled_in = p.in_width if quantizes else p.in_width + 1
    scaled_out = p.out_width + 1 if quantizes else p.out_width
    least, greatest = limits(p.out_width, not quantizes or p.sign == "signed")
    return {
        "scaled_in": scaled_in,
        "scaled_out": scaled_out,
        "pieces": pieces(scaled_in),
        "least_scaled": limits(scaled_out)[0],
        "greatest_scaled": limits(scaled_out)[1],
        "least": least,
        "greatest": greatest,
    }


def _zeros(p, seed):
    narrow = p.out_width if p.operation == "quantize" else p.in_width
    low, high = limits(narrow, p.sign == "signed")
    return random_integers(seed, p.channels, *((low, high) if seed % 2 else (low // 8, high // 8)))


def _call(p, x, mult, shift, zero):
    none = np.zeros(p.channels, np.int64)
    return {"x": x, "mult": none + mult, "shift": none + shift, "zero": none + zero}
