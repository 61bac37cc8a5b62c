"""ISDC in kernels: the synthesis of pieces of a block's schedule lowers the delays of its next one.

What `schedule/` does for straight-line code is done here for the logic between registers of a
pipelined loop's body, or of a row of states: the interval and the number of cycles stay, or become
less, and a schedule counts when all its cycles hold after synthesis.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tools.errors import ToolError
from tools.hls.block_graph import BlockGraph, block_graph
from tools.hls.dependences import Edge, result_latency
from tools.hls.ir import Block, Function
from tools.hls.modulo import Problem, Schedule, length_of
from tools.hls.ranges import Ranges
from tools.hls.scarce import allocated
from tools.hls.schedule import sdc
from tools.hls.schedule.isdc import Refined, Search, Settings, alone
from tools.hls.schedule.matrix import Matrix
from tools.hls.schedule.oracle import Oracle
from tools.hls.timing import Clock
from tools.hls.verify import problems
from tools.hls.verilog import Writer

_FEWEST_CYCLES = 2
_FEWEST_OPERATORS, _MOST_OPERATORS = 3, 400


@dataclass(frozen=True)
class Feedback(Clock):
    """A clock whose schedules are refined, as long as `deadline` has not come.

    `told` gets a row for each block: its registers' bits before and after, and all of the search.
    """

    oracle: Oracle = field(kw_only=True)
    deadline: float = field(kw_only=True)
    told: list[dict[str, Any]] = field(kw_only=True, default_factory=list)

    def refined(self, function: Function, found: Mapping[str, Schedule]) -> dict[str, Schedule]:
        schedules = dict(found)
        ranges = Ranges(function)
        for block in function.blocks:
            if schedules[block.name].length < _FEWEST_CYCLES:
                continue
            if any(allocated(function, block, self)):
                continue  # feedback does not know what is in front of operators that few may use
            pieces = block_graph(function, block)
            operators = len(pieces.graph.operators) if pieces else 0
            if pieces and _FEWEST_OPERATORS <= operators <= _MOST_OPERATORS:
                search = _Block(self, function, block, schedules, pieces, ranges)
                schedules[block.name] = search.run()
        return schedules


class _Block:
    """The search for one block."""

    def __init__(
        self,
        clock: Feedback,
        function: Function,
        block: Block,
        schedules: Mapping[str, Schedule],
        pieces: BlockGraph,
        ranges: Ranges,
    ) -> None:
        self.clock, self.function, self.block, self.pieces = clock, function, block, pieces
        self.schedules, self.first = schedules, schedules[block.name]
        loop = self.first.interval is not None
        self.problem = Problem(function, block, clock, loop, ranges, timed=False)
        self.plain = self.problem.edges
        self.of: dict[sdc.Schedule, Schedule] = {}
        """The block's schedule that each of the graph's stands for."""

    def run(self) -> Schedule:
        """The best schedule that holds after synthesis, or the one that there was."""
        oracle, started = self.clock.oracle, time.monotonic()
        calls, failed = oracle.calls, oracle.failed
        try:
            delays = alone(self.pieces.graph, oracle)
        except ToolError:  # an operator that does not map: nothing to learn
            return self.first
        self.matrix = Matrix(self.pieces.graph, delays)
        self.fixed = self._around_memories()
        before = self._as_stages(self.first)
        graph, period = self.pieces.graph, self.clock.period_ns * 1000
        refined = Refined(graph, period, self.clock.budget_ns * 1000, before)
        search = Search(self.matrix, oracle, refined, Settings(), self.clock.deadline, self._solve)
        search.learn(before)
        search.run(None)
        best = refined.best
        chosen = self.first
        if best is not None and (best.registers < before.registers or not search.held(before)):
            chosen = self.of[best]
        if wrong := problems(self.function, self.block, chosen):
            raise ToolError(f"the refined schedule does not hold: {wrong[0]}; report the kernel")
        self.clock.told.append(
            {
                "function": self.function.name,
                "block": self.block.name,
                "ii": self.first.interval,
                "registers_before": before.registers,
                "registers_after": self._registers(chosen),
                "cycles_before": self.first.length,
                "cycles_after": chosen.length,
                "iterations": [i.registers for i in refined.iterations],
                "met": [i.met for i in refined.iterations],
                "synthesis_calls": oracle.calls - calls,
                "failed_calls": oracle.failed - failed,
                "seconds": round(time.monotonic() - started, 2),
            }
        )
        return chosen

    def _solve(self, matrix: Matrix, depth: int | None) -> sdc.Schedule:
        """The block's program under a matrix of delays. Raises `ToolError` when it has none."""
        ops = self.pieces.ops
        budget = self.clock.budget_ns * 1000
        rows = [Edge(ops[u], ops[v], 1) for u, v in matrix.apart(budget)]
        self.problem.set_edges([*self.plain, *rows, *self.fixed])
        cycles = self.problem.schedule(self.first.interval)
        if cycles is None:
            raise ToolError("the block has no schedule at its interval")
        length = max(length_of(self.function, self.block, cycles), self.first.interval or 1)
        if length > self.first.length:
            raise ToolError("the block takes more cycles than before")
        edges = tuple(self.problem.edges)
        return self._as_stages(replace(self.first, cycles=cycles, length=length, edges=edges))

    def _as_stages(self, found: Schedule) -> sdc.Schedule:
        stages = tuple(found.cycles.get(op, 0) for op in self.pieces.ops)
        made = sdc.Schedule(stages, self._registers(found), found.length)
        self.of.setdefault(made, found)
        return made

    def _registers(self, found: Schedule) -> int:
        """The bits of all registers of the datapath with this schedule of the block."""
        writer = Writer(self.function, {**self.schedules, self.block.name: found})
        writer.text()
        return sum(register.bits for register in writer.path.registers.values())

    def _around_memories(self) -> list[Edge]:
        """A cycle where a memory's word comes too late, or an address: never by feedback."""
        clock, delay, ops = self.clock, self.matrix.delay, self.pieces.ops
        budget = clock.budget_ns * 1000
        found = []
        for node in self.pieces.graph.inputs:
            op = self.problem.all[ops[node.index]]
            if op.id not in self.problem.at or op.kind != "load":
                continue
            latency = result_latency(op, self.function)
            own = clock.out_ns(op, self.function) if latency else clock.in_ns(op, self.function)
            for v in self.pieces.graph.operators:
                users = [u for u in self.pieces.graph.users[node.index] if delay[u, v.index] >= 0]
                if users and own * 1000 + max(delay[u, v.index] for u in users) > budget:
                    found.append(Edge(op.id, ops[v.index], latency + 1))
        for id, sources in self.pieces.sinks:
            op = self.problem.all[id]
            if op.kind != "load" or not (wait := clock.in_ns(op, self.function) * 1000):
                continue
            for u in self.pieces.graph.operators:
                longest = max((delay[u.index, s] for s in sources), default=-1.0)
                if longest >= 0 and longest + wait > budget:
                    found.append(Edge(ops[u.index], id, 1))
        return found
