"""High-level synthesis: the steps from LLVM's code to Verilog, and the facts of the result."""

from collections.abc import Container
from dataclasses import dataclass, replace
from functools import partial

from prompts.interface import Direction, Interface
from tools.errors import ToolError
from tools.hls import frontend
from tools.hls.balance import balance
from tools.hls.divide import expand_divisions
from tools.hls.exclusive import join_exclusive
from tools.hls.extremes import balance_extremes
from tools.hls.flatten import flatten
from tools.hls.hoist import hoist
from tools.hls.ifconvert import convert
from tools.hls.ir import Function
from tools.hls.lanes import join_lanes
from tools.hls.latency import Latency
from tools.hls.latency_asked import padded
from tools.hls.loops import loops
from tools.hls.modulo import Schedule, schedule_pipeline, schedule_states
from tools.hls.overlap import hold_inputs, prepare
from tools.hls.pieces import fit_clock
from tools.hls.promote import promote
from tools.hls.ranges import Ranges
from tools.hls.requests import to_requests
from tools.hls.scarce import count_operators, count_pieces
from tools.hls.sharing import Unit, shared
from tools.hls.simplify import simplify
from tools.hls.spread import spread
from tools.hls.storage import choose_rams
from tools.hls.timing import Clock
from tools.hls.unroll import unroll
from tools.hls.verify import overlaps
from tools.hls.verilog import write
from tools.hls.widths import narrow
from tools.hls.wrapper import around, module_name


@dataclass(frozen=True)
class Hardware:
    """What became of a kernel."""

    function: Function
    interface: Interface
    schedules: dict[str, Schedule]
    units: tuple[Unit, ...]
    verilog: str


def optimise(function: Function) -> None:
    """All passes that do not depend on the clock."""
    simplify(function)
    convert(function)
    simplify(function)
    join_lanes(function)
    simplify(function)
    promote(function)
    simplify(function)
    join_exclusive(function)
    simplify(function)
    narrow(function)
    simplify(function)
    balance(function)
    balance_extremes(function)
    simplify(function)
    narrow(function)
    simplify(function)
    expand_divisions(function)
    simplify(function)
    narrow(function)
    simplify(function)


def scheduled(
    function: Function,
    clock: Clock,
    pipeline_loops: bool = True,
    only: Container[str] | None = None,
) -> dict[str, Schedule]:
    """A schedule for each block, or for `only` some; innermost loops of one block become pipelines.

    Without `pipeline_loops` only those that a pragma asks for do.
    """
    single = {loop.header for loop in loops(function) if loop.innermost and len(loop.blocks) == 1}
    found: dict[str, Schedule] = {}
    ranges = Ranges(function)
    for block in function.blocks:
        if only is not None and block.name not in only:
            continue
        pragmas = function.loops.get(block.name)
        asked = pragmas.pipeline if pragmas else None
        if function.overlap and not function.overlap.why:
            every = function.overlap.interval
            found[block.name] = schedule_pipeline(function, block, clock, every, ranges)
        elif block.name in single and (pipeline_loops if asked is None else asked):
            interval = pragmas.interval if pragmas else None
            found[block.name] = schedule_pipeline(function, block, clock, interval, ranges)
        elif (call := block.call) is not None:
            if any(op.kind not in ("call", "const") for op in block.ops):
                raise ToolError(f"{call.name!r} is not alone: this is a fault of the engine")
            found[block.name] = Schedule({call.id: 0}, 1)  # for as long as the callee takes
        else:
            found[block.name] = schedule_states(function, block, clock, ranges)
    return found


def to_hardware(kernel: frontend.Kernel, clock: Clock, pipeline_loops: bool = True) -> Hardware:
    function = kernel.function
    interface = kernel.interface
    prepare(function, interface)
    optimise(function)
    schedules = planned(function, clock, pipeline_loops)
    units = bound(function, schedules, clock)
    function.name = module_name(interface)
    verilog, interface = around(interface, write(function, schedules, units))
    return Hardware(function, interface, schedules, units, verilog)


def bound(function: Function, schedules: dict[str, Schedule], clock: Clock) -> tuple[Unit, ...]:
    """The operators that several operations share; it is checked that these are never at once."""
    units = tuple(shared(function, schedules, clock))
    if wrong := overlaps(schedules, units):
        raise ToolError(f"{wrong[0]}; this is a fault of the engine, report the kernel")
    return units


def planned(function: Function, clock: Clock, pipeline_loops: bool = True) -> dict[str, Schedule]:
    """Fit an optimised function to the clock, and schedule it."""
    if pipeline_loops:
        hoist(function)
    to_requests(function)
    simplify(function)
    cost = partial(_cost, clock=clock, pipeline_loops=pipeline_loops)
    if pipeline_loops:
        unroll(function, partial(fit_clock, clock=clock), cost)
    whole = count_operators(function)
    fit_clock(function, clock)
    count_pieces(function, whole)
    flatten(function, cost)
    fit_clock(function, clock)
    choose_rams(function, clock)
    _direct(function)
    hold_inputs(function)
    found = spread(function, scheduled(function, clock, pipeline_loops), clock)
    return padded(function, clock.refined(function, found))


def _cost(function: Function, header: str, clock: Clock, pipeline_loops: bool) -> tuple[int, int]:
    """The cycles and the greatest interval of a loop; of unknown cycles, those of two rounds."""
    loop = next(loop for loop in loops(function) if loop.header == header)
    choose_rams(function, clock)
    schedules = scheduled(function, clock, pipeline_loops, loop.blocks)
    latency = Latency(function, schedules)
    span = latency.loop[header]
    intervals = [s.interval or s.length for s in schedules.values()]
    return (span.most or span.least, max(intervals))


def _direct(function: Function) -> None:
    """Give arguments the ports that their accesses need, and none to those that have no access."""
    kinds: dict[str, set[str]] = {}
    for op in function.ops():
        if op.kind in ("load", "store"):
            kinds.setdefault(function.memories[op.name].argument, set()).add(op.kind)
        elif op.kind == "call":
            for array, ports in function.callees[op.name].accesses.items():
                name = function.sites[op.value].memories[array]
                known = kinds.setdefault(function.memories[name].argument, set())
                known |= frozenset().union(*ports)
    for name, memory in list(function.memories.items()):
        if memory.place != "argument":
            continue
        found = kinds.get(memory.argument, set())
        if not found:
            del function.memories[name]
        elif found != {"load", "store"}:
            direction: Direction = "in" if "load" in found else "out"
            function.memories[name] = replace(memory, direction=direction)
