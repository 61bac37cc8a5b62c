"""Joins compiled tasks to a network: channels, wires to the caller, and the Verilog of it all."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from prompts.port import Port
from tools.hls import network_verilog
from tools.hls.channels import Call, Channel
from tools.hls.ir import Function
from tools.hls.latency import Latency
from tools.hls.modulo import Schedule
from tools.hls.network import Link, Network, Task, Value
from tools.hls.sharing import Unit
from tools.hls.uses import Uses
from tools.hls.verilog import CONTROL, Writer
from tools.hls.wiring import User, buffers, check_arguments, fifos, values
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
    units: tuple[Unit, ...] = ()


def joined(top: str, made: Sequence[Compiled], found: Sequence[Channel]) -> tuple[Network, str]:
    """The network and its Verilog. Raises `ToolError` for what is joined wrongly."""
    users = [_user(one) for one in made]
    check_arguments(users, found)
    joined_fifos = tuple(fifos(users, found))
    joined_buffers = tuple(buffers(users, found))
    joined_values = tuple(values(users, found))
    inside = {f.name for f in joined_fifos} | {b.name for b in joined_buffers}
    inside |= {end for v in joined_values for end in (v.port, v.source)}
    tasks, texts = [], []
    for number, one in enumerate(made):
        writer = Writer(one.function, one.schedules, one.units)
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
    return User(
        one.call,
        one.uses,
        {n: m for n, m in one.function.memories.items() if m.place == "argument"},
        {name: s.memory for name, s in one.function.streams.items() if s.memory},
    )


def _port(declaration: str) -> Port:
    found = _PORT.fullmatch(declaration)
    assert found is not None, declaration
    direction: Literal["input", "output"] = "input" if found[1] == "input" else "output"
    return Port(found[3], direction, int(found[2] or 0) + 1)
