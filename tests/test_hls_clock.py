"""Kernels under a clock: operators that are too slow for it, and clocks that nothing can meet."""

import random

import pytest
from kernel_runs import Kernel, verified

from prompts.design import Design
from tools.hls.build import Builder
from tools.hls.engine import hls
from tools.hls.interpret import Machine
from tools.hls.ir import COMPARE, Block, Function, Kind, Op
from tools.hls.pieces import fit_clock
from tools.hls.schedule.delays import shipped
from tools.hls.timing import Clock

KINDS: tuple[Kind, ...] = (
    "add", "sub", "mul", "shl", "lshr", "ashr", "ult", "ule", "slt", "sle", "eq", "ne",
    "clz", "ctz",
)  # fmt: skip
PRODUCT = "int top(int a, int b) {\n    return a * b;\n}\n"


def _operator(kind: Kind, bits: int, extended: tuple[Kind | None, Kind | None]) -> Function:
    """A function of one operator, whose operands may be extended from fewer bits."""
    block = Block("entry")
    build = Builder(block, block)
    given = []
    for name, how in zip("ab", extended, strict=True):
        word = build.add("input", max(1, bits // 2) if how else bits, name=name)
        given.append(build.add(how, bits, word) if how else word)
    if kind in ("clz", "ctz"):
        made: Op = build.add(kind, bits.bit_length(), given[0])
    else:
        made = build.add(kind, 1 if kind in COMPARE else bits, *given)
    build.add("output", 0, made, name="y")
    return Function("f", [block])


@pytest.mark.parametrize("kind", KINDS)
def test_pieces_of_an_operator_compute_what_it_does(kind: Kind) -> None:
    generator = random.Random(kind)
    cut = 0
    for period_ns in (3.3, 4.0, 5.5, 8.0):
        clock = Clock(period_ns, shipped("ecp5"))
        for bits in (12, 17, 32, 50):
            extended = generator.choice([(None, None), ("sext", "sext"), ("zext", "sext")])
            whole, pieces = (_operator(kind, bits, extended) for _ in range(2))
            fit_clock(pieces, clock)
            ops = pieces.by_id()
            cut += len(ops) > len(whole.by_id())
            assert all(clock.operator_ns(op, ops) <= clock.budget_ns for op in ops.values())
            widths = {op.name: op.bits for op in whole.ops() if op.kind == "input"}
            for _ in range(30):
                sizes = {n: generator.randint(1, b) for n, b in widths.items()}
                given = {n: generator.getrandbits(s) << (widths[n] - s if s % 2 else 0)
                         for n, s in sizes.items()}  # fmt: skip
                assert Machine(pieces).call(given) == Machine(whole).call(given), given
    assert cut, "some of these clocks are too fast for the whole operator"


def test_a_product_by_a_constant_is_put_together_from_sums() -> None:
    for value in (0, 1, 7, 0xAAAA_AAAB, 0xFFFF_FFFF):
        block = Block("entry")
        build = Builder(block, block)
        a = build.add("input", 32, name="a")
        build.add("output", 0, build.add("mul", 32, a, build.const(value, 32)), name="y")
        function = Function("f", [block])
        fit_clock(function, Clock(5.0, shipped("ecp5")))
        assert not any(op.kind == "mul" for op in function.ops())
        for given in (0, 1, 0x8000_0000, 0x1234_5678):
            assert Machine(function).call({"a": given}) == {"y": given * value % (1 << 32)}


def test_wide_products_at_200_mhz_are_bit_exact_in_several_cycles() -> None:
    testbench = (
        '#include <cstdio>\nint top(int, int);\nint main() {\n    unsigned a = 1, b = 99;\n'
        "    for (int i = 0; i < 40; i++) {\n        a = a * 1664525u + 1013904223u;\n"
        "        b = b * 22695477u + a;\n        top((int)a >> i % 20, (int)b >> i / 3);\n    }\n"
        "    return 0;\n}\n"
    )  # fmt: skip
    report, measured = verified(Kernel("top", {"k.cpp": PRODUCT}, {"tb.cpp": testbench}), 200.0)
    assert report.metrics["latency_max"] == measured["cycles"] > 1


def test_a_clock_that_an_operator_cannot_meet_is_refused_with_the_best_one() -> None:
    report = hls(Design({"k.cpp": PRODUCT}, "top"), clock_mhz=900.0)
    assert not report.passed
    (said,) = report.diagnostics
    assert said.line == 2 and "MHz" in said.message and "best clock" in said.message, said.message
    best = float(said.message.split("best clock that it can have is ")[1].split()[0])
    assert 100 < best < 900
    assert hls(
        Design({"k.cpp": "int top(int a, int b) { return a + b; }"}, "top"), clock_mhz=best - 1
    ).passed


def test_another_library_s_delays_make_another_schedule() -> None:
    design = Design({"k.cpp": PRODUCT}, "top")
    cells = hls(design, "cells", clock_mhz=100.0)
    ecp5 = hls(design, "ecp5-25k", clock_mhz=200.0)
    assert cells.details["delays"] == "generic" and ecp5.details["delays"] == "ecp5"
    assert cells.metrics["latency_max"] < ecp5.metrics["latency_max"]
    other = hls(design, "gw2a-18")
    assert any("ECP5" in d.message for d in other.diagnostics)
