"""Addresses as sums of a loop's counters, and after how many iterations two of them can be one."""

from collections.abc import Collection, Mapping
from math import gcd

from tools.hls.interpret import signed
from tools.hls.ir import PURE, Block, Function, LoopPragmas, Op
from tools.hls.loops import loops
from tools.hls.ranges import Ranges, everything
from tools.hls.trips import trip_count
from tools.hls.turns import Turn, soonest

_LINEAR = frozenset({"add", "sub", "mul", "shl", "trunc"})


def _first_zero(start: int, step: int, modulus: int) -> int:
    """The least n > 0 with start + n * step = 0 modulo a power of two; 0 when there is none."""
    common = gcd(step, modulus)
    if start % common:
        return 0
    around = modulus // common
    return -start // common * pow(step // common, -1, around) % around or around


class Forms:
    """Addresses as sums of operations times constants, modulo the size of the address."""

    def __init__(self, function: Function, block: Block, ranges: Ranges) -> None:
        self.ranges = ranges
        self.function = function
        self.block = block
        self.ops = function.by_id()
        self.trips = self._trips()
        self._here = {op.id for op in block.ops}
        self._varying: dict[int, bool] = {}
        self.modulus: dict[int, int] = {}
        """The bits of each counter that may go round."""
        self.steps: dict[int, int] = {}
        """What each of the loop's counters grows by in an iteration, as its words and extended."""
        self.turns: dict[int, Turn] = {}
        """The counters of a flattened nest, as its words and extended."""
        if block.name in block.preds:
            self._find_steps(block.preds.index(block.name))
            self._find_turns(block.preds.index(block.name))

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

    def _find_turns(self, at: int) -> None:
        lengths = dict(self.function.loops.get(self.block.name, LoopPragmas()).rounds)
        ends: dict[int, int] = {}
        for id, length in lengths.items():
            begins = self._first(self.ops[id], lengths) if id in self.ops else None
            if begins is not None:
                ends |= dict.fromkeys(self._conditions(begins.args[at]), length)
        for op in self.block.ops if lengths else ():
            length = lengths.get(op.args[0], 0) if op.kind == "select" else 0
            kept = self._kept(op)
            if kept is None or op.kind == "select" and not length:
                continue
            first = self.ops[op.args[1] if length else op.args[1 - at]]
            turn = self._turn(op, kept.args[at], ends, length)
            if turn is not None and (not length or first.kind == "const"):
                self._note(op, first, turn)

    def _conditions(self, end: int) -> tuple[int, ...]:
        """A condition and, inverted as an index, the one that it is the negation of, if any."""
        op = self.ops[end]
        negates = op.kind == "xor" and op.bits == 1 and self.ops[op.args[1]].kind == "const"
        return (end, ~op.args[0]) if negates else (end,)

    def _first(self, begins: Op, others: Collection[int]) -> Op | None:
        """The register of what is 1 where a round begins, be it because one of `others` does."""
        if begins.kind == "or":
            (own, *more) = [arg for arg in begins.args if arg not in others] or [-1]
            return self._kept(self.ops[own]) if own >= 0 and not more else None
        return self._kept(begins)

    def _kept(self, op: Op) -> Op | None:
        """The register of a counter, which may be chosen as long as no round begins."""
        kept = self.ops[op.args[2]] if op.kind == "select" else op
        return kept if kept.kind == "phi" and kept in self.block.phis else None

    def _turn(self, op: Op, following: int, ends: Mapping[int, int], length: int) -> Turn | None:
        """How a counter grows: always, or where a round ends, as one of the `ends` says."""
        every, grown = 1, self.ops[following]
        if grown.kind == "select":
            condition, then, other = grown.args
            if condition in ends and other == op.id:
                every, grown = ends[condition], self.ops[then]
            elif ~condition in ends and then == op.id:
                every, grown = ends[~condition], self.ops[other]
        total = self.form(grown.id, 1)
        step = total.pop(-1, 0)
        is_turn = total == {op.id: 1} and step and (length or every > 1) and not length % every
        return Turn(step, every, length) if is_turn else None

    def _note(self, op: Op, first: Op, turn: Turn) -> None:
        self.turns[op.id] = turn
        count = (turn.length or self.trips or 0) // turn.every
        if first.kind != "const" or not count:
            self.modulus[op.id] = op.bits
            return
        last = first.value + (count - 1) * turn.step
        if last < 0 or max(first.value, last) >> (op.bits - 1):
            self.modulus[op.id] = op.bits
        if last >= 0 and not max(first.value, last) >> op.bits:
            self.turns |= {wide.id: turn for wide in self.block.body
                           if wide.kind == "zext" and wide.args[0] == op.id}  # fmt: skip

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
        modulus = 1 << self._bits(first)
        start = difference.get(-1, 0)
        terms = self.form(second.args[0], 1)
        changing = [(terms[key], self._growing(key, self._bits(first)))
                    for key in terms if key != -1]  # fmt: skip
        known = [(factor, turn) for factor, turn in changing if turn is not None]
        if len(known) < len(changing):
            return 1
        if any(turn.every > 1 or turn.length for _, turn in known):
            found = soonest(known, start, modulus)
        else:
            found = _first_zero(start, sum(factor * turn.step for factor, turn in known), modulus)
        return found if self.trips is None or found < self.trips else 0

    def _growing(self, id: int, bits: int) -> Turn | None:
        """How a value grows modulo 2**`bits`, if it does so in a way that is known."""
        if id in self.turns:
            return self.turns[id] if self.modulus.get(id, bits) >= bits else None
        step = self.step(id, bits)
        return None if step is None else Turn(step)

    def step(self, id: int, bits: int) -> int | None:
        """What a value grows by in an iteration, modulo 2**`bits`; None: by no constant."""
        if id in self.steps:
            return self.steps[id] if self.modulus.get(id, bits) >= bits else None
        return None if self._varies(id) else 0

    def _varies(self, id: int) -> bool:
        """Whether a value can change from one iteration to the next."""
        if id not in self._varying:
            op = self.ops[id]
            fixed = {"const"} if self.function.overlaps else {"const", "input"}
            own = op.kind not in fixed and id in self._here
            still = own and op.kind in PURE and not any(map(self._varies, op.args))
            self._varying[id] = own and not still and self.steps.get(id) != 0
        return self._varying[id]
