"""The least and the greatest value of every operation, read as signed numbers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tools.hls.accumulators import Accumulators
from tools.hls.chosen import limited
from tools.hls.counters import counters
from tools.hls.interpret import signed
from tools.hls.ir import COMPARE, Function, Op
from tools.hls.lanes import is_partial
from tools.hls.loops import order
from tools.hls.restarts import restarting

Range = tuple[int, int]
_ROUNDS = 4
"""Visits of an operation after which a range that still grows is taken to be everything."""


def everything(bits: int) -> Range:
    return (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if bits else (0, 0)


def width_of(found: Range) -> tuple[int, bool]:
    """The bits that hold all of a range, and whether they need a sign."""
    low, high = found
    if low >= 0:
        return max(1, high.bit_length()), False
    return max((~low).bit_length(), high.bit_length()) + 1, True


@dataclass
class Ranges:
    """Ranges by operation and, for arrays of the function's own, by memory."""

    function: Function
    of: dict[int, Range] = field(default_factory=dict)
    memory: dict[str, Range] = field(default_factory=dict)
    _visits: dict[int | str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ops = self.function.by_id()
        self.counted = counters(self.function, self.ops)
        self.around = restarting(self.function, self.ops)
        self.sums = Accumulators(self.function, self.ops, self.counted)
        self.trusted: set[str] = set()
        for m in self.function.memories.values():
            values = [signed(v, m.bits) for v in m.initial] or [0]
            if m.place != "argument" and not m.handed:
                self.memory[m.name] = (min(0, *values), max(0, *values))
        self._settle([op for name in order(self.function) for op in self.function.block(name).ops])

    def _settle(self, ops: Sequence[Op]) -> None:
        """Visits operations, in their order, as long as something that they depend on changes."""
        readers = _readers(ops)
        stale = {op.id for op in ops}
        while stale:
            for op in ops:
                if op.id in stale:
                    stale.remove(op.id)
                    if self._visit(op):
                        stale.update(readers[op.name if op.kind == "store" else op.id])
            if not stale:  # what an iteration adds may have changed, and not the sum behind it
                grown = [id for id in sorted(self.sums.sums) if self._visit(self.ops[id])]
                stale.update(reader for id in grown for reader in readers[id])

    def _visit(self, op: Op) -> bool:
        if op.kind == "store":
            return self._grow_memory(op)
        found = self._range(op)
        if found is None:
            return False
        old = self.of.get(op.id)
        if old is not None:
            found = (min(old[0], found[0]), max(old[1], found[1]))
        if found == old:
            return False
        visits = self._visits[op.id] = self._visits.get(op.id, 0) + 1
        self.of[op.id] = everything(op.bits) if visits > _ROUNDS and op.kind == "phi" else found
        return self.of[op.id] != old

    def _grow_memory(self, op: Op) -> bool:
        stored = self.of.get(op.args[1])
        if op.name not in self.memory or stored is None:
            return False
        if is_partial(op, self.function, self.ops):
            stored = everything(self.function.memories[op.name].bits)
        old = self.memory[op.name]
        new = (min(old[0], stored[0]), max(old[1], stored[1]))
        if new == old:
            return False
        visits = self._visits[op.name] = self._visits.get(op.name, 0) + 1
        if visits > _ROUNDS:
            new = everything(self.function.memories[op.name].bits)
        self.memory[op.name] = new
        return new != old

    def _range(self, op: Op) -> Range | None:
        bits = op.bits
        if op.kind == "const":
            return (signed(op.value, bits),) * 2
        if op.kind == "phi":
            if op.id in self.counted:
                return self.counted[op.id]
            if op.id in self.around:
                return self.around[op.id]
            if op.id in self.sums.sums:
                reach = self.sums.reach(op.id, self.of)
                return None if reach is None else _held(bits, reach)
            known = [self.of[a] for a in op.args if a in self.of]
            return (min(r[0] for r in known), max(r[1] for r in known)) if known else None
        if op.kind == "load":
            return self.memory.get(op.name, everything(bits))
        if op.kind in COMPARE or bits == 1:
            return (-1, 0)
        if op.kind in ("input", "read", "empty", "full", "call"):
            return everything(bits)
        args = [self.of.get(a) for a in op.args]
        if any(a is None for a in args):
            return None
        known = [a for a in args if a is not None]
        if op.kind == "select":
            known[1:] = [limited(self.ops, op, place, known[place]) for place in (1, 2)]
        return _held(bits, self._arithmetic(op, known))

    def wraps(self, op: Op, is_signed: bool) -> bool:
        """Whether the true result of a sum or product may not fit the operation's bits."""
        if not op.args:
            return False
        args = [self.of.get(a) for a in op.args]
        if any(a is None for a in args):
            return True
        found = self._arithmetic(op, [a for a in args if a is not None])
        if found is None:
            return True
        low, high = everything(op.bits) if is_signed else (0, (1 << op.bits) - 1)
        return found[0] < low or found[1] > high

    def decided(self, op: Op) -> bool | None:
        """The result of a comparison, where the ranges of its operands leave only one."""
        a, b = (self.of.get(arg) for arg in op.args)
        if a is None or b is None or (op.kind[0] == "u" and min(a[0], b[0]) < 0):
            return None
        if op.kind in ("eq", "ne"):
            if a[1] < b[0] or b[1] < a[0]:
                return op.kind == "ne"
            return op.kind == "eq" if a == b and a[0] == a[1] else None
        if a[1] < b[0] or (a[1] == b[0] and op.kind.endswith("le")):
            return True
        if a[0] > b[1] or (a[0] == b[1] and op.kind.endswith("lt")):
            return False
        return None

    def _arithmetic(self, op: Op, args: list[Range]) -> Range | None:
        a, b = args[0], args[-1]
        width = self.ops[op.args[0]].bits if op.args else 0
        if op.kind == "add":
            return a[0] + b[0], a[1] + b[1]
        if op.kind == "sub":
            return a[0] - b[1], a[1] - b[0]
        if op.kind == "mul":
            ends = [x * y for x in a for y in b]
            return min(ends), max(ends)
        if op.kind == "shl" and b[0] == b[1] and 0 <= b[0] < op.bits:
            return a[0] << b[0], a[1] << b[0]
        if op.kind == "ashr" and b[0] == b[1] and b[0] >= 0:
            return a[0] >> b[0], a[1] >> b[0]
        if op.kind == "ashr":
            return min(a[0], 0), max(a[1], 0)
        if op.kind == "lshr" and a[0] >= 0:
            return (a[0] >> b[0], a[1] >> b[0]) if b[0] == b[1] >= 0 else (0, a[1])
        if op.kind == "lshr" and b[0] == b[1] and b[0] > 0:
            return 0, (1 << max(0, width - b[0])) - 1
        if op.kind == "and":
            tops = [r[1] for r in (a, b) if r[0] >= 0]
            return (0, min(tops)) if tops else (min(a[0], b[0], 0) * 2, max(a[1], b[1], 0))
        if op.kind in ("or", "xor") and a[0] >= 0 and b[0] >= 0:
            return 0, (1 << max(a[1], b[1]).bit_length()) - 1
        if op.kind in ("or", "xor"):
            bits = max(width_of((min(r[0], -1), r[1]))[0] for r in (a, b))
            return everything(bits)
        if op.kind == "select":
            return min(args[1][0], args[2][0]), max(args[1][1], args[2][1])
        if op.kind == "zext":
            if a[0] >= 0 and width > 1:
                return a
            return 0, (1 << width) - 1
        if op.kind == "sext":
            return a
        if op.kind in ("clz", "ctz"):
            return 0, width
        if op.kind == "trunc":
            return a
        if op.kind in ("urem", "udiv") and b[0] > 0:
            most = a[1] if a[0] >= 0 else (1 << width) - 1
            return 0, min(most, b[1] - 1) if op.kind == "urem" else most // b[0]
        return None


def _held(bits: int, found: Range | None) -> Range:
    """A range as far as a word of so many bits holds it; else its value may be any."""
    low, high = everything(bits)
    return found if found and low <= found[0] and found[1] <= high else (low, high)


def _readers(ops: Iterable[Op]) -> dict[int | str, list[int]]:
    """The operations that use each operation's result, or load from each memory."""
    found = defaultdict[int | str, list[int]](list)
    for op in ops:
        for arg in op.args:
            found[arg].append(op.id)
        if op.kind == "load":
            found[op.name].append(op.id)
    return found
