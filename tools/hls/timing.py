"""How long operations take of a clock period, by the measured delays of a technology."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.hls.ir import COMPARE, Function, Op
from tools.hls.schedule.delays import Delays

if TYPE_CHECKING:
    from tools.hls.modulo import Schedule

ARGUMENT_OUT_NS = 0.5
"""When the word of an argument's memory is there, which is outside: a register's and a wire."""
RAM_OUT_NS = 0.0
"""When that of a memory in look-up tables is there: its clocked read ends in a register."""
LOGIC = frozenset({"and", "or", "xor"})


@dataclass(frozen=True)
class Clock:
    """A clock period, and what operations take of it."""

    period_ns: float
    delays: Delays

    @property
    def budget_ns(self) -> float:
        """What is left of a period between registers, with a margin for wires that are long."""
        return (self.period_ns - self.delays.register_ps / 1000) / (1 + self.delays.margin)

    def refined(self, function: Function, found: Mapping[str, "Schedule"]) -> dict[str, "Schedule"]:
        """The schedules of a function as they stay: a clock with feedback has better ones."""
        return dict(found)

    def operator_ns(self, op: Op, ops: Mapping[int, Op]) -> float:
        """From an operation's operands to its result."""
        constant = len(op.args) > 1 and ops[op.args[1]].kind == "const"
        if is_sign_test(op, ops):
            return 0.0
        if op.kind in COMPARE:
            equal = op.kind in ("eq", "ne")
            widths: tuple[int, ...] = (_compared(op, ops) if equal else ops[op.args[0]].bits,)
        elif op.kind == "mul":
            widths = factor_bits(op, ops)
        elif op.kind in LOGIC and (constant or are_apart(op, ops)):
            return 0.0
        else:
            widths = (ops[op.args[0]].bits,) if op.kind in ("clz", "ctz") else ()
        return self.delays.of(op.kind, op.bits, widths, constant) / 1000

    def in_ns(self, op: Op, function: Function) -> float:
        """From the address of a load to its word or, of a clocked read, to the clock's edge."""
        memory = function.memories[op.name]
        clocked = memory.is_outside or memory.style == "block"
        if clocked and not memory.async_read:
            return 0.0
        return self.delays.memory_in(memory.words, memory.bits) / 1000

    def out_ns(self, op: Op, function: Function) -> float:
        """When a load's value is there in the cycle after its clocked read."""
        memory = function.memories[op.name]
        found = (self.delays.block_ram_ps or 0.0) / 1000 if memory.style == "block" else RAM_OUT_NS
        # The word of a buffer or a slave comes through a multiplexer.
        return found + (ARGUMENT_OUT_NS if memory.place == "argument" else 0.0)


def is_sign_test(op: Op, ops: Mapping[int, Op]) -> bool:
    """Whether a comparison only looks at the sign bit: `x < 0`, `x >= 0`, `x > -1`."""
    if op.kind not in ("slt", "sle"):
        return False
    first, second = (ops[arg] for arg in op.args)
    minus_one = (1 << first.bits) - 1
    limits = (0, minus_one) if op.kind == "slt" else (minus_one, 0)
    return (second.kind == "const" and second.value == limits[0]) or (
        first.kind == "const" and first.value == limits[1]
    )


def are_apart(op: Op, ops: Mapping[int, Op]) -> bool:
    """Whether an operation only puts together bits that stand at different places."""
    return op.kind != "and" and not _places(op.args[0], ops) & _places(op.args[1], ops)


def _places(id: int, ops: Mapping[int, Op]) -> int:
    """The bits that may be ones, as far as it is seen at a glance."""
    op = ops[id]
    whole = (1 << op.bits) - 1
    if op.kind == "const":
        return op.value
    if op.kind == "zext":
        return (1 << ops[op.args[0]].bits) - 1
    if op.kind in ("and", "shl") and ops[op.args[1]].kind == "const":
        by = ops[op.args[1]].value
        return by if op.kind == "and" else _places(op.args[0], ops) << by & whole
    return whole


def _compared(op: Op, ops: Mapping[int, Op]) -> int:
    """The bits that an equality looks at."""
    first = ops[op.args[0]]
    if first.kind == "and" and ops[first.args[1]].kind == "const":
        return ops[first.args[1]].value.bit_count()
    return first.bits


def factor_bits(product: Op, ops: Mapping[int, Op]) -> tuple[int, ...]:
    """The widths of a product's factors; those without a sign need no bit for one."""
    unsigned = all(ops[a].kind == "zext" for a in product.args)
    return tuple(source_bits(a, ops) - unsigned for a in product.args)


def source_bits(id: int, ops: Mapping[int, Op]) -> int:
    """The width of an operand before it was extended."""
    op = ops[id]
    if op.kind == "sext":
        return ops[op.args[0]].bits
    if op.kind == "zext":
        return ops[op.args[0]].bits + 1
    return op.bits
