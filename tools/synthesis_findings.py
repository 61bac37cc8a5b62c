"""What a designer can act on in a synthesis: the log's warnings, and what the netlist shows."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tools.diagnostics import from_yosys, source_line
from tools.netlist import Net, Netlist, source_of
from tools.report import Diagnostic
from tools.targets import Target

LARGE_MEMORY_BITS = 512
"""From here on a memory of flip-flops is worth a word."""
SHOWN = 5
"""Nets of high fan-out that are named; an accumulator's bits often come in dozens."""
_LATCH = re.compile(
    r"^(?:Warning: )?Latch inferred for signal `.*?\.\\(?P<signal>[^']+)' "
    r"from process `.*?\$proc\$(?P<file>[^:]+):(?P<line>\d+)\$",
    re.MULTILINE,
)
_DRIVERS = re.compile(r"^multiple conflicting drivers for .*?\.(?P<net>[\\$].*):$")
_PLACE = re.compile(r"\$(?P<file>[^$:]+):(?P<line>\d+)\$")
_BIT = re.compile(r" \[[\d:]+\]$")
_INDEX = re.compile(r"\[\d+\]$")
_MEMORY = re.compile(
    r"^Mapping memory \\(?P<name>\S+) in module .*:\n"
    r"\s*created (?P<words>\d+) \$dff cells and \d+ static cells of width (?P<width>\d+)",
    re.MULTILINE,
)


def findings(
    log: str, files: Mapping[str, str], netlist: Netlist | None, target: Target
) -> tuple[Diagnostic, ...]:
    """The diagnostics of a synthesis; `netlist` is None when there is none."""
    found = [*_latches(log), *_messages(log, files, netlist)]
    if netlist is not None:
        found += _memories(log, files, target)
    placed = [_with_source(diagnostic, files) for diagnostic in found]
    return tuple(dict.fromkeys(placed))


def busy_nets(
    netlist: Netlist, limit: int, target: Target, files: Mapping[str, str]
) -> tuple[Diagnostic, ...]:
    """A warning for each signal with a bit that drives more than `limit` pins, busiest first."""
    signals: dict[str, Net] = {}
    for net in netlist.busiest(limit, target.control_pins):
        signals.setdefault(_INDEX.sub("", net.name), net)
    nets = list(signals.values())
    more = f"; {len(nets) - SHOWN} more signals are above {limit}" if len(nets) > SHOWN else ""
    hint = f"duplicate its register, or drive its readers from a tree of registers{more}"
    found = [
        Diagnostic(
            "warning",
            f"{net.name} drives {net.sinks} pins",
            net.file,
            net.line,
            "FANOUT",
            hint=hint,
        )
        for net in nets[:SHOWN]
    ]
    return tuple(_with_source(diagnostic, files) for diagnostic in found)


def wide_multipliers(
    path: Path, target: Target, files: Mapping[str, str]
) -> tuple[Diagnostic, ...]:
    """A note for each multiplier that does not go into one DSP block; `path` has the `$mul`s."""
    if target.multiplier is None or not target.dsps:
        return ()
    most, least = target.multiplier
    found = []
    for cell in _multipliers(path):
        widths = [int(cell["parameters"][f"{side}_WIDTH"], 2) for side in "AB"]
        if max(widths) > most or min(widths) > least:
            message = (
                f"a multiplier of {widths[0]} by {widths[1]} bits takes several DSP blocks, "
                f"which have {most} by {least}"
            )
            hint = f"narrow the operands to {most} and {least} bits, or give it more cycles"
            place = source_of(cell["attributes"].get("src", ""))
            found.append(Diagnostic("warning", message, *place, "MULTIPLIER", hint=hint))
    return tuple(dict.fromkeys(_with_source(diagnostic, files) for diagnostic in found))


def _multipliers(path: Path) -> Iterator[Mapping[str, Any]]:
    """The multipliers of two variables; by a constant they become additions."""
    for module in json.loads(path.read_text(encoding="utf-8"))["modules"].values():
        for cell in module["cells"].values():
            sides = [cell["connections"].get(side, []) for side in "AB"]
            if cell["type"] == "$mul" and all(any(isinstance(b, int) for b in s) for s in sides):
                yield cell


def _latches(log: str) -> Iterable[Diagnostic]:
    for found in _LATCH.finditer(log):
        yield Diagnostic(
            "warning",
            f"{found['signal']} becomes a latch: it keeps its value on some path",
            found["file"],
            int(found["line"]),
            "LATCH",
            hint="give it a value on every path, or a default before the branches",
        )


def _messages(log: str, files: Mapping[str, str], netlist: Netlist | None) -> Iterable[Diagnostic]:
    for found in from_yosys(log, files):
        if several := _DRIVERS.match(found.message):
            yield _several_drivers(several["net"], netlist)
        elif not found.message.startswith("Latch inferred"):
            yield found


def _several_drivers(net: str, netlist: Netlist | None) -> Diagnostic:
    """A net by its name, or one without a name by the place that Yosys writes into it."""
    name, file, line = "a net without a name", "", 0
    if net.startswith("\\"):
        name = _BIT.sub("", net[1:])
        if netlist is not None:
            file, line = netlist.declared(name)
    elif place := _PLACE.search(net):
        file, line = place["file"], int(place["line"])
    hint = "assign it in one place: one always block, or one assign"
    return Diagnostic("error", f"{name} has several drivers", file, line, "MULTIDRIVEN", hint=hint)


def _memories(log: str, files: Mapping[str, str], target: Target) -> Iterable[Diagnostic]:
    for found in _MEMORY.finditer(log):
        words, width = int(found["words"]), int(found["width"])
        if words * width < LARGE_MEMORY_BITS:
            continue
        hint = "read it in a clocked process, with one write port, and do not reset it"
        if "brams" not in target.holds:
            hint = "this target has no memory blocks: keep memories small, or outside the design"
        message = (
            f"the memory {found['name']} of {words} words of {width} bits is made of flip-flops"
        )
        place = _declared(found["name"].rpartition(".")[2], files)
        yield Diagnostic("warning", message, *place, "MEMORY", hint=hint)


def _declared(memory: str, files: Mapping[str, str]) -> tuple[str, int]:
    """Where a memory is declared: Yosys keeps no place for what it took apart."""
    declaration = re.compile(rf"\b(?:reg|logic|bit)\b.*\b{re.escape(memory)}\s*\[")
    for file, text in files.items():
        for number, line in enumerate(text.splitlines(), 1):
            if declaration.search(line):
                return file, number
    return "", 0


def _with_source(diagnostic: Diagnostic, files: Mapping[str, str]) -> Diagnostic:
    return replace(diagnostic, source=source_line(files, diagnostic.file, diagnostic.line))
