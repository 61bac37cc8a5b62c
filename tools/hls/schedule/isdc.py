"""ISDC: SDC scheduling that is refined by the synthesis of pieces of its own schedule.

After Hanchen Ye and others, "Subgraph Extraction-based Feedback-guided Iterative Scheduling for
HLS" (2024). Every stage of every schedule is synthesised too: its delay is feedback like any other,
and a schedule counts only when no stage takes longer than the clock allows. Where one does, what
was seen is put back into the matrix of delays, so that the next schedule takes it apart.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tools.errors import ToolError
from tools.hls.schedule.emit import ends_of, inside
from tools.hls.schedule.extract import (
    Members,
    Strategy,
    across,
    between,
    by_delay,
    by_fanout,
    cone,
    subgraphs,
)
from tools.hls.schedule.graph import Graph
from tools.hls.schedule.matrix import Matrix
from tools.hls.schedule.oracle import Oracle, Timing
from tools.hls.schedule.sdc import Schedule, schedule


@dataclass(frozen=True)
class Settings:
    """How much feedback an iteration asks for, and when to stop."""

    strategy: Strategy = "window"
    delay_driven: int = 8
    fanout_driven: int = 8
    across: int = 16
    iterations: int = 24
    quiet: int = 2
    """Iterations that bring no news before it stops."""
    seconds: float = 300.0


@dataclass(frozen=True)
class Iteration:
    """A schedule of the search. `worst_ps` is its slowest stage after synthesis."""

    registers: int
    stages: int
    worst_ps: float
    met: bool
    calls: int


@dataclass
class Refined:
    """SDC's schedule, and the best that ISDC found; None where none was verified.

    `equal_latency` is the best of as many stages as SDC's has.
    """

    graph: Graph
    clock_ps: float
    budget_ps: float
    sdc: Schedule
    sdc_worst_ps: float = 0.0
    best: Schedule | None = None
    best_worst_ps: float = 0.0
    equal_latency: Schedule | None = None
    iterations: list[Iteration] = field(default_factory=list)

    def take(self, found: Schedule, worst_ps: float) -> None:
        """Keep a verified schedule if it is the best yet."""
        if self.best is None or _cost(found) < _cost(self.best):
            self.best, self.best_worst_ps = found, worst_ps
        same = found.depth == self.sdc.depth
        if same and (self.equal_latency is None or _cost(found) < _cost(self.equal_latency)):
            self.equal_latency = found


def refine(
    graph: Graph,
    oracle: Oracle,
    clock_ps: float,
    settings: Settings | None = None,
) -> Refined:
    """Schedule a graph for a clock period by SDC and by ISDC.

    Raises `ToolError` when an operator does not fit the clock, or cannot be synthesised.
    """
    settings = settings or Settings()
    budget_ps = clock_ps - oracle.technology.margin_ps
    matrix = Matrix(graph, alone(graph, oracle))
    refined = Refined(graph, clock_ps, budget_ps, schedule(matrix, budget_ps))
    deadline = time.monotonic() + settings.seconds

    def solve(delays: Matrix, depth: int | None) -> Schedule:
        return schedule(delays, budget_ps, depth)

    search = Search(matrix, oracle, refined, settings, deadline, solve)
    search.run(None)
    search.run(refined.sdc.depth)
    return refined


def alone(graph: Graph, oracle: Oracle) -> list[float]:
    """The delay of each operator by itself, 0 for inputs."""
    timings = iter(oracle.measure([inside(graph, [node.index]) for node in graph.operators]))
    delays = [0.0] * len(graph.nodes)
    for node in graph.operators:
        timing = next(timings)
        if timing is None:
            raise ToolError(f"the {node.bits}-bit {node.kind} on line {node.line} does not map")
        delays[node.index] = timing.delay_ps
    return delays


def stage_timings(
    graph: Graph, oracle: Oracle, found: Schedule
) -> list[tuple[Members, Timing | None]]:
    """What each stage that has operators takes."""
    stages = _stages(graph, found)
    return list(zip(stages, oracle.measure([inside(graph, m) for m in stages]), strict=True))


def _stages(graph: Graph, found: Schedule) -> list[Members]:
    stages = (frozenset(found.members(graph, stage)) for stage in range(found.depth))
    return [members for members in stages if members]


Solve = Callable[[Matrix, int | None], Schedule]
"""The best schedule under a matrix, of so many stages where they are given; `ToolError`: none."""


@dataclass
class Search:
    """The feedback loop over schedules that `solve` makes."""

    matrix: Matrix
    oracle: Oracle
    refined: Refined
    settings: Settings
    deadline: float
    solve: Solve
    asked: set[Members] = field(default_factory=set)
    texts: dict[Members, str] = field(default_factory=dict)

    def run(self, depth: int | None) -> None:
        """Schedule, synthesise, learn, until nothing is new, or the limits are met."""
        quiet, before = 0, None
        for _ in range(self.settings.iterations):
            try:
                found = self.solve(self.matrix, depth)
            except ToolError:
                return
            news = self.learn(found)
            quiet = 0 if news or found != before else quiet + 1
            before = found
            if quiet >= self.settings.quiet or time.monotonic() > self.deadline:
                return

    def held(self, found: Schedule) -> bool:
        """Whether all stages of a schedule that was learnt from keep the clock."""
        timed = self._measured(_stages(self.refined.graph, found))
        return all(t is not None and t.delay_ps <= self.refined.budget_ps for _, t in timed)

    def learn(self, found: Schedule) -> bool:
        """Synthesise a schedule's stages and subgraphs; whether the matrix changed."""
        calls = self.oracle.calls
        graph, budget = self.matrix.graph, self.refined.budget_ps
        wanted = [m for m in self._wanted(found) if m not in self.asked]
        self.asked.update(wanted)
        stages = _stages(graph, found)
        known = dict(self._measured([*stages, *wanted]))
        timed = [(members, known[members]) for members in stages]
        worst = max((t.delay_ps if t else float("inf") for _, t in timed), default=0.0)
        if met := worst <= budget:
            self.refined.take(found, worst)
        if not self.refined.iterations:
            self.refined.sdc_worst_ps = worst
        slow = [(m, t) for m, t in timed if t and t.delay_ps > budget]
        cones = [c for members, _ in slow for c in self._cones(found, members)]
        seen = [*known.items(), *self._measured(cones)]
        news = any([self.matrix.lower(m, t.delay_ps) for m, t in seen if t])
        self.matrix.propagate()
        blamed = [self._blame(m, t) for m, t in (*self._measured(cones), *slow) if t]
        self.matrix.propagate()
        spent = self.oracle.calls - calls
        self.refined.iterations.append(Iteration(found.registers, found.depth, worst, met, spent))
        return news or any(blamed)

    def _wanted(self, found: Schedule) -> Iterator[Members]:
        settings, matrix = self.settings, self.matrix
        for pairs, number in (
            (by_delay(matrix, found), settings.delay_driven),
            (by_fanout(matrix, found), settings.fanout_driven),
        ):
            unknown = (p for p in pairs if cone(matrix.graph, found, p[1]) not in self.asked)
            chosen = [pair for pair, _ in zip(unknown, range(number), strict=False)]
            yield from subgraphs(matrix, found, chosen, settings.strategy)
        number = 0
        for u, v in across(matrix, found, self.refined.budget_ps):
            members = between(matrix, u, v)
            if members not in self.asked:
                number += 1
                yield members
            if number >= settings.across:
                break

    def _cones(self, found: Schedule, members: Members) -> list[Members]:
        """The cones of the results of a stage."""
        graph = self.matrix.graph
        ends = (n for n in sorted(members) if not members.issuperset(graph.users[n]))
        kept = {n for n, _ in graph.kept} & members
        return [cone(graph, found, v) for v in sorted({*ends, *kept})]

    def _measured(self, pieces: Sequence[Members]) -> list[tuple[Members, Timing | None]]:
        for members in pieces:
            if members not in self.texts:
                self.texts[members] = inside(self.matrix.graph, members)
        texts = [self.texts[members] for members in pieces]
        return list(zip(pieces, self.oracle.measure(texts), strict=True))

    def _blame(self, members: Members, timing: Timing) -> bool:
        """Hold apart the operators where a path that is too slow begins and ends."""
        if timing.delay_ps <= self.refined.budget_ps or timing.start < 0:
            return False
        graph = self.matrix.graph
        source, v = ends_of(graph, members, timing.start, timing.end)
        first = [u for u in graph.users[source] if u in members and u != v]
        return self.matrix.raise_to(((u, v) for u in first), timing.delay_ps)


def _cost(found: Schedule) -> tuple[int, int]:
    return found.registers, found.depth
