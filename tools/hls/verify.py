"""Whether a block's schedule is right: operands, iterations and ports, looked up in the IR anew."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from tools.hls.dependences import result_latency
from tools.hls.ir import Block, Function, Op
from tools.hls.modulo import Schedule
from tools.hls.sharing import Unit


def problems(function: Function, block: Block, found: Schedule) -> list[str]:
    """Sentences about what does not hold; none when all does.

    Checked are that values are there when they are used, also from one iteration to the next, that
    accesses to a memory or a stream are no more in a cycle than it has ports, and that results are
    there before the block ends.
    """
    here = {op.id: op for op in block.ops}
    timed = [op for op in block.body if op.kind not in ("const", "input")]
    missing = [op for op in timed if op.id not in found.cycles]
    if missing:
        return [f"the {missing[0].kind} {missing[0].id} has no cycle"]

    def made(op: Op) -> int:
        return found.cycles[op.id] + result_latency(op, function)

    said = []
    for op in timed:
        for arg in (here[a] for a in op.args if a in here):
            if arg.kind not in ("const", "input", "phi") and found.cycles[op.id] < made(arg):
                said.append(f"the {op.kind} {op.id} is before its operand {arg.id}")
            if arg.kind == "phi" and found.interval is not None:
                said += _carried(op, arg, block, here, found, made)
        if made(op) >= found.length:
            said.append(f"the {op.kind} {op.id} ends after the block")
    return said + _ports(function, timed, found)


def _carried(
    op: Op, phi: Op, block: Block, here: dict[int, Op], found: Schedule, made: Callable[[Op], int]
) -> list[str]:
    """A value of the iteration before is there when its own iteration wants it."""
    value = here.get(phi.args[block.preds.index(block.name)])
    if value is None or value.kind in ("const", "input", "phi"):
        return []
    if found.cycles[op.id] + (found.interval or 0) <= made(value):
        return [f"the {op.kind} {op.id} is before {value.id} of the iteration before"]
    return []


def _ports(function: Function, timed: list[Op], found: Schedule) -> list[str]:
    slots: Counter[tuple[str, int]] = Counter()
    for op in timed:
        memory = function.memories.get(op.name)
        if op.kind in ("load", "store") and memory is not None and not memory.async_read:
            cycle = found.cycles[op.id]
            slots[op.name, cycle % found.interval if found.interval else cycle] += 1
    return [
        f"{name!r} has {count} accesses in cycle {cycle}, and {function.memories[name].ports} ports"
        for (name, cycle), count in slots.items()
        if count > function.memories[name].ports
    ]


def overlaps(schedules: Mapping[str, Schedule], units: Sequence[Unit]) -> list[str]:
    """Sentences about operations of one shared operator that are in the same cycle."""
    said = []
    for unit in units:
        for one, other in combinations(unit.uses, 2):
            if one.block != other.block:
                continue
            schedule = schedules[one.block]
            apart = schedule.cycles[one.op.id] - schedule.cycles[other.op.id]
            if apart % schedule.interval == 0 if schedule.interval else apart == 0:
                said.append(f"the {one.op.kind}s {one.op.id} and {other.op.id} share an operator")
    return said
