"""Calls that overlap, in Verilog: what a state machine is for others is a pipeline of calls here.

A bit for each cycle says that a call is in it. At an interval above 1 calls begin in the same slot
of it, as their schedule counts on, or when no other call is under way. What a call reads in its
first cycle has to be there before it begins, so that calls before it go on.
"""

from typing import TYPE_CHECKING

from tools.hls.ir import Return
from tools.hls.overlap import last_writes

if TYPE_CHECKING:
    from tools.hls.verilog import Writer


class CallPipeline:
    def __init__(self, writer: "Writer") -> None:
        self.writer = writer
        self.block = writer.function.blocks[0]
        schedule = writer.schedules[self.block.name]
        assert schedule.interval is not None
        self.interval, self.length = schedule.interval, schedule.length
        self.slot_bits = (self.interval - 1).bit_length()

    def enable(self, cycle: int) -> str:
        """The condition that a call is in a cycle."""
        return f"run[{cycle}]" if cycle else "begins"

    def declarations(self) -> list[str]:
        lines = ["    wire begins;"]
        if self.length > 1:
            lines.append(f"    reg [{self.length - 1}:1] run;")
        if self.slot_bits:
            lines.append(f"    reg [{self.slot_bits - 1}:0] slot;")
        return lines

    def logic(self) -> list[str]:
        """The handshake, and the moves from cycle to cycle with the registers of the datapath."""
        writer, streams = self.writer, self.writer.streams
        lacks = streams.lacks(self.block.name)
        begins = "ap_start && !ap_rst" + (f" && !({lacks})" if lacks else "")
        none = "run == 0" if self.length > 1 else "1'b1"
        if self.slot_bits:
            begins += f" && (slot == 0 || {none})"
        ready = streams.gated(self.enable(self.interval - 1))
        waits = "".join(f" && !{name}_TVALID" for name in last_writes(writer.function))
        end = self._end()  # before the registers, of which it may want some
        moves = [*writer.registers(), *self._moves()]
        if streams.any:
            moves = ["        if (go) begin", *(f"    {line}" for line in moves), "        end"]
        resets = ["            run <= 0;"] if self.length > 1 else []
        resets += ["            slot <= 0;"] if self.slot_bits else []
        reset = ["        if (ap_rst) begin", *resets, "        end"] if resets else []
        return [
            f"    assign begins = {begins};",
            f"    assign ap_idle = !ap_start && {none}{waits};",
            f"    assign ap_ready = {ready};",
            *end,
            "    always @(posedge ap_clk) begin",
            *moves,
            *reset,
            "    end",
        ]

    def _end(self) -> list[str]:
        """A call ends in its last cycle or, with an output stream, when its last beat is taken."""
        writer, last = self.writer, self.length - 1
        sinks = list(last_writes(writer.function))
        done = writer.streams.gated(self.enable(last))
        if sinks:  # of several nobody asks
            done = f"{sinks[0]}_TVALID && {sinks[0]}_TREADY && {writer.streams.mark(sinks[0])}"
        lines = [f"    assign ap_done = {done};"]
        if writer.function.return_bits:
            end = self.block.end
            assert isinstance(end, Return) and end.value is not None
            value = writer.path.value(end.value, self.block.name, last)
            lines.append(f"    assign ap_return = {value};")
        return lines

    def _moves(self) -> list[str]:
        lines = []
        if self.length > 1:
            moved = f"{{run[{self.length - 2}:1], begins}}" if self.length > 2 else "begins"
            lines.append(f"        run <= {moved};")
        if self.slot_bits:
            last = f"slot == {self.interval - 1}"
            following = f"slot == 0 && run == 0 || {last} ? 0 : slot + 1"
            lines.append(f"        slot <= begins ? 1 : {following};")
        return lines
