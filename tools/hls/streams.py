"""Streams in Verilog: when the design must wait for them, and the last beat's mark.

The whole design stands still while a read finds nothing or a write finds no room. When only the
first stage of a pipelined loop reads, that stage alone waits, and what is under way goes on: else
it could wait for what it has not yet sent itself. Behind each output stream are two registers: one
holds a beat until it is known whether it is the call's last. Of calls that overlap that is known
when it is written, and one register does. The ports of a FIFO have nothing behind them.
"""

from typing import TYPE_CHECKING

from tools.hls.ir import Op, Stream
from tools.hls.one_of import one_of

if TYPE_CHECKING:
    from tools.hls.verilog import Writer


class Streams:
    def __init__(self, writer: "Writer") -> None:
        self.writer = writer
        self.function = writer.function
        found = self.function.streams.values()
        self.sources = [s for s in found if s.direction != "out"]
        self.sinks = [s for s in found if s.direction == "out" and not s.fifo]
        self.fifos = [s for s in found if s.direction != "in" and s.fifo]

    @property
    def any(self) -> bool:
        return bool(self.function.streams)

    def held(self, block: str) -> bool:
        """Whether a pipelined loop begins an iteration only when the streams read in its first
        cycle have something: at an interval of 1 a gap between iterations changes nothing."""
        schedule = self.writer.schedules[block]
        if schedule.interval != 1 or schedule.length < 2 or self.function.overlaps:
            return False
        ops = self.writer.path.blocks[block].body
        return any(op.kind == "read" and schedule.cycles[op.id] == 0 for op in ops)

    def lacks(self, block: str) -> str:
        """When one of the streams that a block reads in its first cycle has nothing."""
        cycles = self.writer.schedules[block].cycles
        found = []
        for op in self.writer.path.blocks[block].body:
            if op.kind != "read" or cycles[op.id]:
                continue
            asked = f"{self.writer.path.value(op.args[-1], block, 0)} && " if op.predicate else ""
            found.append(f"({asked}!{op.name}_{self._valid(op.name)})")
        return " || ".join(found)

    def _waiting(self) -> list[str]:
        """For each such loop, when its first cycle can be."""
        lines = []
        for block in self.function.blocks:
            if self.held(block.name):
                number = self.writer.number[block.name]
                fire = f"run{number}[0] && !({self.lacks(block.name)})"
                lines.append(f"    assign fire{number} = {fire};")
        return lines

    def _valid(self, name: str) -> str:
        return "empty_n" if self.function.streams[name].fifo else "TVALID"

    def gated(self, when: str) -> str:
        """A condition for something that must not happen while the design waits."""
        return f"({when}) && go" if self.any else when

    def ports(self) -> list[str]:
        lines = []
        for stream in self.function.streams.values():
            name, width = stream.name, -(-stream.bits // 8) * 8
            if stream.fifo:
                lines += fifo_ports(stream)
            elif stream.direction == "in":
                lines += [f"input [{width - 1}:0] {name}_TDATA", f"input {name}_TVALID",
                          f"output {name}_TREADY"]  # fmt: skip
            else:
                lines += [f"output reg [{width - 1}:0] {name}_TDATA", f"output reg {name}_TVALID",
                          f"input {name}_TREADY"]  # fmt: skip
                lines += [f"output reg {name}_TLAST"] if stream.last else []
        return lines

    def declarations(self) -> list[str]:
        lines = ["    wire go;"] if self.any else []
        held = [self.writer.number[b.name] for b in self.function.blocks if self.held(b.name)]
        lines += [f"    wire fire{number};" for number in held]
        for stream in self.sinks:
            width = f"[{stream.bits - 1}:0] " if stream.bits > 1 else ""
            lines += [f"    wire moves_{stream.name};", f"    wire push_{stream.name};"]
            lines += [] if stream.last else [f"    reg last_{stream.name};"]
            if not self.function.overlaps:
                lines += [f"    reg {width}held_{stream.name};", f"    reg holds_{stream.name};"]
        return lines

    def mark(self, name: str) -> str:
        """The register that says that an output's beat is the last of its call."""
        return f"{name}_TLAST" if self.function.streams[name].last else f"last_{name}"

    def _stuck(self, name: str) -> str:
        """Whether an output has no room."""
        return f"!moves_{name}" if self.function.overlaps else f"holds_{name} && !moves_{name}"

    def value(self, op: Op) -> str:
        name = op.name
        if self.function.streams[name].fifo:
            return {"read": f"{name}_dout", "empty": f"!{name}_empty_n"}.get(
                op.kind, f"!{name}_full_n"
            )
        if op.kind == "read":
            return f"{name}_TDATA[{op.bits - 1}:0]" if op.bits > 1 else f"{name}_TDATA[0]"
        if op.kind == "empty":
            return f"!{name}_TVALID"
        return self._stuck(name)

    def _uses(self, name: str, kind: str) -> list[tuple[str, str]]:
        """When each read or write of a stream takes place, and its data."""
        writer = self.writer
        found = []
        for block in self.function.blocks:
            for op in block.body:
                if op.kind != kind or op.name != name:
                    continue
                cycle = writer.schedules[block.name].cycles[op.id]
                when = writer.enable(block.name, cycle)
                if op.predicate:
                    when = f"{when} && {writer.path.value(op.args[-1], block.name, cycle)}"
                data = writer.path.value(op.args[0], block.name, cycle) if kind == "write" else ""
                found.append((f"({when})", data))
        return found

    def logic(self) -> list[str]:
        waits, lines = [], self._waiting()
        for stream in self.sources:
            asked = " || ".join(when for when, _ in self._uses(stream.name, "read")) or "1'b0"
            ready = "read" if stream.fifo else "TREADY"
            lines.append(f"    assign {stream.name}_{ready} = go && ({asked});")
            waits.append(f"(({asked}) && !{stream.name}_{self._valid(stream.name)})")
        for stream in self.fifos:
            uses = self._uses(stream.name, "write")
            asked = " || ".join(when for when, _ in uses) or "1'b0"
            waits.append(f"(({asked}) && !{stream.name}_full_n)")
            lines.append(f"    assign {stream.name}_write = go && ({asked});")
            lines.append(f"    assign {stream.name}_din = {one_of(uses, stream.bits)};")
        for stream in self.sinks:
            uses = self._uses(stream.name, "write")
            asked = " || ".join(when for when, _ in uses) or "1'b0"
            waits.append(f"(({asked}) && {self._stuck(stream.name)})")
            sink = self._register if self.function.overlaps else self._sink
            lines += sink(stream, asked, uses)
        if self.any:
            lines.append(f"    assign go = !({' || '.join(waits)});")
        return lines

    def _sink(self, stream: Stream, asked: str, uses: list[tuple[str, str]]) -> list[str]:
        data, name, padding = one_of(uses, stream.bits), stream.name, -stream.bits % 8
        held = f"{{{padding}'d0, held_{name}}}" if padding else f"held_{name}"
        mark = self.mark(name)
        return [
            f"    assign moves_{name} = !{name}_TVALID || {name}_TREADY;",
            f"    assign push_{name} = go && ({asked});",
            "    always @(posedge ap_clk) begin",
            f"        if ({name}_TREADY) {name}_TVALID <= 0;",
            f"        if (moves_{name} && holds_{name} && (push_{name} || flushing)) begin",
            f"            {name}_TDATA <= {held};",
            f"            {name}_TVALID <= 1;",
            f"            {mark} <= flushing;",
            f"            holds_{name} <= 0;",
            "        end",
            f"        if (push_{name}) begin",
            f"            held_{name} <= {data};",
            f"            holds_{name} <= 1;",
            "        end",
            "        if (ap_rst) begin",
            f"            {name}_TVALID <= 0;",
            f"            holds_{name} <= 0;",
            "        end",
            "    end",
        ]

    def _register(self, stream: Stream, asked: str, uses: list[tuple[str, str]]) -> list[str]:
        data, name, padding = one_of(uses, stream.bits), stream.name, -stream.bits % 8
        word = f"{{{padding}'d0, {data}}}" if padding else data
        return [
            f"    assign moves_{name} = !{name}_TVALID || {name}_TREADY;",
            f"    assign push_{name} = go && ({asked});",
            "    always @(posedge ap_clk) begin",
            f"        if ({name}_TREADY) {name}_TVALID <= 0;",
            f"        if (push_{name}) begin",
            f"            {name}_TDATA <= {word};",
            f"            {name}_TVALID <= 1;",
            f"            {self.mark(name)} <= {uses[-1][0]};",
            "        end",
            f"        if (ap_rst) {name}_TVALID <= 0;",
            "    end",
        ]

    def drained(self) -> str:
        """No beat is left behind an output."""
        return " && ".join(f"!holds_{s.name} && !{s.name}_TVALID" for s in self.sinks)


def fifo_ports(stream: Stream) -> list[str]:
    """The ports of a function at a FIFO outside: the side that reads, the one that writes."""
    name, width = stream.name, f"[{stream.bits - 1}:0] " if stream.bits > 1 else ""
    lines = []
    if stream.direction != "out":
        lines += [f"input {width}{name}_dout", f"input {name}_empty_n", f"output {name}_read"]
    if stream.direction != "in":
        lines += [f"output {width}{name}_din", f"input {name}_full_n", f"output {name}_write"]
    return lines
