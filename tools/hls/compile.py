"""High-level synthesis: the steps from C++ to Verilog, and the report."""

import threading
import time
from dataclasses import dataclass, replace
from typing import Any, Literal

from prompts.design import Design
from prompts.interface import Interface
from tools.errors import ToolError
from tools.hls import frontend
from tools.hls.divide import expand_divisions
from tools.hls.ifconvert import convert
from tools.hls.ir import Function
from tools.hls.loops import loops
from tools.hls.modulo import Schedule, schedule_pipeline, schedule_states
from tools.hls.simplify import simplify
from tools.hls.verilog import write
from tools.hls.widths import narrow


@dataclass(frozen=True)
class Hardware:
    """What became of a kernel."""

    function: Function
    interface: Interface
    schedules: dict[str, Schedule]
    verilog: str


def optimise(function: Function) -> None:
    """All passes that do not depend on the clock."""
    simplify(function)
    convert(function)
    for _ in range(2):
        simplify(function)
        narrow(function)
    simplify(function)
    expand_divisions(function)
    simplify(function)
    narrow(function)
    simplify(function)


def scheduled(function: Function, period_ns: float) -> dict[str, Schedule]:
    """A schedule for each block; innermost loops of one block become pipelines."""
    single = {loop.header for loop in loops(function) if loop.innermost and len(loop.blocks) == 1}
    found = {}
    for block in function.blocks:
        pragmas = function.loops.get(block.name)
        off = pragmas is not None and pragmas.pipeline is False
        if block.name in single and not off:
            asked = pragmas.interval if pragmas else None
            found[block.name] = schedule_pipeline(function, block, period_ns, asked)
        else:
            found[block.name] = schedule_states(function, block, period_ns)
    return found


def to_hardware(kernel: frontend.Kernel, period_ns: float) -> Hardware:
    function = kernel.function
    optimise(function)
    schedules = scheduled(function, period_ns)
    return Hardware(function, kernel.interface, schedules, write(function, schedules))
