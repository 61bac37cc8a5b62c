"""Accesses to memory behind an AXI4 master become requests to it, and streams of data.

An argument `x` there has four streams: of read requests (`x_ar`: index and count), of what is read
(`x_r`), of write requests (`x_aw`: index, count and, for one element, the element) and of what is
written (`x_w`). A loop of one block in which an array is read or written at consecutive indices, in
every iteration, asks once for all of it before it starts: the master makes bursts of that. Every
other access asks for its one element.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tools.errors import ToolError
from tools.hls.consecutive import Consecutive
from tools.hls.ir import Block, Branch, Function, Jump, Kind, LoopPragmas, Memory, Op, Stream
from tools.hls.loops import Loop, loops

COUNT_BITS = 32


def to_requests(function: Function) -> None:
    """Replace all loads and stores of memories behind a master."""
    remote = {m.name: m for m in function.memories.values() if m.is_remote}
    if not remote:
        return
    for memory in remote.values():
        _declare(function, memory)
    maker = _Maker(max(op.id for op in function.ops()) + 1)
    for loop in loops(function):
        if loop.innermost and len(loop.blocks) == 1:
            _Bursts(function, loop, remote, maker).run()
    ops = function.by_id()
    for block in function.blocks:
        for op in block.ops:
            if op.kind in ("load", "store") and op.name in remote:
                _single(op, remote[op.name], ops, maker)
            else:
                maker.ops.append(op)
        block.ops = maker.take()
    function.blocks[0].ops[0:0] = maker.constants
    for name in remote:
        del function.memories[name]


def _declare(function: Function, memory: Memory) -> None:
    name, bits = memory.name, memory.bits
    assert memory.bus is not None
    ops = [op for op in function.ops() if op.name == name]
    if any(op.kind == "load" for op in ops):
        for role, wide, latency in (("ar", 64, 0), ("r", bits, memory.bus.latency)):
            function.streams[f"{name}_{role}"] = Stream(
                f"{name}_{role}", wide, "out" if role == "ar" else "in", fifo=True,
                memory=name, role=role, latency=latency,
            )  # fmt: skip
    if any(op.kind == "store" for op in ops):
        for role, wide in (("aw", bits + 65), ("w", bits)):
            function.streams[f"{name}_{role}"] = Stream(
                f"{name}_{role}", wide, "out", fifo=True, memory=name, role=role
            )


def accesses(function: Function) -> list[dict[str, Any]]:
    """The accesses to memory behind a master, each with its line, and whether it is by bursts.

    A request has a line when it is for one element: those of bursts stand before the loop.
    """
    found = []
    for block in function.blocks:
        moves = [op for op in block.body if op.kind in ("read", "write") and op.line]
        streams = [(op, function.streams[op.name]) for op in moves if op.name in function.streams]
        singles = {stream.memory for _, stream in streams if stream.role == "ar"}
        for op, stream in streams:
            if stream.role in ("r", "w", "aw"):
                burst = stream.role == "w" or (stream.role == "r" and stream.memory not in singles)
                found.append({"argument": stream.memory, "line": op.line, "burst": burst,
                              "way": "read" if stream.role == "r" else "write"})  # fmt: skip
    return found


class _Maker:
    """Makes operations into a list, and constants, which belong to the function's first block."""

    def __init__(self, next_id: int) -> None:
        self.next_id = next_id
        self.ops: list[Op] = []
        self.constants: list[Op] = []

    def make(
        self, kind: Kind, bits: int, *args: int, value: int = 0, name: str = "", line: int = 0,
        predicate: bool = False,
    ) -> int:  # fmt: skip
        op = Op(self.next_id, kind, bits, args, value, name, predicate, line)
        self.next_id += 1
        (self.constants if kind == "const" else self.ops).append(op)
        return op.id

    def take(self) -> list[Op]:
        """The operations made, which are forgotten here."""
        made, self.ops = self.ops, []
        return made

    def const(self, value: int, bits: int) -> int:
        return self.make("const", bits, value=value & ((1 << bits) - 1))

    def resized(self, id: int, old: int, bits: int) -> int:
        if old == bits:
            return id
        return self.make("zext" if old < bits else "trunc", bits, id)


def _single(op: Op, memory: Memory, ops: Mapping[int, Op], maker: _Maker) -> None:
    """An access to one element: its request, and for a load what comes back."""
    condition = op.args[-1:] if op.predicate else ()
    index = maker.resized(op.args[0], ops[op.args[0]].bits, 64)
    one = maker.const(1 << COUNT_BITS, 64)
    request = maker.make("or", 64, index, one)
    if op.kind == "load":
        maker.make("write", 0, request, *condition, name=f"{op.name}_ar", line=op.line,
                   predicate=op.predicate)  # fmt: skip
        maker.ops.append(replace(op, kind="read", args=condition, name=f"{op.name}_r"))
        return
    bits = memory.bits + 65
    data = ops[op.args[1]]
    if data.bits != memory.bits:
        raise ToolError(f"line {op.line}: a part of an element of {op.name!r} is written; behind "
                        "m_axi write whole elements")  # fmt: skip
    low = maker.make("or", bits, maker.resized(request, 64, bits), maker.const(1 << 64, bits))
    high = maker.make("shl", bits, maker.resized(data.id, data.bits, bits), maker.const(65, bits))
    word = maker.make("or", bits, low, high)
    maker.make("write", 0, word, *condition, name=f"{op.name}_aw", line=op.line,
               predicate=op.predicate)  # fmt: skip


class _Bursts:
    """The arrays that a loop runs through."""

    def __init__(
        self, function: Function, loop: Loop, remote: Mapping[str, Memory], maker: _Maker
    ) -> None:
        self.function = function
        self.maker = maker
        self.loop = loop
        self.remote = remote
        self.block = function.block(loop.header)

    def run(self) -> None:
        known = Consecutive(self.function, self.loop)
        found = [op for name in self.remote for op in self._through(name, known)]
        if not found or not known.is_counted:
            return
        count = known.count(self.maker.make)
        firsts = [known.first(op.args[0], self.maker.make) for op in found]
        if count is None or None in firsts:
            self.maker.take()
            return
        for op, first in zip(found, firsts, strict=True):
            assert first is not None
            self._ask(self.maker, op, first, count)
        self._put_before(self.maker.take())
        made = {op.id for op in found}
        self.block.ops = [self._moved(op) if op.id in made else op for op in self.block.ops]

    def _through(self, name: str, known: Consecutive) -> list[Op]:
        """The load and the store of an array that can be bursts: both of them, or none."""
        ops = [op for op in self.block.ops if op.kind in ("load", "store") and op.name == name]
        loads, stores = ([op for op in ops if op.kind == kind] for kind in ("load", "store"))
        if len(loads) > 1 or len(stores) > 1:
            return []
        if any(op.predicate or known.step(op.args[0]) != 1 for op in ops):
            return []
        bits = self.function.by_id()
        if any(bits[op.args[1]].bits != self.remote[name].bits for op in stores):
            return []
        if loads and stores and not known.is_ahead(loads[0].args[0], stores[0].args[0]):
            return []
        return ops

    def _ask(self, maker: _Maker, op: Op, first: int, count: int) -> None:
        index = maker.resized(first, self.remote[op.name].address_bits, 64)
        high = maker.make("shl", 64, maker.resized(count, COUNT_BITS, 64), maker.const(32, 64))
        request, role = maker.make("or", 64, index, high), "ar"
        if op.kind == "store":
            role, bits = "aw", self.remote[op.name].bits + 65
            request = maker.resized(request, 64, bits)
        maker.make("write", 0, request, name=f"{op.name}_{role}")

    def _moved(self, op: Op) -> Op:
        if op.kind == "load":
            return replace(op, kind="read", args=(), name=f"{op.name}_r")
        return replace(op, kind="write", args=(op.args[1],), name=f"{op.name}_w", value=0)

    def _put_before(self, ops: list[Op]) -> None:
        """A block between the loop and where it is entered from."""
        function, header = self.function, self.block
        at = next(i for i, pred in enumerate(header.preds) if pred != header.name)
        before = function.block(header.preds[at])
        made = Block(f"{header.name}.ask", [before.name], ops, Jump(header.name))
        header.preds[at] = made.name
        if isinstance(before.end, Branch):
            end = before.end
            before.end = replace(
                end,
                then=made.name if end.then == header.name else end.then,
                other=made.name if end.other == header.name else end.other,
            )
        else:
            before.end = Jump(made.name)
        function.blocks.insert(function.blocks.index(header), made)
        around = [loop for loop in loops(function) if self.loop.header in loop.blocks]
        for loop in around[1:2]:  # one request for each run of this loop
            pragmas = function.loops.get(loop.header, LoopPragmas())
            function.loops[loop.header] = replace(pragmas, flatten=False)
