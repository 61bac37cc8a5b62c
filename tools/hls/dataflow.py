"""Compiles a kernel: one function, or the tasks of a dataflow region and the network of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from tools.errors import ToolError
from tools.hls import frontend
from tools.hls.buffers import choose_buffers, filled_by
from tools.hls.callee import Kept
from tools.hls.channels import Call, Channel, Region, channels
from tools.hls.compile import bound, optimise, planned, to_hardware
from tools.hls.facts import facts
from tools.hls.frontend import ENTRY, Kernel
from tools.hls.joining import Compiled, joined
from tools.hls.latency_asked import not_heeded, unmet
from tools.hls.network import Network
from tools.hls.overlap import asked
from tools.hls.pragmas import Scope
from tools.hls.room import check_room
from tools.hls.stream_calls import check_ways
from tools.hls.submodules import calls_of, submodules, with_submodules
from tools.hls.task import Task
from tools.hls.timing import Clock
from tools.hls.unread import drop_unread
from tools.hls.uses import uses
from tools.hls.wrapper import around, module_name, registers
from tools.report import Diagnostic


def compile_kernel(
    text: str,
    sources: Mapping[str, str],
    task: Task,
    region: Region | None,
    progress: Callable[[str], None],
    kept: Sequence[Kept] = (),
) -> tuple[str, dict[str, Any]]:
    """The Verilog and the facts, as JSON values, of LLVM's code for a kernel.

    Raises `NotKept` for one of the `kept` functions that has to be inlined, and `ToolError` for
    what the engine does not take.
    """
    if region is not None:
        return _region(text, sources, task, region, progress)
    progress("front end")
    calls = calls_of(text, kept)
    kernel = frontend.lowered(text, sources, task.signature, calls=calls)
    check_ways(kernel.function, task.signature.interface)
    apart = submodules(kept, calls, kernel.function, sources, task)
    scopes = frontend.scopes_of(sources)
    idle = _idle_regions(scopes)
    kernel = replace(kernel, diagnostics=(*kernel.diagnostics, *idle))
    progress(f"{sum(1 for _ in kernel.function.ops())} operations: optimisation and scheduling")
    one = _alone if kernel.streams else _simple
    verilog, told = one(kernel, scopes, task)
    modules = [verilog, *(module.verilog() for module in apart)]
    return "\n".join(modules), with_submodules(told, apart, kernel.function, task.clock)


def _simple(kernel: Kernel, scopes: Sequence[Scope], task: Task) -> tuple[str, dict[str, Any]]:
    """A function without streams of its own: one module."""
    kernel.function.overlap = asked(task.signature.pragmas)
    made = to_hardware(kernel, task.clock, task.pipeline_loops)
    late = unmet(made.function, made.schedules, scopes, task.signature.top)
    spoken = (*kernel.diagnostics, *late)
    told = facts(made.function, made.schedules, made.units, task.clock, spoken)
    return made.verilog, {**told, **registers(made.interface)}


def _idle_regions(found: Sequence[Scope]) -> Iterator[Diagnostic]:
    """Warnings about functions whose DATAFLOW is not heeded."""
    for scope in found:
        if scope.kind == "function" and (pragma := scope.find("dataflow")):
            text = f"DATAFLOW has no effect in {scope.name!r}: the top does more than call it"
            yield Diagnostic("warning", text, pragma.file, pragma.line, "PRAGMA")


def _alone(kernel: Kernel, scopes: Sequence[Scope], task: Task) -> tuple[str, dict[str, Any]]:
    """A function with streams of its own: a network of one task, with FIFOs back to itself."""
    kernel = replace(kernel, diagnostics=(*kernel.diagnostics, *not_heeded(scopes)))
    signature = task.signature
    kernel.function.name = f"{signature.top}_body"
    optimise(kernel.function)
    made = _compiled(kernel, Call(ENTRY, signature.top, signature.line), task)
    check_room(made.function, made.schedules, kernel.streams)
    return _joined([made], kernel.streams, task)


def _region(
    text: str,
    sources: Mapping[str, str],
    task: Task,
    region: Region,
    progress: Callable[[str], None],
) -> tuple[str, dict[str, Any]]:
    if region.refused:
        raise ToolError(region.refused)
    scopes = frontend.scopes_of(sources)
    found = channels(region, task.signature, scopes)
    kernels = []
    for number, call in enumerate(region.tasks):
        kernels.append(_lowered(text, sources, task, call, number, found))
        check_ways(kernels[-1].function, task.signature.interface)
        found += kernels[-1].streams
        optimise(kernels[-1].function)
    needed = drop_unread([kernel.function for kernel in kernels], found)
    idle = [call for kernel, call in zip(kernels, region.tasks, strict=True)
            if not any(kernel.function is function for function in needed)]  # fmt: skip
    said = (*not_heeded(scopes), *(_left_out(call, task) for call in idle))
    made = []
    arrays = [a for channel in found for a in channel.parameter.arguments() if a.kind == "memory"]
    buffers = {name for array in arrays for name in array.bank_names()}
    filled: dict[str, int] = {}
    for kernel, call in zip(kernels, region.tasks, strict=True):
        if call in idle:
            continue
        progress(f"task {call.name}")
        kernel = replace(kernel, diagnostics=(*kernel.diagnostics, *said))
        choose_buffers(kernel.function, buffers, filled, task.clock)
        one = _compiled(kernel, call, task)
        check_room(one.function, one.schedules, kernel.streams)
        filled |= filled_by(one.function, one.schedules)
        made.append(one)
    return _joined(made, found, task)


def _left_out(call: Call, task: Task) -> Diagnostic:
    text = f"the task {call.name!r} is left out: nobody needs anything that it computes"
    return Diagnostic("warning", text, task.signature.file, call.line, "HLS")


def _joined(
    made: Sequence[Compiled], found: Sequence[Channel], task: Task
) -> tuple[str, dict[str, Any]]:
    interface = task.signature.interface
    network, verilog = joined(module_name(interface), made, found)
    verilog, interface = around(interface, verilog)
    return verilog, {**_facts(network, made, task.clock), **registers(interface)}


def _lowered(
    text: str,
    sources: Mapping[str, str],
    task: Task,
    call: Call,
    number: int,
    found: Sequence[Channel],
) -> Kernel:
    """A task's function, with the channels as parameters."""
    signature = task.signature
    parameters = (*signature.parameters, *(c.parameter for c in found))
    module = f"{signature.top}_{number}_{call.name}"
    signature = replace(signature, top=module, parameters=parameters)
    return frontend.lowered(text, sources, signature, call.function, f"t{number}_")


def _compiled(kernel: Kernel, call: Call, task: Task) -> Compiled:
    function = kernel.function
    schedules = planned(function, task.clock, task.pipeline_loops)
    units = bound(function, schedules, task.clock)
    return Compiled(call, function, schedules, uses(function), kernel.diagnostics, units)


def _facts(network: Network, made: Sequence[Compiled], clock: Clock) -> dict[str, Any]:
    """As for one function, with the tasks and the channels; everything tells of its task."""
    whole = [facts(one.function, one.schedules, one.units, clock, ()) for one in made]
    latency, interval = network.latency(), network.interval()
    found: dict[str, Any] = {
        "latency": {"min": latency.least, "max": latency.most},
        "interval": {"min": interval.least, "max": interval.most},
        "period_ns": clock.period_ns,
        "estimated_mhz": min((m for each in whole if (m := each["estimated_mhz"])), default=None),
    }
    for key in ("loops", "operators", "shared", "memories", "bursts", "schedule"):
        found[key] = [
            {**item, "task": one.call.name}
            for one, each in zip(made, whole, strict=True)
            for item in each[key]
        ]
    found["tasks"] = [
        {"name": one.call.name, "line": one.call.line, "latency": each["latency"]}
        for one, each in zip(made, whole, strict=True)
    ]
    names = [task.name for task in network.tasks]
    found["channels"] = [
        {**asdict(c), "kind": type(c).__name__.lower(), "reader": names[c.reader],
         "writer": "" if c.writer is None else names[c.writer]}
        for c in network.links
    ]  # fmt: skip
    found["diagnostics"] = [asdict(d) for d in made[0].diagnostics]
    return found
