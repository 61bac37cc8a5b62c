"""Building a simulator with Verilator, on a runtime that is compiled once for a machine.

Verilator's own flow compiles its runtime anew for every design (about ten seconds). Here the
runtime's objects and a precompiled header are a plan of their own, whose cached result every
simulator is then built on.
"""

import threading
from pathlib import Path

from tools.cxx import ready_compiler
from tools.errors import ToolError
from tools.find import find
from tools.plan import Command, Outcome, Plan, carry_out
from tools.process import Limits

_INCLUDE = ("-I@VERILATOR@/include", "-I@VERILATOR@/include/vltstd")
_DEFINES = ("-DVM_COVERAGE=0", "-DVM_SC=0", "-DVM_TRACE=0", "-DVL_USER_STOP_MAYBE_FATAL=0")
_LEVEL = "-O0"
"""For runtime and design: most time goes into compiling, and the header holds for one level."""
_SOURCES = ("verilated", "verilated_threads", "verilated_timing", "verilated_random")
UNITY = Path(__file__).parent / "run_unity.py"
_HEADER = '#include "verilated_timing.h"\n'
CLOCKED_MAIN = """#include "Vdut.h"
#include "verilated.h"
int main(int argc, char **argv) {
    VerilatedContext context;
    context.commandArgs(argc, argv);
    Vdut top(&context);
    while (!context.gotFinish()) {
        top.clk = !top.clk;
        top.eval();
        context.timeInc(1);
    }
    top.final();
    return context.gotError() ? 1 : 0;
}
"""
"""Drives the one input `clk` of a clocked testbench until it finishes."""
TIMED_MAIN = """#include "Vdut.h"
#include "verilated.h"
int main(int argc, char **argv) {
    VerilatedContext context;
    context.commandArgs(argc, argv);
    Vdut top(&context);
    while (!context.gotFinish()) {
        top.eval();
        if (!top.eventsPending()) break;
        context.time(top.nextTimeSlot());
    }
    top.final();
    return context.gotError() ? 1 : 0;
}
"""
"""Runs a testbench that keeps its own time, until it finishes or nothing more can happen."""


def verilator_root() -> Path:
    """The folder with Verilator's `include`."""
    return Path(find("verilator").environment["VERILATOR_ROOT"])


def _compiler_flags() -> tuple[str, ...]:
    gnu = find("c++").version.startswith(("g++", "c++"))
    coroutines = ("-fcoroutines",) if gnu else ()
    return ("-std=c++20", *coroutines, *_INCLUDE, *_DEFINES)


def runtime_plan() -> Plan:
    """The runtime's objects and the precompiled header."""
    flags = _compiler_flags()
    objects = tuple(
        Command("c++", (*flags, _LEVEL, "-c", f"@VERILATOR@/include/{name}.cpp", "-o", f"{name}.o"))
        for name in _SOURCES
    )
    # Clang's precompiled header names its source, which must outlive this plan's folder.
    source = ("-x", "c++-header", "@VERILATOR@/include/verilated_timing.h")
    header = Command("c++", (*flags, _LEVEL, *source, "-o", "all.h.gch"))
    return Plan(
        files={"all.h": _HEADER},
        commands=(*objects, header),
        keep=("*.o", "all.h", "all.h.gch"),
        places={"VERILATOR": verilator_root()},
        place_digests={"VERILATOR": find("verilator").version},
        limits=Limits(time_s=900),
    )


def runtime(stop: threading.Event | None = None) -> tuple[Path, str]:
    """The folder of the compiled runtime and its digest; it is compiled where there is none yet."""
    ready_compiler(stop)
    plan = runtime_plan()
    outcome = carry_out(plan, stop)
    if outcome.returncode:
        raise ToolError(f"the simulator's runtime does not compile: {outcome.stderr[-400:]}")
    return outcome.files["all.h"].parent, plan.digest()


def simulation_plan(
    files: dict[str, str | bytes],
    sources: list[str],
    top: str,
    timed: bool,
    limits: Limits,
    stop: threading.Event | None = None,
) -> Plan:
    """Verilate `sources` under `top`, compile, and run the simulator in the plan's folder.

    `timed` testbenches have delays; the others have one input `clk`. Builds the runtime first when
    this machine has none yet.
    """
    root, digest = runtime(stop)
    objects = tuple(f"@RUNTIME@/{name}.o" for name in _SOURCES)
    verilate = (
        *("--cc", "--prefix", "Vdut", "--Mdir", "obj", "--top-module", top),
        *("--output-split", "0", "-Wno-fatal", "-Wno-lint", "-Wno-style", "--x-initial", "unique"),
        *("--timing" if timed else "--no-timing", "-O3", "--no-assert"),
        *sources,
    )
    return Plan(
        files={
            **files,
            "main.cpp": TIMED_MAIN if timed else CLOCKED_MAIN,
            "unity.py": UNITY.read_text(),
        },
        commands=(
            Command("verilator", verilate),
            Command("python", ("unity.py", "obj", "main.cpp", "all.cpp")),
            Command(
                "c++",
                (*_compiler_flags(), _LEVEL, "-Iobj", "-include", "@RUNTIME@/all.h", "-c")
                + ("all.cpp", "-o", "all.o"),
            ),
            Command("c++", ("all.o", *objects, "-o", "simulator", "-lpthread")),
            Command("./simulator"),
        ),
        places={"VERILATOR": verilator_root(), "RUNTIME": root},
        place_digests={"VERILATOR": find("verilator").version, "RUNTIME": digest},
        limits=limits,
    )


def built(outcome: Outcome) -> bool:
    """Whether the plan came as far as running the simulator."""
    return outcome.step == 4
