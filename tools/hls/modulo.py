"""Schedules a block: a linear program over the operations' cycles, with and without an interval.

The program is that of SDC scheduling (Cong and Zhang, 2006; modulo form by Zhang and Liu, 2013):
one variable for each operation's cycle, differences as constraints, the bits of values times the
cycles that they live as the cost. Ports of memories are shared out by fixing accesses one by one,
and solving again for the rest.
"""

from bisect import bisect_left
from dataclasses import dataclass, field

import highspy
import numpy as np

from tools.errors import ToolError
from tools.hls.chaining import Chaining, Floats
from tools.hls.dependences import Edge, edges, result_latency
from tools.hls.ir import Block, Branch, Function, Op
from tools.hls.ranges import Ranges
from tools.hls.timing import Clock

FREE = frozenset({"const", "input", "phi"})


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
    ) -> None:
        self.function = function
        self.block = block
        self.loop = loop
        self.all = function.by_id()
        self.ops = [op for op in block.body if op.kind not in FREE]
        self.at = {op.id: i for i, op in enumerate(self.ops)}
        self.edges = [e for e in edges(function, block, loop, ranges) if e.source in self.at]
        if timed:
            self.edges += Chaining(function, self.ops, clock).cuts(self.all)
        self.uses = {(a, op.id) for op in self.ops for a in op.args}

    def least_interval(self) -> tuple[int, str]:
        """By resources: the most accesses of a memory over its ports."""
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
        return best, why

    def _port(self, op: Op) -> str | None:
        """The name of what the operation occupies for a cycle."""
        if op.kind in ("load", "store") and not self.function.memories[op.name].async_read:
            return op.name
        if op.kind in ("read", "write"):
            return op.name
        return None

    def _ports(self, name: str) -> int:
        memory = self.function.memories.get(name)
        return memory.ports if memory else 1

    def fits(self, interval: int) -> bool:
        """Whether the dependences alone allow an interval: ports are not looked at."""
        found = [0] * len(self.ops)
        known = [(self.at[e.source], self.at[e.target], e) for e in self.edges
                 if e.target in self.at]  # fmt: skip
        inner = sorted((i, j, e.latency) for i, j, e in known if e.distance == 0)
        around = [(i, j, e.latency - interval * e.distance) for i, j, e in known if e.distance]
        for _ in range(len({j for _, j, _ in around}) + 1):
            for i, j, latency in inner:  # operands come first, so one walk is enough
                found[j] = max(found[j], found[i] + latency)
            late = [(j, found[i] + bound) for i, j, bound in around if found[i] + bound > found[j]]
            for j, cycle in late:
                found[j] = max(found[j], cycle)
            if not late:
                return self._ends_in_time(found, interval)
        return False

    def _ends_in_time(self, cycles: list[int], interval: int) -> bool:
        """Whether the loop's condition is known before the next iteration."""
        end = self.block.end
        at = self.at.get(end.condition) if isinstance(end, Branch) else None
        if at is None:
            return True
        return cycles[at] + result_latency(self.ops[at], self.function) < interval

    def schedule(self, interval: int | None) -> dict[int, int] | None:
        """Cycles by operation, or None when the interval is too small."""
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
        for name, ops in self._users().items():
            ports = self._ports(name)
            ordered = sorted(ops, key=lambda op: (cycles[op.id], self.at[op.id]))
            for first, second in zip(ordered, ordered[ports:], strict=False):
                self.edges.append(Edge(first.id, second.id, 1))
        return self._solve(None, {})

    def _shared(self, cycles: dict[int, int], interval: int) -> dict[int, int] | None:
        """Accesses get fixed cycles one by one, the next with a free port; what depends on them
        moves along."""
        fixed: dict[int, tuple[int, int]] = {}
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
                    again = self._solve(interval, {**fixed, id: (cycle, cycle)})
                if again is not None:
                    fixed[id] = (cycle, cycle)
                    taken[slot] = taken.get(slot, 0) + 1
                    found = again
                    break
            else:
                return None
        return self._solve(interval, fixed)

    def _solve(
        self, interval: int | None, fixed: dict[int, tuple[int, int]]
    ) -> dict[int, int] | None:
        n = len(self.ops)
        if n == 0:
            return {}
        columns = 2 * n  # the cycle of each operation, and the last cycle that needs its result
        cost = np.zeros(columns)
        cost[:n] = 1.0
        lower = np.zeros(columns)
        upper = np.full(columns, np.inf)
        for id, (first, last) in fixed.items():
            lower[self.at[id]], upper[self.at[id]] = first, last
        rows: list[tuple[int, int, float]] = []  # column, column, first - second >= bound
        for e in self.edges:
            i, j = self.at[e.source], self.at.get(e.target)
            if j is None:
                continue
            bound = e.latency - (interval or 0) * e.distance
            if i == j:
                if bound > 0:
                    return None
                continue
            rows.append((j, i, bound))
            if e.distance == 0 and (e.source, e.target) in self.uses:
                rows.append((n + i, j, 0.0))
        if self.loop and interval and isinstance(self.block.end, Branch):
            condition = self.at.get(self.block.end.condition)
            if condition is not None:
                ready = result_latency(self.ops[condition], self.function)
                upper[condition] = min(upper[condition], interval - 1 - ready)
                if upper[condition] < lower[condition]:
                    return None
        for i, op in enumerate(self.ops):
            rows.append((n + i, i, 0.0))
            cost[n + i] = op.bits * 4.0
            cost[i] -= op.bits * 4.0
        return self._run(cost, lower, upper, rows)

    def _run(
        self,
        cost: Floats,
        lower: Floats,
        upper: Floats,
        rows: list[tuple[int, int, float]],
    ) -> dict[int, int] | None:
        n = len(self.ops)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(cost) + 1, len(rows) + n
        last = len(cost)
        # A shorter schedule is worth more than fewer bits of registers.
        model.col_cost_ = np.append(cost, 50.0 if self.loop else 1e4)
        model.col_lower_ = np.append(lower, 0.0)
        model.col_upper_ = np.append(upper, np.inf)
        everything = [*rows, *((last, i, 0.0) for i in range(n))]
        model.row_lower_ = np.array([bound for _, _, bound in everything])
        model.row_upper_ = np.full(len(everything), np.inf)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.arange(0, 2 * len(everything) + 1, 2)
        model.a_matrix_.index_ = np.array([[a, b] for a, b, _ in everything]).reshape(-1)
        model.a_matrix_.value_ = np.tile([1.0, -1.0], len(everything))
        solver = highspy.Highs()
        solver.silent()
        solver.passModel(model)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        values = np.array(solver.getSolution().col_value[:n])
        rounded = np.rint(values)
        if np.abs(values - rounded).max() > 1e-6:
            raise ToolError("the scheduler's solution is not whole: this is a fault of the engine")
        return {op.id: int(rounded[i]) for i, op in enumerate(self.ops)}


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
    most = length_of(function, block, schedule_states(function, block, clock, ranges).cycles)
    start = max(least, asked or 1)
    end = max(most, start) + 9
    first = start + bisect_left(range(start, end), True, key=problem.fits)
    for interval in range(first, end):
        cycles = problem.schedule(interval)
        if cycles is not None:
            length = max(length_of(function, block, cycles), interval)
            if interval > start:
                why = _recurrence(problem, interval)
            reason = why if interval > (asked or 1) else ""
            return Schedule(cycles, length, interval, reason, tuple(problem.edges), first)
    raise ToolError(f"loop {block.name} has no schedule: this is a fault of the engine")


def _recurrence(problem: Problem, interval: int) -> str:
    """Which dependence around the loop the interval is for."""
    around = [e for e in problem.edges if e.distance]
    if not around:
        return "the loop's condition is known no sooner"
    by_id = problem.all
    worst = max(around, key=lambda e: e.latency / e.distance)
    source = by_id[worst.source]
    line = f" (line {source.line})" if source.line else ""
    what = f"through {source.name!r}" if source.name else "through a value"
    return f"a recurrence {what}{line}: an iteration needs the result of the one before"


def length_of(function: Function, block: Block, cycles: dict[int, int]) -> int:
    """Cycles until every result is there."""
    ops = function.by_id()
    end = 1
    for id, cycle in cycles.items():
        end = max(end, cycle + 1 + result_latency(ops[id], function))
    return end
