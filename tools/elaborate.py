"""A Verilog design as one flat module for the provers: its ports, its clocks, and its RTLIL.

Undefined values (`x`) and registers without an initial value stay as they are.
"""

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from prompts.design import Design
from tools.diagnostics import source_line
from tools.errors import ToolError
from tools.plan import Command, Outcome, Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic

MEMORY_WORDS = 1 << 11
"""Larger memories are not turned into registers: a proof over them would not end."""
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_NUMBER = re.compile(r"-?\d+|\d*'[sS]?[bodhBODH][0-9a-fA-F_]+")
_ERROR = re.compile(r"^(?:(\S+?):(\d+)(?:\.[\d.\-]+)?: )?ERROR: (.*)$", re.MULTILINE)
_LOOP = re.compile(r"found logic loop in module \S+\n((?: {4}.*\n)*)")
_PLACE = re.compile(r"\bsource: ([\w.\-]+):(\d+)")


@dataclass(frozen=True)
class Port:
    """A port of the top: its direction (`input`, `output`, `inout`) and width."""

    name: str
    direction: str
    bits: int

    def text(self) -> str:
        return f"{self.direction} of {self.bits} bit{'s' if self.bits > 1 else ''}"


@dataclass(frozen=True)
class Clock:
    """A signal that registers change at; `port` is empty when logic makes it."""

    port: str
    rising: bool


@dataclass(frozen=True)
class Property:
    """An `assert`, `assume` or `cover` of a design, and where it stands."""

    kind: str
    file: str
    line: int


@dataclass(frozen=True)
class Elaborated:
    """A design's flat module as RTLIL text, or the findings that say why there is none."""

    ports: Mapping[str, Port]
    clocks: tuple[Clock, ...]
    state_bits: int
    properties: Mapping[str, Property]
    rtlil: bytes
    findings: tuple[Diagnostic, ...]
    outcome: Outcome
    plan: Plan

    @property
    def one_clock(self) -> bool:
        return len(self.clocks) < 2 and all(clock.port for clock in self.clocks)


def elaborate(
    design: Design,
    name: str,
    parameters: Mapping[str, str],
    limits: Limits,
    stop: threading.Event | None,
    *,
    formal: bool = False,
    cache: bool = True,
) -> Elaborated:
    """The top of `design` as a flat module called `name`.

    `formal` keeps assertions and defines `FORMAL`. Raises `ToolError` when there is no Verilog.
    """
    if not design.verilog:
        raise ToolError("a proof needs a Verilog file, and the design has none")
    plan = _plan(design, name, parameters, limits, formal)
    outcome = carry_out(plan, stop, cache)
    findings = _findings(outcome.log, design.files)
    if outcome.returncode or "top.json" not in outcome.files:
        findings = findings or (Diagnostic("error", "Yosys ended early; see the log"),)
        return Elaborated({}, (), 0, {}, b"", findings, outcome, plan)
    module = json.loads(outcome.files["top.json"].read_text())["modules"][name]
    if large := _large_memory(module):
        findings = (*findings, large)
    ports = {
        key: Port(key, port["direction"], len(port["bits"]))
        for key, port in module["ports"].items()
    }
    rtlil = outcome.files["top.il"].read_bytes()
    bits = sum(len(c["connections"]["Q"]) for c in module["cells"].values() if _register(c))
    found = _properties(module)
    return Elaborated(ports, _clocks(module), bits, found, rtlil, findings, outcome, plan)


def _plan(
    design: Design, name: str, parameters: Mapping[str, str], limits: Limits, formal: bool
) -> Plan:
    sources = [n for n in design.verilog if PurePosixPath(n).suffix in (".v", ".sv")]
    flag = "-formal" if formal else "-sv"
    script = [
        f"read_verilog {flag} -defer {' '.join(sources or design.verilog)}",
        f"hierarchy -check -top {design.top}{_chosen(parameters)}",
        "proc",
        "flatten",
        # A chosen parameter changes the module's name; and an empty module is no top.
        f"rename {'-top' if parameters else design.top} {name}",
        *(() if formal else ("chformal -remove",)),
        "delete */t:$print",
        "setundef -undriven -undef",
        "opt_expr -keepdc",
        "opt_clean",
        "check -noinit",
        "memory -nomap",
        f"memory_map {name}/t:$mem_v2 r:SIZE<={MEMORY_WORDS} %i",
        "opt_expr -keepdc",
        "opt_clean",
        "write_json top.json",
        "write_rtlil top.il",
    ]
    files = {**design.files, "elaborate.ys": "\n".join(script) + "\n"}
    return Plan(
        files, (Command("yosys", ("elaborate.ys",)),), ("top.json", "top.il"), limits=limits
    )


def _chosen(parameters: Mapping[str, str]) -> str:
    for name, value in parameters.items():
        if not _IDENTIFIER.fullmatch(name) or not _NUMBER.fullmatch(value):
            raise ToolError(f"parameter {name!r} = {value!r}: give a name and a Verilog number")
    return "".join(f" -chparam {name} {value}" for name, value in parameters.items())


def _findings(log: str, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    found = []
    for file, number, message in _ERROR.findall(log):
        line = int(number or 0)
        source = source_line(files, file, line)
        found.append(Diagnostic("error", message, file, line, "YOSYS", source))
    for match in _LOOP.finditer(log):
        place = _PLACE.search(match[1])
        file, line = (place[1], int(place[2])) if place else ("", 0)
        source = source_line(files, file, line)
        message = "the logic is a loop without a register in it"
        hint = "Put a register into the loop, or assign the signal from others alone."
        found.append(Diagnostic("error", message, file, line, "LOOP", source, hint))
    return tuple(dict.fromkeys(found))


def _large_memory(module: Mapping[str, Any]) -> Diagnostic | None:
    names = [c["parameters"].get("MEMID", "") for c in module["cells"].values() if _memory(c)]
    if not names:
        return None
    memory = str(names[0]).lstrip("\\")
    message = f"memory {memory} is too large for a proof (over {MEMORY_WORDS} words)"
    return Diagnostic("error", message, code="MEMORY", hint="Prove a smaller setting of it.")


def _properties(module: Mapping[str, Any]) -> dict[str, Property]:
    found = {}
    for name, cell in module["cells"].items():
        if cell["type"] in ("$check", "$assert", "$assume", "$cover"):
            kind = cell["parameters"].get("FLAVOR", cell["type"].lstrip("$"))
            place = re.match(r"([^:|]+):(\d+)", cell["attributes"].get("src", ""))
            found[name] = Property(kind, place[1] if place else "", int(place[2]) if place else 0)
    return found


def _memory(cell: Mapping[str, Any]) -> bool:
    return str(cell["type"]).startswith("$mem")


def _register(cell: Mapping[str, Any]) -> bool:
    return "Q" in cell["connections"] and not _memory(cell)


def _clocks(module: Mapping[str, Any]) -> tuple[Clock, ...]:
    """What the registers change at, each once."""
    ports = {
        bit: name
        for name, port in module["ports"].items()
        if port["direction"] == "input" and len(port["bits"]) == 1
        for bit in port["bits"]
    }
    found = set()
    for cell in module["cells"].values():
        if _register(cell) and "CLK" in cell["connections"]:
            rising = int(cell["parameters"]["CLK_POLARITY"], 2) == 1
            found.add((ports.get(cell["connections"]["CLK"][0], ""), rising))
    return tuple(Clock(port, rising) for port, rising in sorted(found))
