"""The files and commands of a C simulation: a test bench around the top, its inputs, its modes."""

from pathlib import Path
from typing import Literal

import numpy as np

from prompts.design import Design
from prompts.interface import Argument, Values
from prompts.render import render
from prompts.vectors import Call, Vectors
from tools import coverage, recorded, sanitize
from tools.find import find
from tools.kernel_math import LIBRARY, NAME, OPTIONS, uses_math
from tools.plan import Command, Plan
from tools.process import Limits

HERE = Path(__file__).parent
TEMPLATE = HERE / "templates" / "csim.cpp.j2"
INCLUDE = HERE / "include"
Mode = Literal["plain", "sanitize", "gcov", "coverage", "ranges"]
"""`gcov` measures coverage by the compiler; `coverage` and `ranges` by recording calls put in."""
RECORDING = ("coverage", "ranges")
_WARNINGS = ("-Wreturn-type", "-Wno-unknown-pragmas")


def csim_plan(design: Design, vectors: Vectors, time_s: float, mode: Mode) -> Plan:
    """Compile the top with a test bench that makes the calls, and run it; keeps `results.txt`."""
    kept = {"gcov": (coverage.KEEP,), "coverage": recorded.KEEP, "ranges": recorded.KEEP}
    interface = vectors.interface
    sources = [name for name in design.cxx if not name.endswith((".h", ".hpp"))]
    names = {
        "top": interface.top,
        "sources": sources,
        "arguments": interface.arguments,
        "calls": len(vectors.calls),
        "records": recorded.RECORDS if mode in RECORDING else "",
        "options": sanitize.OPTIONS if mode == "sanitize" else "",
    }
    lines = [_inputs(vectors, call) for call in vectors.calls]
    headers = {
        f"include/{path.relative_to(INCLUDE)}": path.read_text()
        for path in sorted(INCLUDE.rglob("*.h"))
    }
    if uses_math(design.cxx.values()):
        headers[NAME] = LIBRARY.read_text()
    if mode in RECORDING:
        headers["include/record.h"] = recorded.HEADER.read_text()
    # The sanitizers reserve far more of the address space than they use.
    memory = None if mode == "sanitize" else 8 << 30
    return Plan(
        files={
            **design.cxx,
            **headers,
            "csim_main.cpp": render(TEMPLATE.read_text(), names),
            "vectors.txt": "\n".join(lines) + "\n",
        },
        commands=_commands(mode, sources, uses_math(design.cxx.values())),
        keep=("results.txt", *kept.get(mode, ())),
        limits=Limits(time_s=time_s, memory_bytes=memory),
    )


def _commands(mode: Mode, sources: list[str], has_math: bool) -> tuple[Command, ...]:
    clang = find("c++").version.startswith(("zig", "clang"))
    plain = "-fno-caret-diagnostics" if clang else "-fno-diagnostics-show-caret"
    common = ("-std=c++17", *_WARNINGS, plain, "-Iinclude", "-I.", *(OPTIONS if has_math else ()))
    run = Command("./csim")
    library = (NAME,) if has_math else ()
    if mode == "gcov":
        made = Command("c++", (*common, *coverage.COMPILE))
        return (made, Command("c++", (*common, *coverage.LINK, *library)), run, coverage.READ)
    flags = sanitize.flags() if mode == "sanitize" else ("-O1",)
    compiled = Command("c++", (*common, *flags, "csim_main.cpp", *library, "-o", "csim"))
    if mode in RECORDING:
        return (recorded.instrument(mode, sources), compiled, run)
    return (compiled, run)


def _inputs(vectors: Vectors, call: Call) -> str:
    arrays = [in_order(a, call.inputs[a.name]) for a in vectors.interface.inputs]
    return " ".join(str(value) for array in arrays for value in array.tolist())


def in_order(argument: Argument, values: Values) -> Values:
    """Elements as the testbench reads them: row-major, but a packed stream's by beat and lane."""
    elements = np.asarray(values, np.int64).reshape(-1)
    if argument.kind != "stream" or argument.lanes == 1:
        return elements
    slots, addresses = argument.place()
    padded = np.zeros(argument.words * argument.lanes, np.int64)
    padded[addresses * argument.lanes + slots] = elements
    return padded
