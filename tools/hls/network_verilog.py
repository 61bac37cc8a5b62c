"""Writes a network of tasks as Verilog: the top that joins them, its FIFOs and its buffers."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from prompts.handshake import CONTROL
from prompts.interface import RETURN
from prompts.port import Port
from prompts.render import render
from tools.hls.network import Buffer, Network, Task, Value

TEMPLATES = Path(__file__).parent / "templates"
STILL = 20_000
"""Cycles without a move in any FIFO after which the top tells a simulation which ones are stuck."""
_BLOCK_DEPTH, _BLOCK_BITS = 64, 2048
"""A FIFO deeper and larger than this is in a block RAM."""


def write(network: Network) -> str:
    """The Verilog of the top and of what joins the tasks; that of the tasks is not in it."""
    printer = _Printer(network)
    parts = [printer.top(), *printer.fifos(), *printer.buffers()]
    return "\n".join(parts)


class _Printer:
    def __init__(self, network: Network) -> None:
        self.network = network
        self.counter = network.most_calls.bit_length()
        streams = [f"{f.name}_{end}" for f in network.fifos for end in _FIFO_ENDS]
        self.of_fifos = frozenset(streams)
        self.shapes = dict.fromkeys(
            [(f.bits, f.depth) for f in network.fifos]
            + [(v.bits, network.most_calls) for v in network.values]
        )

    def _inside(self, number: int, task: Task) -> list[Port]:
        """A task's ports that lead to a channel other than a stream, or to the top's result."""
        stems = [b.name for b in self.network.buffers if number in (b.writer, b.reader)]
        values = {v.port for v in self.network.values if v.reader == number}
        values |= {v.source for v in self.network.values if v.writer == number}
        values |= {f"{name}_ap_vld" for name in values} | {RETURN}
        return [
            port
            for port in task.ports
            if port.name in values or any(_is_memory_port(port.name, stem) for stem in stems)
        ]

    def top(self) -> str:
        network = self.network
        tasks, ports, returned = [], dict[str, Port](), None
        for number, task in enumerate(network.tasks):
            inside = {port.name for port in self._inside(number, task)}
            connections = []
            for port in task.ports:
                wire = port.name
                if port.name in inside:
                    wire = f"t{number}_{port.name}"
                elif port.name not in self.of_fifos:
                    ports[port.name] = port
                connections.append((port.name, wire))
                if port.name == RETURN:
                    returned = {"task": number, "bits": port.bits}
                    ports[RETURN] = port
            tasks.append(
                {
                    "number": number,
                    "name": task.name,
                    "module": task.module,
                    "takes": task.takes,
                    "conditions": self._conditions(number, task),
                    "wires": self._inside(number, task),
                    "connections": connections,
                }
            )
        ports |= {v.source: Port(v.source, "input", v.bits)
                  for v in network.values if v.writer is None}  # fmt: skip
        names = {
            "top": network.name,
            "ports": [*CONTROL, *ports.values()],
            "tasks": tasks,
            "counter": self.counter,
            "most": network.most_calls,
            "fifos": [{**vars(f), "module": self._fifo(f.bits, f.depth)} for f in network.fifos],
            "values": [self._value(v) for v in network.values],
            "buffers": [self._buffer(b) for b in network.buffers],
            "returned": returned,
            "patience": STILL,
            "one": _widened,
        }
        return render((TEMPLATES / "dataflow.v.j2").read_text(), names)

    def _conditions(self, number: int, task: Task) -> list[str]:
        """What a task waits for besides a call: all of it stays until the task has ended."""
        joined: Sequence[Buffer | Value] = (*self.network.buffers, *self.network.values)
        found = [f"{c.name}_empty_n" for c in joined if c.reader == number]
        found += [f"{c.name}_full_n" for c in joined if c.writer == number]
        return [*found, *([f"made_{number} == 0"] if task.gives else [])]

    def _value(self, value: Value) -> dict[str, Any]:
        names: dict[str, Any] = {
            **vars(value), "module": self._fifo(value.bits, self.network.most_calls),
            "write": "begin_call", "given": value.source, "valid": "",
        }  # fmt: skip
        if value.writer is not None:
            given = f"t{value.writer}_{value.source}"
            written = {"write": f"done_{value.writer}", "given": given}
            names |= {**written, "valid": f"{given}_ap_vld"}
        return names

    def _buffer(self, buffer: Buffer) -> dict[str, Any]:
        connections = []
        for side, number in (("w", buffer.writer), ("r", buffer.reader)):
            for port in self._side(buffer, number):
                end = port.name.removeprefix(f"{buffer.name}_")
                connections.append((f"{side}_{end}", f"t{number}_{port.name}"))
        return {**vars(buffer), "module": self._buffer_module(buffer), "connections": connections}

    def _side(self, buffer: Buffer, number: int) -> list[Port]:
        """The ports of a task at a buffer."""
        ports = self.network.tasks[number].ports
        return [port for port in ports if _is_memory_port(port.name, buffer.name)]

    def _fifo(self, bits: int, depth: int) -> str:
        return f"{self.network.name}_fifo_{bits}x{depth}"

    def _buffer_module(self, buffer: Buffer) -> str:
        return f"{self.network.name}_buffer_{buffer.name}"

    def fifos(self) -> list[str]:
        text = (TEMPLATES / "fifo.v.j2").read_text()
        return [
            render(
                text,
                {
                    "name": self._fifo(bits, depth),
                    "bits": bits,
                    "depth": depth,
                    "address_bits": max(1, (depth - 1).bit_length()),
                    "count_bits": depth.bit_length(),
                    "block": depth > _BLOCK_DEPTH and bits * depth > _BLOCK_BITS,
                    "one": _widened,
                },
            )
            for bits, depth in self.shapes
        ]

    def buffers(self) -> list[str]:
        text = (TEMPLATES / "pingpong.v.j2").read_text()
        return [render(text, self._pingpong(buffer)) for buffer in self.network.buffers]

    def _pingpong(self, buffer: Buffer) -> dict[str, Any]:
        sides = {
            side: {p.name.removeprefix(f"{buffer.name}_"): p for p in self._side(buffer, number)}
            for side, number in (("w", buffer.writer), ("r", buffer.reader))
        }
        numbers = sorted({int(n[7:]) for ends in sides.values() for n in ends if "address" in n})
        ports = [
            Port(f"{side}_{end}", "input" if p.direction == "output" else "output", p.bits)
            for side, ends in sides.items()
            for end, p in ends.items()
        ]
        filled = {end for end in sides["w"] if "we" in end or "q" in end}
        once = "q1" not in sides["r"] or buffer.style == "distributed"
        simple = once and filled == {"we0"} and "we0" not in sides["r"]
        return {
            **vars(buffer),
            "name": self._buffer_module(buffer),
            "ports": ports,
            "simple": simple,
            "asked": f', ram_style = "{buffer.style}"' if buffer.style else "",
            "lanes": [_lane(number, sides["w"], sides["r"]) for number in numbers],
        }


_FIFO_ENDS = ("dout", "empty_n", "read", "din", "full_n", "write")


def _lane(number: int, writer: Iterable[str], reader: Iterable[str]) -> dict[str, Any]:
    """One port of the halves: what it is connected to on either side."""
    has = {"w": frozenset(writer), "r": frozenset(reader)}

    def wire(end: str) -> str:
        """What a half is given, with @ for its number: the task's whose turn it is."""
        w, r = (f"{side}_{end}{number}" if f"{end}{number}" in has[side] else "" for side in "wr")
        if w and r:
            return f"reads@ ? {r} : {w}"
        if end in ("address", "d"):  # without the other side's enable nobody heeds it
            return w or r
        return f"!reads@ && {w}" if w else f"reads@ && {r}"

    return {
        "number": number,
        "of": {end: wire(end) for end in ("address", "ce", "we", "d")},
        "writes": any(f"we{number}" in ends for ends in has.values()),
        "reads": any(f"q{number}" in ends for ends in has.values()),
        "sides": [side for side in ("r", "w") if f"q{number}" in has[side]],
    }


def _is_memory_port(name: str, stem: str) -> bool:
    ends = ("address", "ce", "we", "d", "q")
    return any(name == f"{stem}_{end}{number}" for end in ends for number in (0, 1))


def _widened(signal: str, bits: int) -> str:
    """A bit as a word."""
    return signal if bits == 1 else f"{{{{{bits - 1}{{1'b0}}}}, {signal}}}"
