"""The range of a value where a condition about itself has chosen it: `i >= 0 && i < 8 ? i : 0`."""

from collections.abc import Iterator

from tools.hls.counters import tests
from tools.hls.interpret import signed
from tools.hls.ir import COMPARE, Op

Range = tuple[int, int]


def limited(ops: dict[int, Op], select: Op, place: int, known: Range) -> Range:
    """The range of the operand of a `select` at a place, 1 or 2, where it is the one taken.

    `known` is its range anywhere. Ranges are of signed numbers.
    """
    low, high = known
    for test, holds in tests(ops, select.args[0], place == 1):
        for least, most in _limits(ops, select.args[place], test, holds):
            low, high = max(low, least), min(high, most)
    return (low, high) if low <= high else known


def _limits(ops: dict[int, Op], value: int, test: Op, holds: bool) -> Iterator[Range]:
    """What a comparison with a constant says of a value, if it is about it."""
    if test.kind not in COMPARE:
        return
    first, second = test.args
    is_signed = test.kind[0] == "s"
    width = ops[first].bits
    everything = (-(1 << (width - 1)), (1 << (width - 1)) - 1)
    for about, other, is_first in ((first, second, True), (second, first, False)):
        if ops[other].kind != "const" or not _is_about(ops, value, about, is_signed):
            continue
        bound = ops[other].value
        if is_signed or test.kind in ("eq", "ne"):
            bound = signed(bound, width)
        if test.kind in ("eq", "ne"):
            if holds == (test.kind == "eq") and (bound >= 0 or value == about):
                yield bound, bound
            continue
        # With the constant first or the test denied, the value is what is greater.
        is_less = is_first == holds
        by_one = int(test.kind.endswith("lt") == holds)
        if is_less and (is_signed or bound - by_one <= everything[1]):
            yield everything[0] if is_signed else 0, bound - by_one
        elif not is_less and is_signed:
            yield bound + by_one, everything[1]


def _is_about(ops: dict[int, Op], value: int, about: int, is_signed: bool) -> bool:
    """Whether a value is another one, or the same number with more bits."""
    op = ops[value]
    kind = "sext" if is_signed else "zext"
    return value == about or (op.kind == kind and op.args[0] == about)
