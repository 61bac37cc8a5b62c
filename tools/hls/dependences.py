"""What must come before what within a block, and from one iteration of a loop to a later one."""

from dataclasses import dataclass

from tools.hls.interpret import signed
from tools.hls.ir import ORDERED, Block, Function, Op
from tools.hls.ranges import Ranges
from tools.hls.request_order import request_order

_LINEAR = frozenset({"add", "sub", "mul", "shl", "trunc"})
FARTHEST = 256
"""Iterations after which a dependence between iterations is left out of account."""


@dataclass(frozen=True)
class Edge:
    """`target` starts at least `latency` cycles after `source`, `distance` iterations later."""

    source: int
    target: int
    latency: int
    distance: int = 0


def edges(function: Function, block: Block, loop: bool, ranges: Ranges) -> list[Edge]:
    """All dependences of a block; with `loop` also those around its back edge."""
    here = {op.id: op for op in block.ops}
    found: list[Edge] = []
    for op in block.body:
        for arg in op.args:
            if arg in here and here[arg].kind not in ("const", "input", "phi"):
                found.append(Edge(arg, op.id, result_latency(here[arg], function)))
    found += _state(function, block, loop, ranges)
    found += [Edge(*order) for order in request_order(function, block, loop)]
    if loop:
        found += _carried(function, block, here)
    return found


def result_latency(op: Op, function: Function) -> int:
    """Cycles from an operation's start to its result; 0: within the cycle."""
    if op.kind == "load":
        return 0 if function.memories[op.name].async_read else 1
    return 0


def _carried(function: Function, block: Block, here: dict[int, Op]) -> list[Edge]:
    """A loop's values from one iteration to the next: through a register."""
    found = []
    at = block.preds.index(block.name)
    users: dict[int, list[Op]] = {}
    for op in block.body:
        for arg in op.args:
            users.setdefault(arg, []).append(op)
    for phi in block.phis:
        source = here.get(phi.args[at])
        distance = 1
        while source is not None and source.kind == "phi":  # a value kept for several iterations
            source, distance = here.get(source.args[at]), distance + 1
            if distance > FARTHEST:
                source = None
        if source is None or source.kind in ("const", "input"):
            continue
        latency = result_latency(source, function) + distance  # a register for each iteration
        found += [Edge(source.id, user.id, latency, distance) for user in users.get(phi.id, [])]
    return found


def _state(function: Function, block: Block, loop: bool, ranges: Ranges) -> list[Edge]:
    """The order of accesses to each memory, stream and output."""
    found = []
    by_name: dict[str, list[Op]] = {}
    for op in block.body:
        if op.kind in ORDERED:
            by_name.setdefault(op.name, []).append(op)
    forms = Forms(function, block, ranges)
    for name, ops in by_name.items():
        free = loop and name in function.loops_independent(block.name)
        for i, first in enumerate(ops):
            for second in ops[i + 1 :]:
                if _conflict(first, second) and not forms.apart(first, second):
                    found.append(Edge(first.id, second.id, 1))
            if not loop or free:
                continue
            for second in ops[: i + 1]:
                if _conflict(first, second):
                    distance = forms.distance(first, second)
                    if distance:
                        found.append(Edge(first.id, second.id, 1, distance))
            for second in ops[i + 1 :]:
                if _conflict(first, second):
                    distance = forms.distance(first, second)
                    if distance:
                        found.append(Edge(first.id, second.id, 1, distance))
    return found


def _conflict(first: Op, second: Op) -> bool:
    """Whether the order of two accesses to the same thing can matter."""
    return not (first.kind == "load" and second.kind == "load")


class Forms:
    """Addresses as sums of operations times constants, modulo the size of the address."""

    def __init__(self, function: Function, block: Block, ranges: Ranges) -> None:
        self.ranges = ranges
        self.function = function
        self.block = block
        self.ops = function.by_id()
        self._widest = max((m.address_bits for m in function.memories.values()), default=0)
        self.steps = self._steps()

    def _steps(self) -> dict[int, int]:
        """What each of the loop's counters grows by in an iteration; other values are not there."""
        found = {}
        if self.block.name in self.block.preds:
            at = self.block.preds.index(self.block.name)
            for phi in self.block.phis:
                following = self.ops[phi.args[at]]
                total = self.form(following.id, 1)
                whole = phi.bits >= self._widest or not self.ranges.wraps(following, True)
                if total.get(phi.id) == 1 and set(total) <= {phi.id, -1} and whole:
                    found[phi.id] = total.get(-1, 0)
                elif following.id == phi.id:
                    found[phi.id] = 0
        return found

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
        a, b = self.form(first.args[0], 1), self.form(second.args[0], 1)
        if any(key != -1 and key not in self.steps and self.varies(key) for key in {*a, *b}):
            return 1
        modulus = 1 << self._bits(first)
        difference = self._difference(first, second)
        if any(key != -1 for key in difference):
            return 1
        step = sum(factor * self.steps.get(key, 0) for key, factor in b.items() if key != -1)
        start = difference.get(-1, 0)
        for distance in range(1, FARTHEST + 1):
            if (start + step * distance) % modulus == 0:
                return distance
        return 0

    def varies(self, id: int) -> bool:
        """Whether a value can change from one iteration to the next."""
        return any(op.id == id for op in self.block.ops) and self.ops[id].kind not in (
            "const",
            "input",
        )
