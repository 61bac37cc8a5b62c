"""Sums as trees: an unrolled accumulation costs an iteration one addition, with the same result."""

import random

import pytest
from kernel_runs import Kernel

from prompts.design import Design
from tools.hls.balance import balance
from tools.hls.check import problems
from tools.hls.engine import hls
from tools.hls.extremes import balance_extremes
from tools.hls.interpret import Machine
from tools.hls.text import parse

ORDERS = ("slt", "ule")
INPUTS = (("a", 16), ("b", 16), ("c", 8), ("d", 16), ("e", 16))

MAXIMUM = """#include <stdint.h>
void m(const int8_t a[64], const uint16_t b[64], int16_t r[2]) {
#pragma HLS ARRAY_RESHAPE variable=a cyclic factor=8 dim=1
#pragma HLS ARRAY_RESHAPE variable=b cyclic factor=8 dim=1
    int greatest = -1000;
    uint16_t least = 65535;
    for (int i = 0; i < 64; i += 8) {
#pragma HLS PIPELINE II=1
        for (int j = 0; j < 8; j++) {
            if (a[i + j] > greatest) greatest = a[i + j];
            least = b[i + j] < least ? b[i + j] : least;
        }
    }
    r[0] = greatest;
    r[1] = least;
}
"""


def chain(seed: int) -> str:
    """A function of sums, products, masks and choices, in which most results are used once."""
    source = random.Random(seed)
    lines = ["function f returns 16", "start:"]
    lines += [f"  %{n}:{bits} = input @{name}" for n, (name, bits) in enumerate(INPUTS)]
    lines += ["  %5:16 = sext %2", "  %6:1 = slt %0 %1"]
    words = [0, 1, 3, 4, 5]
    for id in range(7, 30):
        first = words[-1] if source.random() < 0.7 else source.choice(words)
        second = source.choice(words)
        pair = f"%{first} %{second}" if source.random() < 0.7 else f"%{second} %{first}"
        kind = source.choice(("add", "add", "add", "sub", "sub", "mul", "xor", "select", *ORDERS))
        if kind in ORDERS:
            lines.append(f"  %{100 + id}:1 = {kind} {pair}")
            kind, pair = "select", f"%{100 + id} %{second} %{first}"
        elif kind == "select":
            pair = f"%6 {pair}"
        lines.append(f"  %{id}:16 = {kind} {pair}")
        words.append(id)
    return "\n".join([*lines, f"  return %{words[-1]}", ""])


@pytest.mark.parametrize("seed", range(60))
def test_a_balanced_function_answers_as_before(seed: int) -> None:
    before, after = parse(chain(seed)), parse(chain(seed))
    balance(after)
    balance_extremes(after)
    assert problems(after) == []
    source = random.Random(seed)
    for _ in range(20):
        inputs = {name: source.randrange(1 << bits) for name, bits in INPUTS}
        assert Machine(after).call(inputs) == Machine(before).call(inputs)


def test_chains_become_shallow() -> None:
    adds = "\n".join(f"  %{n}:16 = add %{n - 1} %{n % 5}" for n in range(8, 40))
    text = "function f returns 16\nstart:\n" + "".join(
        f"  %{n}:16 = input @{name}\n" for n, name in enumerate("abcdefgh")
    )
    function = parse(f"{text}{adds}\n  return %39\n")
    balance(function)
    depth: dict[int, int] = {}
    for op in function.blocks[0].ops:
        depth[op.id] = max((depth[a] for a in op.args), default=-1) + 1
    assert depth[39] == 6  # of 33 operands


def test_an_unrolled_sum_is_pipelined_at_an_interval_of_one() -> None:
    kernel = Kernel.load("sums")
    report = hls(Design(kernel.sources, kernel.top))
    loop = next(loop for loop in report.details["loops"] if loop["name"] == "dots")
    assert loop["ii"] == 1


def test_an_unrolled_maximum_is_pipelined_at_an_interval_of_one() -> None:
    report = hls(Design({"m.cpp": MAXIMUM}, "m"))
    assert [loop["ii"] for loop in report.details["loops"]] == [1]
