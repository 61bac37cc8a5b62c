"""Golden model of the arbiter: who is served for each vector of requests.

By turns the search begins behind the last one served, in a call's first vector at 0; a vector of
no requests leaves the turn where it is. By fixed priority it always begins at 0.
"""

import numpy as np

from prompts.arithmetic import stimulus as random_integers


def golden(p, inputs):
    """The number of the one served with a bit above it, or its bit alone; 0 without requests."""
    first, grants = 0, []
    for requests in inputs["x"].tolist():
        order = [(first + i) % p.requesters for i in range(p.requesters)]
        served = next((n for n in order if requests >> n & 1), None)
        grants.append(0 if served is None else _told(p, served))
        if served is not None and p.policy == "round_robin":
            first = served + 1
    return {"y": np.array(grants, np.int64)}


def _told(p, served):
    above = 1 << (p.requesters - 1).bit_length()
    return above + served if p.grant == "number" else 1 << served


def stimulus(p, seed):
    """Vectors of half, a quarter and an eighth of the requesters by turns."""
    draws = random_integers(seed, (3, p.vectors), 0, (1 << p.requesters) - 1)
    dense = np.arange(p.vectors) % 3
    some = np.where(dense > 0, draws[1], -1) & np.where(dense > 1, draws[2], -1)
    return {"x": draws[0] & some}


def corners(p):
    """All, none, each alone up and down, two neighbours, both ends, the last with pauses."""
    step = np.arange(p.vectors)
    ones = (1 << p.requesters) - 1
    up, down = step % p.requesters, -step % p.requesters
    pair = 1 << up | 1 << (up + 1) % p.requesters
    pauses = np.where(step % 2, 0, 1 << (p.requesters - 1))
    calls = [step * 0 + ones, step * 0, 1 << up, 1 << down, pair]
    calls += [step * 0 + (1 | 1 << (p.requesters - 1)), pauses, ones ^ 1 << up]
    return [{"x": x} for x in calls]


def tables(p):
    """For each bit of a number, the requesters whose number has it."""
    numbers = range(p.requesters)
    bits = (p.requesters - 1).bit_length()
    return {"having": [sum(1 << n for n in numbers if n >> bit & 1) for bit in range(bits)]}
