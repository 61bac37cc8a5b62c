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
from tools.plan import Command, Plan, carry_out
from tools.process import Limits

_INCLUDE = ("-I@VERILATOR@/include", "-I@VERILATOR@/include/vltstd")
_DEFINES = ("-DVM_COVERAGE=0", "-DVM_SC=0", "-DVL_USER_STOP_MAYBE_FATAL=0")
_UNTRACED = ("-DVM_TRACE=0",)
_TRACED = ("-DVM_TRACE=1", "-DVM_TRACE_VCD=1", "-DVM_TRACE_FST=0", "-DVM_TRACE_SAIF=0")
_LEVELS = ((0, "-O0"), (300_000, "-O1"), (3_000_000, "-O3"))
"""From how many cycles on a level pays. Measured: a simulator at -O3 is up to 8 times as fast as
one at -O0, and up to 2 s longer in the making."""
_SOURCES = ("verilated", "verilated_threads", "verilated_timing", "verilated_random")
_TRACE_SOURCES = (*_SOURCES, "verilated_vcd_c")
WAVES = "waves.vcd"
UNITY = Path(__file__).parent / "run_unity.py"
_HEADER_SOURCE = "@VERILATOR@/include/verilated_timing"
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
TRACED_STEPS = 40_000
"""Half cycles that a waveform holds: the file stays small enough to be looked at."""
TRACED_MAIN = f"""#include "Vdut.h"
#include "verilated.h"
#include "verilated_vcd_c.h"
int main(int argc, char **argv) {{
    VerilatedContext context;
    context.commandArgs(argc, argv);
    context.traceEverOn(true);
    Vdut top(&context);
    VerilatedVcdC waves;
    top.trace(&waves, 99);
    waves.open("{WAVES}");
    while (!context.gotFinish()) {{
        top.clk = !top.clk;
        top.eval();
        if (context.time() < {TRACED_STEPS}) waves.dump(context.time());
        context.timeInc(1);
    }}
    top.final();
    waves.close();
    return context.gotError() ? 1 : 0;
}}
"""
"""As `CLOCKED_MAIN`, and writes a waveform; a time unit is half a clock cycle."""
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


def _compiler_flags(trace: bool = False) -> tuple[str, ...]:
    gnu = find("c++").version.startswith(("g++", "c++"))
    coroutines = ("-fcoroutines",) if gnu else ()
    return ("-std=c++20", *coroutines, *_INCLUDE, *_DEFINES, *(_TRACED if trace else _UNTRACED))


def runtime_plan(trace: bool = False) -> Plan:
    """The runtime's objects and the precompiled header; with `trace`, one that writes waveforms."""
    flags = _compiler_flags(trace)
    objects = tuple(
        Command("c++", (*flags, "-O2", "-c", f"@VERILATOR@/include/{name}.cpp", "-o", f"{name}.o"))
        for name in (_TRACE_SOURCES if trace else _SOURCES)
    )
    # Clang's precompiled header names its source, which must outlive this plan's folder.
    source = ("-x", "c++-header", f"{_HEADER_SOURCE}.h")
    header = Command("c++", (*flags, _LEVELS[0][1], *source, "-o", "all.h.gch"))
    return Plan(
        files={"all.h": _HEADER},
        commands=(*objects, header),
        keep=("*.o", "all.h", "all.h.gch"),
        places={"VERILATOR": verilator_root()},
        place_digests={"VERILATOR": find("verilator").version},
        limits=Limits(time_s=900),
    )


def make_runtime(stop: threading.Event | None = None) -> None:
    """Compile the runtime, where this machine has none yet."""
    ready_compiler(stop)
    outcome = carry_out(runtime_plan(), stop)
    if outcome.returncode:
        raise ToolError(f"the simulator's runtime does not compile: {outcome.stderr[-400:]}")


def simulator_plan(
    files: dict[str, str | bytes],
    sources: list[str],
    top: str,
    timed: bool,
    limits: Limits,
    cycles: int = 0,
    trace: bool = False,
) -> Plan:
    """Verilate `sources` under `top` and compile; the kept file `simulator` is the program.

    `timed` testbenches have delays; the others have one input `clk`. `cycles` is how long a run
    is likely to be: a long one is worth a better compilation. With `trace`, which a clocked
    testbench alone can have, its run leaves `WAVES`.
    """
    level = max(level for least, level in _LEVELS if cycles >= least)
    # The precompiled header holds for the lowest level alone.
    header = f"{'@RUNTIME@/all' if level == _LEVELS[0][1] else _HEADER_SOURCE}.h"
    objects = tuple(f"@RUNTIME@/{name}.o" for name in (_TRACE_SOURCES if trace else _SOURCES))
    verilate = (
        *("--cc", "--prefix", "Vdut", "--Mdir", "obj", "--top-module", top),
        *("--output-split", "0", "-Wno-fatal", "-Wno-lint", "-Wno-style", "--x-initial", "unique"),
        *("--timing" if timed else "--no-timing", "-O3", "--no-assert"),
        *(("--trace-vcd",) if trace else ()),
        *sources,
    )
    compile_all = (*_compiler_flags(trace), level, "-Iobj", "-include", header, "-c", "all.cpp")
    return Plan(
        files={
            **files,
            "main.cpp": TRACED_MAIN if trace else TIMED_MAIN if timed else CLOCKED_MAIN,
            "unity.py": UNITY.read_text(),
        },
        commands=(
            Command("verilator", verilate),
            Command("python", ("unity.py", "obj", "main.cpp", "all.cpp")),
            Command("c++", (*compile_all, "-o", "all.o")),
            Command("c++", ("all.o", *objects, "-o", "simulator", "-lpthread")),
        ),
        keep=("simulator",),
        places={"VERILATOR": verilator_root()},
        place_digests={"VERILATOR": find("verilator").version},
        built={"RUNTIME": runtime_plan(trace)},
        limits=limits,
    )


def run_plan(simulator: Plan, files: dict[str, str | bytes], limits: Limits) -> Plan:
    """Run the program of a `simulator_plan` beside `files`."""
    return Plan(
        files=files,
        commands=(Command("@SIMULATOR@/simulator"),),
        keep=(WAVES,) if "--trace-vcd" in simulator.commands[0].arguments else (),
        built={"SIMULATOR": simulator},
        limits=limits,
    )
