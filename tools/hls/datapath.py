"""Where each value of a scheduled function is, cycle by cycle: a wire, or which register.

In a block that runs once at a time a value is on its wire in the cycle that makes it, and from then
on in one register. In a pipelined loop iterations overlap: a value that is used for longer than the
interval moves on through a chain of registers.
"""

from dataclasses import dataclass, field

from tools.hls.dependences import result_latency
from tools.hls.ir import Block, Function, Op
from tools.hls.modulo import Schedule


@dataclass(frozen=True)
class Register:
    """Loaded with `source` whenever `block` is in `cycle`; `stage` counts along a chain."""

    name: str
    bits: int
    source: str
    block: str
    cycle: int


@dataclass
class Datapath:
    function: Function
    schedules: dict[str, Schedule]
    registers: dict[str, Register] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ops = self.function.by_id()
        self.home = {op.id: block.name for block in self.function.blocks for op in block.ops}
        self.blocks = {block.name: block for block in self.function.blocks}

    def made(self, op: Op) -> int:
        """The cycle of its block in which an operation's result is on its wire."""
        schedule = self.schedules[self.home[op.id]]
        if op.kind == "phi":
            return self._phi_made(op)
        return schedule.cycles.get(op.id, 0) + result_latency(op, self.function)

    def _phi_made(self, phi: Op) -> int:
        """In a pipelined loop: the first cycle of an iteration in which its register holds."""
        block, schedule = self._of(phi)
        if schedule.interval is None:
            return 0
        return self.updated(phi) + 1 - schedule.interval

    def updated(self, phi: Op) -> int:
        """The cycle at the end of which a loop's phi gets its value for the next iteration."""
        block, _ = self._of(phi)
        following = self.ops[phi.args[block.preds.index(block.name)]]
        if self.home.get(following.id) != block.name or following.kind in ("const", "input"):
            return 0
        if following.kind == "phi":
            return max(0, self._phi_made(following)) if following.id != phi.id else 0
        return self.made(following)

    def _of(self, op: Op) -> tuple[Block, Schedule]:
        name = self.home[op.id]
        return self.blocks[name], self.schedules[name]

    def value(self, id: int, block: str, cycle: int) -> str:
        """The expression for a value in a cycle of a block; makes the registers that it needs."""
        op = self.ops[id]
        if op.kind == "const":
            return f"{op.bits}'d{op.value}"
        if op.kind == "input":
            return op.name
        home = self.home[id]
        schedule = self.schedules[home]
        if schedule.interval is None:
            return self._held(op, home, block, cycle)
        if home != block:
            return self._left(op, schedule)
        return self._moving(op, schedule, cycle)

    def _held(self, op: Op, home: str, block: str, cycle: int) -> str:
        if op.kind == "phi":
            return self._phi_register(op)
        made = self.made(op)
        if home == block and cycle == made:
            return f"v{op.id}"
        return self._register(f"r{op.id}", op, f"v{op.id}", home, made)

    def _register(self, name: str, op: Op, source: str, block: str, cycle: int) -> str:
        if name not in self.registers:
            self.registers[name] = Register(name, op.bits, source, block, cycle)
        return name

    def _phi_register(self, op: Op) -> str:
        return self._register(f"r{op.id}", op, "", self.home[op.id], -1)

    def _left(self, op: Op, schedule: Schedule) -> str:
        """A loop's value after the loop: the last iteration's stays in its register."""
        if op.kind == "phi":
            return self._moving(op, schedule, schedule.length)
        return self._moving(op, schedule, self.made(op) + 1)

    def _moving(self, op: Op, schedule: Schedule, cycle: int) -> str:
        interval = schedule.interval
        assert interval is not None
        made = self.made(op)
        home = self.home[op.id]
        if op.kind == "phi":
            stage = (cycle - made) // interval
            name = self._phi_register(op)
            for i in range(1, stage + 1):
                name = self._register(f"r{op.id}_{i}", op, name, home, made + i * interval - 1)
            return name
        stage = -(-(cycle - made) // interval)
        name = f"v{op.id}"
        for i in range(1, stage + 1):
            at = made + (i - 1) * interval
            name = self._register(f"r{op.id}_{i}", op, name, home, at)
        return name
