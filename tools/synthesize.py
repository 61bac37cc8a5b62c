"""Logic synthesis with Yosys: Verilog to a netlist of a device's cells, and how many of each."""

import json
import re
import threading
from collections.abc import Mapping

from prompts.design import Design
from tools.errors import ToolError
from tools.plan import Command, Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic, Report, Severity
from tools.targets import Target, target_named
from tools.verilator_log import source_line

NAMES = {"luts": "LUTs", "ffs": "FFs", "dsps": "DSPs", "brams": "BRAMs"}
_ERROR = re.compile(r"^(?:(?P<file>[^:\s]+):(?P<line>\d+): )?ERROR: (?P<message>.*)$", re.MULTILINE)
_WARNING = re.compile(
    r"^(?:(?P<file>[^:\s]+):(?P<line>\d+): )?Warning: (?P<message>.*)$", re.MULTILINE
)


def synthesize(
    design: Design,
    target: str = "ecp5-25k",
    *,
    time_s: float = 300.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Synthesise a Verilog design for a target.

    Metrics: `luts` (LUT4 equivalents, carry cells counted as two, distributed RAM as its LUTs),
    `ffs`, `dsps`, `brams`. Artifact: `netlist.json`, which `place_route` takes. `failed` when the
    design does not synthesise or does not fit the target.
    """
    device = target_named(target)
    if not design.verilog:
        raise ToolError("synthesis needs a Verilog file, and the design has none")
    plan = _plan(design, time_s)
    outcome = carry_out(plan, stop, cache)
    found = _diagnostics(outcome.log, design.files)
    metrics: dict[str, float] = {}
    if outcome.returncode or "stat.json" not in outcome.files:
        first = next((d.message for d in found if d.severity == "error"), "see the log")
        passed, summary = False, f"the design does not synthesise: {first}"
    else:
        statistics = json.loads(outcome.files["stat.json"].read_text())
        metrics = _metrics(statistics["design"]["num_cells_by_type"])
        problem = _overflow(metrics, device)
        passed = not problem
        summary = problem or _counted(metrics)
    return Report(
        "synthesize",
        "passed" if passed else "failed",
        summary,
        found,
        metrics=metrics,
        artifacts=outcome.files,
        versions=plan.versions(),
        command=plan.text(),
        log=outcome.log,
        wall_s=outcome.wall_s,
        cached=outcome.cached,
    )


def _plan(design: Design, time_s: float) -> Plan:
    script = [
        *(f"read_verilog -sv -defer {name}" for name in design.verilog),
        f"synth_ecp5 -top {design.top} -json netlist.json",
        "tee -q -o stat.json stat -json",
    ]
    return Plan(
        files={**design.verilog, "synthesize.ys": "\n".join(script) + "\n"},
        commands=(Command("yosys", ("synthesize.ys",)),),
        keep=("netlist.json", "stat.json"),
        limits=Limits(time_s=time_s, output_bytes=64 << 20),
    )


def _metrics(cells: Mapping[str, int]) -> dict[str, float]:
    return {
        "luts": cells.get("LUT4", 0)
        + 2 * cells.get("CCU2C", 0)
        + 4 * cells.get("TRELLIS_DPR16X4", 0),
        "ffs": cells.get("TRELLIS_FF", 0),
        "dsps": cells.get("MULT18X18D", 0),
        "brams": cells.get("DP16KD", 0) + cells.get("PDPW16KD", 0),
    }


def _counted(metrics: Mapping[str, float]) -> str:
    return ", ".join(f"{int(metrics[name])} {text}" for name, text in NAMES.items())


def _overflow(metrics: Mapping[str, float], device: Target) -> str:
    over = [
        f"{int(metrics[name])} {NAMES[name]} of {held}"
        for name, held in device.capacity().items()
        if metrics[name] > held
    ]
    return f"the design does not fit {device.title}: {', '.join(over)}" if over else ""


def _diagnostics(log: str, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    found = []
    for pattern in (_ERROR, _WARNING):
        for match in pattern.finditer(log):
            file, line = match["file"] or "", int(match["line"] or 0)
            severity: Severity = "error" if pattern is _ERROR else "warning"
            source = source_line(files, file, line)
            found.append(Diagnostic(severity, match["message"], file, line, source=source))
    return tuple(dict.fromkeys(found))
