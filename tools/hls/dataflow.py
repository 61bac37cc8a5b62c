"""Compiles a dataflow region: each task as a function of its own, and the network of them."""

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from prompts.port import Port
from tools.errors import ToolError
from tools.hls import frontend, network_verilog
from tools.hls.channels import Call, Channel, Region, channels
from tools.hls.compile import planned
from tools.hls.facts import facts
from tools.hls.ir import Function
from tools.hls.latency import Latency
from tools.hls.modulo import Schedule
from tools.hls.network import Link, Network, Task, Value
from tools.hls.task import Task as Asked
from tools.hls.uses import Uses, uses
from tools.hls.verilog import CONTROL, Writer
from tools.hls.wiring import User, buffers, check_arguments, fifos, values
from tools.hls.wrapper import around, module_name, registers
from tools.report import Diagnostic

_PORT = re.compile(r"(input|output) (?:reg )?(?:\[(\d+):0\] )?(\w+)")


@dataclass(frozen=True)
class Compiled:
    """A task's function with its schedule, and what it does to its surroundings."""

    call: Call
    function: Function
    schedules: Mapping[str, Schedule]
    uses: Uses
    diagnostics: tuple[Diagnostic, ...]


def compile_region(
    text: str,
    sources: Mapping[str, str],
    asked: Asked,
    region: Region,
    progress: Callable[[str], None],
) -> tuple[str, dict[str, Any]]:
    """The Verilog and the facts, as JSON values, of a kernel that is a dataflow region."""
    if region.refused:
        raise ToolError(region.refused)
    found = channels(region, asked.signature, frontend.scopes_of(sources))
    made = []
    for number, call in enumerate(region.tasks):
        progress(f"task {call.name}")
        made.append(_compiled(text, sources, asked, call, number, found))
    interface = asked.signature.interface
    network, verilog = _network(module_name(interface), made, found)
    verilog, interface = around(interface, verilog)
    return verilog, {**_facts(network, made, asked.period_ns), **registers(interface)}


def _compiled(
    text: str,
    sources: Mapping[str, str],
    asked: Asked,
    call: Call,
    number: int,
    found: Sequence[Channel],
) -> Compiled:
    signature = asked.signature
    parameters = (*signature.parameters, *(c.parameter for c in found))
    module = f"{signature.top}_{number}_{call.name}"
    signature = replace(signature, top=module, parameters=parameters)
    kernel = frontend.lowered(text, sources, signature, call.function)
    function = kernel.function
    schedules = planned(function, asked.period_ns, asked.pipeline_loops)
    return Compiled(call, function, schedules, uses(function), kernel.diagnostics)


def _network(top: str, made: Sequence[Compiled], found: Sequence[Channel]) -> tuple[Network, str]:
    users = [_user(one) for one in made]
    check_arguments(users, found)
    joined_fifos = tuple(fifos(users, found))
    joined_buffers = tuple(buffers(users, found))
    joined_values = tuple(values(users, found))
    inside = {f.name for f in joined_fifos} | {b.name for b in joined_buffers}
    inside |= {end for v in joined_values for end in (v.port, v.source)}
    tasks, texts = [], []
    for number, one in enumerate(made):
        writer = Writer(one.function, one.schedules)
        texts.append(writer.text())
        links: tuple[Link, ...] = (*joined_fifos, *joined_buffers, *joined_values)
        fed = any(link.reader == number != link.writer for link in links)
        outer = one.uses.loads | one.uses.reads
        gives = one.uses.stores | one.uses.outputs
        tasks.append(
            Task(
                one.call.name,
                one.function.name,
                one.call.line,
                tuple(_port(p) for p in writer.port_list() if p not in CONTROL),
                Latency(one.function, one.schedules).whole(),
                takes=not fed or bool(outer - inside) or _is_inout(one, inside),
                gives=bool(gives - inside) or one.uses.returns,
            )
        )
    queued = [v for number, task in enumerate(tasks) if not task.takes
              for v in _given(made[number], number, inside)]  # fmt: skip
    network = Network(top, tuple(tasks), joined_fifos, joined_buffers, (*joined_values, *queued))
    return network, "\n".join([network_verilog.write(network), *texts])


def _is_inout(one: Compiled, inside: Container[str]) -> bool:
    """Whether a task reads a scalar of the caller's that it writes too."""
    return any(
        name.endswith("_i") and name not in inside and f"{name[:-2]}_o" in one.uses.outputs
        for name in one.uses.inputs
    )


def _given(one: Compiled, number: int, inside: Container[str]) -> Iterator[Value]:
    """The scalars that a task gets from the caller: kept for it from the call's start."""
    for name, bits in one.function.arguments:
        if name not in inside:
            yield Value(f"{name}_{number}", bits, None, number, name, name)


def _user(one: Compiled) -> User:
    memories = {n: m for n, m in one.function.memories.items() if m.place == "argument"}
    return User(
        one.call,
        one.uses,
        {name: memory.bits for name, memory in memories.items()},
        {name: memory.words for name, memory in memories.items()},
    )


def _port(declaration: str) -> Port:
    found = _PORT.fullmatch(declaration)
    assert found is not None, declaration
    direction: Literal["input", "output"] = "input" if found[1] == "input" else "output"
    return Port(found[3], direction, int(found[2] or 0) + 1)


def _facts(network: Network, made: Sequence[Compiled], period_ns: float) -> dict[str, Any]:
    """As for one function, with the tasks and the channels; everything tells of its task."""
    whole = [facts(one.function, one.schedules, period_ns, ()) for one in made]
    latency, interval = network.latency(), network.interval()
    found: dict[str, Any] = {
        "latency": {"min": latency.least, "max": latency.most},
        "interval": {"min": interval.least, "max": interval.most},
        "period_ns": period_ns,
    }
    for key in ("loops", "operators", "memories", "schedule"):
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
