"""The delays around an operation within its cycle: its own, and of what is before and behind it.

Besides the operator there are multiplexers that the schedule's reader does not see as operations:
in front of a memory's port that several accesses share, and of a register that several blocks load.
"""

from collections.abc import Mapping, Sequence

from tools.hls.ir import Block, Branch, Function, Op
from tools.hls.lookup import Lookup
from tools.hls.multipliers import choosing_ns
from tools.hls.timing import Clock

_FAR = frozenset({"store", "write"})
"""What ends at a memory or a FIFO, to which a wire is longer than to a look-up table's own
register."""


class OperationDelays:
    """Nanoseconds of the operations `ops` of a block, or of a few of them."""

    def __init__(self, function: Function, ops: Sequence[Op], clock: Clock) -> None:
        self.function, self.clock = function, clock
        self.by_id = function.by_id()
        self.lookup = Lookup(ops, self.by_id, clock.delays.lut_inputs)
        self.behind = self._behind({op.id for op in ops})
        """From an operation's result to the register that it ends in, where that is not plain."""
        self.users = _users(function)

    def own(self, op: Op) -> float:
        """From the operands to the result or, of an access with a clock, to the clock's edge."""
        if op.kind == "load":
            return self.clock.in_ns(op, self.function) + self._port(op)
        if op.kind in _FAR:
            return self._port(op)
        if op.kind == "read":
            return self.clock.delays.logic(2) / 1000 if self._is_fifo(op) else 0.0
        if inputs := self.lookup.inputs(op):
            return self.clock.delays.logic(inputs) / 1000
        return self.clock.operator_ns(op, self.by_id)

    def out(self, op: Op) -> float:
        """When the value of a clocked read is there, after the clock's edge."""
        return self.clock.out_ns(op, self.function)

    def wire(self, op: Op) -> float:
        """What a wire to an operation takes besides, where logic is before it in its cycle.

        Multipliers stand in columns of their own: what a register beside one of them hands over
        is near, and what look-up tables make is not.
        """
        return self._far() if op.kind == "mul" else 0.0

    def operands(self, op: Op) -> list[int]:
        """The values that the delay counts from: those of a look-up table may be further back."""
        if self.lookup.inputs(op):
            return [leaf for leaf, _ in self.lookup.leaves[op.id]]
        return list(op.args)

    def _is_fifo(self, op: Op) -> bool:
        return self.function.streams[op.name].fifo and self.clock.delays.lut_inputs > 0

    def _port(self, op: Op) -> float:
        """The way into a memory or a FIFO; an argument's port is the design's own border."""
        memory = self.function.memories.get(op.name)
        if memory is None:  # the other side chooses whether it takes the word
            return self._far() + choosing_ns(self.clock, 2) if self._is_fifo(op) else 0.0
        if memory.is_outside or memory.async_read:
            return 0.0
        return self._far() + choosing_ns(self.clock, -(-self.users[op.name] // memory.ports))

    def _far(self) -> float:
        return self.clock.delays.ram_wire_ps / 1000

    def _behind(self, here: set[int]) -> dict[int, float]:
        found: dict[int, float] = {}
        for block in self.function.blocks:
            for id, inputs in _ends(block, self.by_id):
                if id in here:
                    found[id] = max(found.get(id, 0.0), choosing_ns(self.clock, inputs))
        return found


def _users(function: Function) -> dict[str, int]:
    """The addresses, or the words to store if these are more, that each memory is given."""
    addresses: dict[str, set[int]] = {}
    words: dict[str, set[int]] = {}
    for op in function.ops():
        if op.kind in ("load", "store"):
            addresses.setdefault(op.name, set()).add(op.args[0])
            words.setdefault(op.name, set())
        if op.kind == "store":
            words[op.name].add(op.args[1])
    return {name: max(len(addresses[name]), len(words[name])) for name in addresses}


def _ends(block: Block, ops: Mapping[int, Op]) -> list[tuple[int, int]]:
    """Values that go to a register which chooses, and from how many: phis and conditions.

    A constant is set by the register's own reset, which takes no logic in front of it.
    """
    found = []
    for phi in block.phis:
        words = {arg for arg in phi.args if ops[arg].kind != "const"}
        found += [(arg, len(words)) for arg in words]
    if isinstance(block.end, Branch):
        found.append((block.end.condition, 2))
    return found
