"""Whether a schedule is right, by means that do not share the scheduler's own figures.

The edges are looked up in the graph, the stages are synthesised, the registers are counted in the
netlist of the emitted pipeline, and the pipeline is simulated with calls whose results are known.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from prompts.design import Design
from tools.hls.schedule.emit import inside
from tools.hls.schedule.graph import Graph
from tools.hls.schedule.oracle import Oracle
from tools.hls.schedule.pipeline import pipeline
from tools.hls.schedule.sdc import Schedule
from tools.hls.schedule.testbench import Example, bench_for
from tools.simulate import simulate

TOP = "scheduled"


@dataclass(frozen=True)
class Verified:
    """What was found. `problems` are sentences; there are none when all holds."""

    problems: tuple[str, ...]
    worst_ps: float
    """The slowest stage after synthesis, without the registers' share."""
    flip_flops: int
    """Of the data, after synthesis."""
    calls: int

    @property
    def holds(self) -> bool:
        return not self.problems


def verify(
    graph: Graph,
    found: Schedule,
    oracle: Oracle,
    clock_ps: float,
    examples: Sequence[Example],
    stop: threading.Event | None = None,
) -> Verified:
    """Check a schedule for a clock period, with the calls `examples`."""
    if problems := _order(graph, found):
        return Verified(tuple(problems), 0.0, 0, 0)  # which has no pipeline
    worst, slow = _stages(graph, found, oracle, clock_ps - oracle.technology.margin_ps)
    verilog = pipeline(graph, found.stages, found.depth, TOP)
    valid = found.depth - 1
    kept = oracle.technology.flip_flops(verilog.replace(f"module {TOP}(", "module m(", 1)) - valid
    problems += slow
    if kept > found.registers:
        problems.append(f"it has {kept} flip-flops after synthesis, and counts {found.registers}")
    report = simulate(
        Design({"pipeline.v": verilog}, TOP), bench_for(graph, examples, TOP), stop=stop
    )
    if not report.passed:
        problems.append(f"its pipeline differs from the C++: {report.summary}")
    return Verified(tuple(problems), worst, kept, len(examples))


def _order(graph: Graph, found: Schedule) -> list[str]:
    """Inputs come in stage 0, every operand no later than its operator, all within the stages."""
    stages, problems = found.stages, []
    for node in graph.nodes:
        what = f"the {node.kind} {node.index}"
        if not 0 <= stages[node.index] < found.depth:
            problems.append(f"{what} is in stage {stages[node.index]} of {found.depth}")
        if node.kind == "input" and stages[node.index]:
            problems.append(f"{what} is not in stage 0")
        problems += [
            f"{what} comes before its operand {source}"
            for source in node.sources
            if stages[source] > stages[node.index]
        ]
    return problems


def _stages(
    graph: Graph, found: Schedule, oracle: Oracle, budget_ps: float
) -> tuple[float, list[str]]:
    """The slowest stage after synthesis, and a sentence for each that the clock is too fast for."""
    members = {s: found.members(graph, s) for s in range(found.depth)}
    members = {stage: inner for stage, inner in members.items() if inner}
    timings = oracle.measure([inside(graph, inner) for inner in members.values()])
    worst, problems = 0.0, []
    for stage, timing in zip(members, timings, strict=True):
        if timing is None:
            problems.append(f"stage {stage} cannot be synthesised")
            continue
        worst = max(worst, timing.delay_ps)
        if timing.delay_ps > budget_ps:
            problems.append(
                f"stage {stage} takes {timing.delay_ps:.0f} ps and has {budget_ps:.0f} ps"
            )
    return worst, problems
