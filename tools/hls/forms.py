"""Addresses as sums of a loop's counters, and after how many iterations two of them can be one."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import gcd

from tools.hls.interpret import signed
from tools.hls.ir import Block, Function, LoopPragmas, Op
from tools.hls.loops import loops
from tools.hls.ranges import Ranges, everything
from tools.hls.trips import trip_count

_FARTHEST = 64
"""Iterations of a round that are looked through: more than any pipeline needs between two."""
_LINEAR = frozenset({"add", "sub", "mul", "shl", "trunc"})


def _first_zero(start: int, step: int, modulus: int) -> int:
    """The least n > 0 with start + n * step = 0 modulo a power of two; 0 when there is none."""
    common = gcd(step, modulus)
    if start % common:
        return 0
    around = modulus // common
    return -start // common * pow(step // common, -1, around) % around or around


@dataclass(frozen=True)
class _Round:
    """A counter that grows by `step`, and begins again every `length` iterations."""

    length: int
    step: int

    def soonest(self, factor: int, start: int, modulus: int) -> int:
        """After how many iterations `factor` times its growth and `start` can first be 0, at most
        `_FARTHEST`."""
        for distance in range(1, min(self.length, _FARTHEST) + 1):
            for count in (distance, distance - self.length):
                if count < self.length and (factor * self.step * count + start) % modulus == 0:
                    return distance
        return min(self.length, _FARTHEST)


class Forms:
    """Addresses as sums of operations times constants, modulo the size of the address."""

    def __init__(self, function: Function, block: Block, ranges: Ranges) -> None:
        self.ranges = ranges
        self.function = function
        self.block = block
        self.ops = function.by_id()
        self.trips = self._trips()
        self.modulus: dict[int, int] = {}
        """The bits of each counter that may go round."""
        self.steps: dict[int, int] = {}
        """What each of the loop's counters grows by in an iteration, as its words and extended."""
        self.rounds: dict[int, _Round] = {}
        """The counters of the inner loop of a flattened nest."""
        if block.name in block.preds:
            self._find_steps(block.preds.index(block.name))
            self._find_rounds(block.preds.index(block.name))

    def _trips(self) -> int | None:
        own = {self.block.name}
        found = next((loop for loop in loops(self.function) if loop.blocks == own), None)
        return trip_count(self.function, self.ops, found) if found else None

    def _find_steps(self, at: int) -> None:
        for phi in self.block.phis:
            following = self.ops[phi.args[at]]
            total = self.form(following.id, 1)
            if following.id == phi.id:
                self.steps[phi.id] = 0
            elif total.get(phi.id) == 1 and set(total) <= {phi.id, -1}:
                first, step = self.ops[phi.args[1 - at]], total.get(-1, 0)
                self.steps[phi.id] = step
                if not self._stays(first, step, True) and self.ranges.wraps(following, True):
                    self.modulus[phi.id] = phi.bits
                if self._stays(first, step, False):
                    self.steps |= {op.id: step for op in self.block.body
                                   if op.kind == "zext" and op.args[0] == phi.id}  # fmt: skip

    def _find_rounds(self, at: int) -> None:
        lengths = dict(self.function.loops.get(self.block.name, LoopPragmas()).rounds)
        for op in self.block.body:
            if op.kind != "select" or op.args[0] not in lengths:
                continue
            length, (first, kept) = lengths[op.args[0]], (self.ops[a] for a in op.args[1:])
            if kept.kind != "phi" or kept not in self.block.phis or first.kind != "const":
                continue
            following = self.form(kept.args[at], 1)
            step = following.pop(-1, 0)
            last = first.value + (length - 1) * step
            if following == {op.id: 1} and step:
                self.rounds[op.id] = _Round(length, step)
                if last < 0 or max(first.value, last) >> (op.bits - 1):
                    self.modulus[op.id] = op.bits

    def _stays(self, first: Op, step: int, is_signed: bool) -> bool:
        """Whether a counter never goes round while the loop runs, read with or without a sign."""
        if first.kind != "const" or self.trips is None:
            return False
        start = signed(first.value, first.bits) if is_signed else first.value
        low, high = everything(first.bits) if is_signed else (0, (1 << first.bits) - 1)
        return low <= start + (self.trips - 1) * step <= high

    def form(self, id: int, factor: int) -> dict[int, int]:
        """Factors by operation; -1 stands for the constant one."""
        op = self.ops[id]
        if op.kind == "const":
            return {-1: signed(op.value, op.bits) * factor} if op.value else {}
        if op.kind in ("add", "sub"):
            total = self.form(op.args[0], factor)
            for key, value in self.form(
                op.args[1], factor if op.kind == "add" else -factor
            ).items():
                total[key] = total.get(key, 0) + value
            return {k: v for k, v in total.items() if v}
        if op.kind in ("mul", "shl") and self.ops[op.args[1]].kind == "const":
            by = self.ops[op.args[1]].value
            return self.form(op.args[0], factor * (by if op.kind == "mul" else 1 << by))
        if op.kind == "trunc":  # to no less than the address, whose size is the modulus
            return self.form(op.args[0], factor)
        if op.kind in ("zext", "sext"):
            inner = self.ops[op.args[0]]
            if inner.kind in _LINEAR:
                wraps = self.ranges.wraps(inner, op.kind == "sext")
                return {id: factor} if wraps else self.form(inner.id, factor)
            if op.kind == "sext" or self.ranges.of.get(inner.id, (-1, 0))[0] >= 0:
                return {inner.id: factor}
        return {id: factor}

    def _difference(self, first: Op, second: Op) -> dict[int, int]:
        total = self.form(second.args[0], 1)
        for key, value in self.form(first.args[0], -1).items():
            total[key] = total.get(key, 0) + value
        return {k: v for k, v in total.items() if v}

    def _memory(self, op: Op) -> bool:
        return op.kind in ("load", "store")

    def apart(self, first: Op, second: Op) -> bool:
        """Whether two accesses of one iteration never meet."""
        if not self._memory(first):
            return False
        left = self._difference(first, second)
        return set(left) == {-1} and left[-1] % (1 << self._bits(first)) != 0

    def _bits(self, op: Op) -> int:
        return self.function.memories[op.name].address_bits

    def distance(self, first: Op, second: Op) -> int:
        """After how many iterations `second` can meet what `first` did; 0: never, soon."""
        if not self._memory(first):
            return 1
        difference = self._difference(first, second)
        if any(key != -1 for key in difference):
            return 1
        total, modulus = 0, 1 << self._bits(first)
        start = difference.get(-1, 0)
        terms = self.form(second.args[0], 1)
        if (round := self._round(terms, self._bits(first))) is not None:
            return self.rounds[round].soonest(terms[round], start, modulus)
        for key, factor in terms.items():
            step = 0 if key == -1 else self.step(key, self._bits(first))
            if step is None:
                return 1
            total += factor * step
        found = _first_zero(start, total, modulus)
        return found if self.trips is None or found < self.trips else 0

    def _round(self, terms: Mapping[int, int], bits: int) -> int | None:
        """The one term that changes at all, if it is the counter of a round."""
        changing = [key for key in terms if key != -1 and self.step(key, bits) != 0]
        if len(changing) != 1 or changing[0] not in self.rounds:
            return None
        return changing[0] if self.modulus.get(changing[0], bits) >= bits else None

    def step(self, id: int, bits: int) -> int | None:
        """What a value grows by in an iteration, modulo 2**`bits`; None: by no constant."""
        if id in self.steps:
            return self.steps[id] if self.modulus.get(id, bits) >= bits else None
        return None if self._varies(id) else 0

    def _varies(self, id: int) -> bool:
        """Whether a value can change from one iteration to the next."""
        return any(op.id == id for op in self.block.ops) and self.ops[id].kind not in (
            "const",
            "input",
        )
