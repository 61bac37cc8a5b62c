"""Place and route with nextpnr: a netlist onto a device, and how fast it can be clocked."""

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path

from prompts.design import Design
from tools.errors import RequestError, ToolError
from tools.out_of_context import constraints, without_pins
from tools.placed import Placed
from tools.plan import Command, Content, Plan, carry_out
from tools.process import Limits
from tools.readings import remembered
from tools.report import Report, Status
from tools.synthesize import synthesize
from tools.targets import Placement, Target, target_named

MAX_SEEDS = 64
AT_ONCE = 2


def place_route(
    design: Design,
    target: str = "ecp5-25k",
    clock_mhz: float = 50.0,
    *,
    seed: int = 1,
    seeds: int = 1,
    time_s: float = 600.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Place and route a Verilog design out of context: its ports stay unconnected to pins.

    Metrics: `fmax_mhz` (of the slowest clock), `slack_ns` at the wanted clock, and `luts`, `ffs`,
    `dsps`, `brams` as placed with `luts_percent` and so on (on iCE40 `luts` are logic cells, each
    a look-up table and a flip-flop, and `ffs` are not told apart). `seeds` above 1 tries so many
    seeds from `seed` on, and reports the fastest. Details: `clocks` (Fmax of each in MHz),
    `critical_path` (its steps, in nanoseconds, with source lines), `seed`, and `seeds` (Fmax of
    each one). `failed` when it does not fit or misses the clock; the critical path is then in the
    diagnostics too. A warning says where nextpnr has no delays for a family's blocks, so that Fmax
    is an upper bound. `not run` for targets that have no place and route. Its time includes that
    of the synthesis, where that was not done before.
    """
    device = target_named(target)
    if not 1 <= seeds <= MAX_SEEDS:
        raise RequestError(f"seeds = {seeds} is out of range; choose from 1 to {MAX_SEEDS}")
    if device.place is None:
        return Report("place_route", "not run", _without(device))
    synthesis = synthesize(design, target, stop=stop, cache=cache)
    if not synthesis.passed:
        raise ToolError(f"place and route needs a netlist: {synthesis.summary}")
    files = _files(synthesis.artifacts["netlist.json"], device.place)
    plans = [
        _plan(files, device.place, clock_mhz, number, time_s)
        for number in range(seed, seed + seeds)
    ]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        started = [pool.submit(copy_context().run, carry_out, p, stop, cache) for p in plans]
        tried = [
            Placed(number, plan, future.result(), device, clock_mhz, design)
            for number, plan, future in zip(range(seed, seed + seeds), plans, started, strict=True)
        ]
    report = remembered(
        [placed.outcome for placed in tried],
        (device.name, clock_mhz, seed, sorted(design.files.items())),
        lambda: _best(tried),
    )
    best = tried[report.details["seed"] - seed]
    return replace(
        report,
        artifacts={n: p for n, p in best.outcome.files.items() if n == "report.json"},
        versions=best.plan.versions(),
        command=best.plan.text(),
        log=best.outcome.log,
        wall_s=sum(placed.outcome.wall_s for placed in tried)
        + (0.0 if synthesis.cached else synthesis.wall_s),
        cached=synthesis.cached and all(placed.outcome.cached for placed in tried),
    )


def _best(tried: list[Placed]) -> Report:
    """What nextpnr says of the fastest placement."""
    best = max(tried, key=lambda placed: placed.rank)
    details = best.details()
    if len(tried) > 1:
        details["seeds"] = {str(p.seed): p.metrics.get("fmax_mhz") for p in tried}
    status: Status = "passed" if best.passed else "failed"
    found = best.diagnostics()
    return Report("place_route", status, best.summary(), found, best.metrics, details)


def _without(device: Target) -> str:
    if device.library is not None:
        return "standard cells are not placed here; the figures are those of synthesis"
    return f"there is no place and route for {device.title} here; the figures are of synthesis"


def _files(netlist: Path, placement: Placement) -> dict[str, Content]:
    if placement.pinless:
        return {"netlist.json": netlist}
    text = without_pins(netlist, placement)
    files: dict[str, Content] = {"netlist.json": text}
    if placement.clocks:
        files["clocks.cst"] = constraints(text, placement)
    return files


def _plan(
    files: Mapping[str, Content],
    placement: Placement,
    clock_mhz: float,
    seed: int,
    time_s: float,
) -> Plan:
    arguments = (*placement.options, "--json", "netlist.json", "--report", "report.json")
    arguments += ("--freq", f"{clock_mhz:g}", "--seed", str(seed), "--timing-allow-fail")
    if placement.pinless:
        arguments += ("--out-of-context",)
    if "clocks.cst" in files:
        arguments += ("--vopt", "cst=clocks.cst")
    return Plan(
        files=files,
        commands=(Command(placement.program, arguments),),
        keep=("report.json",),
        limits=Limits(time_s=time_s, output_bytes=64 << 20),
    )
