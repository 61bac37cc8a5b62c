"""Unrolls short loops within loops by two, where the two ports of memories make that quicker.

A loop that asks for half of what a memory with two ports can give is worth two of its iterations at
once. What the source says of a loop's pipeline or unrolling is left as it is.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

from tools.hls.flatten import Cost, flatten
from tools.hls.ir import Block, Branch, Function, LoopPragmas, Op, Return
from tools.hls.loops import Loop, loops
from tools.hls.simplify import simplify
from tools.hls.trips import trip_count

_MOST_OPS = 48
"""Operations of a loop's body above which a second one is too large to be made unasked."""
_GAIN = 0.8
"""What is left of the cycles of the loops around, at most."""


def unroll(function: Function, fit: Callable[[Function], None], cost: Cost) -> None:
    """Unroll the loops whose nests become much quicker by it.

    `fit` makes a function's operators fit the clock, `cost` is that of `flatten`.
    """
    for header, outermost in _candidates(function):
        doubled = deepcopy(function)
        double(doubled, header)
        simplify(doubled)
        plain, trial = deepcopy(function), deepcopy(doubled)
        fit(plain)
        fit(trial)
        if cost(trial, header)[1] >= 2 * cost(plain, header)[1]:
            continue  # two iterations at once take as long as one after the other
        flatten(plain, cost)
        flatten(trial, cost)
        if cost(trial, outermost)[0] <= _GAIN * cost(plain, outermost)[0]:
            function.blocks, function.loops = doubled.blocks, doubled.loops


def _candidates(function: Function) -> list[tuple[str, str]]:
    """Headers of loops that may be unrolled, and of the outermost loops around them."""
    ops = function.by_id()
    found = []
    every = loops(function)
    for loop in every:
        around = [o for o in every if loop.header in o.blocks and o is not loop]
        if around and len(loop.blocks) == 1 and _suits(function, ops, loop):
            found.append((loop.header, max(around, key=lambda o: len(o.blocks)).header))
    return found


def _suits(function: Function, ops: dict[int, Op], loop: Loop) -> bool:
    block, pragmas = function.block(loop.header), function.loops.get(loop.header, LoopPragmas())
    if pragmas.pipeline is not None or not pragmas.unroll or not isinstance(block.end, Branch):
        return False
    if any(rule.distance for rule in pragmas.carried):
        return False  # that is of single iterations
    memories = [function.memories[op.name] for op in block.body if op.kind == "load"]
    streams = any(op.name in function.streams for op in block.body)
    if streams or not memories or any(m.ports < 2 or m.is_remote for m in memories):
        return False
    trips = trip_count(function, ops, loop) or 0
    return trips > 2 and trips % 2 == 0 and len(block.body) <= _MOST_OPS


def double(function: Function, header: str) -> None:
    """Two iterations of a loop of one block become one; their number is known, even, and above 2.

    The second one keeps the names of the operations, so that what comes after the loop finds them.
    """
    block = function.block(header)
    back = block.preds.index(header)
    following = {phi.id: phi.args[back] for phi in block.phis}
    next_id = max(op.id for op in function.ops()) + 1
    first = {op.id: next_id + i for i, op in enumerate(block.body)}

    def in_first(id: int) -> int:
        return first.get(id, id)

    def in_second(id: int) -> int:
        return in_first(following[id]) if id in following else id

    body = [replace(op, id=first[op.id], args=tuple(map(in_first, op.args))) for op in block.body]
    for other in function.blocks:
        _renamed(other, in_second, header)
    phis, second = block.phis, block.body
    block.ops = [*phis, *body, *second]
    _note(function, header)


def _renamed(block: Block, name: Callable[[int], int], header: str) -> None:
    """Every use of a value after the first iteration is one of the second iteration's."""
    back = block.preds.index(header) if block.name == header else -1
    made = []
    for op in block.ops:
        if op.kind == "phi" and block.name == header:
            args = tuple(name(a) if i == back else a for i, a in enumerate(op.args))
        else:
            args = tuple(map(name, op.args))
        made.append(op.with_args(args))
    block.ops = made
    end = block.end
    if isinstance(end, Branch):
        block.end = replace(end, condition=name(end.condition))
    elif isinstance(end, Return) and end.value is not None:
        block.end = Return(name(end.value))


def _note(function: Function, header: str) -> None:
    pragmas = function.loops.get(header)
    if pragmas is not None:
        count = pragmas.count // 2 if pragmas.count else None
        trips = (-(-pragmas.trips[0] // 2), -(-pragmas.trips[1] // 2)) if pragmas.trips else None
        function.loops[header] = replace(pragmas, count=count, trips=trips, unrolled=2)
