"""Golden model of AILBoost's replay sampler: policies drawn by weights that shrink with their age.

Method: "Adversarial Imitation Learning via Boosting" (2024). A policy that is added takes `eta` of
the weight, UQ0.16, and the slot of the oldest one; random numbers are the states of a 32-bit
Galois shift register, 32 steps each, one for the policy and one for the item. At least one weight
must not be 0. A seed of 0 stays 0.
"""

import numpy as np

from prompts.arithmetic import round_shift
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.lfsr import leaps, states

MASK, STEPS = 0x80200003, 32
ONE = 1 << 16


def golden(p, inputs):
    weights = inputs["weights"]
    if inputs["add"]:
        share = ONE if inputs["first"] else int(inputs["eta"])
        weights = _added(weights, int(inputs["slot"]), int(inputs["eta"]), share)
    policy, item, seed = _drawn(weights, p.items, int(inputs["seed"]), p.draws)
    return {"updated": weights, "policy": policy, "item": item, "next_seed": seed}


def stimulus(p, seed):
    """What some additions have left, or any weights; sometimes with another addition."""
    eta = int(random_integers(5 * seed, (), 1, ONE // 3))
    count = int(random_integers(5 * seed + 1, (), 1, 2 * p.policies + 1))
    if seed % 3:
        weights = np.zeros(p.policies, np.int64)
        for i in range(count):
            weights = _added(weights, i % p.policies, eta, eta if i else ONE)
    else:
        weights = random_integers(5 * seed + 2, p.policies, 0, ONE)
    state = int(random_integers(5 * seed + 3, (), 1, (1 << 32) - 1))
    return _call(weights, count, seed % 2, eta, state)


def corners(p):
    zero = np.zeros(p.policies, np.int64)
    places = np.arange(p.policies)
    ends = [_call((places == i) * (1 + i), 1, 0, 0, 7 + i) for i in (0, p.policies - 1)]
    return [
        # The first policy gets everything, the next one its share; later the oldest is replaced.
        _call(zero, 0, 1, 3277, 0x1234567),
        _call((places == 0) * ONE, 1, 1, 3277, 0xBEEF),
        _call(zero + 3277, 2 * p.policies - 1, 1, 65535, 1),
        _call(zero + ONE, p.policies, 1, 0, 0x80000000),
        _call(zero + ONE, 3 * p.policies, 1, 1, 0xFFFFFFFF),
        _call(zero + ONE, p.policies, 0, 9999, 0x7FFFFFFF),
        _call(places % 2 * 3, p.policies + 1, 1, 32768, 0x55555555),
        _call(places % 2 * 3, 5, 0, 32768, 0),
        _call((places % 3 == 0) * 1, 5, 0, 32768, 0xDEADBEEF),
        *ends,
    ]


def acceptance():
    """The weights of many additions, more than there are slots, and 4000 draws, in two sizes."""
    return [_accepted(8, 64, 0.05, 0x1234567), _accepted(32, 256, 0.1, 0xBEEF)]


def tables(p):
    """Steps of the search, and the bits of the sum of weights."""
    return {
        "search_bits": (p.policies - 1).bit_length(),
        "total_bits": (p.policies << 16).bit_length(),
        "lfsr_steps": STEPS,
        "lfsr_leaps": leaps(MASK, STEPS),
        "far_leaps": leaps(MASK, 2 * STEPS),
        "ahead_leaps": leaps(MASK, 4 * STEPS),
    }


def _added(weights, slot, eta, share):
    """All others shrink, and the new one gets its share."""
    kept = round_shift(weights * (ONE - eta), 16)
    kept[slot] = share
    return kept


def _drawn(weights, items, seed, draws):
    """Policies, items and the last state."""
    random = np.array(states(seed, MASK, STEPS, 2 * draws), np.int64).reshape(draws, 2)
    sums = np.cumsum(weights)
    chosen = (random[:, 0] * int(sums[-1])) >> 32
    policy = np.searchsorted(sums, chosen, side="right")
    return policy, (random[:, 1] * items) >> 32, int(random[-1, 1])


def _call(weights, count, add, eta, seed):
    """As many policies as `count` were added before, to the slots in turn."""
    slot = count % len(weights)
    scalars = {"slot": slot, "first": count == 0, "add": add, "eta": eta, "seed": seed}
    return {"weights": weights, **{name: np.int64(value) for name, value in scalars.items()}}


def _accepted(policies, items, share, seed):
    weights = np.zeros(policies, np.int64)
    found = []
    for i in range(2 * policies + 1):
        eta = round(share * ONE)
        weights = _added(weights, i % policies, eta, eta if i else ONE)
        found.append(weights)
    policy, item, _ = _drawn(weights, items, seed, 4000)
    return [*found, np.stack([policy, item], axis=1)]
