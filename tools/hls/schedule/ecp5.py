"""The delays of ECP5, speed grade 6: Yosys to its cells, and the longest path through them.

Cell delays are those that nextpnr 0.11 prints on its critical paths. A wire between cells takes
`ROUTE_PS`, the mean over the critical paths of ten operators placed alone (490 to 1125 ps a hop);
dedicated wires, of carry chains and between the halves of wide multiplexers, take nothing. Register
to register, in picoseconds, this model against nextpnr at seed 1: 32-bit add 3489, 3669; 16-bit add
2921, 3017; add, exclusive or, add 6515, 6688; less-than 4303, 4312; equality 4213, 4118; select
1841, 1840; shift by 5 bits 5564, 5601; 18x18 product 7052, 7038; 32x32 product 10267, 10541; parity
of 64 bits 5399, 4061.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tools.errors import ToolError
from tools.find import find
from tools.hls.schedule.oracle import Timing
from tools.plan import Command, Outcome, Plan, carry_out
from tools.process import Limits

ROUTE_PS = 950
DSP_ROUTE_PS = 1300
"""To and from a multiplier, whose column is apart from the logic."""
CLOCK_TO_OUT_PS = 525
LAST_ROUTE_PS = 130
"""From the last look-up table to the flip-flop of its slice, whose set-up is 0."""
LUT_PS, PFU_MUX_PS, WIDE_MUX_PS, MULTIPLIER_PS = 236, 165, 148, 3927
CARRY_IN_PS, CARRY_PS, CARRY_OUT_PS = 447, 71, 443
BLOCK_RAM_OUT_PS = 5_609
"""From the clock to the data of a DP16KD without output register, as nextpnr has it."""
RAM_ROUTE_PS = 900
"""From logic to a memory, beyond `LAST_ROUTE_PS`."""
MARGIN = 0.05
"""By which paths of placed kernels are longer than those of the operators by themselves."""
_READ = "read_verilog -lib -specify +/ecp5/cells_sim.v +/ecp5/cells_bb.v"
_SCRIPT = ("proc", "flatten", "synth_ecp5 -run coarse:check")
_DROP = "delete =A:blackbox =A:whitebox =A:lib_whitebox"
_LUT_PINS = ("A", "B", "C", "D")


@dataclass(frozen=True)
class Arc:
    """From input pins to an output pin of a cell; `routed` pins are reached by general wires."""

    inputs: tuple[str, ...]
    output: str
    delay_ps: int
    routed: bool = True


_SUM_PINS = {f"S{n}": tuple(f"{p}{n}" for p in _LUT_PINS) for n in (0, 1)}
_FACTORS = tuple(f"{p}{n}" for p in "AB" for n in range(18)) + ("SIGNEDA", "SIGNEDB")
ARCS: Mapping[str, tuple[Arc, ...]] = {
    "LUT4": (Arc(_LUT_PINS, "Z", LUT_PS),),
    "PFUMX": (
        Arc(("ALUT", "BLUT"), "Z", PFU_MUX_PS, routed=False),
        Arc(("C0",), "Z", PFU_MUX_PS),
    ),
    "L6MUX21": (
        Arc(("D0", "D1"), "Z", WIDE_MUX_PS, routed=False),
        Arc(("SD",), "Z", WIDE_MUX_PS),
    ),
    "CCU2C": (
        Arc(_SUM_PINS["S0"], "S0", LUT_PS),
        Arc(_SUM_PINS["S1"], "S1", LUT_PS),
        Arc(_SUM_PINS["S0"], "S1", CARRY_IN_PS + CARRY_OUT_PS),
        Arc(_SUM_PINS["S0"] + _SUM_PINS["S1"], "COUT", CARRY_IN_PS),
        Arc(("CIN",), "COUT", CARRY_PS, routed=False),
        Arc(("CIN",), "S0", CARRY_OUT_PS, routed=False),
        Arc(("CIN",), "S1", CARRY_OUT_PS, routed=False),
    ),
    "MULT18X18D": tuple(Arc(_FACTORS, f"P{n}", MULTIPLIER_PS) for n in range(36)),
}


@dataclass(frozen=True)
class Ecp5:
    """A Lattice ECP5 of speed grade 6."""

    name: str = "ecp5-25k"

    @cached_property
    def identity(self) -> str:
        delays = (ROUTE_PS, DSP_ROUTE_PS, LAST_ROUTE_PS, ARCS)
        return repr((_READ, _SCRIPT, delays, find("yosys").identity()))

    @property
    def margin_ps(self) -> float:
        return CLOCK_TO_OUT_PS + LAST_ROUTE_PS

    def plan(self, modules: Mapping[str, str]) -> Plan:
        script = (_READ, "read_verilog -sv m.v", *_SCRIPT, _DROP, "write_json m.json", "log")
        return Plan(
            {"m.v": "\n".join(modules.values()), "m.ys": "\n".join(script) + "\n"},
            (Command("yosys", ("m.ys",)),),
            ("m.json",),
            limits=Limits(time_s=300, output_bytes=256 << 20),
        )

    def read(self, outcome: Outcome, modules: Mapping[str, str]) -> dict[str, Timing]:
        found = json.loads(outcome.files["m.json"].read_text())["modules"]
        return {name: longest_path(found[name]) for name in modules if name in found}

    def flip_flops(self, module: str) -> int:
        plan = self.plan({"m": module})
        outcome = carry_out(plan)
        if outcome.returncode:
            raise ToolError(f"the pipeline does not synthesise: {outcome.stderr[-300:]}")
        cells = json.loads(outcome.files["m.json"].read_text())["modules"]["m"]["cells"]
        return sum(cell["type"] == "TRELLIS_FF" for cell in cells.values())


def longest_path(module: Mapping[str, Any]) -> Timing:
    """The longest path between the ports of a netlist without registers, and where it ends.

    Raises `ToolError` for a cell without known delays.
    """
    drivers = dict(_drivers(module["cells"]))
    arrival: dict[int, tuple[float, int]] = {}
    ports = {way: list(_port_bits(module["ports"], way)) for way in ("input", "output")}
    for place, bit in enumerate(ports["input"]):
        if isinstance(bit, int):
            arrival[bit] = (0.0, place)
    worst = Timing(0.0)
    for place, bit in enumerate(ports["output"]):
        if not isinstance(bit, int):
            continue
        late, start = _arrive(bit, drivers, arrival)
        late += _leaving(bit, drivers)
        if late > worst.delay_ps:
            worst = Timing(late, start, place)
    return worst


_Driver = Sequence[tuple[int, float]]
"""The nets that a net depends on, each with the delay from it, its wire included."""


def _drivers(cells: Mapping[str, Any]) -> Iterator[tuple[int, _Driver]]:
    multiplied = {
        bit
        for cell in cells.values()
        if cell["type"] == "MULT18X18D"
        for pin, bits in cell["connections"].items()
        if re.fullmatch(r"P\d+", pin)
        for bit in bits
    }
    for name, cell in cells.items():
        if cell["type"] not in ARCS:
            raise ToolError(f"the cell {name!r} of type {cell['type']} has no known delays")
        pins = cell["connections"]
        by_output: dict[int, list[tuple[int, float]]] = {}
        apart = cell["type"] == "MULT18X18D"
        for arc in ARCS[cell["type"]]:
            for output in pins.get(arc.output, ()):
                sources = by_output.setdefault(output, [])
                for bit in (b for pin in arc.inputs for b in pins.get(pin, ())):
                    if isinstance(bit, int):
                        far = apart or bit in multiplied
                        wire = (DSP_ROUTE_PS if far else ROUTE_PS) if arc.routed else 0
                        sources.append((bit, arc.delay_ps + wire))
        yield from ((bit, sources) for bit, sources in by_output.items() if isinstance(bit, int))


def _arrive(
    bit: int, drivers: Mapping[int, _Driver], arrival: dict[int, tuple[float, int]]
) -> tuple[float, int]:
    """When a net is there, and the input bit that comes last to it."""
    waiting = [bit]
    while waiting:
        net = waiting[-1]
        if net in arrival:
            waiting.pop()
            continue
        sources = drivers.get(net, ())
        if unknown := [source for source, _ in sources if source not in arrival]:
            waiting.extend(unknown)
            continue
        arrival[net] = max(
            ((arrival[source][0] + delay, arrival[source][1]) for source, delay in sources),
            default=(0.0, -1),
        )
        waiting.pop()
    return arrival[bit]


def _leaving(bit: int, drivers: Mapping[int, _Driver]) -> float:
    """What the way to the register takes beyond that within a slice."""
    after_multiplier = any(delay >= MULTIPLIER_PS for _, delay in drivers.get(bit, ()))
    return DSP_ROUTE_PS - LAST_ROUTE_PS if after_multiplier else 0.0


def _port_bits(ports: Mapping[str, Any], way: str) -> Iterator[int | str]:
    for port in ports.values():
        if port["direction"] == way:
            yield from port["bits"]
