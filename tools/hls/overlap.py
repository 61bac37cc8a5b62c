"""PIPELINE of the top: its body becomes one block, and its calls a pipeline of that block.

What the caller sees keeps to a call. A call's scalars and memories may be others as soon as it has
said that it is ready for the next one, an interval after it began: they are read before. Its
results, and what it does to memories that it writes, come after the end of the call before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from prompts.interface import Interface
from tools.hls.ifconvert import Collapse
from tools.hls.ir import Block, Function, Op, Overlap, Return
from tools.hls.loops import loops
from tools.hls.pragmas import Pragma
from tools.hls.simplify import simplify


def asked(pragmas: Sequence[Pragma]) -> Overlap | None:
    """What the pragmas of the top itself ask of its calls."""
    found = next((p for p in pragmas if p.kind == "pipeline" and "off" not in p.words), None)
    return Overlap(max(1, found.number("ii") or 1)) if found else None


def prepare(function: Function, interface: Interface) -> None:
    """Make the body of a top with PIPELINE one block, or note why its calls cannot overlap."""
    if function.overlap is None:
        return
    simplify(function)
    why = _hindrance(function, interface)
    if not why and len(function.blocks) > 1:
        Collapse(function, function.blocks[0].name, {b.name for b in function.blocks}).run()
    free = interface.calls == "ap_ctrl_none"
    why = why or _of_streams(function, free)
    function.overlap = replace(function.overlap, why=why, free=free)


def _hindrance(function: Function, interface: Interface) -> str:
    """Why calls cannot overlap; empty: they can."""
    for loop in loops(function):
        line = function.loops[loop.header].line if loop.header in function.loops else 0
        return f"the loop{f' at line {line}' if line else ''} has no constant number of iterations"
    if call := next((block.call for block in function.blocks if block.call), None):
        return f"it calls {call.name!r}, which is kept apart"
    if sum(isinstance(block.end, Return) for block in function.blocks) != 1:
        return "it returns in several places"
    if bus := next((a.name for a in interface.arguments if a.bus and a.kind == "memory"), ""):
        return f"{bus!r} is behind a bus"
    if handed := next((a.name for a in interface.arguments if a.handshake), ""):
        return f"{handed!r} has a handshake of its own"
    if interface.calls == "ap_ctrl_chain":
        return "ap_ctrl_chain lets a call wait at its end"
    return ""


def _of_streams(function: Function, free: bool) -> str:
    """Why it is not known which beat is a call's last, or when a call ends; empty: it is."""
    sinks = last_writes(function)
    for name, write in sinks.items():
        if write.predicate and (function.streams[name].last or not free):
            return f"it depends on the data which beat of {name!r} is a call's last"
    if sinks and not free and (len(sinks) > 1 or function.return_bits or _late(function)):
        return f"a call would end with {next(iter(sinks))!r}, and has other results"
    return ""


def last_writes(function: Function) -> dict[str, Op]:
    """For each AXI4-Stream that goes out, the write of a call's last beat."""
    return {
        op.name: op
        for op in function.ops()
        if op.kind == "write" and not function.streams[op.name].fifo
    }


def _late(function: Function) -> set[int]:
    """The operations whose effects the caller sees, or that read what the caller gives and takes
    back when a call ends."""
    ours = {m.name: m.argument for m in function.memories.values() if m.place == "argument"}
    written = {ours[op.name] for op in function.ops() if op.kind == "store" and op.name in ours}
    return {op.id for op in function.ops()
            if op.kind == "output" or ours.get(op.name) in written}  # fmt: skip


def hold_inputs(function: Function) -> None:
    """Values for the scalar inputs, which a call keeps when those are of the next one."""
    if not function.overlaps:
        return
    block = function.blocks[0]
    fresh = max(op.id for op in function.ops()) + 1
    held: dict[int, int] = {}
    ops: list[Op] = []
    for op in block.ops:
        ops.append(op.with_args(tuple(held.get(a, a) for a in op.args)))
        if op.kind == "input":
            held[op.id] = fresh + len(held)
            ops.append(Op(held[op.id], "zext", op.bits, (op.id,), line=op.line))
    block.ops = ops
    if isinstance(block.end, Return) and block.end.value in held:
        block.end = Return(held[block.end.value])


class Border:
    """Which operations of a block see the caller, and when each may: `early` ones before the call
    is ready for the next one, `late` ones after the end of the call before, and `last` as it
    ends."""

    def __init__(self, function: Function, block: Block) -> None:
        self.early: set[int] = set()
        self.late: set[int] = set()
        self.last: set[int] = set()
        if function.overlap is None or function.overlap.why:
            return
        if not function.overlap.free:
            self.late = _late(function)
            self.last = {op.id for op in last_writes(function).values()}
        inputs = {op.id for op in block.ops if op.kind == "input"}
        for op in block.body:
            memory = function.memories.get(op.name)
            given = op.kind == "load" and memory is not None and memory.place == "argument"
            if (given and op.id not in self.late) or (op.kind == "zext" and op.args[0] in inputs):
                self.early.add(op.id)

    def first(self, interval: int, length: int) -> dict[int, int]:
        """The first cycle that each may have in a call of so many cycles."""
        return dict.fromkeys(self.late, length - interval) | dict.fromkeys(self.last, length - 1)

    def holds(self, cycles: Mapping[int, int], interval: int, length: int) -> bool:
        return all(cycles[id] >= cycle for id, cycle in self.first(interval, length).items())
