"""Golden model of a transposition."""

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    return {"y": inputs["x"].T}


def stimulus(p, seed):
    low, high = limits(min(p.width, 32), p.sign == "signed")
    return {"x": random_integers(seed, (p.rows, p.columns), low, high)}


def corners(p):
    low, high = limits(p.width, p.sign == "signed")
    zero = stimulus(p, 0)["x"] * 0
    return [{"x": zero + low}, {"x": zero + high}]
