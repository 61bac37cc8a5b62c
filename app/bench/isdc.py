"""ISDC against SDC: the registers of pipelines that meet the same clock, over a set of designs."""

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from prompts.interface import Values
from tools.errors import RequestError, ToolError
from tools.hls import frontend, signature
from tools.hls.capture import capture
from tools.hls.compile import optimise
from tools.hls.schedule.cells import Cells
from tools.hls.schedule.ecp5 import Ecp5
from tools.hls.schedule.graph import Graph, graph_of
from tools.hls.schedule.isdc import Settings, alone, refine, stage_timings
from tools.hls.schedule.matrix import Matrix
from tools.hls.schedule.oracle import Oracle, Technology
from tools.hls.schedule.sdc import Schedule, schedule
from tools.hls.schedule.testbench import Example
from tools.hls.schedule.verify import Verified, verify
from tools.targets.liberty import library

DESIGNS = Path(frontend.__file__).parent / "designs"
GENERIC = Path(frontend.__file__).parents[1] / "targets" / "generic.lib"
PAPER = 0.285
"""The reduction that ISDC's authors report over 17 designs with sky130 and OpenSTA."""
CALLS = 400
STAGES = 6
"""How many stages the longest path takes by its operators' own delays: what sets the clock."""
_ROUND_PS = 50
_DRIVER = """// Calls the design with numbers by chance, some of them small or with few ones.
#include "{file}"
#include <stdint.h>
#include <tuple>
#include <type_traits>

static uint64_t state = 88172645463325252u;

static uint64_t chance() {{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}}

static uint64_t number() {{
    uint64_t value = chance(), way = chance() & 7;
    return way == 0 ? value & 15 : way == 1 ? value & chance() & chance() : value;
}}

template <class R, class... A> static void drive(R (*top)(A...)) {{
    for (int call = 0; call < {calls}; call++) {{
        std::tuple<std::remove_cv_t<std::remove_reference_t<A>>...> given;
        std::apply([](auto &...each) {{ ((each = number()), ...); }}, given);
        std::apply(top, given);
    }}
}}

int main() {{
    drive({top});
    return 0;
}}
"""


@dataclass(frozen=True)
class Source:
    """A design of the bench: its graph, and calls of the C++ compiled for this machine."""

    name: str
    graph: Graph
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Row:
    """A design scheduled by SDC and by ISDC for the same clock.

    Registers are flip-flops of the pipeline's data; `equal_latency` is ISDC with as many stages as
    SDC. Slack is what the slowest stage leaves of the clock after synthesis. `verified` says that
    all three schedules hold: order, timing and registers after synthesis, and the simulated
    pipelines against the C++. `synthesis_calls` are the pieces that were to be synthesised, of
    which `known_calls` were known from before.
    """

    name: str
    operators: int
    clock_ps: float
    sdc_registers: int
    isdc_registers: int
    isdc_registers_equal_latency: int
    sdc_stages: int
    isdc_stages: int
    sdc_slack_ps: float
    isdc_slack_ps: float
    verified: bool
    problems: tuple[str, ...]
    calls: int
    iterations: tuple[int, ...]
    """The registers of each schedule of the search, verified or not."""
    synthesis_calls: int
    known_calls: int
    failed_calls: int
    seconds: float

    @property
    def reduction(self) -> float:
        """The part of SDC's registers that ISDC does without."""
        return _less(self.isdc_registers, self.sdc_registers)

    @property
    def reduction_equal_latency(self) -> float:
        return _less(self.isdc_registers_equal_latency, self.sdc_registers)


def technology(target: str, liberty: Path | None) -> Technology:
    """What to measure with: `target` is `cells` or an ECP5. Raises `RequestError`."""
    if target == "cells":
        path = liberty or GENERIC
        return Cells(library(path), path.name.removesuffix(".gz").removesuffix(".lib"))
    if not target.startswith("ecp5"):
        raise RequestError(
            f"there are no delays for the target {target!r}; choose cells or ecp5-25k"
        )
    if liberty is not None:
        raise RequestError(f"a Liberty file is for the target cells, not for {target}")
    return Ecp5(target)


def names_of(chosen: str | None) -> list[str]:
    """The designs that are asked for, all without a choice. Raises `RequestError`."""
    known = sorted(path.stem for path in DESIGNS.glob("*.cpp"))
    wanted = [name.strip() for name in chosen.split(",")] if chosen else known
    if unknown := [name for name in wanted if name not in known]:
        raise RequestError(f"there is no design {unknown[0]!r}; choose of {', '.join(known)}")
    return wanted


def measure(names: Sequence[str], used: Technology, jobs: int = 2) -> Iterator[Row]:
    """Schedule each design by both methods, and verify what came out."""
    for name in names:
        yield _row(load(name), Oracle(used, jobs))


def load(name: str) -> Source:
    """Read a design, and run its C++."""
    path = DESIGNS / f"{name}.cpp"
    sources = {path.name: path.read_text()}
    found = signature.read(sources, name)
    function = frontend.read(sources, found).function
    optimise(function)
    graph = graph_of(function)
    driver = {"driver.cpp": _DRIVER.format(file=path.name, calls=CALLS, top=name)}
    vectors = capture(found, sources, driver, most_calls=CALLS).vectors(found.interface)
    inputs = [(node.name, node.bits) for node in graph.inputs]
    outputs = [(port, len(word)) for port, word in graph.outputs]
    examples = [
        (_numbers(inputs, call.inputs, "_i"), _numbers(outputs, call.outputs, "_o"))
        for call in vectors.calls
    ]
    return Source(name, graph, tuple(examples))


def _numbers(
    ports: Sequence[tuple[str, int]], values: Mapping[str, Values], both: str
) -> dict[str, int]:
    """Unsigned numbers of the ports' widths; a reference that goes both ways has ports for each."""
    return {
        port: int(np.asarray(values[port if port in values else port.removesuffix(both)]))
        & ((1 << bits) - 1)
        for port, bits in ports
    }


def _row(source: Source, oracle: Oracle) -> Row:
    start = time.monotonic()
    graph = source.graph
    clock_ps = clock_of(graph, oracle)
    refined = refine(graph, oracle, clock_ps, Settings())
    if refined.best is None or refined.equal_latency is None:
        raise ToolError(f"no schedule of {source.name!r} meets {clock_ps:g} ps after synthesis")
    checked: dict[Schedule, Verified] = {}
    for found in (refined.sdc, refined.best, refined.equal_latency):
        if found not in checked:
            checked[found] = verify(graph, found, oracle, clock_ps, source.examples)
    problems = tuple(problem for one in checked.values() for problem in one.problems)
    return Row(
        name=source.name,
        operators=len(graph.operators),
        clock_ps=clock_ps,
        sdc_registers=refined.sdc.registers,
        isdc_registers=refined.best.registers,
        isdc_registers_equal_latency=refined.equal_latency.registers,
        sdc_stages=refined.sdc.depth,
        isdc_stages=refined.best.depth,
        sdc_slack_ps=refined.budget_ps - checked[refined.sdc].worst_ps,
        isdc_slack_ps=refined.budget_ps - checked[refined.best].worst_ps,
        verified=not problems,
        problems=problems,
        calls=len(source.examples),
        iterations=tuple(iteration.registers for iteration in refined.iterations),
        synthesis_calls=oracle.calls + oracle.known,
        known_calls=oracle.known,
        failed_calls=oracle.failed,
        seconds=time.monotonic() - start,
    )


def clock_of(graph: Graph, oracle: Oracle) -> float:
    """A clock period in picoseconds that suits a graph, by the operators' own delays.

    Its stages hold a sixth of the longest path, and a tenth more than the slowest operator; then it
    is lengthened until SDC's schedule meets it after synthesis, so that both methods are compared
    at a clock which both keep.
    """
    margin_ps = oracle.technology.margin_ps
    delays = alone(graph, oracle)
    matrix = Matrix(graph, delays)
    budget_ps = max(1.1 * max(delays), float(matrix.delay.max()) / STAGES, 4 * margin_ps)
    while True:
        clock_ps = math.ceil((budget_ps + margin_ps) / _ROUND_PS) * _ROUND_PS
        found = schedule(matrix, clock_ps - margin_ps)
        timings = [timing for _, timing in stage_timings(graph, oracle, found)]
        worst = max((t.delay_ps for t in timings if t), default=0.0)
        if None not in timings and worst <= clock_ps - margin_ps:
            return float(clock_ps)
        budget_ps = 1.05 * max(budget_ps, clock_ps - margin_ps)


def summary(rows: Sequence[Row]) -> dict[str, float | bool]:
    """The figures over all designs: means of the reductions, and whether everything holds."""
    return {
        "reduction": _mean([row.reduction for row in rows]),
        "reduction_geomean": _geomean([1 - row.reduction for row in rows]),
        "reduction_equal_latency": _mean([row.reduction_equal_latency for row in rows]),
        "reduction_total": _less(
            sum(row.isdc_registers for row in rows), sum(row.sdc_registers for row in rows)
        ),
        "paper_reduction": PAPER,
        "verified": all(row.verified for row in rows),
        "synthesis_calls": sum(row.synthesis_calls for row in rows),
        "seconds": sum(row.seconds for row in rows),
    }


def _less(isdc: int, sdc: int) -> float:
    return 1 - isdc / sdc if sdc else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _geomean(ratios: Sequence[float]) -> float:
    """One less the geometric mean; a design without any register left counts as a hundredth."""
    return 1 - math.exp(_mean([math.log(max(ratio, 0.01)) for ratio in ratios])) if ratios else 0.0
