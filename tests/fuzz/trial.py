"""Tries a program: synthesis, the testbench's calls natively, the same calls of the Verilog."""

import os
import pickle
import select
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kernel_runs import played

from fuzz.direct import direct, prepare
from fuzz.program import Program, Result
from prompts.design import Design
from prompts.interface import Interface
from tools.errors import ToolError
from tools.hls.capture import capture
from tools.hls.engine import VERILOG, hls
from tools.hls.signature import read
from tools.ports import by_ports
from tools.report import Report


def tried(program: Program, seconds: float = 120.0) -> Result:
    """What comes of a program, tried in a process of its own; more `seconds` are a hang.

    That process and all that it began have ended then, whatever ends the trial.
    """
    prepare()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        os.close(reader)
        _answer(program, folder, writer)
        os._exit(0)
    os.close(writer)
    with suppress(PermissionError, ProcessLookupError):  # where the child was quicker
        os.setpgid(child, child)
    try:
        return _heard(reader, seconds)
    finally:
        os.close(reader)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        shutil.rmtree(folder, ignore_errors=True)


def _answer(program: Program, folder: Path, writer: int) -> None:
    try:
        with direct(folder):
            result = _tried(program)
    except Exception:  # noqa: BLE001 (any exception is what the fuzzer is looking for)
        result = Result("crash", traceback.format_exc())
    with os.fdopen(writer, "wb") as pipe:
        pickle.dump(result, pipe)
    sys.stderr.flush()


def _heard(reader: int, seconds: float) -> Result:
    ready, _, _ = select.select([reader], [], [], seconds)
    if not ready:
        return Result("hang", f"no answer within {seconds:g} s")
    with os.fdopen(os.dup(reader), "rb") as pipe:
        data = pipe.read()
    return pickle.loads(data) if data else Result("crash", "the process was ended by a signal")


def _tried(program: Program) -> Result:
    design = Design({"kernel.cpp": program.text}, "top")
    report = hls(design, clock_mhz=program.clock_mhz, pipeline_loops=program.pipeline_loops)
    if not report.passed:
        return _unmade(report)
    signature = read(design.cxx, "top")
    # One file of both, since a compiler's start takes longer than the kernel's compilation.
    testbench = {"tb.cpp": f'#include "kernel.cpp"\n{program.testbench}'}
    try:
        calls = capture(signature, design.cxx, testbench)
    except ToolError as error:
        return Result("invalid", str(error))
    if calls.returncode:
        return Result("invalid", f"the testbench ends with status {calls.returncode}")
    verilog = {VERILOG: report.artifacts[VERILOG].read_text()}
    vectors = calls.vectors(by_ports(signature.interface, verilog))
    try:
        metrics = played(Design(verilog, "top"), vectors, signature.keeps_state)
    except AssertionError as error:
        return Result("mismatch", str(error))
    return _timed(report, metrics, vectors.interface)


def _unmade(report: Report) -> Result:
    """Why there is no Verilog: the program's fault, the engine's, or a refusal in a sentence."""
    errors = [d for d in report.diagnostics if d.severity == "error"]
    if report.status == "error" or not errors:
        return Result("crash", report.text())
    is_wrong = any(d.code == "CXX" for d in errors)
    return Result("invalid" if is_wrong else "refused", report.summary)


def _timed(report: Report, metrics: Mapping[str, float], interface: Interface) -> Result:
    """Right, unless it takes other cycles than were reported; one that waits takes any."""
    least, most = report.details["latency"]["min"], report.details["latency"]["max"]
    waits = any(a.bus or a.kind == "stream" for a in interface.arguments)
    too_quick = metrics["cycles_min"] < least
    too_slow = most is not None and metrics["cycles"] > most
    interval = report.details.get("calls", {}).get("ii")
    if interval and metrics["ii"] != interval:
        return Result("mismatch", f"a call every {metrics['ii']:g} cycles, not {interval}", metrics)
    if waits or not (too_quick or too_slow):
        return Result("right", metrics=metrics)
    taken = f"{metrics['cycles_min']:g} to {metrics['cycles']:g} cycles"
    return Result("mismatch", f"{taken}, reported as {least} to {most}", metrics)
