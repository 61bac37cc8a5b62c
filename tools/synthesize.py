"""Logic synthesis with Yosys: Verilog to a netlist of a target's cells, and how many of each."""

import os
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from prompts.design import Design
from tools import sta
from tools.errors import RequestError, ToolError
from tools.find import find, has
from tools.netlist import Netlist, read_netlist
from tools.plan import Command, Outcome, Plan, carry_out
from tools.process import Limits
from tools.readings import remembered
from tools.report import Report, Status
from tools.synthesis_findings import busy_nets, findings, wide_multipliers
from tools.targets import Target, target_named
from tools.targets.cells import LIBRARY
from tools.targets.liberty import Library, library
from tools.targets.target import count, percent
from tools.timing import abc_path

NAMES = {
    "area_um2": "µm²",
    "cells": "cells",
    "luts": "LUTs",
    "ffs": "FFs",
    "dsps": "DSPs",
    "brams": "BRAMs",
}
SETTING = "SILIWRIGHT_LIBERTY"
"""The environment variable that names the Liberty file of standard cells."""


def synthesize(
    design: Design,
    target: str = "ecp5-25k",
    *,
    liberty: str = "",
    clock_mhz: float = 50.0,
    fanout: int = 200,
    time_s: float = 300.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Synthesise a Verilog design for a target: a device, or `cells` for standard cells.

    Metrics for a device: `luts` (on ECP5 LUT4 equivalents, carry cells counted as two,
    distributed RAM as its LUTs), `ffs`, `dsps`, `brams`. For standard cells: `area_um2`, `cells`,
    `ffs`, and `delay_ps`, the longest path between registers or ports by ABC, of gates alone:
    without wires, set-up and clock-to-output times. `liberty` is their library, a Liberty file
    (.lib or .lib.gz); without one, that of the setting SILIWRIGHT_LIBERTY, else a small generic
    library, whose figures serve to compare designs with each other alone. Where OpenSTA is
    installed they also have `slack_ns` at `clock_mhz` and `period_min_ns`, the shortest period,
    and details `sta` with its slowest path.

    Details: `hierarchy` (for each module its instances, what they take themselves as `own` and
    with all within as `total`; a cell belongs to the instance after which Yosys named it),
    `utilisation` of the device in percent, and for standard cells `critical_path` and `library`.
    Diagnostics warn of latches, nets that drive more than `fanout` pins, memories made of
    flip-flops, and multipliers wider than a DSP block. Artifact: `netlist.json`, which
    `place_route` takes. `failed` when the design does not synthesise, has a net with several
    drivers, or does not fit the device.
    """
    device = target_named(target)
    if not design.verilog:
        raise ToolError("synthesis needs a Verilog file, and the design has none")
    if clock_mhz <= 0:
        raise RequestError(f"clock_mhz = {clock_mhz:g} is not above 0; give the wanted clock")
    if fanout < 1:
        raise RequestError(f"fanout = {fanout} is below 1; give the pins a net may drive")
    cells = _library(device, liberty)
    if cells:
        device = replace(device, counts=cells.counts())
    plan = _plan(design, device, cells, time_s)
    outcome = carry_out(plan, stop, cache)
    timer = partial(
        sta.timing,
        library=cells.text if cells else "",
        clock_mhz=clock_mhz,
        time_s=time_s,
        stop=stop,
        cache=cache,
    )
    goes_by = (device.name, fanout, clock_mhz, sorted(design.files), _sta_version())
    report = remembered(
        (outcome,), goes_by, lambda: _read(outcome, design, device, cells, fanout, timer)
    )
    return replace(
        report,
        artifacts={n: p for n, p in outcome.files.items() if n == "netlist.json"},
        versions={**plan.versions(), **report.versions},
        command=plan.text(),
        log=outcome.log,
        wall_s=outcome.wall_s,
        cached=outcome.cached,
    )


def _read(
    outcome: Outcome,
    design: Design,
    device: Target,
    cells: Library | None,
    fanout: int,
    timer: Callable[[Netlist, str], tuple[sta.Timing, Plan] | None],
) -> Report:
    """What Yosys's log and netlist say; `timer` is OpenSTA on a netlist and its Verilog."""
    netlist = None
    if not outcome.returncode and "netlist.json" in outcome.files:
        netlist = read_netlist(outcome.files["netlist.json"])
    found = findings(outcome.log, design.files, netlist, device)
    problem = next((d.message for d in found if d.severity == "error"), "")
    if netlist is None:
        said = f"the design does not synthesise: {problem or 'see the log'}"
        return Report("synthesize", "failed", said, found)
    found += wide_multipliers(outcome.files["multipliers.json"], device, design.files)
    found += busy_nets(netlist, fanout, device, design.files)
    metrics = count(netlist.types(), device.counts)
    details = _details(netlist, device, metrics)
    versions: dict[str, str] = {}
    if cells:
        _add_timing(outcome.log, netlist, metrics, details)
        details["library"] = _named(cells)
        problem = problem or _unmapped(netlist, cells)
        if sta.NETLIST in outcome.files and not problem:
            timed = timer(netlist, outcome.files[sta.NETLIST].read_text())
            if timed:
                metrics |= timed[0].metrics()
                details["sta"] = timed[0].details()
                versions = timed[1].versions()
    problem = problem or _overflow(metrics, device)
    status: Status = "failed" if problem else "passed"
    return Report(
        "synthesize", status, problem or _counted(metrics), found, metrics, details,
        versions=versions,
    )  # fmt: skip


def _sta_version() -> str:
    return find("sta").version if has("sta") else ""


def _library(device: Target, liberty: str) -> Library | None:
    if device.library is None:
        if liberty:
            raise RequestError(f"{device.name} takes no Liberty file; choose the target cells")
        return None
    chosen = liberty or os.environ.get(SETTING, "")
    return library(Path(chosen).expanduser() if chosen else device.library)


def _plan(design: Design, device: Target, cells: Library | None, time_s: float) -> Plan:
    timed = cells is not None and has("sta")
    script = [
        *(f"read_verilog -sv -defer {name}" for name in design.verilog),
        *(command.format(top=design.top) for command in device.elaborate),
        # The multipliers as they are asked for, seen on a copy: mapping takes them apart.
        "design -push-copy",
        "opt_expr",
        "opt_clean",
        "wreduce t:$mul",
        "opt_clean",
        "select t:$mul",
        "write_json -selected multipliers.json",
        "select -clear",
        "design -pop",
        *(command.format(top=design.top) for command in device.map),
        "autoname",
        "write_json netlist.json",
        *((f"write_verilog -noattr {sta.NETLIST}",) if timed else ()),
        "stat",
    ]
    return Plan(
        files={
            **design.verilog,
            **({LIBRARY: cells.text} if cells else {}),
            "synthesize.ys": "\n".join(script) + "\n",
        },
        commands=(Command("yosys", ("synthesize.ys",)),),
        keep=("netlist.json", "multipliers.json", *((sta.NETLIST,) if timed else ())),
        limits=Limits(time_s=time_s, output_bytes=64 << 20),
    )


def _details(netlist: Netlist, device: Target, metrics: Mapping[str, float]) -> dict[str, Any]:
    details: dict[str, Any] = {"hierarchy": netlist.hierarchy(device.counts)}
    if capacity := device.capacity():
        details["utilisation"] = percent(metrics, capacity)
    return details


def _add_timing(
    log: str, netlist: Netlist, metrics: dict[str, float], details: dict[str, Any]
) -> None:
    delay_ps, steps = abc_path(log, netlist)
    if delay_ps is not None:
        metrics["delay_ps"] = delay_ps
        details["critical_path"] = steps
        details["timing"] = "ABC, gates alone"


def _named(cells: Library) -> str:
    found = re.search(r"library\s*\(\s*\"?([^\")]+)", cells.text)
    return found[1].strip() if found else ""


def _unmapped(netlist: Netlist, cells: Library) -> str:
    """What the library has no cell for."""
    missing = sorted(set(netlist.types()) - set(cells.areas))
    if not missing:
        return ""
    kinds = ", ".join(missing[:5])
    return f"the library {_named(cells)} has no cell for {kinds}, so the design has no area"


def _counted(metrics: Mapping[str, float]) -> str:
    shown = [f"{metrics[name]:,g} {NAMES[name]}" for name in NAMES if name in metrics]
    if "delay_ps" in metrics:
        shown.append(f"longest path {metrics['delay_ps']:g} ps (gates alone)")
    return ", ".join(shown)


def _overflow(metrics: Mapping[str, float], device: Target) -> str:
    over = [
        f"{metrics[name]:g} {NAMES[name]} of {held}"
        for name, held in device.capacity().items()
        if metrics.get(name, 0) > held
    ]
    return f"the design does not fit {device.title}: {', '.join(over)}" if over else ""
