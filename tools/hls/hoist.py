"""Words that a loop reads again in every iteration are read before it, where its ports are too few.

The coefficients of a filter are such words: 16 of them in a memory of two ports would keep an
iteration waiting for eight cycles, and in registers they are all there at once.
"""

from dataclasses import replace

from tools.hls.ir import Block, Function, Memory, Op
from tools.hls.loops import Loop, loops
from tools.hls.trips import trip_count

_MOST_BITS = 1024
"""What may become registers for a loop."""


def hoist(function: Function) -> None:
    """Move loads at constant addresses out of loops of one block that are to be pipelined."""
    every = loops(function)
    for loop in every:
        if loop.innermost and len(loop.blocks) == 1:
            for memory in list(function.memories.values()):
                _from(function, loop, memory, every)


def _from(function: Function, loop: Loop, memory: Memory, every: list[Loop]) -> None:
    block, ops = function.block(loop.header), function.by_id()
    used = [op for op in block.ops if op.name == memory.name and op.kind in ("load", "store")]
    if memory.is_remote or len(used) <= memory.ports or _is_written(function, loop, memory):
        return
    fixed = [op for op in used if _at(op, ops) < memory.words]
    before, after = (-(-n // memory.ports) for n in (len(used), len(used) - len(fixed)))
    once = -(-len(fixed) // memory.ports)
    trips = trip_count(function, ops, loop) or once
    if sum(op.bits for op in fixed) > _MOST_BITS or trips * (before - max(1, after)) < once:
        return
    place = _place(function, loop, memory, every)
    if place is not None:
        moved = {op.id for op in fixed}
        block.ops = [op for op in block.ops if op.id not in moved]
        place.ops += [replace(op, args=op.args[:1], predicate=False) for op in fixed]


def _at(op: Op, ops: dict[int, Op]) -> int:
    """The constant address of a load; of another operation one beyond every memory."""
    address = ops[op.args[0]]
    return address.value if op.kind == "load" and address.kind == "const" else 1 << 62


def _is_written(function: Function, loop: Loop, memory: Memory) -> bool:
    """Whether a word of the memory may change in the loop."""
    inside = [op for name in loop.blocks for op in function.block(name).ops]
    return any(
        op.kind == "call" or (op.kind == "store" and op.name == memory.name) for op in inside
    )


def _place(function: Function, loop: Loop, memory: Memory, every: list[Loop]) -> Block | None:
    """The block in front of the outermost loop around in which the memory stays as it is."""
    around = [o for o in every if loop.header in o.blocks and not _is_written(function, o, memory)]
    found = None
    for one in sorted(around, key=lambda o: len(o.blocks)):
        outside = [p for p in function.block(one.header).preds if p not in one.blocks]
        if len(outside) != 1:
            break
        found = function.block(outside[0])
    return found
