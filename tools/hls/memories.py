"""Memories of a function in Verilog: ports of arguments, RAMs and ROMs, and which port who uses."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from tools.hls.handed import handed
from tools.hls.ir import Function, Memory, Op
from tools.hls.modulo import Schedule
from tools.hls.one_of import one_of


class Access(NamedTuple):
    """An operation on a memory: in which cycles, as an expression, and with what."""

    op: Op
    when: str
    address: str
    data: str
    block: str


class Ports:
    """Gives each access a port of its memory: two that can be at once have different ones."""

    def __init__(self, function: Function, schedules: Mapping[str, Schedule]) -> None:
        self.function = function
        self.handed = handed(function)
        self.all: dict[str, list[Op]] = {name: [] for name in function.memories}
        """The accesses of each memory, its own ones and those of the functions that it calls."""
        for op in (*function.ops(), *(h.op for h in self.handed)):
            if op.kind in ("load", "store"):
                self.all.setdefault(op.name, []).append(op)
        self.of: dict[int, int] = {}
        self.split: dict[str, bool] = {}
        for memory in function.memories.values():
            slots = self._slots(memory, schedules)
            apart = all(
                sum(op.kind == kind for op in ops) <= 1
                for ops in slots
                for kind in ("load", "store")
            )
            # One port that reads and one that writes suit every kind of RAM best.
            kinds = {op.kind for ops in slots for op in ops}
            self.split[memory.name] = apart and len(kinds) == 2 and memory.place != "argument"
            for ops in slots:
                for i, op in enumerate(ops):
                    self.of[op.id] = int(op.kind == "store") if self.split[memory.name] else i
            for access in self.handed:
                if access.op.name == memory.name and not self.split[memory.name]:
                    self.of[access.op.id] = access.port

    def _slots(self, memory: Memory, schedules: Mapping[str, Schedule]) -> list[list[Op]]:
        found: list[list[Op]] = []
        for block in self.function.blocks:
            schedule = schedules[block.name]
            slots: dict[int, list[Op]] = {}
            for op in block.body:
                if op.name == memory.name and op.kind in ("load", "store"):
                    cycle = schedule.cycles[op.id]
                    if schedule.interval:
                        cycle %= schedule.interval
                    slots.setdefault(cycle, []).append(op)
            found += slots.values()
        calls: dict[str, list[Op]] = {}
        for access in self.handed:
            if access.op.name == memory.name:
                calls.setdefault(access.block, []).append(access.op)
        return [*found, *calls.values()]

    def used(self, memory: Memory) -> list[int]:
        return sorted({self.of[op.id] for op in self.all[memory.name]}) or [0]

    def _of_argument(self, memory: Memory) -> range:
        """The ports of an argument: as many as that of its banks has that needs most."""
        banks = (m for m in self.function.memories.values() if m.argument == memory.argument)
        return range(max(max(self.used(bank)) for bank in banks) + 1)

    def _kinds(self, memory: Memory, port: int) -> set[str]:
        return {op.kind for op in self.all[memory.name] if self.of.get(op.id) == port}

    def kinds_of_argument(self, memory: Memory) -> list[set[str]]:
        """What there is at each port of an argument."""
        return [self._kinds(memory, port) for port in self._of_argument(memory)]

    def read(self, op: Op, address: str) -> str:
        """The expression of a load's value."""
        memory = self.function.memories[op.name]
        if memory.async_read:
            return f"m_{memory.name}[{address}]"
        port = self.of[op.id]
        return f"{memory.name}_q{port}" if memory.place == "argument" else f"q_{memory.name}_{port}"

    def argument_ports(self, memory: Memory) -> list[str]:
        found = []
        width = f"[{memory.address_bits - 1}:0] " if memory.address_bits > 1 else ""
        word = f"[{memory.bits - 1}:0] " if memory.bits > 1 else ""
        for port in self._of_argument(memory):
            name = memory.name
            found += [f"output {width}{name}_address{port}", f"output {name}_ce{port}"]
            if memory.direction != "in":
                found += [f"output {name}_we{port}", f"output {word}{name}_d{port}"]
            if memory.direction != "out":
                found.append(f"input {word}{name}_q{port}")
        return found

    def argument_logic(self, memory: Memory, accesses: list[Access]) -> list[str]:
        lines = []
        name = memory.name
        for port in self._of_argument(memory):
            mine = [a for a in accesses if self.of[a.op.id] == port]
            stores = [a for a in mine if a.op.kind == "store"]
            lines.append(f"    assign {name}_address{port} = {_chosen(mine, 'address', memory)};")
            lines.append(f"    assign {name}_ce{port} = {any_of([a.when for a in mine])};")
            if memory.direction != "in":
                lines.append(f"    assign {name}_we{port} = {any_of([a.when for a in stores])};")
                lines.append(f"    assign {name}_d{port} = {_chosen(stores, 'data', memory)};")
        return lines

    def declarations(self) -> list[str]:
        """The registers behind the read ports of the function's own memories."""
        lines = []
        for memory in self.function.memories.values():
            word = f"[{memory.bits - 1}:0] " if memory.bits > 1 else ""
            if memory.place == "argument":
                continue
            lines.append(f"    {_style(memory)}reg {word}m_{memory.name} [0:{memory.words - 1}];")
            if not memory.async_read:
                lines += [
                    f"    reg {word}q_{memory.name}_{port};"
                    for port in self.used(memory)
                    if "load" in self._kinds(memory, port)
                ]
        return lines


def _style(memory: Memory) -> str:
    """What synthesis is told of a memory.

    A read and a write of one word never meet in a cycle, which the schedule sees to: without that
    being said a RAM gets logic for it, or becomes registers.
    """
    if memory.async_read:
        return ""
    style = memory.style
    if memory.place == "rom":
        return f'(* rom_style = "{style}" *) ' if style else ""
    return f'(* no_rw_check, ram_style = "{style}" *) ' if style else "(* no_rw_check *) "


def any_of(conditions: list[str]) -> str:
    return " || ".join(f"({when})" for when in conditions) or "1'b0"


def _chosen(accesses: list[Access], part: Literal["address", "data"], memory: Memory) -> str:
    """The address or data of the access whose time it is."""
    bits = memory.address_bits if part == "address" else memory.bits
    return one_of([(a.when, str(getattr(a, part))) for a in accesses], bits)


def ram(memory: Memory, ports: Ports, accesses: list[Access]) -> list[str]:
    """A memory of the function's own."""
    name = f"m_{memory.name}"
    wide = f"[{memory.address_bits - 1}:0] " if memory.address_bits > 1 else ""
    lines: list[str] = []
    if any(memory.initial):
        lines.append("    initial begin")
        lines += [
            f"        {name}[{i}] = {memory.bits}'d{word};"
            for i, word in enumerate([*memory.initial, *[0] * memory.words][: memory.words])
        ]
        lines.append("    end")
    elif memory.initial:
        index = f"i_{memory.name}"
        lines.append(f"    integer {index};")
        lines.append(
            f"    initial for ({index} = 0; {index} < {memory.words}; {index} = {index} + 1)"
        )
        lines.append(f"        {name}[{index}] = 0;")
    if memory.async_read:
        stores = [a for a in accesses if a.op.kind == "store"]
        if stores:
            lines.append("    always @(posedge ap_clk) begin")
            lines += [
                f"        if ({when}) {name}[{address}] <= {data};"
                for _, when, address, data, _ in stores
            ]
            lines.append("    end")
        return lines
    for port in ports.used(memory):
        mine = [a for a in accesses if ports.of[a.op.id] == port]
        stores = [a for a in mine if a.op.kind == "store"]
        loads = [a for a in mine if a.op.kind == "load"]
        stem = f"{memory.name}_{port}"
        lines.append(f"    wire {wide}a_{stem} = {_chosen(mine, 'address', memory)};")
        lines.append("    always @(posedge ap_clk) begin")
        if stores:
            when, value = any_of([a.when for a in stores]), _chosen(stores, "data", memory)
            lines.append(f"        if ({when}) {name}[a_{stem}] <= {value};")
        if loads:
            when = any_of([a.when for a in loads])
            lines.append(f"        if ({when}) q_{stem} <= {name}[a_{stem}];")
        lines.append("    end")
    return lines
