"""Two elaborated designs side by side: the circuit that shows a difference, and its replay."""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

from prompts.render import render
from tools.aiger import merged
from tools.elaborate import Elaborated, Port
from tools.errors import ToolError
from tools.plan import Command, Content, Plan, carry_out
from tools.process import Limits
from tools.report import Diagnostic

TEMPLATES = Path(__file__).parent / "templates"
_RESET = re.compile(
    r"(?:ap_|sys_|i_|s_)?(?P<before>n_?)?a?(?:rst|reset)(?P<after>_?n|_?ni|_b|_l|_low)?(?:_i)?",
    re.IGNORECASE,
)
Inputs = list[dict[str, int]]
"""The values of the inputs, cycle by cycle."""


@dataclass(frozen=True)
class Reset:
    """The input that brings both designs to their first state; no name when there is none."""

    name: str = ""
    high: bool = True

    @property
    def active(self) -> str:
        return "1'b1" if self.high else "1'b0"


def find_reset(ports: Mapping[str, Port], named: str) -> Reset:
    """The reset of that name (`!name`: active low; `none`: no reset), or the one named like one."""
    if named == "none":
        return Reset()
    name = named.lstrip("!")
    if named:
        if name not in ports or ports[name].direction != "input" or ports[name].bits != 1:
            raise ToolError(f"the reset {name!r} is not an input of one bit; name one that is")
        match = _RESET.fullmatch(name)
        low = named.startswith("!") or bool(match and (match["before"] or match["after"]))
        return Reset(name, not low)
    for port in ports.values():
        match = _RESET.fullmatch(port.name)
        if match and port.direction == "input" and port.bits == 1:
            return Reset(port.name, not (match["before"] or match["after"]))
    return Reset()


@dataclass(frozen=True)
class Miter:
    """What is compared, and how: `undefined` lets the gate answer anything where the gold is x.

    `zero` starts every register that has no first value at 0, and takes 0 for x.
    """

    gold: Elaborated
    gate: Elaborated
    reset: Reset
    reset_cycles: int
    undefined: bool = False
    zero: bool = False
    template: ClassVar[str] = "miter"

    def plan(self, limits: Limits) -> Plan:
        """Writes `miter.aig`, and `miter.map` with the names of its inputs."""
        undefined = ("xprop -split-outputs -assume-def-inputs -required gold",)
        script = [
            "read_rtlil gold.il",
            "read_rtlil gate.il",
            "async2sync",
            "dffunmap",
            "formalff -clk2ff",
            *self._zeroed(),
            *(undefined if self.undefined else ("setundef -anyseq gold",)),
            "chformal -remove",
            "setundef -anyseq gate",
            "read_verilog -sv miter.v",
            "proc miter",
            "formalff -clk2ff miter",
            "hierarchy -check -top miter",
            "flatten",
            "opt -fast",
            "wreduce",  # so that the same product in two widths becomes one
            "opt -fast",
            "techmap",
            "dffunmap",
            "aigmap",
            "write_aiger -zinit -map miter.map miter.aig",
        ]
        files = self._files("miter.v", self.template, self.names())
        files["miter.ys"] = "\n".join(script) + "\n"
        return Plan(
            files, (Command("yosys", ("miter.ys",)),), ("miter.aig", "miter.map"), limits=limits
        )

    def circuit(
        self, limits: Limits, stop: threading.Event | None, cache: bool
    ) -> tuple[bytes, str]:
        """The AIGER circuit, whose output is high where the designs differ, and its map."""
        outcome = carry_out(self.plan(limits), stop, cache)
        if outcome.returncode or "miter.aig" not in outcome.files:
            raise ToolError(f"the two designs cannot be compared: {_last_error(outcome.log)}")
        symbols = outcome.files["miter.map"].read_text()
        return merged(outcome.files["miter.aig"].read_bytes(), symbols), symbols

    def replay(self, inputs: Inputs, limits: Limits) -> Plan:
        """Simulates both designs on `inputs`, with x as x; leaves `counterexample.vcd`."""
        script = [
            "read_rtlil gold.il",
            "read_rtlil gate.il",
            "async2sync",
            *self._zeroed(),
            "read_verilog -sv replay.v",
            "hierarchy -check -top replay",
            "proc replay",
            f"sim -clock clock -n {len(inputs)} -q -vcd counterexample.vcd",
        ]
        widths = {port.name: port.bits for port in self.inputs}
        rows = [
            [(key, f"{widths[key]}'h{value:x}") for key, value in cycle.items()] for cycle in inputs
        ]
        files = self._files("replay.v", "replay", {**self.names(), "rows": rows})
        files["replay.ys"] = "\n".join(script) + "\n"
        command = Command("yosys", ("replay.ys",))
        return Plan(files, (command,), ("counterexample.vcd",), limits=limits)

    def _zeroed(self) -> tuple[str, ...]:
        return ("setundef -zero -init",) if self.zero else ()

    @property
    def clocks(self) -> dict[str, bool]:
        """The clock ports, and whether the registers change at the rising edge."""
        both = (*self.gold.clocks, *self.gate.clocks)
        return {clock.port: clock.rising for clock in both}

    @property
    def inputs(self) -> list[Port]:
        ports = self.gold.ports.values()
        return [p for p in ports if p.direction == "input" and p.name not in self.clocks]

    @property
    def outputs(self) -> list[Port]:
        return [p for p in self.gold.ports.values() if p.direction == "output"]

    def names(self) -> dict[str, Any]:
        """What the Verilog around the two designs is rendered with."""
        idle = [{"name": n, "idle": "1'b0" if r else "1'b1"} for n, r in self.clocks.items()]
        return {
            "inputs": self.inputs,
            "outputs": self.outputs,
            "clocks": idle,
            "reset": self.reset.name,
            "active": self.reset.active,
            "reset_cycles": self.reset_cycles,
            "undefined": self.undefined,
        }

    def _files(self, file: str, template: str, names: Mapping[str, Any]) -> dict[str, Content]:
        text = render((TEMPLATES / f"{template}.v.j2").read_text(), names)
        return {"gold.il": self.gold.rtlil, "gate.il": self.gate.rtlil, file: text}


def differing(gold: Elaborated, gate: Elaborated) -> tuple[Diagnostic, ...]:
    """Why the two cannot be compared: one does not elaborate, or their ports differ."""
    for role, one in (("gold", gold), ("gate", gate)):
        if errors := [d for d in one.findings if d.severity == "error"]:
            return tuple(replace(d, message=f"{role}: {d.message}") for d in errors)
    found = []
    for name in {**gold.ports, **gate.ports}:
        old, new = gold.ports.get(name), gate.ports.get(name)
        if old and old.direction == "inout":
            found.append(f"port {name} is an inout, which is not compared; make it two ports")
        elif old is None or new is None:
            there, here = ("gold", "gate") if new is None else ("gate", "gold")
            found.append(f"port {name} is in the {there} and not in the {here}")
        elif old != new:
            found.append(
                f"port {name} is an {old.text()} in the gold, and {new.text()} in the gate"
            )
    if not found and not any(port.direction == "output" for port in gold.ports.values()):
        found.append("the designs have no output to compare")
    if not found and len({*gold.clocks, *gate.clocks}) > 1 or not gold.one_clock & gate.one_clock:
        found.append("the registers change at several clocks, and only one can be compared")
    return tuple(Diagnostic("error", text, code="PORTS") for text in found)


def _last_error(log: str) -> str:
    errors = [line for line in log.splitlines() if "ERROR" in line]
    return errors[-1] if errors else "see the log"


def inputs_of(witness: str, symbols: str, miter: Miter) -> Inputs:
    """The inputs of an AIGER witness, by the names in Yosys's map of the circuit."""
    places = re.findall(r"^input (\d+) (\d+) in_(\S+)$", symbols, re.MULTILINE)
    lines = witness.partition("#")[0].splitlines()
    cycles: Inputs = []
    for row in lines[1:]:  # the first line is the registers' state
        values = {port.name: 0 for port in miter.inputs}
        for position, bit, name in places:
            values[name] |= (row[int(position)] == "1") << int(bit)
        if miter.reset.name and len(cycles) < miter.reset_cycles:
            values[miter.reset.name] = int(miter.reset.high)
        cycles.append(values)
    return cycles
