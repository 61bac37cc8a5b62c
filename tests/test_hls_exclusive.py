"""Accesses on ways that exclude each other: what is known of conditions, and what it saves."""

from itertools import product

import pytest
from kernel_runs import Kernel

from prompts.design import Design
from tools.hls.conditions import Conditions
from tools.hls.engine import hls
from tools.hls.interpret import evaluate
from tools.hls.ir import Op

_X, _Y = Op(0, "input", 4, name="x"), Op(1, "input", 1, name="y")
_TESTS = (
    Op(10, "const", 4, value=3),
    Op(11, "const", 4, value=9),
    Op(12, "const", 1, value=1),
    Op(13, "eq", 1, (0, 10)),
    Op(14, "eq", 1, (0, 11)),
    Op(15, "ult", 1, (0, 11)),
    Op(16, "ne", 1, (0, 10)),
    Op(17, "add", 4, (0, 11)),
    Op(18, "ule", 1, (10, 17)),
    Op(19, "xor", 1, (1, 12)),
    Op(20, "and", 1, (13, 1)),
    Op(21, "and", 1, (13, 19)),
    Op(22, "or", 1, (14, 20)),
    Op(23, "and", 1, (16, 15)),
    Op(24, "xor", 1, (22, 12)),
    Op(25, "sle", 1, (10, 0)),
    Op(26, "slt", 1, (0, 10)),
)
_OPS = {op.id: op for op in (_X, _Y, *_TESTS)}


def _values(x: int, y: int) -> dict[int, int]:
    found = {0: x, 1: y}
    for op in _TESTS:
        widths = [_OPS[a].bits for a in op.args]
        args = [found[a] for a in op.args]
        found[op.id] = op.value if op.kind == "const" else evaluate(op.kind, op.bits, args, widths)
    return found


def test_conditions_that_exclude_each_other_are_never_both_true() -> None:
    conditions = Conditions(_OPS)
    every = [_values(x, y) for x in range(16) for y in range(2)]
    bits = [op.id for op in _TESTS if op.bits == 1 and op.kind != "const"]
    for one, other in product(bits, bits):
        if conditions.exclude(one, other):
            assert not any(found[one] and found[other] for found in every)


@pytest.mark.parametrize(
    ("one", "other"), [(13, 14), (13, 16), (20, 21), (14, 15), (20, 23), (22, 24), (25, 26)]
)
def test_ways_that_a_switch_takes_exclude_each_other(one: int, other: int) -> None:
    assert Conditions(_OPS).exclude(one, other)


def test_the_cases_of_an_interpreter_share_the_ports_of_its_registers() -> None:
    kernel = Kernel.load("interpreter")
    report = hls(Design(kernel.sources, kernel.top))
    assert max(loop["ii"] for loop in report.details["loops"]) <= 6
