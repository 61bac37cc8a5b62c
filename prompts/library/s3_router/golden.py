"""Golden model of the masked linear layer: each task adds the products that its mask keeps."""

from types import SimpleNamespace

import numpy as np

from prompts.arithmetic import largest, limits, requantize, scale, wrap
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels
from prompts.library.parts.requant import pieces, results


def golden(p, inputs):
    """y[t, o, k] of task k = its bias + the sum over its weights, scaled; 0 if k is off.

    Bit k of masks[o, i] says whether task k keeps weights[o, i], bit k of `enable`
    whether it is on.
    """
    y = np.zeros((p.tokens, p.outputs, p.tasks), np.int64)
    for task in range(p.tasks):
        if int(inputs["enable"]) >> task & 1:
            kept = inputs["weights"] * (inputs["masks"] >> task & 1)
            sums = wrap(inputs["x"] @ kept.T + inputs["bias"][:, task], p.acc_width)
            scaled = requantize(sums, int(inputs["mult"]), int(inputs["shift"]), p.out_width)
            y[:, :, task] = scaled
    return {"y": y}


def stimulus(p, seed):
    """Full-range numbers, and a scale after which some results saturate. Each mask keeps nine
    tenths of the weights, those of the largest random scores; one of its rows is empty."""
    masks = np.zeros((p.outputs, p.inputs), np.int64)
    for task in range(p.tasks):
        count = masks.size
        scores = random_integers(64 * seed + task, count, 0, 1000)
        scores = 0 * scores + 7 if (seed + task) % 4 == 2 else scores
        keep = np.zeros(count, np.int64)
        keep[largest(scores, count - count // 10)] = 1
        keep = keep.reshape(masks.shape)
        keep[(seed + task) % p.outputs] = 0
        masks |= keep << task
    bits = p.width + p.weight_width - 2 + p.inputs.bit_length() // 2
    factor = int(random_integers(64 * seed + 20, (), 50, 300)) / 100
    mult, shift = scale(min(factor * 2.0 ** (p.out_width - bits), 65535))
    bias_limits = limits(min(bits, p.acc_width, 32))
    everyone = (1 << p.tasks) - 1
    return _call(
        random_integers(64 * seed + 21, (p.tokens, p.inputs), *limits(p.width)),
        random_integers(64 * seed + 22, (p.outputs, p.inputs), *limits(p.weight_width)),
        masks,
        random_integers(64 * seed + 23, (p.outputs, p.tasks), *bias_limits),
        everyone if seed % 2 else 5 & everyone,
        (mult, shift),
    )


def corners(p):
    """Nothing kept, all kept, one weight kept for each task, no task on, each task on alone,
    the largest and smallest sums and scales, and ties."""
    some = stimulus(p, 1)
    x, weights, masks, bias = (np.zeros_like(some[n]) for n in ("x", "weights", "masks", "bias"))
    everyone = (1 << p.tasks) - 1
    (x_low, x_high), (w_low, w_high) = limits(p.width), limits(p.weight_width)
    b_low, b_high = limits(p.acc_width)
    scales = (some["mult"], some["shift"])
    each = masks.copy()
    for task in range(p.tasks):
        each[:, (task * 5) % p.inputs] |= 1 << task
    last = masks.copy()
    last[:, -1] = everyone
    alternate = some["masks"] ^ everyone
    steps = bias + np.arange(p.outputs)[:, None] - p.outputs // 2 + np.arange(p.tasks)
    return [
        _call(some["x"], some["weights"], masks, some["bias"], everyone, scales),
        _call(some["x"], some["weights"], masks + everyone, some["bias"], everyone, scales),
        _call(some["x"], weights + 1, each, bias, everyone, (1, 0)),
        _call(some["x"], weights + 1, last, bias, everyone, (1, 1)),
        _call(some["x"], some["weights"], some["masks"], some["bias"], 0, scales),
        *(
            _call(some["x"], some["weights"], alternate, some["bias"], 1 << task, scales)
            for task in (0, p.tasks - 1)
        ),
        _call(x, some["weights"], some["masks"], steps, everyone, (1, 1)),
        _call(x + x_low, weights + w_low, masks + everyone, bias, everyone, (1, 8)),
        _call(x + x_low, weights + w_high, masks + everyone, bias, everyone, (65535, 31)),
        _call(x + x_high, weights + w_low, masks + everyone, bias + b_low, everyone, (65535, 0)),
        _call(x + x_low, weights + w_low, some["masks"], bias + b_high, everyone, (1, 16)),
    ]


def acceptance():
    """The results of all tasks, and of two of four."""
    same = {"width": 8, "weight_width": 8, "acc_width": 32, "out_width": 8}
    small = SimpleNamespace(tokens=8, inputs=64, outputs=32, tasks=4, **same)
    wide = SimpleNamespace(tokens=4, inputs=256, outputs=128, tasks=6, **same)
    cases = ((small, 31), (small, 32), (wide, 33))
    return [[golden(p, stimulus(p, seed))["y"]] for p, seed in cases]


def tables(p):
    """Words of a token, how many scales take turns at the tasks' sums, and how sums are added."""
    words = -(-p.inputs // p.lanes)
    units = -(-p.tasks // words)
    return {
        "words": words,
        "units": units,
        "turns": -(-p.tasks // units),
        "levels": levels(p.lanes, p.width + p.weight_width),
        "pieces": pieces(p.acc_width),
        "activation": "none",
        **results("none", p.out_width),
    }


def _call(x, weights, masks, bias, enable, scales):
    mult, shift = (np.int64(number) for number in scales)
    stored = {"weights": weights, "masks": masks, "bias": bias}
    return {"x": x, **stored, "enable": np.int64(enable), "mult": mult, "shift": shift}
