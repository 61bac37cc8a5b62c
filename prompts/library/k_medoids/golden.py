"""Golden model of k-medoids: greedy build, then the best swap until none is better.

Method: a client's coreset in FedCore, "Straggler-Free Federated Learning with Distributed Coresets"
(2024), with the deterministic start and the best of all swaps. Of equal totals the lower medoid and
then the lower sample wins; a sample belongs to the nearest medoid, of equally near ones the first.
"""

from types import SimpleNamespace

import numpy as np

from prompts.arithmetic import isqrt, saturate
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels

FAR = 1 << 40


def golden(p, inputs):
    medoids, near = _medoids(_distances(inputs["e"]), p.medoids, int(inputs["limit"]))
    medoids = np.sort(medoids)
    labels = _distances(inputs["e"])[medoids].argmin(axis=0)
    weights = np.bincount(labels, minlength=p.medoids)
    total = int(near.sum())
    return {"chosen": medoids, "labels": labels, "weights": weights, "cost": total}


def stimulus(p, seed):
    """Samples around as many centres as there are medoids; every third call without centres."""
    if seed % 3 == 2:
        return _call(_random(p, seed), 16)
    return _call(_around(p, seed, seed + 1, seed + 2, 25), 16)


def corners(p):
    e = _around(p, 51, 52, 53, 25)
    sample, element = np.arange(p.samples)[:, None], np.arange(p.dim)
    one_apart = e * 0 + 3
    one_apart[-1] = -100
    first_apart = e * 0 - 128
    first_apart[0] = 127
    return [
        _call(e * 0 + 7, 16),
        _call(e, 16),
        _call(e, 0),
        _call(_random(p, 54), 1),
        _call(_random(p, 54), 31),
        _call(one_apart, 16),
        _call(first_apart, 16),
        # Two kinds of samples, as far from each other as it goes; samples on a line; many ties.
        _call(np.where((sample + element * 0) % 2, 127, -128), 16),
        _call(sample * 255 // p.samples - 128 + element * 0, 16),
        _call(sample // 2 % 5 * 9 + element * 0, 16),
        _call(_around(p, 61, 62, 63, 3), 16),
    ]


def acceptance():
    """Sets of 32 samples around 4 centres and of 64 around 8."""
    return [_accepted(32, 4, 16, 181), _accepted(64, 8, 32, 183)]


def tables(p):
    """Words of a sample and of a row of distances, the adder trees, and widths."""
    root_bits = (int(isqrt(16 * p.dim * 255 * 255))).bit_length()
    return {
        "words": p.dim // p.lanes,
        "row_words": p.samples // p.adders,
        "levels": levels(p.lanes, 17),
        "row_levels": levels(p.adders, root_bits + 1),
        "distance_bits": (p.dim * 255 * 255).bit_length(),
        "root_bits": root_bits,
        "total_bits": (p.samples * ((1 << root_bits) - 1)).bit_length(),
    }


def _distances(e):
    """Of all pairs of samples, with two fraction bits."""
    return isqrt(16 * ((e[:, None] - e[None]) ** 2).sum(axis=2))


def _medoids(distances, k, limit):
    """The medoids in the order of their places, and each sample's distance from the nearest."""
    near = np.full(len(distances), FAR)
    medoids = []
    for _ in range(k):
        totals = np.minimum(near, distances).sum(axis=1)
        totals[medoids] = 1 << 60
        medoids.append(int(totals.argmin()))
        near = np.minimum(near, distances[medoids[-1]])
    for _ in range(limit):
        best, place, sample = near.sum(), -1, -1
        for slot in range(k):
            others = medoids[:slot] + medoids[slot + 1 :]
            rest = distances[others].min(axis=0) if others else FAR
            totals = np.minimum(rest, distances).sum(axis=1)
            totals[medoids] = 1 << 60
            if totals.min() < best:
                best, place, sample = totals.min(), slot, int(totals.argmin())
        if place < 0:
            break
        medoids[place] = sample
        near = distances[medoids].min(axis=0)
    return medoids, near


def _accepted(samples, k, dim, seed):
    p = SimpleNamespace(samples=samples, medoids=k, dim=dim)
    answers = []
    for call in range(20):
        e = _around(p, 10 * seed + call, 20 * seed + call, 30 * seed + call, 25)
        answer = golden(p, _call(e * 0 + 7 if call == 3 else e, 16))
        answers += [*answer.values()]
    return answers


def _around(p, centre_seed, choice_seed, seed, reach):
    """Samples within `reach` of the centre that each is given."""
    centres = random_integers(centre_seed, (p.medoids, p.dim), -90, 90)
    chosen = random_integers(choice_seed, p.samples, 0, p.medoids - 1)
    return saturate(centres[chosen] + random_integers(seed, (p.samples, p.dim), -reach, reach), 8)


def _random(p, seed):
    return random_integers(seed, (p.samples, p.dim), -128, 127)


def _call(e, limit):
    return {"e": e, "limit": np.int64(limit)}
