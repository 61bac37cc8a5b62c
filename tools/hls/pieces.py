"""Operators that take longer than a cycle become several, which the scheduler spreads over cycles.

Sums and comparisons are cut in halves, shifts become a choice for each bit of the distance, and
products are put together from smaller ones or, where no multiplier is quick enough, from sums.
"""

from collections.abc import Sequence
from dataclasses import replace

from tools.errors import ToolError
from tools.hls.build import Builder
from tools.hls.ir import COMPARE, Binding, Function, Kind, Op
from tools.hls.product import product
from tools.hls.timing import Clock

_FEWEST = {"add": 9, "sub": 9, "ult": 3, "ule": 3, "slt": 3, "sle": 3, "eq": 3, "ne": 3, "clz": 3,
           "ctz": 3, "shl": 2, "lshr": 2, "ashr": 2, "mul": 2}  # fmt: skip
"""The fewest bits from which cutting an operator gains anything."""


def fit_clock(function: Function, clock: Clock) -> None:
    """Cut up what does not fit the clock's period.

    Raises `ToolError` for an operator that no cut makes quick enough; it names the best clock.
    """
    ops_by_id = function.by_id()
    fabric = [binding for binding in function.bindings if binding.fabric]
    if not fabric and not any(_slow(op, ops_by_id, clock) for op in ops_by_id.values()):
        return
    entry = function.blocks[0]
    pieces = _Pieces(Builder(entry, entry, max(op.id for op in function.ops()) + 1), clock, fabric)
    pieces.build.ops = ops_by_id
    for block in function.blocks:
        ops, block.ops = block.ops, []
        pieces.build.block = block
        for op in ops:
            pieces.build.line = op.line
            # The constants that are made meanwhile go in front of what the entry has.
            if _slow(op, pieces.build.ops, clock) or pieces.is_fabric(op):
                made = pieces.cut(op)
                block.ops.append(replace(op, kind="zext", args=(made.id,)))
            else:
                block.ops.append(op)


def _slow(op: Op, ops: dict[int, Op], clock: Clock) -> bool:
    return op.bits > 0 and clock.operator_ns(op, ops) > clock.budget_ns


class _Pieces:
    def __init__(self, build: Builder, clock: Clock, fabric: Sequence[Binding]) -> None:
        self.fabric = fabric
        self.build = build
        self.clock = clock

    def is_fabric(self, op: Op) -> bool:
        """Whether a product is to be made of sums."""
        return op.bits >= _FEWEST["mul"] and any(b.covers(op) for b in self.fabric)

    def do(self, kind: Kind, a: Op, b: Op) -> Op:
        """An operator, or pieces of it that fit."""
        made = self.build.binary(kind, a, b)
        if made.kind == "const" or not _slow(made, self.build.ops, self.clock):
            return made
        self.build.block.ops.pop()
        return self.cut(made)

    def cut(self, op: Op) -> Op:
        """What an operator that is too slow computes, from quicker ones."""
        args = [self.build.ops[a] for a in op.args]
        if args[0].bits < _FEWEST.get(op.kind, 1 << 30):
            raise self._refused(op)
        if op.kind in ("add", "sub"):
            return self._sum(op, *args)
        if op.kind in COMPARE:
            return self._equal(op, *args) if op.kind in ("eq", "ne") else self._less(op, *args)
        if op.kind in ("clz", "ctz"):
            return self._zeros(op, args[0])
        if op.kind == "mul":
            return product(self.build, self.clock, op, self.do, not self.is_fabric(op))
        return self._shift(op, *args)

    def _refused(self, op: Op) -> ToolError:
        args = [self.build.ops[a] for a in op.args]
        takes = self.clock.operator_ns(op, self.build.ops)
        best = 1000 / (takes + self.clock.period_ns - self.clock.budget_ns)
        return ToolError(
            f"line {op.line}: the {args[0].bits}-bit {op.kind} takes {takes:.2f} ns, and a clock "
            f"of {1000 / self.clock.period_ns:g} MHz leaves {max(0.0, self.clock.budget_ns):.2f} "
            f"ns between registers; the best clock that it can have is {best:.0f} MHz"
        )

    def _part(self, op: Op, low: int, bits: int) -> Op:
        moved = op
        if low:
            moved = self.build.binary("lshr", op, self.build.const(low, op.bits))
        return self.build.resize(moved, bits, False)

    def _joined(self, high: Op, low: Op) -> Op:
        """Bits side by side."""
        bits = high.bits + low.bits
        up = self.build.resize(high, bits, False)
        up = self.build.binary("shl", up, self.build.const(low.bits, bits))
        return self.build.binary("or", up, self.build.resize(low, bits, False))

    def _sum(self, op: Op, a: Op, b: Op) -> Op:
        half = op.bits // 2
        rest = op.bits - half
        first, second = (self.build.resize(self._part(x, 0, half), half + 1, False) for x in (a, b))
        low = self.do(op.kind, first, second)
        carry = self.build.resize(self._part(low, half, 1), rest, False)
        high = self.do(op.kind, self._part(a, half, rest), self._part(b, half, rest))
        return self._joined(self.do(op.kind, high, carry), self._part(low, 0, half))

    def _less(self, op: Op, a: Op, b: Op) -> Op:
        half = a.bits // 2
        rest = a.bits - half
        high = self._part(a, half, rest), self._part(b, half, rest)
        strict: Kind = "slt" if op.kind[0] == "s" else "ult"
        last: Kind = "ule" if op.kind.endswith("le") else "ult"
        low = self.do(last, self._part(a, 0, half), self._part(b, 0, half))
        same = self.build.binary("and", self.do("eq", *high), low)
        return self.build.binary("or", self.do(strict, *high), same)

    def _equal(self, op: Op, a: Op, b: Op) -> Op:
        half = a.bits // 2
        parts = [(0, half), (half, a.bits - half)]
        found = [self.do(op.kind, self._part(a, *p), self._part(b, *p)) for p in parts]
        return self.build.binary("and" if op.kind == "eq" else "or", *found)

    def _zeros(self, op: Op, a: Op) -> Op:
        half = a.bits // 2
        rest = a.bits - half
        low, high = self._part(a, 0, half), self._part(a, half, rest)
        first, second = (high, low) if op.kind == "clz" else (low, high)
        counts = []
        for part in (first, second):
            made = self.build.add(op.kind, op.bits, part)
            if _slow(made, self.build.ops, self.clock):
                self.build.block.ops.pop()
                made = self.cut(made)
            counts.append(made)
        none = self.do("eq", first, self.build.const(0, first.bits))
        further = self.do("add", counts[1], self.build.const(first.bits, op.bits))
        return self.build.add("select", op.bits, none, further, counts[0])

    def _shift(self, op: Op, a: Op, by: Op) -> Op:
        found = a
        steps = (a.bits - 1).bit_length()
        for place in range(min(steps, by.bits)):
            moved = self.build.binary(op.kind, found, self.build.const(1 << place, a.bits))
            found = self.build.add("select", a.bits, self._part(by, place, 1), moved, found)
        if steps >= by.bits:
            return found
        left = self._part(by, steps, by.bits - steps)
        beyond = self.do("ne", left, self.build.const(0, left.bits))
        gone = self.build.const(0, a.bits)
        if op.kind == "ashr":
            gone = self.build.binary("ashr", a, self.build.const(a.bits - 1, a.bits))
        return self.build.add("select", a.bits, beyond, gone, found)
