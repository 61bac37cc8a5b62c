"""Two elaborated designs side by side: the circuit that shows a difference, and its replay."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from prompts.render import render
from tools.elaborate import Elaborated, Port
from tools.errors import ToolError
from tools.plan import Command, Plan
from tools.process import Limits

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
        files = {**self._files("miter"), "miter.ys": "\n".join(script) + "\n"}
        return Plan(
            files, (Command("yosys", ("miter.ys",)),), ("miter.aig", "miter.map"), limits=limits
        )

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
        files = {**self._files("replay", inputs), "replay.ys": "\n".join(script) + "\n"}
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

    def _files(self, name: str, inputs: Inputs | None = None) -> dict[str, str | bytes]:
        widths = {port.name: port.bits for port in self.inputs}
        rows = [
            [(key, f"{widths[key]}'h{value:x}") for key, value in cycle.items()]
            for cycle in inputs or ()
        ]
        idle = [{"name": n, "idle": "1'b0" if r else "1'b1"} for n, r in self.clocks.items()]
        names = {
            "inputs": self.inputs,
            "outputs": self.outputs,
            "clocks": idle,
            "reset": self.reset.name,
            "active": self.reset.active,
            "reset_cycles": self.reset_cycles,
            "undefined": self.undefined,
            "rows": rows,
        }
        text = render((TEMPLATES / f"{name}.v.j2").read_text(), names)
        return {"gold.il": self.gold.rtlil, "gate.il": self.gate.rtlil, f"{name}.v": text}


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
