"""Assertions by SMT: what `yosys-smtbmc` with z3 says of a design's properties, and its traces."""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tools.elaborate import Elaborated
from tools.plan import Command, Content, Outcome, Plan, carry_out
from tools.process import Limits

Way = Literal["bmc", "induction", "cover"]
GRACE_S = 5.0
_OPTIONS: Mapping[Way, tuple[str, ...]] = {
    "bmc": ("--presat", "--dump-vcd", "trace.vcd"),
    "induction": ("-i",),
    "cover": ("-c", "--presat", "--dump-vcd", "trace%.vcd"),
}
_STEP = re.compile(r"Checking \w+(?: \w+)? in step (\d+)\.\.")
_INDUCTION = re.compile(r"Trying induction in step (\d+)\.\.")
_FAILED = re.compile(r"Assert failed in \S+: (.*)")
_NAMED = re.compile(r"\((\S+)\)$")
_REACHED = re.compile(r"Reached cover statement in step (\d+) at \S+: (.*)")
_UNREACHED = re.compile(r"Unreached cover statement at \S+: (.*)")
_ENDED = re.compile(r"Status: (\w+)")
_VARIABLE = re.compile(r"\$var \w+ (\d+) (\S+) (\S+)")


@dataclass(frozen=True)
class Answer:
    """What the solver found: `status` as it says it (`PASSED`, `FAILED`, `PREUNSAT`, `TIMEOUT`).

    `step` is the last cycle that was looked at, or the length of the induction.
    """

    status: str
    step: int
    failed: tuple[str, ...]
    reached: Mapping[str, int]
    unreached: tuple[str, ...]
    outcome: Outcome
    plan: Plan


def model(design: Elaborated, limits: Limits) -> Plan:
    """Writes `model.smt2`, and `model.aig` with the assertions as outputs where it can."""
    script = [
        "read_rtlil top.il",
        "async2sync",
        "chformal -early",  # else the values of a cycle would be checked in the next one
        "dffunmap",
        "formalff -clk2ff",
        "setundef -undriven -anyseq",
        "setundef -anyseq",
        "write_smt2 -wires model.smt2",
        "chformal -cover -remove",
        "delete -output",
        "opt_clean",
        "techmap",
        "opt -fast",
        "dffunmap",
        "aigmap",
        "write_aiger -zinit model.aig",
    ]
    files: dict[str, Content] = {"top.il": design.rtlil, "model.ys": "\n".join(script) + "\n"}
    keep = ("model.smt2", "model.aig")
    return Plan(files, (Command("yosys", ("model.ys",)),), keep, limits=limits)


def ask(
    smt2: bytes, way: Way, depth: int, time_s: float, stop: threading.Event | None, cache: bool
) -> Answer:
    """Ask for a failing assertion within `depth` cycles, for induction, or for the covers."""
    options = ("-s", "z3", "--noprogress", "-t", str(depth), *_OPTIONS[way], "model.smt2")
    command = Command("smtbmc", (f"{time_s:g}", *options))
    limits = Limits(time_s=time_s + GRACE_S)
    plan = Plan({"model.smt2": smt2}, (command,), ("trace*.vcd",), limits=limits)
    outcome = carry_out(plan, stop, cache)
    ended = _ENDED.findall(outcome.log)
    steps = [int(step) for step in _STEP.findall(outcome.log)]
    steps += [depth - int(left) for left in _INDUCTION.findall(outcome.log)]
    return Answer(
        ended[-1] if ended else "",
        max(steps, default=0),
        tuple(_name(text) for text in _FAILED.findall(outcome.log)),
        {_name(text): int(step) for step, text in _REACHED.findall(outcome.log)},
        tuple(_name(text) for text in _UNREACHED.findall(outcome.log)),
        outcome,
        plan,
    )


def _name(text: str) -> str:
    """A property's name from the solver's message, where it may come after its place."""
    named = _NAMED.search(text.strip())
    return named[1] if named else text.strip()


def trace(vcd: Path, names: list[str]) -> list[dict[str, str]]:
    """The values of the top's signals `names` by cycle, in hexadecimal, from the solver's VCD."""
    header, _, body = vcd.read_text().partition("$enddefinitions $end")
    # The scope of the solver's module comes first, with the top's own names.
    codes: dict[str, str] = {}
    for _, code, name in _VARIABLE.findall(header):
        if name in names and name not in codes.values():
            codes[code] = name
    now: dict[str, str] = {}
    cycles: list[dict[str, str]] = []
    for line in body.splitlines():
        if line.startswith("#"):
            if int(line[1:]) % 10 == 5 and now:
                cycles.append(dict(now))
        elif (match := re.fullmatch(r"b([01xz]+) (\S+)", line)) and match[2] in codes:
            now[codes[match[2]]] = f"{int(match[1], 2):x}" if match[1].isdigit() else match[1]
    return cycles
