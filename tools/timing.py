"""Timing figures: what nextpnr's report and ABC's log say of clocks and of the longest path."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from tools.netlist import Netlist, source_of
from tools.report import Diagnostic

_DELAY = re.compile(r"ABC: WireLoad = .*? Delay =\s*(?P<ps>[\d.]+) ps")
_STEP = re.compile(
    r"ABC: Path +\d+ -- +\d+ : +\d+ +(?P<fanout>\d+) (?P<cell>\S+) +A = .*?"
    r"Df =\s*(?P<rise>[\d.]+)\s*[+-]?[\d.]+ ps"
)
_ENDS = re.compile(
    r"ABC: Start-point = \w+ \(\\?(?P<start>.+?)\)\.  End-point = \w+ \(\\?(?P<end>.+?)\)\."
)
_BIT = re.compile(r" ?\[\d+\]$")


def clocks(report: Mapping[str, Any]) -> dict[str, float]:
    """The Fmax of each clock in MHz, by the clock's name in the design."""
    return {
        _clock_name(name): round(clock["achieved"], 2)
        for name, clock in report.get("fmax", {}).items()
    }


def critical_path(report: Mapping[str, Any], files: Collection[str]) -> list[dict[str, Any]]:
    """The slowest register-to-register path of nextpnr: its steps, with delays in nanoseconds.

    Each step has `kind` (clk-to-q, logic, routing, setup), `cell`, `net`, `delay_ns`, `at_ns` and
    the `file` and `line` of its net, where that is one of the design's `files`. What is joined by
    wires without a delay, as the cells of a carry chain are, is one step to the last of its cells.
    """
    paths = [p for p in report.get("critical_paths", []) if p["from"] == p["to"]]
    if not paths:
        return []
    slowest = max(paths, key=lambda path: sum(step["delay"] for step in path["path"]))
    steps: list[dict[str, Any]] = []
    at_ns, within = 0.0, False
    for step in slowest["path"]:
        if step["type"] == "routing" and not step["delay"]:
            within = bool(steps)
            continue
        at_ns += step["delay"]
        found = _step(step, at_ns, files)
        if within and steps[-1]["kind"] == found["kind"] == "logic":
            before = steps.pop()
            found["delay_ns"] = round(before["delay_ns"] + found["delay_ns"], 3)
            found |= {key: before[key] for key in ("file", "line") if before["file"]}
        steps.append(found)
        within = False
    return steps


def _step(step: Mapping[str, Any], at_ns: float, files: Collection[str]) -> dict[str, Any]:
    places = (source_of(source) for source in step.get("sources") or ())
    file, line = next((place for place in places if place[0] in files), ("", 0))
    return {
        "kind": step["type"],
        "cell": step["to"]["cell"],
        "net": step.get("net", ""),
        "delay_ns": round(step["delay"], 3),
        "at_ns": round(at_ns, 3),
        "file": file,
        "line": line,
    }


def path_findings(steps: list[dict[str, Any]]) -> tuple[Diagnostic, ...]:
    """A missed clock's path as diagnostics: its sum as an error, then each step."""
    if not steps:
        return ()
    found = [
        Diagnostic(
            "info",
            f"{s['kind']} {s['delay_ns']:.2f} ns (at {s['at_ns']:.2f} ns) to {s['cell']}",
            s["file"],
            s["line"],
            "TIMING",
        )
        for s in steps
        if s["kind"] in ("clk-to-q", "logic", "routing")
    ]
    total = steps[-1]["at_ns"]
    head = f"the critical path takes {total:.2f} ns: {found[0].message} … {found[-1].message}"
    return (Diagnostic("error", head, code="TIMING"), *found)


def abc_path(log: str, netlist: Netlist) -> tuple[float | None, list[dict[str, Any]]]:
    """ABC's longest path through the gates in picoseconds, and its steps.

    None when there are no gates. Each step has `cell`, `fanout`, `at_ps`; the first and the last
    have the `net` where the path begins and ends, and its `file` and `line`.
    """
    delays = [float(found["ps"]) for found in _DELAY.finditer(log)]
    if not delays:
        return None, []
    steps: list[dict[str, Any]] = [
        {"cell": found["cell"], "fanout": int(found["fanout"]), "at_ps": float(found["rise"])}
        for found in _STEP.finditer(log)
    ]
    if steps and (ends := _ENDS.search(log)):
        for step, end in ((steps[0], "start"), (steps[-1], "end")):
            name = ends[end]
            file, line = netlist.declared(_BIT.sub("", name))
            step.update(net=name, file=file, line=line)
    return max(delays), steps


def _clock_name(net: str) -> str:
    """`clk$SB_IO_IN_$glb_clk` and `$glbnet$clk` as `clk`: what nextpnr puts around a clock."""
    plain = net.removeprefix("$glbnet$")
    plain = re.sub(r"\$SB_IO_IN.*$|_\$glb_clk$", "", plain)
    return re.sub(r"\$TRELLIS_IO_IN$", "", plain)
