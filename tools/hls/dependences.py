"""What must come before what within a block, and from one iteration of a loop to a later one."""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.hls.forms import Forms
from tools.hls.ir import ORDERED, Block, Carried, Function, Op
from tools.hls.ranges import Ranges
from tools.hls.request_order import request_order


@dataclass(frozen=True)
class Edge:
    """`target` starts at least `latency` cycles after `source`, `distance` iterations later."""

    source: int
    target: int
    latency: int
    distance: int = 0


def edges(function: Function, block: Block, loop: bool, ranges: Ranges) -> list[Edge]:
    """All dependences of a block; with `loop` also those around its back edge."""
    here = {op.id: op for op in block.ops}
    found: list[Edge] = []
    for op in block.body:
        for arg in op.args:
            if arg in here and here[arg].kind not in ("const", "input", "phi"):
                found.append(Edge(arg, op.id, result_latency(here[arg], function)))
    found += _state(function, block, loop, ranges)
    found += [Edge(*order) for order in request_order(function, block, loop)]
    if loop:
        found += _carried(function, block, here)
    return found


def result_latency(op: Op, function: Function) -> int:
    """Cycles from an operation's start to its result; 0: within the cycle."""
    if op.kind == "load":
        return 0 if function.memories[op.name].async_read else 1
    return 0


def _carried(function: Function, block: Block, here: dict[int, Op]) -> list[Edge]:
    """A loop's values from one iteration to the next: through a register."""
    found: list[Edge] = []
    if not block.phis:
        return found
    at = block.preds.index(block.name)
    users: dict[int, list[Op]] = {}
    for op in block.body:
        for arg in op.args:
            users.setdefault(arg, []).append(op)
    for phi in block.phis:
        source = here.get(phi.args[at])
        distance = 1
        while source is not None and source.kind == "phi":  # a value kept for several iterations
            source, distance = here.get(source.args[at]), distance + 1
            if distance > len(block.ops):  # the values of phis alone, which are exchanged
                source = None
        if source is None or source.kind in ("const", "input"):
            continue
        latency = result_latency(source, function) + distance  # a register for each iteration
        found += [Edge(source.id, user.id, latency, distance) for user in users.get(phi.id, [])]
    return found


def _state(function: Function, block: Block, loop: bool, ranges: Ranges) -> list[Edge]:
    """The order of accesses to each memory, stream and output."""
    found = []
    by_name: dict[str, list[Op]] = {}
    for op in block.body:
        if op.kind in ORDERED:
            by_name.setdefault(op.name, []).append(op)
    forms = Forms(function, block, ranges)
    for name, ops in by_name.items():
        said = function.carried(block.name, name)
        for i, first in enumerate(ops):
            latency = _order_latency(function, first)
            for second in ops[i + 1 :]:
                ordered = _conflict(first, second) and not forms.apart(first, second)
                if ordered and not any(r.within for r in _about(said, first, second)):
                    found.append(Edge(first.id, second.id, latency))
            if not loop:
                continue
            for second in ops:
                if not _conflict(first, second):
                    continue
                distance = _as_said(said, first, second, forms.distance(first, second))
                if distance:
                    found.append(Edge(first.id, second.id, latency, distance))
    return found


def _order_latency(function: Function, first: Op) -> int:
    """Cycles that what comes after an access waits.

    A register is read within a cycle and written at its end, so that one cycle may do both.
    """
    memory = function.memories.get(first.name)
    return 0 if first.kind == "load" and memory is not None and memory.async_read else 1


def _about(said: Sequence[Carried], first: Op, second: Op) -> list[Carried]:
    """What is said of the order of two accesses."""
    order = {("store", "load"): "raw", ("load", "store"): "war"}.get(
        (first.kind, second.kind), "waw"
    )
    return [rule for rule in said if rule.order in ("", order)]


def _as_said(said: Sequence[Carried], first: Op, second: Op, distance: int) -> int:
    """After how many iterations one access waits for another one; 0: it never does."""
    for rule in _about(said, first, second):
        if distance and not rule.within:
            distance = max(distance, rule.distance) if rule.distance else 0
    return distance


def _conflict(first: Op, second: Op) -> bool:
    """Whether the order of two accesses to the same thing can matter."""
    return not (first.kind == "load" and second.kind == "load")
