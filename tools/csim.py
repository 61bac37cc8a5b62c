"""C simulation: the C++ of a design is compiled and called with vectors; outputs are compared."""

import threading
from pathlib import Path

import numpy as np

from prompts.design import Design
from prompts.interface import Argument, Values
from prompts.render import render
from prompts.vectors import Call, Vectors
from tools.cxx import ready_compiler
from tools.errors import ToolError
from tools.plan import Command, Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic, Report
from tools.verilator_log import diagnostics

HERE = Path(__file__).parent
TEMPLATE = HERE / "templates" / "csim.cpp.j2"
INCLUDE = HERE / "include"
MAX_SHOWN = 20


def csim(
    design: Design,
    vectors: Vectors,
    *,
    time_s: float = 60.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Compile the design's C++ with the HLS headers, and call its top with every call of `vectors`.

    Metrics: `calls`, `mismatches`.
    """
    if not design.cxx:
        raise ToolError("C simulation needs a C++ file, and the design has none")
    ready_compiler(stop)
    plan = _plan(design, vectors, time_s)
    outcome = carry_out(plan, stop, cache)
    found: tuple[Diagnostic, ...] = ()
    metrics: dict[str, float] = {}
    if outcome.step == 0:
        found = diagnostics(outcome.log, design.files)
        first = next((d.message for d in found if d.severity == "error"), "see the log")
        summary = f"the C++ does not compile: {first}"
    elif outcome.returncode:
        summary = _ending(outcome.returncode, outcome.stderr)
        found = (Diagnostic("error", summary),)
    else:
        found, metrics = _compare(vectors, outcome.files["results.txt"])
        made = len(vectors.calls)
        summary = found[0].message if found else f"{made} calls bit-exact"
    return Report(
        "csim",
        "failed" if any(d.severity == "error" for d in found) or outcome.returncode else "passed",
        summary,
        found,
        metrics=metrics,
        versions=plan.versions(),
        command=plan.text(),
        log=outcome.log,
        wall_s=outcome.wall_s,
        cached=outcome.cached,
    )


def _plan(design: Design, vectors: Vectors, time_s: float) -> Plan:
    interface = vectors.interface
    sources = [name for name in design.cxx if not name.endswith((".h", ".hpp"))]
    names = {
        "top": interface.top,
        "sources": sources,
        "arguments": interface.arguments,
        "calls": len(vectors.calls),
    }
    lines = [_inputs(vectors, call) for call in vectors.calls]
    headers = {
        f"include/{path.relative_to(INCLUDE)}": path.read_text()
        for path in sorted(INCLUDE.rglob("*.h"))
    }
    return Plan(
        files={
            **design.cxx,
            **headers,
            "csim_main.cpp": render(TEMPLATE.read_text(), names),
            "vectors.txt": "\n".join(lines) + "\n",
        },
        commands=(
            Command(
                "c++",
                ("-std=c++17", "-O1", "-w", "-Iinclude", "-I.", "csim_main.cpp", "-o", "csim"),
            ),
            Command("./csim"),
        ),
        keep=("results.txt",),
        limits=Limits(time_s=time_s, memory_bytes=8 << 30),
    )


def _inputs(vectors: Vectors, call: Call) -> str:
    arrays = [_in_order(a, call.inputs[a.name]) for a in vectors.interface.inputs]
    return " ".join(str(value) for array in arrays for value in array.tolist())


def _in_order(argument: Argument, values: Values) -> Values:
    """Elements as the testbench reads them: row-major, but a packed stream's by beat and lane."""
    elements = np.asarray(values, np.int64).reshape(-1)
    if argument.kind != "stream" or argument.lanes == 1:
        return elements
    slots, addresses = argument.place()
    padded = np.zeros(argument.words * argument.lanes, np.int64)
    padded[addresses * argument.lanes + slots] = elements
    return padded


def _compare(vectors: Vectors, results: Path) -> tuple[tuple[Diagnostic, ...], dict[str, float]]:
    actual = np.array(results.read_text().split(), dtype=np.int64)
    found: list[Diagnostic] = []
    mismatches = start = 0
    for number, call in enumerate(vectors.calls):
        for argument in vectors.interface.outputs:
            expected = np.asarray(call.outputs[argument.name], np.int64).reshape(-1)
            order = _in_order(argument, np.arange(expected.size))
            got = np.zeros_like(expected)
            used = _in_order(argument, np.ones(expected.size, np.int64)) == 1
            got[order[used]] = actual[start : start + order.size][used]
            start += order.size
            wrong = np.flatnonzero(got != expected)
            mismatches += wrong.size
            for i in wrong[: MAX_SHOWN - len(found)]:
                index = np.unravel_index(int(i), argument.shape) if argument.shape else ()
                where = argument.name + "".join(f"[{n}]" for n in index)
                message = f"call {number}: {where} is {got[i]}, expected {expected[i]}"
                found.append(Diagnostic("error", message, code="MISMATCH"))
    return tuple(found), {"calls": len(vectors.calls), "mismatches": mismatches}


def _ending(returncode: int, stderr: str) -> str:
    said = stderr.strip().splitlines()
    if returncode < 0 or returncode > 128:
        number = -returncode if returncode < 0 else returncode - 128
        return f"the C++ crashed with signal {number} (an index out of bounds?)"
    return f"the C++ ended with status {returncode}: {said[-1] if said else 'without a word'}"
