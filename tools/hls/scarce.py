"""Operators that there are few of: how many operations of a block can be in a cycle, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tools.hls.ir import Block, Function, Op
from tools.hls.multipliers import choosing_ns
from tools.hls.timing import ARGUMENT_OUT_NS, Clock


@dataclass(frozen=True)
class Scarce:
    """At most `count` of some operations in a cycle.

    Their operands come from registers, or from the ports of arguments, `front_ns` before the
    operator: ways into it do not meet ways out of it then that belong to other operations.
    """

    name: str
    ops: frozenset[int]
    count: int
    front_ns: float
    why: str = ""


def few(
    name: str, ops: Iterable[Op], count: int, users: int, clock: Clock, why: str = ""
) -> Scarce:
    """`count` operators for the operations `ops` of a block and others, `users` for each."""
    front = ARGUMENT_OUT_NS + choosing_ns(clock, users)
    return Scarce(name, frozenset(op.id for op in ops), count, front, why)


def allocated(function: Function, block: Block, clock: Clock) -> Iterator[Scarce]:
    """What the source's ALLOCATION leaves to a block."""
    totals = count_operators(function)
    for number, allocation in enumerate(function.allocations):
        here = [op for op in block.ops if function.allocation(op) == number]
        if here:
            count = allocation.limit * allocation.pieces
            why = f"{len(here)} {allocation.kind}s in an iteration, and ALLOCATION leaves {count}"
            name = f"{allocation.kind} {number}"
            yield few(name, here, count, -(-totals[number] // count), clock, why)


def count_operators(function: Function) -> list[int]:
    """How many operations there are of each allocation."""
    owners = Counter(map(function.allocation, function.ops())) if function.allocations else {}
    return [owners[number] for number in range(len(function.allocations))]


def count_pieces(function: Function, before: list[int]) -> None:
    """Let allocations count whole operators, which the clock may have cut into several since."""
    function.allocations = [
        replace(a, pieces=max(1, now // max(1, whole)))
        for a, now, whole in zip(
            function.allocations, count_operators(function), before, strict=True
        )
    ]
