"""Moves products into different cycles, so that fewer multipliers do, where that costs no cycle."""

from collections import Counter
from collections.abc import Iterator, Mapping

from tools.hls.ir import Block, Function, Op
from tools.hls.modulo import Problem, Schedule, length_of
from tools.hls.ranges import Ranges
from tools.hls.scarce import few
from tools.hls.sharing import Products
from tools.hls.timing import Clock
from tools.hls.verilog import Writer

_MOST_OPERATIONS = 1000
_MOST_PRODUCTS = 64
"""Of a block: each product may take a solution of the block's program."""


def spread(
    function: Function, schedules: Mapping[str, Schedule], clock: Clock
) -> dict[str, Schedule]:
    """The schedules, or others of the same lengths and intervals that are cheaper as a whole."""
    found = dict(schedules)
    free = {b.name: _free_products(function, b) for b in function.blocks}
    if sum(map(len, free.values())) < 2:
        return found
    products = Products(function, clock)
    ranges = Ranges(function)
    least = {name: _least(ops, found[name]) for name, ops in free.items()}
    cost: float | None = None
    for block in function.blocks:
        ops, now = free[block.name], found[block.name]
        if not 2 <= len(ops) <= _MOST_PRODUCTS or len(block.ops) > _MOST_OPERATIONS:
            continue
        if now.interval == 1 or now.length < 2:
            continue
        target, need = max(least.values()), _at_once(ops, now)
        cost = _cost(products, found) if cost is None else cost
        users = -(-sum(map(len, free.values())) // target)
        for other in _tries(function, block, now, ops, (target, need), users, clock, ranges):
            changed = {**found, block.name: other}
            if (new := _cost(products, changed)) < cost:
                found, cost = changed, new
                break
    return found


def _free_products(function: Function, block: Block) -> list[Op]:
    """Those that no ALLOCATION is about, which have their cycles already."""
    return [op for op in block.ops if op.kind == "mul" and function.allocation(op) is None]


def _least(ops: list[Op], schedule: Schedule) -> int:
    """The fewest multipliers that the cycles leave room for."""
    return -(-len(ops) // (schedule.interval or schedule.length))


def _at_once(ops: list[Op], schedule: Schedule) -> int:
    """The most products in a cycle."""
    cycles = [schedule.cycles[op.id] for op in ops]
    slots = Counter(c % schedule.interval if schedule.interval else c for c in cycles)
    return max(slots.values())


def _tries(
    function: Function,
    block: Block,
    now: Schedule,
    ops: list[Op],
    counts: tuple[int, int],
    users: int,
    clock: Clock,
    ranges: Ranges,
) -> Iterator[Schedule]:
    """Schedules with fewer products in a cycle, as few as possible first."""
    least, most = counts
    for count in dict.fromkeys((min(least, most), (least + most) // 2, most)):
        scarce = few("mul", ops, count, users, clock)
        problem = Problem(function, block, clock, now.interval is not None, ranges, scarce=[scarce])
        cycles = problem.schedule(now.interval)
        if cycles is None:
            continue
        length = max(length_of(function, block, cycles), now.interval or 1)
        if length <= now.length:
            yield Schedule(
                cycles, now.length, now.interval, now.why, tuple(problem.edges), now.least
            )


def _cost(products: Products, schedules: Mapping[str, Schedule]) -> float:
    """Multipliers with their multiplexers, in look-up tables, and the bits of registers."""
    writer = Writer(products.function, schedules)
    writer.text()
    registers = sum(register.bits for register in writer.path.registers.values())
    return registers + sum(unit.price for unit in products.units(schedules))
