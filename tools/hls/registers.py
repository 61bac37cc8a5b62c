"""Array arguments in registers: every element has scalar ports, and is a value here, no memory.

What is only read becomes inputs, with a multiplexer where the index varies; what is only written
becomes outputs, with a decoder. Elements that are both, always at known indices, are values in
static single assignment form; an array that is both at varying indices lives in registers of its
own during a call.
"""

from dataclasses import replace

from prompts.interface import Argument
from tools.hls.ir import Function, Op, Return
from tools.hls.lower import Lowering


def to_ports(lowering: Lowering, argument: Argument) -> None:
    """Replace the memory of an argument by the inputs `NAME_i` and outputs `NAME_o` of elements."""
    name = argument.name
    function = lowering.function
    used = [op for op in function.ops() if op.name == name and op.kind in ("load", "store")]
    loads, stores = ({op.id for op in used if op.kind == kind} for kind in ("load", "store"))
    by_id = lowering.build.ops
    varying = any(by_id[op.args[0]].kind != "const" or op.predicate for op in used)
    partial = any(by_id[op.args[1]].bits < argument.bits for op in used if op.kind == "store")
    elements = _Elements(lowering, argument)
    if loads and stores and (varying or partial):
        elements.keep()
        return
    both = _both(used, lowering) if loads and stores else set()
    for block in function.blocks:
        ops, block.ops = block.ops, []
        lowering.build.block = block
        for op in ops:
            at = by_id[op.args[0]] if op.id in loads | stores else None
            if at is None or (at.kind == "const" and at.value in both):
                block.ops.append(op)
            elif op.id in loads:
                elements.read(op, at)
            else:
                elements.write(op, at)
    for index in sorted(both):
        _as_values(lowering, argument, index)
    del function.memories[name]


def _both(used: list[Op], lowering: Lowering) -> set[int]:
    """The elements, at known indices, that are read and written."""
    by_id = lowering.build.ops
    read, written = (
        {by_id[op.args[0]].value for op in used if op.kind == kind} for kind in ("load", "store")
    )
    return read & written


class _Elements:
    """Makes the operations for one access."""

    def __init__(self, lowering: Lowering, argument: Argument) -> None:
        self.lowering = lowering
        self.build = lowering.build
        self.argument = argument
        self.stems = argument.bank_names()

    def _input(self, index: int) -> Op:
        return self.build.add("input", self.argument.bits, name=f"{self.stems[index]}_i")

    def read(self, op: Op, at: Op) -> None:
        """The load's value under its old number."""
        build = self.build
        build.line = op.line
        if at.kind == "const":
            found = self._input(min(at.value, len(self.stems) - 1))
        else:
            values = [self._input(i) for i in range(len(self.stems))]
            found = self._chosen(values, at)
        build.block.ops.append(Op(op.id, "zext", op.bits, (found.id,), line=op.line))

    def _chosen(self, values: list[Op], at: Op) -> Op:
        """A tree of multiplexers, one level for each bit of the index."""
        build, bit = self.build, 0
        while len(values) > 1:
            here = build.binary("lshr", at, build.const(bit, at.bits))
            odd = build.resize(here, 1, False)
            pairs = zip(values[::2], values[1::2], strict=False)
            joined = [build.add("select", low.bits, odd, high, low) for low, high in pairs]
            values = joined + ([values[-1]] if len(values) % 2 else [])
            bit += 1
        return values[0]

    def write(self, op: Op, at: Op) -> None:
        """An output for the element; for every one, when it is meant, if the index varies."""
        build = self.build
        build.line = op.line
        value, when = build.ops[op.args[1]], build.condition(op)
        if at.kind == "const":
            if at.value < len(self.stems):
                build.add("output", 0, value, name=f"{self.stems[at.value]}_o", predicate=when)
            return
        for i, stem in enumerate(self.stems):
            here = build.both(build.binary("eq", at, build.const(i, at.bits)), when)
            build.add("output", 0, value, name=f"{stem}_o", predicate=here)

    def keep(self) -> None:
        """The array in registers of the function's own, filled at the start, shown at the end."""
        function, build = self.lowering.function, self.build
        memory = function.memories[self.argument.name]
        function.memories[memory.name] = replace(
            memory, place="ram", async_read=True, ports=memory.words
        )
        self.build.block = function.blocks[0]
        for i in range(memory.words):
            at = build.const(i, memory.address_bits)
            build.add("store", 0, at, self._input(i), name=memory.name)
        for block in function.blocks:
            if not isinstance(block.end, Return):
                continue
            build.block = block
            for i, stem in enumerate(self.stems):
                at = build.const(i, memory.address_bits)
                value = build.add("load", memory.bits, at, name=memory.name)
                build.add("output", 0, value, name=f"{stem}_o")


def _as_values(lowering: Lowering, argument: Argument, index: int) -> None:
    """One element in static single assignment form: an input first, an output at every end."""
    build, function = lowering.build, lowering.function
    stem = argument.bank_names()[index]
    starts: dict[str, Op] = {}
    ends: dict[str, Op] = {}
    joins: dict[str, Op] = {}
    for block in function.blocks:
        build.block = block
        before = {ends[p].id for p in block.preds if p in ends}
        if not block.preds:
            starts[block.name] = build.add("input", argument.bits, name=f"{stem}_i")
            block.ops.insert(0, block.ops.pop())
        elif len(before) == 1 and all(p in ends for p in block.preds):
            starts[block.name] = ends[block.preds[0]]
        else:
            starts[block.name] = joins[block.name] = build.add("phi", argument.bits)
            block.ops.insert(0, block.ops.pop())
        ends[block.name] = _through(lowering, argument.name, index, starts[block.name])
    for name, phi in joins.items():
        block = function.block(name)
        made = phi.with_args(tuple(ends[p].id for p in block.preds))
        build.ops[phi.id] = made
        block.ops[block.ops.index(phi)] = made
    for block in function.blocks:
        if isinstance(block.end, Return):
            build.block = block
            build.add("output", 0, ends[block.name], name=f"{stem}_o")


def _through(lowering: Lowering, name: str, index: int, value: Op) -> Op:
    """The element after the current block; its loads there become the value at their place."""
    build, kept = lowering.build, list[Op]()
    for op in build.block.ops:
        mine = op.kind in ("load", "store") and op.name == name
        if not mine or build.ops[op.args[0]].value != index:
            kept.append(op)
        elif op.kind == "store":
            value = build.ops[op.args[1]]
        else:
            kept.append(Op(op.id, "zext", op.bits, (value.id,), line=op.line))
    build.block.ops = kept
    return value


def name_ports(function: Function, argument: Argument) -> None:
    """Ports of the elements: `NAME`, or `NAME_i` and `NAME_o` when any of them is both."""
    stems = argument.bank_names()
    names = {op.name for op in function.ops() if op.kind in ("input", "output")}
    read = any(f"{stem}_i" in names for stem in stems)
    written = any(f"{stem}_o" in names for stem in stems)
    if read != written:
        plain = {f"{stem}{'_i' if read else '_o'}": stem for stem in stems}
        for block in function.blocks:
            block.ops = [
                replace(op, name=plain[op.name])
                if op.kind in ("input", "output") and op.name in plain
                else op
                for op in block.ops
            ]
    for stem in stems:
        if read:
            function.arguments.append((f"{stem}_i" if written else stem, argument.bits))
        if written:
            function.outputs.append((f"{stem}_o" if read else stem, argument.bits))
