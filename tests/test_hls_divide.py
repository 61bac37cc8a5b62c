"""Divisions by steps: as many as the dividend has bits, as wide as the divisor."""

import random

import pytest

from tools.hls.build import Builder
from tools.hls.divide import expand_divisions
from tools.hls.interpret import Machine
from tools.hls.ir import Block, Function, Kind
from tools.hls.simplify import simplify
from tools.hls.widths import narrow

WIDTHS = (1, 2, 3, 7, 8, 13)


def _division(kind: Kind, of: int, by: int) -> Function:
    """Words of `of` and `by` bits, extended to a common width and divided."""
    block = Block("entry")
    build = Builder(block, block)
    wide = max(of, by) + 1
    extend: Kind = "sext" if kind[0] == "s" else "zext"
    given = [build.add("input", bits, name=name) for name, bits in (("a", of), ("b", by))]
    a, b = (build.add(extend, wide, word) for word in given)
    build.add("output", 0, build.binary(kind, a, b), name="y")
    return Function("f", [block])


@pytest.mark.parametrize("kind", ["udiv", "urem", "sdiv", "srem"])
def test_steps_compute_what_the_division_does(kind: Kind) -> None:
    generator = random.Random(kind)
    for of in WIDTHS:
        for by in WIDTHS:
            whole, steps, narrowed = (_division(kind, of, by) for _ in range(3))
            expand_divisions(steps)
            narrow(narrowed)
            simplify(narrowed)
            expand_divisions(narrowed)
            simplify(narrowed)
            for _ in range(40):
                a = generator.choice([generator.getrandbits(of), 1 << (of - 1), (1 << of) - 1])
                b = generator.choice([generator.getrandbits(by), 1 << (by - 1), (1 << by) - 1]) or 1
                given = {"a": a, "b": b}
                expected = Machine(whole).call(given)
                assert Machine(steps).call(given) == expected, (of, by, given)
                assert Machine(narrowed).call(given) == expected, (of, by, given)


def test_a_small_divisor_takes_small_steps() -> None:
    division = _division("udiv", 13, 3)
    expand_divisions(division)
    widths = [op.bits for op in division.ops() if op.kind == "sub"]
    assert widths == [3, 4, 4] + [5] * 10  # with a bit for the borrow, and one for higher ones
