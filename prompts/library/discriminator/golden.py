"""Golden model of AILBoost's discriminator: a perceptron of three layers, whose output is a reward.

Method: "Adversarial Imitation Learning via Boosting" (2024). Both hidden layers end in ReLU and
saturation to 0 to 127; the output has steps of 1/32 before the tanh, and 15 fraction bits after it.
Each layer has a scale.
"""

import numpy as np

from prompts.arithmetic import requantize, scale
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels
from prompts.library.parts.requant import pieces, results

TANH = np.rint(32767 * np.tanh(np.arange(-128, 128) / 32)).astype(np.int64)
"""tanh(z / 32) for z from -128 on."""


def golden(p, inputs):
    rewards = TANH[_scores(inputs) + 128]
    return {"reward": rewards, "gap": rewards[0].sum() - rewards[1].sum()}


def stimulus(p, seed):
    """Inputs of the whole range, and scales that leave results of all sizes."""
    gains = [int(g) / 100 for g in random_integers(9 * seed + 8, 3, 40, 300)]
    if seed % 2:
        gains = [1.0, 1.0, 1.0]
    shape = (2, p.pairs, p.inputs)
    x = random_integers(9 * seed, shape, -128, 127)
    return _call(x, _parameters(9 * seed + 1, p.inputs, p.hidden), gains)


def corners(p):
    some = stimulus(p, 1)
    x, parameters = some["x"], _parameters(5, p.inputs, p.hidden)
    w1, w2, w3, b1, b2, b3 = parameters
    zero = [np.zeros_like(part) for part in parameters]
    ramp = zero[2] + 1
    closed = [w1 * 0, w2, w3, b1 * 0 - 1, b2 * 0 - 1, b3 * 0]
    return [
        _call(x, closed, (1, 1, 1)),
        _call(x * 0 + 127, parameters, (1, 1, 1)),
        _call(x * 0 - 128, parameters, (1, 1, 1)),
        # The ends of the table, from sums and from biases alone.
        _call(x, [*zero[:5], b3 * 0 + (1 << 24)], (1, 1, 16)),
        _call(x, [*zero[:5], b3 * 0 - (1 << 24)], (1, 1, 16)),
        _call(x, [w1 * 0, w2 * 0, ramp * 127, b1, b2 * 0 + 90000, b3 * 0], (1, 1, 4)),
        _call(x, [w1 * 0 - 128, w2 * 0 + 127, ramp * -128, b1 * 0, b2 * 0, b3 * 0], (1, 1, 4)),
        _call(x, [w1, w2, w3, b1 * 40, b2 * 40, b3 * 40], (2, 2, 2)),
        _call(x, [w1, w2, w3 * 2, b1, b2, b3], (0.5, 0.5, 6)),
    ]


def acceptance():
    """Outputs before and after the tanh, and the gap, of 8 and of 64 pairs."""
    return [_accepted(8, 141), _accepted(64, 151)]


def tables(p):
    """Words of a row and of a hidden layer, the tree of sums, and their width."""
    acc_width = 33  # a bias of 32 bits, and products
    return {
        "input_words": p.inputs // p.lanes,
        "hidden_words": p.hidden // p.lanes,
        "levels": levels(p.lanes, 16),
        "acc_width": acc_width,
        "out_width": 8,
        "pieces": pieces(acc_width),
        "activation": "none",
        **results("none", 8),
        "tanh": TANH.tolist(),
    }


def _scores(inputs):
    """What the last layer gives for each pair."""
    h = inputs["x"]
    for layer in (1, 2, 3):
        weights, bias = inputs[f"w{layer}"], inputs[f"b{layer}"]
        mult, shift = int(inputs[f"mult{layer}"]), int(inputs[f"shift{layer}"])
        h = requantize(h @ weights.T + bias, mult, shift)
        if layer < 3:
            h = np.maximum(h, 0)
    return h


def _parameters(seed, inputs, hidden):
    return [
        random_integers(seed, (hidden, inputs), -60, 60),
        random_integers(seed + 1, (hidden, hidden), -50, 50),
        random_integers(seed + 2, hidden, -50, 50),
        random_integers(seed + 3, hidden, -3000, 3000),
        random_integers(seed + 4, hidden, -3000, 3000),
        random_integers(seed + 5, (), -500, 500),
    ]


def _call(x, parameters, gains):
    """Numbers have steps of 1/32, weights of 1/256; times a gain for each layer."""
    names = ("w1", "w2", "w3", "b1", "b2", "b3")
    inputs = {"x": x, **dict(zip(names, parameters, strict=True))}
    for layer, gain in enumerate(gains, 1):
        inputs[f"mult{layer}"], inputs[f"shift{layer}"] = map(np.int64, scale(gain / 256))
    return inputs


def _accepted(pairs, seed):
    x = random_integers(seed + 9, (2 * pairs, 32), -64, 64).reshape(2, pairs, 32)
    z = _scores(_call(x, _parameters(seed, 32, 64), (1, 1, 1)))
    rewards = TANH[z + 128]
    return [z, rewards, np.array([rewards[0].sum() - rewards[1].sum()])]
