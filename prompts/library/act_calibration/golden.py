"""Golden model of attention calibration: what hidden sinks draw is given to the other tokens.

Method: "Unveiling and Harnessing Hidden Attention Sinks: Enhancing Large Language Models without
Training through Attention Calibration" (2024). Maps come as triangles, row by row; no row
may sum to 65536 or more. They and `threshold` are UQ1.15, `beta` (up to 256) is UQ1.8.
"""

from types import SimpleNamespace

import numpy as np

from prompts.arithmetic import ONE, reciprocal, round_shift, softmax
from prompts.arithmetic import stimulus as random_integers

SHARPNESS = (256, 64, 1024, 16)
"""Scales of the scores that maps are made of, as steps of 1/65536 octave."""


def golden(p, inputs):
    enabled = (int(inputs["enable"]) >> np.arange(p.heads)) & 1
    maps = [_square(row, p.length) for row in inputs["x"]]
    levels = int(inputs["threshold"]), int(inputs["beta"])
    done = [_calibrated(a, *levels)[0] if on else a for a, on in zip(maps, enabled, strict=True)]
    return {"y": np.stack([a[np.tril_indices(p.length)] for a in done])}


def stimulus(p, seed):
    """Softmax maps in which the first token and two others draw more than their share."""
    places = random_integers(5 * seed, (p.heads, 2), 0, p.length - 1)
    maps = [
        _map(p.length, 5 * seed + 1 + 1000 * head, SHARPNESS[seed % 4], places[head])
        for head in range(p.heads)
    ]
    threshold = int(random_integers(5 * seed + 2, (), ONE // 40, ONE // 6))
    beta = int(random_integers(5 * seed + 3, (), 0, 256))
    return _call(p, np.stack(maps), threshold, beta)


def corners(p):
    n = p.length
    some = _square_maps(p, 7)
    flat = np.tril(np.ones((n, n), np.int64)) * (ONE // np.arange(1, n + 1))[:, None]
    own = np.eye(n, dtype=np.int64)
    first = np.zeros((n, n), np.int64)
    first[:, 0] = 1
    second = np.zeros((n, n), np.int64)
    second[1:, min(1, n - 1)] = 1
    second[0, 0] = 1
    faint = np.tril(np.ones((n, n), np.int64))
    faint[:, 0] = ONE
    maps = {
        name: np.stack([a] * p.heads)
        for name, a in locals().items()
        if name in ("flat", "own", "first", "second", "faint")
    }
    usual = round(0.1 * ONE), round(0.4 * 256)
    return [
        _call(p, some, *usual),
        _call(p, some, *usual, enable=0),
        _call(p, some, *usual, enable=(1 << p.heads) - 2 & ((1 << p.heads) - 1)),
        # Every column is a sink, and none.
        _call(p, some, 0, 77),
        _call(p, some, ONE, 0),
        _call(p, some, usual[0], 0),
        _call(p, some, usual[0], 256),
        _call(p, maps["flat"], 0, 0),
        _call(p, maps["flat"], 200, 129),
        # All of a row is the sink's: nobody is there to take it.
        _call(p, maps["first"] * ONE, *usual),
        _call(p, maps["second"] * ONE, ONE // 50, 102),
        _call(p, maps["second"] * 65535, ONE // 50, 1),
        _call(p, maps["own"] * 65535, 10, 128),
        _call(p, maps["own"], 0, 255),
        # A sum that is just the threshold is none above it.
        _call(p, maps["faint"], 1, 100),
        _call(p, maps["faint"] * 0, 0, 100),
        # Nearly everything is a sink's, and the rest is small.
        _call(p, np.stack([_map(n, 3, 1024, np.array([0, n // 2]))] * p.heads), 300, 3),
    ]


def acceptance():
    """The map, what becomes of it, and its sinks, for 32 and for 128 tokens."""
    return [_accepted(32, 0.10, 21), _accepted(128, 0.04, 5)]


def _calibrated(a, threshold, beta):
    """The calibrated map, and the columns that gave."""
    n = len(a)
    sinks = a.sum(axis=0) > threshold * (n - np.arange(n))
    sinks[np.argmax(sinks)] = False
    out = np.zeros_like(a)
    out[0, 0] = ONE
    for i in range(1, n):
        row, giving = a[i, : i + 1], sinks[: i + 1]
        rest = int(row[~giving].sum())
        if rest == 0:
            out[i] = a[i]
            continue
        r, bits = reciprocal(rest)
        freed = int(round_shift((256 - beta) * int(row[giving].sum()), 8))
        share = round_shift(row * r, bits)
        given = row + round_shift(freed * share, 15)
        out[i, : i + 1] = np.where(giving, round_shift(row * beta, 8), given)
    return out, sinks


def _map(n, seed, sharpness, sinks):
    scores = random_integers(seed, (n, n), -400, 400)
    scores[:, 0] += 900
    for sink in sinks:
        scores[:, sink] += 700
    return softmax(scores, sharpness, 8, np.tri(n, dtype=bool))


def _square_maps(p, seed):
    places = random_integers(seed, (p.heads, 2), 0, p.length - 1)
    return np.stack([_map(p.length, seed + head, 256, places[head]) for head in range(p.heads)])


def _square(triangle, n):
    a = np.zeros((n, n), np.int64)
    a[np.tril_indices(n)] = triangle
    return a


def _accepted(n, threshold, seed):
    a = _map(n, seed, 256, (9, 20))
    return [a, *_calibrated(a, round(threshold * ONE), round(0.4 * 256))]


def _call(p, maps, threshold, beta, enable=-1):
    triangles = maps[:, *np.tril_indices(p.length)]
    scalars = SimpleNamespace(threshold=threshold, beta=beta, enable=enable % (1 << p.heads))
    return {"x": triangles, **{name: np.int64(value) for name, value in vars(scalars).items()}}
