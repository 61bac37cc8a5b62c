"""The tools against their plain commands: time to a verdict, cold and cached."""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from prompts.demos import demos
from prompts.design import Design
from prompts.sheet import Setting
from prompts.vectors import Vectors
from tools.cosim import cosim
from tools.errors import ToolError
from tools.find import find
from tools.harness import Harness
from tools.lint import lint
from tools.place_route import place_route
from tools.process import Limits, run
from tools.ready import make_ready
from tools.report import Report
from tools.simulate import simulate
from tools.synthesize import synthesize

SIZES: Mapping[str, tuple[str, dict[str, Setting]]] = {
    "small": ("dot_product", {"length": 16, "lanes": 2}),
    "middle": ("fir", {}),
    "large": ("gemm_systolic", {"rows": 8, "cols": 8}),
}
"""The designs: a kernel of the library and its parameters."""
LONG = "long"
"""A testbench of ten million cycles, where the simulator's own speed counts."""
TARGET = "ecp5-85k"
_CLOCK = """`timescale 1ns/1ps
module clock;
    reg clk = 0;
    always #5 clk = !clk;
    cosim harness(.clk(clk));
endmodule
"""
_LONG_DESIGN = """module mac(input clk, input signed [15:0] a, b, output reg signed [47:0] sum);
    initial sum = 0;
    always @(posedge clk) sum <= sum + a * b;
endmodule
"""
_LONG_TEST = """`timescale 1ns/1ps
module tb;
    reg clk = 0;
    reg [31:0] noise = 1;
    wire signed [47:0] sum;
    integer n;
    mac dut(.clk(clk), .a(noise[15:0]), .b(noise[31:16]), .sum(sum));
    initial begin
        for (n = 0; n < 10000000; n = n + 1) begin
            #5 clk = 1;
            #5 clk = 0;
            noise = {noise[30:0], noise[31] ^ noise[21] ^ noise[1] ^ noise[0]};
        end
        if (sum != 0) $display("PASS");
        $finish;
    end
endmodule
"""
_LIMITS = Limits(time_s=1800)
_HEADERS = ("-MAKEFLAGS", "CFG_CXXFLAGS_PCH_I=-include")
"""How g++ is given the precompiled header of a large design; the wheel's makefile leaves it out."""
_SCRIPT = """import sys
from pyosys import libyosys
design = libyosys.Design()
for line in sys.argv[1:]:
    libyosys.run_pass(line, design)
"""


@dataclass(frozen=True)
class Row:
    """One tool on one design: seconds, and the ratio of the plain command's time to ours."""

    tool: str
    size: str
    plain_s: float | None
    """None where there is no plain command to compare with, or it cannot run here."""
    cold_s: float
    overhead_s: float
    """What our own code takes of `cold_s`: all but the tools themselves."""
    cached_s: float

    @property
    def speedup(self) -> float | None:
        return None if self.plain_s is None else self.plain_s / self.cold_s


def measure(repeats: int = 3, sizes: tuple[str, ...] = (*SIZES, LONG)) -> Iterator[Row]:
    """Each tool on each design; the median of `repeats`. The one-time preparation is not counted.

    Raises `ToolError` when a tool does not pass: a time would mean nothing.
    """
    if problem := make_ready():
        raise ToolError(problem)
    long = Design({"mac.v": _LONG_DESIGN}, "mac")
    if LONG in sizes:
        run_long = partial(simulate, long, _LONG_TEST)
        plain = partial(_plain_long, long) if _has_make() else None
        yield _row("simulate", LONG, run_long, plain, repeats)
    for size in (size for size in sizes if size in SIZES):
        name, chosen = SIZES[size]
        demo = demos()[name]
        settings = demo.settle(chosen)
        design, vectors = demo.design(settings), demo.vectors(settings)
        yield _row("lint", size, partial(lint, design), partial(_plain_lint, design), repeats)
        yield _row(
            "cosim",
            size,
            partial(cosim, design, vectors),
            partial(_plain_simulation, design, vectors) if _has_make() else None,
            repeats,
        )
        synthesise = partial(synthesize, design, TARGET)
        yield _row("synthesize", size, synthesise, partial(_plain_synthesis, design), repeats)
        place = partial(place_route, design, TARGET)
        yield _row("place_route", size, place, partial(_plain_placement, design), repeats)


def _row(
    tool: str,
    size: str,
    ours: Callable[..., Report],
    plain: Callable[[Path], None] | None,
    repeats: int,
) -> Row:
    colds, overheads, cacheds, plains = [], [], [], []
    for _ in range(repeats):  # in turn, so that a noisy moment hits all of them
        start = time.perf_counter()
        report = ours(cache=False)
        colds.append(time.perf_counter() - start)
        if not report.passed:
            raise ToolError(f"{tool} does not pass on the {size} design: {report.summary}")
        overheads.append(colds[-1] - report.wall_s)
        start = time.perf_counter()
        ours()
        cacheds.append(time.perf_counter() - start)
        if plain is not None:
            with tempfile.TemporaryDirectory(prefix="siliwright-bench-") as folder:
                start = time.perf_counter()
                plain(Path(folder))
                plains.append(time.perf_counter() - start)
    return Row(
        tool,
        size,
        statistics.median(plains) if plains else None,
        statistics.median(colds),
        statistics.median(overheads),
        statistics.median(cacheds),
    )


def _plain_lint(design: Design, folder: Path) -> None:
    arguments = ("--lint-only", "-Wall", "-Wno-fatal", "--top-module", design.top)
    _run("verilator", (*arguments, *_write(design, folder)), folder)


def _has_make() -> bool:
    """`verilator --binary` wants make, and a C++ compiler of that name."""
    return bool(shutil.which("make") and shutil.which("g++"))


def _plain_simulation(design: Design, vectors: Vectors, folder: Path) -> None:
    names = _write(design, folder)
    for name, text in {**Harness(vectors, 200_000).files(), "clock.v": _CLOCK}.items():
        (folder / name).write_text(text)
    arguments = ("--binary", "-Wno-fatal", "-Wno-lint", "-Wno-style", "--top-module", "clock")
    coroutines = ("-CFLAGS", "-std=c++20 -fcoroutines")
    _run(
        "verilator",
        (*arguments, *_HEADERS, *coroutines, "-o", "plain", "clock.v", "cosim.v", *names),
        folder,
    )
    _start([str(folder / "obj_dir" / "plain")], folder, {})


def _plain_long(design: Design, folder: Path) -> None:
    (folder / "tb.v").write_text(_LONG_TEST)
    fast = ("-O3", "-CFLAGS", "-std=c++20 -fcoroutines -O3", "--top-module", "tb")
    names = _write(design, folder)
    _run("verilator", ("--binary", "-Wno-fatal", *fast, "-o", "plain", "tb.v", *names), folder)
    _start([str(folder / "obj_dir" / "plain")], folder, {})


def _plain_synthesis(design: Design, folder: Path) -> None:
    lines = [f"read_verilog -sv {name}" for name in _write(design, folder)]
    lines.append(f"synth_ecp5 -top {design.top} -json netlist.json")
    _start([sys.executable, "-c", _SCRIPT, *lines], folder, {})


def _plain_placement(design: Design, folder: Path) -> None:
    _plain_synthesis(design, folder)
    device = ("--85k", "--package", "CABGA381", "--speed", "6", "--json", "netlist.json")
    options = ("--freq", "50", "--seed", "1", "--out-of-context", "--timing-allow-fail")
    _run("nextpnr-ecp5", (*device, *options, "--report", "report.json"), folder)


def _write(design: Design, folder: Path) -> list[str]:
    for name, text in design.verilog.items():
        (folder / name).write_text(text)
    return list(design.verilog)


def _run(program: str, arguments: tuple[str, ...], folder: Path) -> None:
    found = find(program)
    _start([*found.argv, *arguments], folder, found.environment)


def _start(argv: list[str], folder: Path, environment: Mapping[str, str]) -> None:
    done = run(argv, folder, {**os.environ, "CCACHE_DISABLE": "1", **environment}, _LIMITS)
    if done.returncode:
        raise ToolError(f"the plain command fails: {' '.join(argv)}\n{done.stderr[-400:]}")
