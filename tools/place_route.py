"""Place and route with nextpnr: a netlist onto a device, and how fast it can be clocked."""

import json
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prompts.design import Design
from tools.errors import ToolError
from tools.plan import Command, Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic, Report
from tools.synthesize import synthesize
from tools.targets import Target, target_named

_ERROR = re.compile(r"^ERROR: (?P<message>.*)$", re.MULTILINE)


def place_route(
    design: Design,
    target: str = "ecp5-25k",
    clock_mhz: float = 50.0,
    *,
    seed: int = 1,
    time_s: float = 600.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Place and route a Verilog design out of context: its ports stay unconnected to pins.

    Metrics: `fmax_mhz`, `slack_ns` at the wanted clock, and `luts`, `ffs`, `dsps`, `brams` as
    placed with `luts_percent` and so on. `failed` when it does not fit or misses the clock; the
    critical path is then in the diagnostics, source lines first.
    """
    device = target_named(target)
    synthesis = synthesize(design, target, stop=stop, cache=cache)
    if not synthesis.passed:
        raise ToolError(f"place and route needs a netlist: {synthesis.summary}")
    plan = _plan(synthesis.artifacts["netlist.json"], device, clock_mhz, seed, time_s)
    outcome = carry_out(plan, stop, cache)
    found: tuple[Diagnostic, ...] = tuple(
        Diagnostic("error", match["message"]) for match in _ERROR.finditer(outcome.log)
    )
    metrics: dict[str, float] = {}
    if "report.json" not in outcome.files:
        passed, summary = False, f"not placed: {found[0].message if found else 'see the log'}"
    else:
        report = json.loads(outcome.files["report.json"].read_text())
        metrics = _metrics(report, clock_mhz)
        passed = metrics.get("fmax_mhz", clock_mhz) >= clock_mhz
        found = (*_critical_path(report), *found) if not passed else found
        summary = _summary(metrics, clock_mhz)
    return Report(
        "place_route",
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


def _plan(netlist: Path, device: Target, clock_mhz: float, seed: int, time_s: float) -> Plan:
    arguments = (*device.nextpnr, "--json", "netlist.json", "--report", "report.json")
    arguments += ("--freq", f"{clock_mhz:g}", "--seed", str(seed), "--out-of-context")
    return Plan(
        files={"netlist.json": netlist.read_bytes()},
        commands=(Command("nextpnr-ecp5", (*arguments, "--timing-allow-fail")),),
        keep=("report.json",),
        limits=Limits(time_s=time_s, output_bytes=64 << 20),
    )


def _metrics(report: Mapping[str, Any], clock_mhz: float) -> dict[str, float]:
    metrics: dict[str, float] = {}
    if clocks := report.get("fmax", {}):
        fmax = min(clock["achieved"] for clock in clocks.values())
        metrics["fmax_mhz"] = round(fmax, 2)
        metrics["slack_ns"] = round(1000 / clock_mhz - 1000 / fmax, 3)
    names = {"luts": "TRELLIS_COMB", "ffs": "TRELLIS_FF", "dsps": "MULT18X18D", "brams": "DP16KD"}
    for name, cell in names.items():
        used = report.get("utilization", {}).get(cell, {"used": 0, "available": 1})
        metrics[name] = used["used"]
        metrics[f"{name}_percent"] = round(100 * used["used"] / max(used["available"], 1), 2)
    return metrics


def _summary(metrics: Mapping[str, float], clock_mhz: float) -> str:
    if "fmax_mhz" not in metrics:
        return "placed; the design has no register-to-register path, so no Fmax"
    fmax = metrics["fmax_mhz"]
    verdict = "meets" if fmax >= clock_mhz else "misses"
    return f"Fmax {fmax:.1f} MHz, {verdict} {clock_mhz:g} MHz"


def _critical_path(report: Mapping[str, Any]) -> tuple[Diagnostic, ...]:
    """The slowest register-to-register path, each step a diagnostic with its source line."""
    paths = [p for p in report.get("critical_paths", []) if p["from"] == p["to"]]
    if not paths:
        return ()
    found, total = [], 0.0
    for step in paths[0]["path"]:
        total += step["delay"]
        if step["type"] not in ("clk-to-q", "logic", "routing"):
            continue
        place = (step.get("sources") or [""])[0]
        file, _, rest = place.partition(":")
        line = int(rest.partition(".")[0] or 0)
        end = step["to"]["cell"]
        message = f"{step['type']} {step['delay']:.2f} ns (at {total:.2f} ns) to {end}"
        found.append(Diagnostic("info", message, Path(file).name, line, "TIMING"))
    head = f"the critical path takes {total:.2f} ns: {found[0].message} … {found[-1].message}"
    return (Diagnostic("error", head, code="TIMING"), *found)
