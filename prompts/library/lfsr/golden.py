"""Golden model of the shift register: its state every so many steps, from a seed on.

A seed of 0 stays 0. Each step is done by itself, as the register was described first.
"""

import numpy as np

from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.lfsr import leaps, states


def golden(p, inputs):
    """The words, and the last of them as the seed of the next call."""
    y = states(int(inputs["seed"]), p.polynomial, p.steps, p.words, p.form)
    return {"y": y, "next_seed": y[-1]}


def stimulus(p, seed):
    return {"seed": random_integers(seed, (), 0, (1 << p.width) - 1)}


def corners(p):
    """Each end of the register alone, all bits, none, every other one."""
    ones = (1 << p.width) - 1
    seeds = (1, 1 << (p.width - 1), ones, 0, ones // 3, ones ^ 1)
    return [{"seed": np.int64(seed)} for seed in seeds]


def tables(p):
    """The leaps to each word of a beat."""
    distances = [p.steps * (lane + 1) for lane in range(p.lanes)]
    return {
        "beats": p.words // p.lanes,
        "lane_leaps": [leaps(p.polynomial, distance, p.form) for distance in distances],
    }
