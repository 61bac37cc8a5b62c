"""Golden model of the histogram: values counted by their highest bits."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    """y[b] = how many x are in bin b, each 2^width / bins values wide, from the least value on."""
    least = limits(p.width, p.sign == "signed")[0]
    per_bin = (1 << p.width) // p.bins
    return {"y": np.bincount((inputs["x"] - least) // per_bin, minlength=p.bins)}


def stimulus(p, seed):
    """Values of the whole range; every other call has a few bins in quick succession."""
    low, high = limits(p.width, p.sign == "signed")
    x = random_integers(2 * seed, p.samples, low, high)
    few = random_integers(2 * seed + 1, 3, low, high)
    return {"x": x if seed % 2 else few[random_integers(2 * seed, p.samples, 0, 2)]}


def corners(p):
    """One bin for all, every value in turn, and a bin that comes again after one to five values."""
    low, high = limits(p.width, p.sign == "signed")
    places, zero = np.arange(p.samples), np.zeros(p.samples, np.int64)
    ramp = low + places % (high - low + 1)
    calls = [{"x": zero + low}, {"x": zero + high}, {"x": ramp}, {"x": low + high - ramp}]
    calls += [{"x": np.where(places % apart, ramp, high)} for apart in range(2, 7)]
    return [*calls, {"x": np.where(places % 4 < 2, low, high)}]


def tables(p):
    return {"bin_bits": (p.bins - 1).bit_length()}
