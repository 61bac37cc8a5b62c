"""Building a simulator with Verilator, on a runtime that is compiled once for a machine.

Verilator's own flow compiles its runtime anew for every design (about ten seconds). Here the
runtime's objects and a precompiled header are a plan of their own, whose cached result every
simulator is then built on.
"""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from tools.cxx import ready_compiler
from tools.errors import ToolError
from tools.find import find
from tools.plan import Command, Content, Plan, carry_out
from tools.process import Limits

_INCLUDE = ("-I@VERILATOR@/include", "-I@VERILATOR@/include/vltstd")
_DEFINES = ("-DVM_COVERAGE=0", "-DVM_SC=0", "-DVL_USER_STOP_MAYBE_FATAL=0")
WaveFormat = Literal["vcd", "fst"]
_TRACED: Mapping[WaveFormat | None, tuple[str, ...]] = {
    None: ("-DVM_TRACE=0",),
    "vcd": ("-DVM_TRACE=1", "-DVM_TRACE_VCD=1", "-DVM_TRACE_FST=0", "-DVM_TRACE_SAIF=0"),
    "fst": ("-DVM_TRACE=1", "-DVM_TRACE_VCD=0", "-DVM_TRACE_FST=1", "-DVM_TRACE_SAIF=0", "-I."),
}
_LEVELS = ((0, "-O0"), (300_000, "-O1"), (3_000_000, "-O3"))
"""From how many cycles on a level pays. Measured: a simulator at -O3 is up to 8 times as fast as
one at -O0, and up to 2 s longer in the making."""
_SOURCES = ("verilated", "verilated_threads", "verilated_timing", "verilated_random")
WAVES = "waves"
"""The name of a waveform file, without its ending."""
_CODECS = {
    name: Path(__file__).parent / "templates" / f"fst_{name}" for name in ("lz4.h", "zlib.h")
}
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
"""Times that a waveform holds at most: the file stays small enough to be looked at."""
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


def main_of(timed: bool, waves: WaveFormat | None) -> str:
    """The main program; with `waves` it writes a waveform, of a clocked one in half cycles."""
    text = TIMED_MAIN if timed else CLOCKED_MAIN
    if waves is None:
        return text
    kind = waves.capitalize()
    dump = f"if (dumped++ < {TRACED_STEPS}) waves.dump(context.time());"
    for old, new in (
        ('"verilated.h"\n', f'"verilated.h"\n#include "verilated_{waves}_c.h"\n'),
        ("    Vdut top(&context);\n", f"""    context.traceEverOn(true);
    Vdut top(&context);
    Verilated{kind}C waves;
    int dumped = 0;
    top.trace(&waves, 99);
    waves.open("{WAVES}.{waves}");
"""),
        ("        top.eval();\n", f"        top.eval();\n        {dump}\n"),
        ("    top.final();\n", "    top.final();\n    waves.close();\n"),
    ):  # fmt: skip
        text = text.replace(old, new)
    return text


def verilator_root() -> Path:
    """The folder with Verilator's `include`."""
    return Path(find("verilator").environment["VERILATOR_ROOT"])


def _compiler_flags(waves: WaveFormat | None = None) -> tuple[str, ...]:
    gnu = find("c++").version.startswith(("g++", "c++"))
    coroutines = ("-fcoroutines",) if gnu else ()
    return ("-std=c++20", *coroutines, *_INCLUDE, *_DEFINES, *_TRACED[waves])


def _sources(waves: WaveFormat | None) -> tuple[str, ...]:
    return (*_SOURCES, *((f"verilated_{waves}_c",) if waves else ()))


def runtime_plan(waves: WaveFormat | None = None) -> Plan:
    """The runtime's objects and the precompiled header; `waves` is what files it is to write."""
    flags = _compiler_flags(waves)
    objects = tuple(
        Command("c++", (*flags, "-O2", "-c", f"@VERILATOR@/include/{name}.cpp", "-o", f"{name}.o"))
        for name in _sources(waves)
    )
    # Clang's precompiled header names its source, which must outlive this plan's folder.
    source = ("-x", "c++-header", f"{_HEADER_SOURCE}.h")
    header = Command("c++", (*flags, _LEVELS[0][1], *source, "-o", "all.h.gch"))
    return Plan(
        files={"all.h": _HEADER, **(_codecs() if waves == "fst" else {})},
        commands=(*objects, header),
        keep=("*.o", "all.h", "all.h.gch"),
        places={"VERILATOR": verilator_root()},
        place_digests={"VERILATOR": find("verilator").version},
        limits=Limits(time_s=900),
    )


def _codecs() -> dict[str, Content]:
    """What stands in for libraries that FST files want and that few machines have headers of."""
    return {name: path.read_bytes() for name, path in _CODECS.items()}


def make_runtime(stop: threading.Event | None = None) -> None:
    """Compile the runtime, where this machine has none yet."""
    ready_compiler(stop)
    outcome = carry_out(runtime_plan(), stop)
    if outcome.returncode:
        raise ToolError(f"the simulator's runtime does not compile: {outcome.stderr[-400:]}")


def simulator_plan(
    files: dict[str, Content],
    sources: list[str],
    top: str,
    timed: bool,
    limits: Limits,
    cycles: int = 0,
    waves: WaveFormat | None = None,
) -> Plan:
    """Verilate `sources` under `top` and compile; the kept file `simulator` is the program.

    `timed` testbenches have delays; the others have one input `clk`. `cycles` is how long a run
    is likely to be: a long one is worth a better compilation. With `waves` its run leaves a file
    `WAVES` of that format.
    """
    level = max(level for least, level in _LEVELS if cycles >= least)
    # The precompiled header holds for the lowest level alone.
    header = f"{'@RUNTIME@/all' if level == _LEVELS[0][1] else _HEADER_SOURCE}.h"
    objects = tuple(f"@RUNTIME@/{name}.o" for name in _sources(waves))
    verilate = (
        *("--cc", "--prefix", "Vdut", "--Mdir", "obj", "--top-module", top),
        *("--output-split", "0", "-Wno-fatal", "-Wno-lint", "-Wno-style", "--x-initial", "unique"),
        *("--timing" if timed else "--no-timing", "-O3", "--no-assert"),
        *((f"--trace-{waves}",) if waves else ()),
        *sources,
    )
    compile_all = (*_compiler_flags(waves), level, "-Iobj", "-include", header, "-c", "all.cpp")
    return Plan(
        files={
            **files,
            "main.cpp": main_of(timed, waves),
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
        built={"RUNTIME": runtime_plan(waves)},
        limits=limits,
    )


def run_plan(simulator: Plan, files: dict[str, Content], limits: Limits) -> Plan:
    """Run the program of a `simulator_plan` beside `files`."""
    return Plan(
        files=files,
        commands=(Command("@SIMULATOR@/simulator"),),
        keep=(f"{WAVES}.*",)
        if any(a.startswith("--trace-") for a in simulator.commands[0].arguments)
        else (),
        built={"SIMULATOR": simulator},
        limits=limits,
    )
