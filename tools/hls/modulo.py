"""Schedules a block by a linear program over its operations' cycles, with and without an interval.

Ports of memories are shared out by fixing accesses one by one, and solving again for the rest.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tools.errors import ToolError
from tools.hls.chaining import Chaining
from tools.hls.dependences import Edge, edges, result_latency
from tools.hls.ir import Block, Branch, Function, Op
from tools.hls.overlap import Border
from tools.hls.program import Program, Row
from tools.hls.ranges import Ranges
from tools.hls.recurrence import told
from tools.hls.scarce import Scarce, allocated
from tools.hls.timing import Clock

FREE = frozenset({"const", "input", "phi"})
_FOREVER = 1_000_000
_MOST_TRIES = 8
Bounds = dict[int, tuple[int, int]]
"""The first and the last cycle of some operations, by their places."""


@dataclass(frozen=True)
class Schedule:
    """The cycle of each operation of a block: `length` in all, a new start each `interval`."""

    cycles: dict[int, int]
    length: int
    interval: int | None = None
    why: str = ""
    """What kept the interval from being smaller."""
    edges: tuple[Edge, ...] = field(default=(), repr=False)
    least: int | None = None
    """The smallest interval that ports, recurrences and the source allow."""


class Problem:
    """A block with its dependences and, if it is `timed`, the delays under a clock."""

    def __init__(
        self,
        function: Function,
        block: Block,
        clock: Clock,
        loop: bool,
        ranges: Ranges,
        timed: bool = True,
        scarce: Sequence[Scarce] = (),
    ) -> None:
        self.function = function
        self.block = block
        self.loop = loop
        self.all = function.by_id()
        self.ops = [op for op in block.body if op.kind not in FREE]
        self.at = {op.id: i for i, op in enumerate(self.ops)}
        self.edges = [e for e in edges(function, block, loop, ranges) if e.source in self.at]
        self.edges = _deep(function, self.edges, self.all)
        self.scarce = {s.name: s for s in (*allocated(function, block, clock), *scarce)}
        self.unit = {id: s.name for s in self.scarce.values() for id in s.ops}
        self.border = Border(function, block)
        self.late: dict[int, int] = {}
        """The first cycles of what a call must not do before."""
        if timed:
            front = {id: self.scarce[name].front_ns for id, name in self.unit.items()}
            self.edges += Chaining(function, self.ops, clock, front).cuts(self.all)

    def least_interval(self) -> tuple[int, str]:
        """By resources: the most uses of a memory over its ports, or of operators over those."""
        uses: dict[str, int] = {}
        for op in self.ops:
            if port := self._port(op):
                uses[port] = uses.get(port, 0) + 1
        best, why = 1, ""
        for name, count in uses.items():
            needed = -(-count // self._ports(name))
            if needed > best:
                best = needed
                why = f"{count} accesses of {name!r} in an iteration, and {self._ports(name)} ports"
                why = self.scarce[name].why if name in self.scarce else why
        return best, why

    def _port(self, op: Op) -> str | None:
        """The name of what the operation occupies for a cycle."""
        if op.kind in ("load", "store") and not self.function.memories[op.name].async_read:
            return op.name
        if op.kind in ("read", "write"):
            return op.name
        return self.unit.get(op.id)

    def _ports(self, name: str) -> int:
        if name in self.scarce:
            return self.scarce[name].count
        memory = self.function.memories.get(name)
        return memory.ports if memory else 1

    def fits(self, interval: int) -> bool:
        """Whether the dependences alone allow an interval: ports are not looked at."""
        cycles = self.program.earliest(interval)
        if cycles is None:
            return False
        return all(cycles[at] <= last for at, (_, last) in self._bounds(interval).items())

    def most_interval(self) -> int:
        """An interval at which every iteration can end before the next one."""
        cycles = self.program.earliest(0) or [0]
        waiting = sum(1 for op in self.ops if self._port(op))
        return max(cycles, default=0) + waiting + 2

    def _bounds(self, interval: int | None) -> Bounds:
        """The loop's condition is known before the next iteration, and what a call takes from its
        caller is there before the next call."""
        if not interval or not self.loop:
            return {}
        found = {self.at[id]: (0, interval - 1) for id in self.border.early}
        found |= {self.at[id]: (cycle, _FOREVER) for id, cycle in self.late.items()}
        end = self.block.end
        at = self.at.get(end.condition) if isinstance(end, Branch) else None
        if at is not None:
            found[at] = (0, interval - 1 - result_latency(self.ops[at], self.function))
        return found

    def schedule(self, interval: int | None) -> dict[int, int] | None:
        """Cycles by operation, or None when the interval is too small."""
        self.late = {}
        cycles = self._placed(interval)
        if not interval or not self.loop:
            return cycles
        for _ in range(_MOST_TRIES):
            if cycles is None:
                break
            length = max(length_of(self.function, self.block, cycles), interval)
            if self.border.holds(cycles, interval, length):
                return cycles
            self.late = self.border.first(interval, length)
            cycles = self._placed(interval)
        return None  # or what comes late makes the call longer again and again

    def _placed(self, interval: int | None) -> dict[int, int] | None:
        cycles = self._solve(interval, {})
        if cycles is None or not any(self._crowded(cycles, interval).values()):
            return cycles
        return self._shared(cycles, interval) if interval else self._in_turn(cycles)

    def _users(self) -> dict[str, list[Op]]:
        """The accesses of each memory and stream that there can be too many of in a cycle."""
        found: dict[str, list[Op]] = {}
        for op in self.ops:
            if port := self._port(op):
                found.setdefault(port, []).append(op)
        return {n: ops for n, ops in found.items() if len(ops) > self._ports(n)}

    def _crowded(self, cycles: dict[int, int], interval: int | None) -> dict[str, bool]:
        """For each memory, whether it has more accesses in a cycle than ports."""
        found = {}
        for name, ops in self._users().items():
            slots = [cycles[op.id] % interval if interval else cycles[op.id] for op in ops]
            found[name] = max(map(slots.count, slots)) > self._ports(name)
        return found

    def _in_turn(self, cycles: dict[int, int]) -> dict[int, int] | None:
        """Accesses wait for one another in the order in which they would be first."""
        turns = []
        for name, ops in self._users().items():
            ports = self._ports(name)
            ordered = sorted(ops, key=lambda op: (cycles[op.id], self.at[op.id]))
            for first, second in zip(ordered, ordered[ports:], strict=False):
                turns.append(Edge(first.id, second.id, 1))
        self.set_edges([*self.edges, *turns])
        return self._solve(None, {})

    def _shared(self, cycles: dict[int, int], interval: int) -> dict[int, int] | None:
        """Accesses get fixed cycles one by one, the next with a free port; what depends on them
        moves along."""
        fixed: dict[int, int] = {}
        taken: dict[tuple[str, int], int] = {}
        left = {op.id: name for name, ops in self._users().items() for op in ops}
        found = cycles
        while left:
            id = min(left, key=lambda id: (found[id], self.at[id]))
            name, start = left.pop(id), found[id]
            for cycle in range(start, start + interval):
                slot = (name, cycle % interval)
                if taken.get(slot, 0) >= self._ports(name):
                    continue
                again: dict[int, int] | None = found
                if cycle != start:
                    again = self._solve(interval, {**fixed, id: cycle})
                if again is not None:
                    fixed[id] = cycle
                    taken[slot] = taken.get(slot, 0) + 1
                    found = again
                    break
            else:
                return None
        return self._solve(interval, fixed)

    def set_edges(self, edges: list[Edge]) -> None:
        """Other dependences, of which a new program is made."""
        self.edges = edges
        self.__dict__.pop("program", None)

    @cached_property
    def program(self) -> Program:
        """The linear program of the dependences as they are now."""
        at = self.at
        rows = [Row(at[e.source], at[e.target], e.latency, e.distance)
                for e in self.edges if e.target in at]  # fmt: skip
        waits = {(row.source, row.target) for row in rows if row.distance == 0}
        uses = [(at[a], i) for i, op in enumerate(self.ops) for a in dict.fromkeys(op.args)
                if (at.get(a), i) in waits]  # fmt: skip
        # A shorter schedule is worth more than fewer bits of registers.
        return Program([op.bits for op in self.ops], rows, uses, 50.0 if self.loop else 1e4)

    def _solve(self, interval: int | None, fixed: Mapping[int, int]) -> dict[int, int] | None:
        if not self.ops:
            return {}
        within = self._bounds(interval)
        for id, cycle in fixed.items():
            at = self.at[id]
            first, last = within.get(at, (0, cycle))
            within[at] = (max(cycle, first), min(cycle, last))
        cycles = self.program.solve(interval or 0, within)
        return None if cycles is None else {op.id: cycles[i] for i, op in enumerate(self.ops)}


def _deep(function: Function, edges: list[Edge], ops: Mapping[int, Op]) -> list[Edge]:
    """The edges from operators that the source asks to take several cycles, which they do then."""
    deep = [binding for binding in function.bindings if binding.latency]
    if not deep:
        return edges
    least = {e.source: max((b.latency for b in deep if b.covers(ops[e.source])), default=0)
             for e in edges}  # fmt: skip
    return [replace(e, latency=max(e.latency, least[e.source] + e.distance))
            if least[e.source] else e for e in edges]  # fmt: skip


def schedule_states(function: Function, block: Block, clock: Clock, ranges: Ranges) -> Schedule:
    """One operation after the other as soon as it can: for a block that runs once at a time."""
    problem = Problem(function, block, clock, False, ranges)
    cycles = problem.schedule(None)
    if cycles is None:
        raise ToolError(f"block {block.name} has no schedule: this is a fault of the engine")
    return Schedule(cycles, length_of(function, block, cycles), edges=tuple(problem.edges))


def schedule_pipeline(
    function: Function, block: Block, clock: Clock, asked: int | None, ranges: Ranges
) -> Schedule:
    """A loop of one block, with the smallest interval from `asked` upwards that has a schedule."""
    problem = Problem(function, block, clock, True, ranges)
    least, why = problem.least_interval()
    start = max(least, asked or 1)
    end = max(problem.most_interval(), start) + 9
    first = start + bisect_left(range(start, end), True, key=problem.fits)
    for interval in range(first, end):
        cycles = problem.schedule(interval)
        if cycles is not None:
            length = max(length_of(function, block, cycles), interval)
            if interval > start:
                why = told(problem.edges, problem.all, interval)
            reason = why if interval > (asked or 1) else ""
            return Schedule(cycles, length, interval, reason, tuple(problem.edges), first)
    raise ToolError(f"loop {block.name} has no schedule: this is a fault of the engine")


def length_of(function: Function, block: Block, cycles: dict[int, int]) -> int:
    """Cycles until every result is there."""
    ops = function.by_id()
    end = 1
    for id, cycle in cycles.items():
        end = max(end, cycle + 1 + result_latency(ops[id], function))
    return end
