"""Golden model of the elastic linear layer: active rows, and a LoRA adapter mixed from experts."""

from types import SimpleNamespace

import numpy as np

from prompts.arithmetic import largest, limits, requantize, round_shift, saturate, scale, wrap
from prompts.arithmetic import stimulus as random_integers
from prompts.library.parts.adder_tree import levels
from prompts.library.parts.requant import lane

GATE = 511
"""The greatest gate; 256 is 1."""
U_BITS = 16
"""Of the adapter's inner numbers."""


def golden(p, inputs):
    """y = saturate(scaled(weights x + scaled(B u)) + bias) in active rows, and the bias in others.

    u = scaled(A x), where A and B are sums of two experts' by their gates, with two bits of
    the gates' fraction dropped.
    """
    a, b = mixed(p, inputs)
    x, used = inputs["x"], inputs["rows"][: int(inputs["active"])]
    u = requantize(x @ a.T, int(inputs["mult_u"]), int(inputs["shift_u"]), U_BITS)
    share = requantize(
        u @ b[used].T, int(inputs["mult_lora"]), int(inputs["shift_lora"]), p.acc_width
    )
    sums = wrap(x @ inputs["weights"][used].T + share, p.acc_width)
    y = np.zeros((p.tokens, p.outputs), np.int64)
    y[:, used] = requantize(sums, int(inputs["mult"]), int(inputs["shift"]), p.out_width)
    return {"y": saturate(y + inputs["bias"], p.out_width)}


def mixed(p, inputs):
    """A of shape [rank, inputs] and B of shape [outputs, rank], with 6 fraction bits more."""
    found = []
    for name in ("experts_a", "experts_b"):
        first, second = (inputs[name][int(inputs[f"expert_{n}"])] for n in (1, 2))
        total = int(inputs["gate_1"]) * first + int(inputs["gate_2"]) * second
        found.append(round_shift(total, 2))
    return found[0], found[1].reshape(p.outputs, p.rank)


def stimulus(p, seed):
    """Full-range numbers and one of the five widths, whose rows are those of the best scores;
    the scales let some of the numbers saturate."""
    weight_limits = limits(p.weight_width)
    count = p.outputs * (8, 7, 6, 5, 4)[seed % 5] // 8
    rows = np.zeros(p.outputs, np.int64)
    rows[:count] = largest(random_integers(16 * seed, p.outputs, 0, 65535), count)
    gate = int(random_integers(16 * seed + 1, (), 128, 256))
    experts = random_integers(16 * seed + 2, 2, 0, p.experts - 1)
    half = p.inputs.bit_length() // 2
    factors = random_integers(16 * seed + 3, 3, 30, 300) / 100
    share = 2.0 ** (p.data_width - U_BITS - 7)
    return _call(
        p,
        x=random_integers(16 * seed + 4, (p.tokens, p.inputs), *limits(p.data_width)),
        weights=random_integers(16 * seed + 5, (p.outputs, p.inputs), *weight_limits),
        experts_a=random_integers(16 * seed + 6, (p.experts, p.rank, p.inputs), *weight_limits),
        experts_b=random_integers(16 * seed + 7, (p.experts, p.outputs * p.rank), *weight_limits),
        rows=rows,
        bias=random_integers(16 * seed + 8, p.outputs, *limits(max(2, p.out_width - 2))),
        active=count,
        experts=experts,
        gates=(gate, 256 - gate),
        u=scale(factors[0] * 2.0 ** (U_BITS - p.data_width - p.weight_width - 4 - half)),
        lora=scale(factors[1] * share * 2.0**half),
        sums=scale(factors[2] * 2.0 ** (p.out_width - p.data_width - p.weight_width + 2 - half)),
    )


def corners(p):
    """No row and every row active, the first, the last and every second, gates 256 and 0 and the
    greatest, one expert twice, no adapter, and the extremes of every sum and scale."""
    some = stimulus(p, 0)
    (x_low, x_high), (w_low, w_high) = limits(p.data_width), limits(p.weight_width)
    y_low, y_high = limits(p.out_width)
    zero = {n: np.zeros_like(v) for n, v in some.items()}
    every = np.arange(p.outputs)
    first, last, second = every.copy(), every.copy(), every.copy()
    last[0] = p.outputs - 1
    second[: p.outputs // 2] = every[1::2][: p.outputs // 2]
    exact, loud = (1, 0), (65535, 0)
    low_a, low_b = zero["experts_a"] + w_low, zero["experts_b"] + w_low
    ones = {"experts_a": zero["experts_a"] + 1, "experts_b": zero["experts_b"] + 1}
    unit = {"x": zero["x"] + 1, "weights": zero["weights"], "sums": exact}
    ramp = random_integers(77, p.outputs, y_low, y_high)
    cases = (
        {"active": 0, "bias": ramp},
        {"rows": every, "active": p.outputs, "bias": ramp},
        {"rows": first, "active": 1},
        {"rows": last, "active": 1, "bias": ramp},
        {"rows": second, "active": p.outputs // 2, "bias": ramp},
        {"rows": every, "active": p.outputs // 2, "bias": ramp},
        {"gates": (256, 0), "experts": (p.experts - 1, 0)},
        {"gates": (0, 256), "experts": (0, p.experts - 1)},
        {"gates": (129, 127), "experts": (p.experts // 2, p.experts // 2)},
        {**unit, **ones, "gates": (3, 2), "u": exact, "lora": exact},
        {**unit, **ones, "gates": (5, 1), "u": exact, "lora": (1, 1)},
        {**unit, **ones, "gates": (4, 5), "u": (1, 1), "lora": (3, 2)},
        {"experts_a": zero["experts_a"], "sums": (1, 7)},
        {"experts_b": low_b, "experts_a": low_a, "gates": (GATE, GATE), "u": loud, "lora": loud},
        {"x": zero["x"] + x_low, "experts_a": low_a, "gates": (GATE, GATE), "u": (65535, 31)},
        {
            "x": zero["x"] + x_low,
            "experts_a": low_a,
            "experts_b": low_b,
            "gates": (GATE, GATE),
            "u": loud,
            "lora": (65535, 16),
            "sums": (65535, 31),
        },
        {
            "x": zero["x"] + x_low,
            "experts_a": -1 - low_a,
            "experts_b": low_b,
            "gates": (GATE, GATE),
            "u": loud,
            "lora": (1, 8),
            "sums": (65535, 31),
        },
        {"x": zero["x"] + x_low, "weights": zero["weights"] + w_low, "bias": zero["bias"] + y_high},
        {"x": zero["x"] + x_low, "weights": zero["weights"] + w_high, "bias": zero["bias"] + y_low},
        {
            "x": zero["x"] + x_high,
            "weights": zero["weights"] + w_low,
            "bias": zero["bias"] + y_high,
        },
    )
    return [_call(p, **{**_given(some), **case}) for case in cases]


def acceptance():
    """Results at all five widths, and of a larger layer."""
    same = {"data_width": 8, "weight_width": 8, "acc_width": 32, "out_width": 8, "experts": 5}
    small = SimpleNamespace(tokens=2, inputs=64, outputs=64, rank=4, **same)
    large = SimpleNamespace(tokens=1, inputs=256, outputs=256, rank=8, **same)
    cases = [(small, seed) for seed in range(30, 35)] + [(large, 33)]
    return [[golden(p, stimulus(p, seed))["y"]] for p, seed in cases]


def tables(p):
    """Words, the multipliers of B and the steps they take, the widths of sums, and of each scale
    what it is made of."""
    words = p.inputs // p.lanes
    units = next(n for n in range(1, p.rank + 1) if p.rank % n == 0 and p.rank // n <= words)
    mixed_width = p.weight_width + 8
    largest_mixed = GATE << (p.weight_width - 2)
    a_bits = (p.inputs * largest_mixed << (p.data_width - 1)).bit_length() + 1
    w_bits = (p.inputs << (p.data_width + p.weight_width - 2)).bit_length() + 1
    dot_bits = (p.rank * largest_mixed << (U_BITS - 1)).bit_length() + 1
    tree = levels(p.lanes, p.data_width + mixed_width)
    return {
        "words": words,
        "units": units,
        "steps": p.rank // units,
        "row_groups": p.lanes // p.rank,
        "a_words": p.rank * words,
        "b_words": p.outputs * p.rank // p.lanes,
        "mixed_width": mixed_width,
        "u_bits": U_BITS,
        "tree": tree,
        "dot_tree": levels(units, mixed_width + U_BITS),
        "sum_bits": max(a_bits, w_bits),
        "dot_bits": dot_bits,
        "scales": {
            "u": lane(max(a_bits, w_bits), U_BITS),
            "lora": lane(dot_bits, p.acc_width),
            "y": lane(p.acc_width, p.out_width),
        },
    }


def _given(inputs):
    """What `_call` made inputs of."""
    pairs = {"u": ("mult_u", "shift_u"), "lora": ("mult_lora", "shift_lora")}
    pairs |= {"sums": ("mult", "shift")}
    pairs |= {"experts": ("expert_1", "expert_2"), "gates": ("gate_1", "gate_2")}
    joined = {name: tuple(inputs[part] for part in both) for name, both in pairs.items()}
    taken = {part for both in pairs.values() for part in both}
    return {n: v for n, v in inputs.items() if n not in taken} | joined


def _call(p, active, experts, gates, u, lora, sums, **arrays):
    scalars = {
        "active": active,
        "expert_1": experts[0],
        "gate_1": gates[0],
        "expert_2": experts[1],
        "gate_2": gates[1],
        "mult_u": u[0],
        "shift_u": u[1],
        "mult_lora": lora[0],
        "shift_lora": lora[1],
        "mult": sums[0],
        "shift": sums[1],
    }
    return {**arrays, **{name: np.int64(number) for name, number in scalars.items()}}
