"""The modules of kept functions: lowered from their callers down, compiled from the leaves up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.hls import callee, ll_reader
from tools.hls.callee import Kept
from tools.hls.calls import Calls, connect
from tools.hls.compile import bound, optimise, planned
from tools.hls.facts import facts
from tools.hls.ir import Callee, Function
from tools.hls.modulo import Schedule
from tools.hls.sharing import Unit
from tools.hls.task import Task
from tools.hls.timing import Clock
from tools.hls.verilog import write


@dataclass(frozen=True)
class Submodule:
    """A kept function, compiled."""

    kept: Kept
    function: Function
    schedules: Mapping[str, Schedule]
    units: tuple[Unit, ...]

    def verilog(self) -> str:
        return write(self.function, self.schedules, self.units)


def calls_of(text: str, kept: Sequence[Kept]) -> Calls:
    """What is known of the kept functions before anything is lowered."""
    modules = {one.name: ll_reader.read(text, one.function) for one in kept}
    return Calls({one.function: one.name for one in kept}, modules)


def submodules(
    kept: Sequence[Kept], calls: Calls, top: Function, sources: Mapping[str, str], task: Task
) -> list[Submodule]:
    """The kept functions, callers first, for a top that is lowered; it knows them afterwards.

    Raises `NotKept`.
    """
    called = [one for one in kept if one.name in calls.given]
    functions = {}
    for one in called:
        functions[one.name] = callee.lowered(one, sources, calls)
    made: list[Submodule] = []
    known: dict[str, Callee] = {}
    for one in reversed(called):
        function = functions[one.name]
        connect(function, known)
        optimise(function)
        schedules = planned(function, task.clock, task.pipeline_loops)
        callee.settle(function)
        function.name = f"{task.signature.top}_kept_{one.name}"
        units = bound(function, schedules, task.clock)
        known[one.name] = callee.seen(one, function, schedules)
        made.insert(0, Submodule(one, function, schedules, units))
    connect(top, known)
    return made


def with_submodules(
    found: dict[str, Any], made: Sequence[Submodule], top: Function, clock: Clock
) -> dict[str, Any]:
    """The facts of a kernel with those of its kept functions: everything tells of its function,
    and `functions` how often each is there and called."""
    instances = {top.name: 1}
    calls: Counter[str] = Counter()
    for function in (top, *(one.function for one in made)):
        for name in function.callees:
            module = function.callees[name].module
            instances[module] = instances.get(module, 0) + instances[function.name]
        calls.update(block.call.name for block in function.blocks if block.call)
    functions = []
    for one in made:
        each = facts(one.function, one.schedules, one.units, clock, ())
        found["estimated_mhz"] = min(
            (m for m in (found["estimated_mhz"], each["estimated_mhz"]) if m), default=None
        )
        for key in ("loops", "operators", "shared", "memories", "schedule"):
            found[key] += [{**item, "function": one.kept.name} for item in each[key]]
        functions.append(
            {"name": one.kept.name, "line": one.kept.line, "module": one.function.name,
             "instances": instances.get(one.function.name, 0), "calls": calls[one.kept.name],
             "latency": each["latency"]}
        )  # fmt: skip
    return {**found, "functions": functions} if functions else found
