"""How long operators take, for chaining them in a cycle: nanoseconds on ECP5, speed grade 6."""

from tools.hls.ir import COMPARE, Function, Op

LOGIC = 0.9
"""A lookup table and the wire to it."""
CARRY = 0.035
"""Each bit of a carry chain."""
MEMORY_OUT = {"argument": 1.0, "ram": 3.0, "rom": 3.0}
REGISTER = 0.9
"""From the clock through a register to the first lookup table, and the setup of the last."""


def delay_ns(op: Op, ops: dict[int, Op]) -> float:
    """From an operator's operands to its result; an estimate, before anything is synthesised."""
    constant = len(op.args) > 1 and ops[op.args[1]].kind == "const"
    if op.kind in ("const", "input", "phi", "zext", "sext", "trunc"):
        return 0.0
    if op.kind in ("add", "sub"):
        return LOGIC + 0.5 + CARRY * op.bits
    if op.kind in COMPARE:
        bits = ops[op.args[0]].bits
        if op.kind in ("eq", "ne"):
            bits = _compared(op, ops)
            return LOGIC * (1 if bits <= 2 else 2 if bits <= 8 else 2.6)
        return LOGIC + 0.5 + CARRY * bits
    if op.kind == "mul":
        widths = [source_bits(a, ops) for a in op.args]
        if constant:
            return 2 * (LOGIC + 0.5 + CARRY * op.bits)
        if max(widths) <= 18:
            return 4.6
        return 6.5 if max(widths) <= 36 else 9.5
    if op.kind in ("shl", "lshr", "ashr"):
        return 0.0 if constant else LOGIC * max(1, (op.bits - 1).bit_length()) * 0.8
    if op.kind in ("udiv", "urem", "sdiv", "srem"):
        return op.bits * (LOGIC + 0.5 + CARRY * op.bits)
    if op.kind in ("and", "or", "xor") and (constant or _are_apart(op, ops)):
        return 0.0
    if op.kind in ("and", "or", "xor"):
        return LOGIC * (0.4 if op.bits == 1 else 0.8)
    if op.kind in ("clz", "ctz"):
        return LOGIC * 0.8 * max(1, ops[op.args[0]].bits.bit_length())
    if op.kind == "select":
        return LOGIC * 0.8
    return 0.0


def _are_apart(op: Op, ops: dict[int, Op]) -> bool:
    """Whether an operation only puts together bits that stand at different places."""
    return op.kind != "and" and not _places(op.args[0], ops) & _places(op.args[1], ops)


def _places(id: int, ops: dict[int, Op]) -> int:
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


def _compared(op: Op, ops: dict[int, Op]) -> int:
    """The bits that an equality looks at."""
    first = ops[op.args[0]]
    if first.kind == "and" and ops[first.args[1]].kind == "const":
        return ops[first.args[1]].value.bit_count()
    return first.bits


def source_bits(id: int, ops: dict[int, Op]) -> int:
    """The width of an operand before it was extended."""
    op = ops[id]
    if op.kind == "sext":
        return ops[op.args[0]].bits
    if op.kind == "zext":
        return ops[op.args[0]].bits + 1
    return op.bits


def out_ns(op: Op, function: Function) -> float:
    """When a load's value is there in its cycle."""
    memory = function.memories[op.name]
    if memory.async_read:
        return LOGIC * max(1.0, (memory.words - 1).bit_length() / 2)
    return MEMORY_OUT[memory.place]
