"""Modules of kept functions within their caller's: one instance of each, and what leads to it.

A call has a state of its own. On the way into it the callee's scalars are put into registers; in
it the callee has its `ap_start`, and the memories of that call; it is left with `ap_done`.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tools.hls.handed import Handed
from tools.hls.ir import Callee, Op
from tools.hls.memories import Access, any_of

if TYPE_CHECKING:
    from tools.hls.verilog import Writer


class Instances:
    def __init__(self, writer: "Writer") -> None:
        self.writer = writer
        self.function = writer.function
        self.callees = self.function.callees
        self.calls: dict[str, list[tuple[str, Op]]] = {}
        """The blocks and the operations of the calls of each function."""
        for block in self.function.blocks:
            if (op := block.call) is not None:
                self.calls.setdefault(op.name, []).append((block.name, op))

    def done(self, call: Op) -> str:
        return f"{_stem(call.name)}_done"

    def value(self, call: Op) -> str:
        """What a call returns, in its last cycle."""
        return f"{_stem(call.name)}_return"

    def entered(self, target: str, source: str, cycle: int) -> list[str]:
        """The scalars of the call in a block that is come to from a cycle of another one."""
        call = self.writer.path.blocks[target].call
        if call is None:
            return []
        names = self.function.sites[call.value].inputs
        return [
            f"{_stem(call.name)}_{name} <= {self.writer.path.value(arg, source, cycle)};"
            for name, arg in zip(names, call.args, strict=True)
        ]

    def accesses(self) -> Iterator[Access]:
        """The callees' accesses to the memories of the caller."""
        for one in self.writer.ports.handed:
            yield Access(one.op, self._when(one), f"{_port(one, 'address')}",
                         _port(one, "d") if one.op.kind == "store" else "", one.block)  # fmt: skip

    def _in(self, block: str) -> str:
        return f"state == {self.writer.state(block, 0)}"

    def _when(self, one: Handed) -> str:
        """When a callee does what it does through a port."""
        when = f"{self._in(one.block)} && {_port(one, 'ce')}"
        kinds = self.callees[one.call.name].accesses[one.array]
        if "store" not in frozenset().union(*kinds):
            return when
        return f"{when} && {'' if one.op.kind == 'store' else '!'}{_port(one, 'we')}"

    def declarations(self) -> list[str]:
        lines = []
        for callee in self._called():
            stem = _stem(callee.name)
            for name, bits in callee.inputs.items():
                lines.append(f"    reg {_range(bits)}{stem}_{name};")
            lines.append(f"    wire {stem}_done;")
            if callee.return_bits:
                lines.append(f"    wire {_range(callee.return_bits)}{stem}_return;")
            for array, kinds in callee.accesses.items():
                memory = self._memories(callee, array)[0]
                address = max(self.function.memories[m].address_bits
                              for m in self._memories(callee, array))  # fmt: skip
                word = _range(self.function.memories[memory].bits)
                for port in range(len(kinds)):
                    end = f"{stem}_{array}"
                    lines += [f"    wire {_range(address)}{end}_address{port};",
                              f"    wire {end}_ce{port};"]  # fmt: skip
                    if _any(kinds, "store"):
                        lines += [f"    wire {end}_we{port};", f"    wire {word}{end}_d{port};"]
                    if _any(kinds, "load"):
                        lines.append(f"    wire {word}{end}_q{port};")
            lines += [f"    reg {_range(one.op.bits)}{_held(one)};" for one in self._held(callee)]
        return lines

    def logic(self) -> list[str]:
        return [line for callee in self._called() for line in self._instance(callee)]

    def _called(self) -> list[Callee]:
        return [self.callees[name] for name in self.calls]

    def _memories(self, callee: Callee, array: str) -> list[str]:
        """The caller's memories that an array of a callee is."""
        calls = self.calls[callee.name]
        return [self.function.sites[op.value].memories[array] for _, op in calls]

    def _loads(self, callee: Callee) -> list[Handed]:
        return [one for one in self.writer.ports.handed
                if one.call.name == callee.name and one.op.kind == "load"]  # fmt: skip

    def _held(self, callee: Callee) -> list[Handed]:
        """Loads of memories without a register behind their ports: it is here."""
        memories = self.function.memories
        found = [one for one in self._loads(callee) if memories[one.op.name].async_read]
        return list({_held(one): one for one in found}.values())

    def _instance(self, callee: Callee) -> list[str]:
        stem = _stem(callee.name)
        start = any_of([self._in(block) for block, _ in self.calls[callee.name]])
        joined = [(".ap_clk", "ap_clk"), (".ap_rst", "ap_rst"), (".ap_start", start),
                  (".ap_done", f"{stem}_done"), (".ap_idle", ""), (".ap_ready", "")]  # fmt: skip
        joined += [(f".{name}", f"{stem}_{name}") for name in callee.inputs]
        if callee.return_bits:
            joined.append((".ap_return", f"{stem}_return"))
        lines = []
        for one in self._held(callee):
            word = self.writer.ports.read(one.op, _port(one, "address"))
            lines.append(
                f"    always @(posedge ap_clk) if ({_port(one, 'ce')}) {_held(one)} <= {word};"
            )
        for array, kinds in callee.accesses.items():
            for port in range(len(kinds)):
                ends = ["address", "ce", *(["we", "d"] if _any(kinds, "store") else [])]
                if _any(kinds, "load"):
                    ends.append("q")
                    lines.append(f"    assign {stem}_{array}_q{port} = "
                                 f"{self._word(callee, array, port)};")  # fmt: skip
                joined += [(f".{array}_{e}{port}", f"{stem}_{array}_{e}{port}") for e in ends]
        listed = ",\n".join(f"        {name}({wire})" for name, wire in joined)
        return [*lines, f"    {callee.module} {stem} (", listed, "    );"]

    def _word(self, callee: Callee, array: str, port: int) -> str:
        """What a callee has loaded: from the memory of the call that is under way."""
        found = ""
        for one in self._loads(callee):
            if (one.array, one.port) != (array, port):
                continue
            memory = self.function.memories[one.op.name]
            word = _held(one) if memory.async_read else self.writer.ports.read(one.op, "")
            found = f"{self._in(one.block)} ? {word} : {found}" if found else word
        return found or "0"


def _any(kinds: tuple[frozenset[str], ...], kind: str) -> bool:
    """Whether an array is loaded from, or stored to: then all of its ports can."""
    return any(kind in one for one in kinds)


def _stem(name: str) -> str:
    return f"call_{name}_"


def _port(one: Handed, end: str) -> str:
    return f"{_stem(one.call.name)}_{one.array}_{end}{one.port}"


def _held(one: Handed) -> str:
    return f"{_port(one, 'held')}_{one.op.name}"


def _range(bits: int) -> str:
    return f"[{bits - 1}:0] " if bits > 1 else ""
