"""Runs a function of the IR: what its operations mean, apart from any schedule."""

from collections.abc import Mapping, Sequence

from tools.errors import ToolError
from tools.hls.ir import Branch, Function, Jump, Op

MAX_STEPS = 20_000_000


def signed(value: int, bits: int) -> int:
    """The bits read as two's complement."""
    return value - (1 << bits) if bits and value >> (bits - 1) else value


def evaluate(kind: str, bits: int, args: Sequence[int], widths: Sequence[int]) -> int:
    """The result of an operation without state, as an unsigned number of `bits`."""
    mask = (1 << bits) - 1
    a = args[0]
    b = args[1] if len(args) > 1 else 0
    width = widths[0]
    if kind == "add":
        return (a + b) & mask
    if kind == "sub":
        return (a - b) & mask
    if kind == "mul":
        return (a * b) & mask
    if kind == "and":
        return a & b
    if kind == "or":
        return a | b
    if kind == "xor":
        return a ^ b
    if kind == "shl":
        return (a << b) & mask if b < width else 0
    if kind == "lshr":
        return a >> b if b < width else 0
    if kind == "ashr":
        return (signed(a, width) >> min(b, width - 1)) & mask
    if kind == "eq":
        return int(a == b)
    if kind == "ne":
        return int(a != b)
    if kind == "ult":
        return int(a < b)
    if kind == "ule":
        return int(a <= b)
    if kind == "slt":
        return int(signed(a, width) < signed(b, width))
    if kind == "sle":
        return int(signed(a, width) <= signed(b, width))
    if kind == "select":
        return args[1] if a else args[2]
    if kind == "zext":
        return a
    if kind == "sext":
        return signed(a, width) & mask
    if kind == "trunc":
        return a & mask
    if kind == "clz":
        return width - a.bit_length()
    if kind == "ctz":
        return (a & -a).bit_length() - 1 if a else width
    if kind in ("udiv", "urem"):
        if b == 0:
            return mask if kind == "udiv" else a
        return a // b if kind == "udiv" else a % b
    if kind in ("sdiv", "srem"):
        x, y = signed(a, width), signed(b, width)
        if y == 0:
            return mask if kind == "sdiv" else a
        quotient = abs(x) // abs(y) * (1 if (x < 0) == (y < 0) else -1)
        return (quotient if kind == "sdiv" else x - quotient * y) & mask
    raise ValueError(kind)


class Machine:
    """The state of a function between calls: its memories."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self.contents: dict[str, list[int]] = {}
        for memory in function.memories.values():
            initial = list(memory.initial) + [0] * (memory.words - len(memory.initial))
            self.contents[memory.name] = initial
        self.steps = 0

    def call(
        self, inputs: Mapping[str, int], streams: Mapping[str, list[int]] | None = None
    ) -> dict[str, int]:
        """Run one call; the scalar outputs, and the return value as `ap_return`.

        Argument memories are read and written in `contents`; streams are lists, read from the
        front.
        """
        streams = streams or {}
        values: dict[int, int] = {}
        outputs: dict[str, int] = {}
        widths = {op.id: op.bits for op in self.function.ops()}
        blocks = {block.name: block for block in self.function.blocks}
        block, before = self.function.blocks[0], ""
        while True:
            at = block.preds.index(before) if before else 0
            fresh = {phi.id: values.get(phi.args[at], 0) for phi in block.phis}
            values.update(fresh)
            for op in block.body:
                self.steps += 1
                values[op.id] = self._do(op, values, widths, inputs, outputs, streams)
            if self.steps > MAX_STEPS:
                raise ToolError(f"{self.function.name} did not end within {MAX_STEPS} operations")
            end, before = block.end, block.name
            if isinstance(end, Jump):
                block = blocks[end.target]
            elif isinstance(end, Branch):
                block = blocks[end.then if values[end.condition] else end.other]
            else:
                if end.value is not None:
                    outputs["ap_return"] = values[end.value]
                return outputs

    def _do(
        self,
        op: Op,
        values: dict[int, int],
        widths: Mapping[int, int],
        inputs: Mapping[str, int],
        outputs: dict[str, int],
        streams: Mapping[str, list[int]],
    ) -> int:
        args = [values[a] for a in op.args]
        active = not op.predicate or args[-1] == 1
        if op.kind == "const":
            return op.value
        if op.kind == "input":
            return inputs[op.name] & ((1 << op.bits) - 1)
        if op.kind == "load":
            words = self.contents[op.name]
            return words[args[0]] if args[0] < len(words) else 0
        if op.kind == "store":
            words = self.contents[op.name]
            if active and args[0] < len(words):
                bits = widths[op.args[1]]
                if bits < self.function.memories[op.name].bits:
                    kept = words[args[0]] & ~(((1 << bits) - 1) << op.value)
                    words[args[0]] = kept | args[1] << op.value
                else:
                    words[args[0]] = args[1]
            return 0
        if op.kind == "output":
            if active:
                outputs[op.name] = args[0]
            return 0
        if op.kind == "read":
            return streams[op.name].pop(0) if active and streams[op.name] else 0
        if op.kind == "write":
            if active:
                streams[op.name].append(args[0])
            return 0
        if op.kind == "empty":
            return int(not streams[op.name])
        if op.kind == "full":
            return 0
        return evaluate(op.kind, op.bits, args, [widths[a] for a in op.args])
