"""Golden model of the counter: the count after each step, from 0 on, and whether it went over."""

import numpy as np

from prompts.arithmetic import limits
from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    """Each count, with a bit above it where the step led past 0 or past the last one."""
    above = 1 << (p.modulo - 1).bit_length() if p.flag == "wrap" else 0
    count, counts = 0, []
    for step in inputs["x"].tolist():
        beyond = count + step
        over = not 0 <= beyond < p.modulo
        count = min(max(beyond, 0), p.modulo - 1) if p.ends == "saturate" else beyond % p.modulo
        counts.append(count + above * over)
    return {"y": np.array(counts, np.int64)}


def stimulus(p, seed):
    """Steps of any size, by turns with ones that are mostly small."""
    low, high = limits(p.width, p.sign == "signed")
    large = random_integers(2 * seed, p.steps, low, high)
    small = random_integers(2 * seed + 1, p.steps, max(low, -1), min(high, 2))
    return {"x": np.where(np.arange(p.steps) % 8 < 4, large, small)}


def corners(p):
    """Up, by ones and at most; nothing; down; to and fro over both ends; seldom a step."""
    low, high = limits(p.width, p.sign == "signed")
    step = np.arange(p.steps)
    zero = step * 0
    one = min(1, high)
    to_and_fro = np.where(step % 2, high, low)
    seldom = np.where(step % 5, 0, one)
    calls = [zero + one, zero + high, zero, zero + max(low, -1), zero + low, to_and_fro]
    calls += [np.where(step % 2, low, high), seldom, np.where(step < p.steps // 2, high, low)]
    return [{"x": x} for x in calls]


def tables(p):
    """The bits that a count needs, and whether counting in so many bits wraps by itself."""
    bits = (p.modulo - 1).bit_length()
    return {"count_bits": bits, "by_itself": int(p.modulo == 1 << bits and p.ends == "wrap")}
