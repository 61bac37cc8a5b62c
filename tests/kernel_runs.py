"""Runs a kernel's Verilog on the calls of its testbench: with Icarus where it is, for its speed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from prompts.design import Design
from prompts.vectors import Vectors
from tools.cosim import run_vectors
from tools.find import has
from tools.harness import Harness, Verdict
from tools.hls.capture import capture
from tools.hls.engine import VERILOG, hls
from tools.hls.signature import read
from tools.plan import Command, Plan, carry_out
from tools.ports import by_ports, fitted
from tools.report import Report

KERNELS = Path(__file__).parent / "kernels"
_CLOCK = "module tb; reg clk = 0; always #1 clk = ~clk; cosim c(clk); endmodule\n"


@dataclass(frozen=True)
class Kernel:
    """The files of one kernel of the suite; its folder is named as its top."""

    top: str
    sources: Mapping[str, str]
    testbench: Mapping[str, str]

    @classmethod
    def load(cls, top: str) -> "Kernel":
        texts = {path.name: path.read_text() for path in sorted((KERNELS / top).iterdir())}
        testbench = {name: text for name, text in texts.items() if name.startswith("tb.")}
        return cls(top, {n: t for n, t in texts.items() if n not in testbench}, testbench)


def verified(
    kernel: Kernel, clock_mhz: float = 100.0, schedule: Literal["sdc", "isdc"] = "sdc"
) -> tuple[Report, Mapping[str, float]]:
    """The report of high-level synthesis, and the figures of a run that is bit-exact."""
    design = Design(kernel.sources, kernel.top)
    report = hls(design, clock_mhz=clock_mhz, schedule=schedule, feedback_s=45.0)
    assert report.passed, report.text()
    verilog = {VERILOG: report.artifacts[VERILOG].read_text()}
    signature = read(kernel.sources, kernel.top)
    calls = capture(signature, kernel.sources, kernel.testbench)
    assert calls.returncode == 0, calls.output
    vectors = calls.vectors(by_ports(signature.interface, verilog))
    return report, played(Design(verilog, kernel.top), vectors, signature.keeps_state)


def played(design: Design, vectors: Vectors, apart: bool = False) -> Mapping[str, float]:
    """The figures of a design that answers the vectors bit for bit."""
    vectors = fitted(vectors, design.verilog)
    if not has("iverilog"):
        report = run_vectors(design, vectors, apart=apart)
        assert report.passed, report.text()
        return report.metrics
    metrics: dict[str, float] = {}
    for phase in (0, 1) if apart else (None,):
        result = _interpreted(design, Harness(vectors, 200_000, False, phase))
        assert result.passed, (result.summary, *(d.message for d in result.diagnostics))
        metrics |= result.metrics
    return metrics


def _interpreted(design: Design, harness: Harness) -> Verdict:
    files = {**design.verilog, **harness.files(), "tb.v": _CLOCK}
    sources = ("tb.v", "cosim.v", *design.verilog)
    build = Command("iverilog", ("-g2012", "-o", "sim", "-s", "tb", *sources))
    outcome = carry_out(Plan(files, (build, Command("vvp", ("-n", "sim")))))
    assert outcome.returncode == 0, outcome.log
    return harness.read(outcome.stdout)
