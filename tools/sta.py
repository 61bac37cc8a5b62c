"""Static timing of a netlist of standard cells by OpenSTA, where it is installed."""

import re
import threading
from dataclasses import dataclass
from typing import Any

from tools.errors import ToolError
from tools.netlist import Netlist
from tools.plan import Command, Plan, carry_out
from tools.process import Limits
from tools.targets.cells import LIBRARY

NETLIST = "netlist.v"
CLOCK_PINS = frozenset(("CK", "CLK", "CP", "CLK_N"))
_STEP = re.compile(
    r"^ +(?P<delay>-?[\d.]+) +(?P<at>-?[\d.]+) +[v^] (?P<pin>\S+) \((?P<cell>\S+)\)$", re.MULTILINE
)
_SLACK = re.compile(r"^worst slack (?:max )?(?P<ns>-?[\d.]+)", re.MULTILINE)
_TOTAL = re.compile(r"^tns (?:max )?(?P<ns>-?[\d.]+)", re.MULTILINE)
_PERIOD = re.compile(r"period_min = (?P<ns>[\d.]+) fmax = [\d.]+")
_ENDS = re.compile(r"^(?P<end>Startpoint|Endpoint): (?P<name>\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Timing:
    """What OpenSTA says of a netlist, in nanoseconds; None where no path has that figure.

    `path` holds the steps of the slowest path: `pin`, `cell`, `delay_ns` and `at_ns`.
    """

    slack_ns: float | None
    total_negative_slack_ns: float | None
    period_min_ns: float | None
    start: str
    end: str
    path: tuple[dict[str, Any], ...]

    def metrics(self) -> dict[str, float]:
        """The figures that there are."""
        found = {"slack_ns": self.slack_ns, "period_min_ns": self.period_min_ns}
        return {name: value for name, value in found.items() if value is not None}

    def details(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "by": "OpenSTA, with set-up and clock-to-output times, without wires",
            "start": self.start,
            "end": self.end,
            "total_negative_slack_ns": self.total_negative_slack_ns,
            "path": list(self.path),
        }


def read_report(text: str) -> Timing:
    """OpenSTA's `report_checks`, `report_worst_slack`, `report_tns`, `report_clock_min_period`."""
    ends = {found["end"]: found["name"] for found in reversed(list(_ENDS.finditer(text)))}
    first = text.split("data arrival time", 1)[0]
    steps = tuple(
        {
            "pin": found["pin"],
            "cell": found["cell"],
            "delay_ns": float(found["delay"]),
            "at_ns": float(found["at"]),
        }
        for found in _STEP.finditer(first)
    )
    periods = [float(found["ns"]) for found in _PERIOD.finditer(text)]
    return Timing(
        _number(_SLACK.search(text)),
        _number(_TOTAL.search(text)),
        max(periods, default=None),
        ends.get("Startpoint", ""),
        ends.get("Endpoint", ""),
        steps,
    )


def clocks(netlist: Netlist) -> list[str]:
    """The input ports that clock a flip-flop."""
    pins = {
        bit
        for cell in netlist.cells.values()
        for pin, bits in cell["connections"].items()
        if pin in CLOCK_PINS
        for bit in bits
    }
    ports = netlist.module["ports"].items()
    return [n for n, p in ports if p["direction"] == "input" and pins & set(p["bits"])]


def timing(
    netlist: Netlist,
    verilog: str,
    library: str,
    clock_mhz: float,
    time_s: float,
    stop: threading.Event | None,
    cache: bool,
) -> tuple[Timing, Plan] | None:
    """The timing of a netlist at a clock; None when nothing in it is clocked."""
    named = clocks(netlist)
    if not named:
        return None
    plan = Plan(
        files={
            NETLIST: verilog,
            LIBRARY: library,
            "timing.tcl": script(netlist.top, named, clock_mhz),
        },
        commands=(Command("sta", ("-no_splash", "-no_init", "-exit", "timing.tcl")),),
        limits=Limits(time_s=time_s),
    )
    outcome = carry_out(plan, stop, cache)
    found = read_report(outcome.stdout)
    if outcome.returncode or found.slack_ns is None:
        last = (outcome.log.strip().splitlines() or ["it printed nothing"])[-1]
        raise ToolError(f"OpenSTA cannot time the netlist: {last}")
    return found, plan


def script(top: str, named: list[str], clock_mhz: float) -> str:
    """The commands; a port that is clocked gets the wanted clock."""
    lines = [
        f"read_liberty {LIBRARY}",
        f"read_verilog {NETLIST}",
        f"link_design {{{top}}}",
        "set_cmd_units -time ns",
        *(
            f"create_clock -name {{{port}}} -period {1000 / clock_mhz:.4f} [get_ports {{{port}}}]"
            for port in named
        ),
        "report_checks -path_delay max -digits 3",
        "report_worst_slack -max -digits 3",
        "report_tns -digits 3",
        "report_clock_min_period",
    ]
    return "\n".join((*lines, ""))


def _number(found: re.Match[str] | None) -> float | None:
    return None if found is None else float(found["ns"])
