"""Whether a test passes on a design: the question that is asked of every mutant.

Icarus Verilog answers in a tenth of a second where Verilator compiles for some seconds, so it runs
the mutants when it is installed and agrees about the design itself.
"""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from prompts.design import Design
from prompts.vectors import Vectors
from tools.cosim import cosim
from tools.csim import csim
from tools.errors import TimedOut, ToolError
from tools.find import has
from tools.harness import Harness
from tools.plan import Command, Plan, carry_out
from tools.process import Limits
from tools.report import Report
from tools.simulate import simulate

Answer = Literal["passes", "fails", "not built"]
Run = Callable[[Design], Answer]
CLOCK = """\
`timescale 1ns/1ps
module siliwright_clock;
    reg clk = 0;
    always #5 clk = !clk;
    cosim harness(.clk(clk));
endmodule
"""
_LEAST_S = 10.0
"""A run of a mutant that takes longer has come to hang, unless the design itself is slow."""


@dataclass(frozen=True)
class Runner:
    """How a test is run on mutants, and with what."""

    run: Run
    simulator: str


def vectors_runner(
    design: Design, vectors: Vectors, stop: threading.Event | None, cache: bool
) -> Runner:
    """A runner of vectors on mutants of a Verilog design; it must pass on the design itself."""
    report = cosim(design, vectors, stop=stop, cache=cache)
    _require(report)
    # The harness ends a call in which nothing happens for so long; a slower mutant is no fault.
    max_cycles = int(4 * report.metrics["cycles"]) + 1000
    harness = Harness(vectors, max_cycles)

    def icarus(mutant: Design) -> Answer:
        return _icarus(mutant, harness, stop, cache)

    def verilator(mutant: Design) -> Answer:
        # The time also limits a compilation, which may wait for the other processors.
        return _answer(
            lambda: cosim(mutant, vectors, max_cycles=max_cycles, time_s=60, stop=stop, cache=cache)
        )

    def both(mutant: Design) -> Answer:
        # An undefined value is no mismatch to Icarus, and a random one to Verilator.
        first = icarus(mutant)
        return first if first == "fails" else verilator(mutant)

    if has("iverilog") and has("vvp") and icarus(design) == "passes":
        return Runner(both, "Icarus Verilog")
    return Runner(verilator, "Verilator")


def testbench_runner(
    design: Design, testbench: str, top: str, stop: threading.Event | None, cache: bool
) -> Runner:
    """A runner of a testbench on mutants of a Verilog design."""
    report = simulate(design, testbench, top, stop=stop, cache=cache)
    _require(report)
    seconds = _limit(report.wall_s)
    return Runner(
        lambda mutant: _answer(
            lambda: simulate(mutant, testbench, top, time_s=seconds, stop=stop, cache=cache)
        ),
        str(report.details["simulator"]),
    )


def cxx_runner(
    design: Design, vectors: Vectors, stop: threading.Event | None, cache: bool
) -> Runner:
    """A runner of vectors on mutants of a C++ design."""
    report = csim(design, vectors, stop=stop, cache=cache)
    _require(report)
    seconds = _limit(report.wall_s)
    return Runner(
        lambda mutant: _answer(
            lambda: csim(mutant, vectors, time_s=seconds, stop=stop, cache=cache)
        ),
        "C simulation",
    )


def _require(report: Report) -> None:
    if not report.passed:
        raise ToolError(
            f"the test does not pass on the design itself, so it cannot be tried on faulty ones: "
            f"{report.summary}"
        )


def _limit(wall_s: float) -> float:
    """Ten times what the design takes, in powers of two, as it is part of the cache's key."""
    return max(_LEAST_S, 2.0 ** math.ceil(math.log2(10 * max(wall_s, 0.1))))


def _answer(run: Callable[[], Report]) -> Answer:
    try:
        report = run()
    except TimedOut:
        return "fails"
    if report.passed:
        return "passes"
    unbuilt = any(text in report.summary for text in ("do not build", "does not build"))
    return "not built" if unbuilt or "does not compile" in report.summary else "fails"


def _icarus(
    design: Design,
    harness: Harness,
    stop: threading.Event | None,
    cache: bool,
) -> Answer:
    sources = ("cosim.v", "siliwright_clock.v", *design.verilog)
    compiled = ("-g2012", "-s", "siliwright_clock", "-o", "cosim.vvp", *sources)
    plan = Plan(
        files={**design.verilog, **harness.files(), "siliwright_clock.v": CLOCK},
        commands=(Command("iverilog", compiled), Command("vvp", ("-N", "cosim.vvp"))),
        limits=Limits(time_s=_LEAST_S),
    )
    try:
        outcome = carry_out(plan, stop, cache)
    except TimedOut:
        return "fails"
    if outcome.step == 0:
        return "not built"
    return "passes" if harness.read(outcome.stdout).passed else "fails"
