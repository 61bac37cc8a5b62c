"""Writes a scheduled function as Verilog-2005: states, pipelines, datapath, memories and ports."""

from collections.abc import Mapping, Sequence

from tools.hls.call_pipeline import CallPipeline
from tools.hls.carries import apart
from tools.hls.datapath import Datapath
from tools.hls.expression import expression
from tools.hls.instances import Instances
from tools.hls.ir import Branch, Function, Jump, Op, Return
from tools.hls.memories import Access, Ports, ram
from tools.hls.modulo import Schedule
from tools.hls.sharing import Unit
from tools.hls.streams import Streams
from tools.hls.units import Units

CONTROL = (
    "input ap_clk", "input ap_rst", "input ap_start",
    "output ap_done", "output ap_idle", "output ap_ready",
)  # fmt: skip


class Writer:
    """One function; `shared` are the operators that serve several operations each."""

    def __init__(
        self,
        function: Function,
        schedules: Mapping[str, Schedule],
        shared: Sequence[Unit] = (),
    ) -> None:
        self.function = function
        self.schedules = dict(schedules)
        self.path = Datapath(function, self.schedules)
        self.ports = Ports(function, self.schedules)
        self.entry = function.blocks[0].name
        self.number = {b.name: i for i, b in enumerate(function.blocks)}
        self.states: dict[str, int] = {}
        for block in function.blocks:
            if self._idle(block.name):
                continue
            schedule = self.schedules[block.name]
            for cycle in range(1 if schedule.interval else schedule.length):
                self.states[self.state(block.name, cycle)] = len(self.states)
        self.calls = {block.name: block.call for block in function.blocks}
        self.apart = apart(function, self.schedules)
        self.overlapped = CallPipeline(self) if function.overlaps else None
        self.streams = Streams(self)
        self.units = Units(self, shared)
        self.instances = Instances(self)
        self.wires: list[str] = []
        self.again: dict[str, str] = {}
        if self.streams.sinks:
            self.states["S_flush"] = len(self.states)
        self.bits = max(1, (len(self.states) - 1).bit_length())

    def state(self, block: str, cycle: int) -> str:
        """The name of the state in which a block is in a cycle."""
        if self.schedules[block].interval:
            cycle = 0
        return f"S{self.number[block]}_{cycle}"

    def enable(self, block: str, cycle: int) -> str:
        """The condition that a block is in a cycle."""
        if self.overlapped:
            return self.overlapped.enable(cycle)
        if self.schedules[block].interval:
            held = cycle == 0 and self.streams.held(block)
            return f"fire{self.number[block]}" if held else f"run{self.number[block]}[{cycle}]"
        if block == self.entry and cycle == 0:
            return "starting"
        if (call := self.calls[block]) is not None:
            return f"(state == {self.state(block, cycle)} && {self.instances.done(call)})"
        return f"(state == {self.state(block, cycle)})"

    def text(self) -> str:
        body = [
            *self._wires(),
            *self.units.logic(),
            *self._memory_logic(),
            *self.instances.logic(),
            *self._outputs(),
            *self.streams.logic(),
            *(self.overlapped.logic() if self.overlapped else self._control()),
        ]
        ports = ",\n".join(f"    {p}" for p in self.port_list())
        states = self.overlapped.declarations() if self.overlapped else self._states()
        declared = [*states, *self._declarations()]
        lines = [f"module {self.function.name} (", ports, ");", *declared, *body, "endmodule", ""]
        return "\n".join(lines)

    def port_list(self) -> list[str]:
        """The declarations of the module's ports."""
        found = list(CONTROL)
        inputs = {op.name: op.bits for op in self.function.ops() if op.kind == "input"}
        for name, bits in self.function.arguments:
            if name in inputs or bits:
                found.append(f"input {_range(inputs.get(name, bits))}{name}")
        for memory in self.function.memories.values():
            if memory.place == "argument":
                found += self.ports.argument_ports(memory)
        found += self.streams.ports()
        for name, bits in self.function.outputs:
            found += [f"output {_range(bits)}{name}", f"output {name}_ap_vld"]
        if self.function.return_bits:
            found.append(f"output {_range(self.function.return_bits)}ap_return")
        return found

    def _states(self) -> list[str]:
        lines = [
            f"    localparam [{self.bits - 1}:0] {name} = {self.bits}'d{value};"
            for name, value in self.states.items()
        ]
        first = self.state(self.entry, 0)
        lines += [
            f"    reg [{self.bits - 1}:0] state;",
            f"    wire starting = state == {first} && ap_start && !ap_rst;",
        ]
        if self.streams.sinks:
            lines.append("    wire flushing = state == S_flush;")
        for name, schedule in self.schedules.items():
            if schedule.interval:
                lines.append(f"    reg [{schedule.length - 1}:0] run{self.number[name]};")
        return lines

    def _wires(self) -> list[str]:
        """Every operation that makes a value, in its cycle."""
        lines = []
        for block in self.function.blocks:
            for op in block.body:
                if op.bits == 0 or op.kind in ("const", "input"):
                    continue
                cycle = self.schedules[block.name].cycles.get(op.id, 0)
                if op.kind in ("read", "empty", "full"):
                    text = self.streams.value(op)
                elif op.kind == "call":
                    text = self.instances.value(op)
                elif op.kind == "load":
                    text = self.ports.read(op, self._use(op, 0, block.name, cycle))
                else:
                    text = self._expression(op, block.name, cycle)
                comment = f"  // line {op.line}" if op.line else ""
                self.wires.append(f"    wire {_range(op.bits)}v{op.id};")
                lines.append(f"    assign v{op.id} = {text};{comment}")
        return lines

    def _use(self, op: Op, index: int, block: str, cycle: int) -> str:
        return self.path.value(op.args[index], block, cycle)

    def _expression(self, op: Op, block: str, cycle: int) -> str:
        ops = self.path.ops

        def operand(id: int) -> str:
            return self.path.value(id, block, cycle)

        text = self.units.value(op) or expression(op, ops, operand)
        return f"~(~({text}))" if op.id in self.apart else text

    def _memory_logic(self) -> list[str]:
        accesses: dict[str, list[Access]] = {}
        for block in self.function.blocks:
            for op in block.body:
                if op.kind not in ("load", "store"):
                    continue
                cycle = self.schedules[block.name].cycles[op.id]
                when = self.enable(block.name, cycle)
                if op.predicate:
                    when = f"{when} && {self._use(op, -1, block.name, cycle)}"
                when = self.streams.gated(when)
                address = self._use(op, 0, block.name, cycle)
                data = self._use(op, 1, block.name, cycle) if op.kind == "store" else ""
                accesses.setdefault(op.name, []).append(Access(op, when, address, data, block.name))
        for access in self.instances.accesses():
            accesses.setdefault(access.op.name, []).append(access)
        lines: list[str] = []
        for memory in self.function.memories.values():
            found = accesses.get(memory.name, [])
            if memory.place == "argument":
                lines += self.ports.argument_logic(memory, found)
            elif found:
                lines += ram(memory, self.ports, found)
        return lines

    def _outputs(self) -> list[str]:
        lines = []
        for name, _ in self.function.outputs:
            when, value = [], ""
            for block in self.function.blocks:
                for op in block.body:
                    if op.kind != "output" or op.name != name:
                        continue
                    cycle = self.schedules[block.name].cycles[op.id]
                    enable = self.enable(block.name, cycle)
                    if op.predicate:
                        enable = f"{enable} && {self._use(op, -1, block.name, cycle)}"
                    when.append(f"({self.streams.gated(enable)})")
                    given = self._use(op, 0, block.name, cycle)
                    value = f"{enable} ? {given} : {value}" if value else given
            lines.append(f"    assign {name} = {value or 0};")
            lines.append(f"    assign {name}_ap_vld = {' || '.join(when) or 0};")
        return lines

    def _control(self) -> list[str]:
        first = self.state(self.entry, 0)
        done, returned = [], ""
        for block in self.function.blocks:
            if isinstance(block.end, Return):
                last = self.schedules[block.name].length - 1
                when = self.enable(block.name, last)
                done.append(f"({when})")
                if block.end.value is not None:
                    value = self.path.value(block.end.value, block.name, last)
                    returned = f"{when} ? {value} : {returned}" if returned else value
        steps = self._steps()
        again = [f"    assign {name} = {text};" for name, text in self.again.items()]
        lines = [*again, f"    assign ap_idle = state == {first} && !ap_start;"]
        lines += ["    assign ap_ready = ap_done;", *self._ending(done, returned)]
        phis = self._loop_phis()
        while phis != (more := self._loop_phis()):  # a phi may follow another one
            phis = more
        moves = [*self.units.left(), *self.registers(), *phis, *steps]
        if self.streams.any:
            moves = ["        if (go) begin", *(f"    {line}" for line in moves), "        end"]
        return [
            *lines,
            "    always @(posedge ap_clk) begin",
            *moves,
            *self._flush_step(first),
            "        if (ap_rst) begin",
            f"            state <= {first};",
            *(f"    {line}" for line in self.units.left()),
            *(
                f"            run{self.number[n]} <= 0;"
                for n, s in self.schedules.items()
                if s.interval
            ),
            "        end",
            "    end",
        ]

    def _ending(self, done: list[str], returned: str) -> list[str]:
        """A call ends in its last state or, with output streams, when their last beat is taken."""
        now = " || ".join(done) or "1'b0"
        result = (
            ["    assign ap_return = " + (returned or "0") + ";"]
            if self.function.return_bits
            else []
        )
        if not self.streams.sinks:
            return [f"    assign ap_done = {self.streams.gated(now)};", *result]
        if self.function.return_bits:
            bits = self.function.return_bits
            result = [
                f"    reg {_range(bits)}returned;",
                "    assign ap_return = returned;",
                f"    always @(posedge ap_clk) if ({now}) returned <= {returned or 0};",
            ]
        return [f"    assign ap_done = flushing && {self.streams.drained()};", *result]

    def _flush_step(self, first: str) -> list[str]:
        if not self.streams.sinks:
            return []
        return [f"        if (ap_done) state <= {first};"]

    def _steps(self) -> list[str]:
        """The moves from state to state, with the values of the phis of the block entered."""
        lines = []
        for block in self.function.blocks:
            schedule = self.schedules[block.name]
            if self._idle(block.name):
                continue
            if schedule.interval:
                lines += self._loop_steps(block.name)
                continue
            for cycle in range(schedule.length - 1):
                when = self.enable(block.name, cycle)
                lines.append(f"        if ({when}) begin")
                lines.append(f"            {self._to(self.state(block.name, cycle + 1))}")
                lines.append("        end")
            last = schedule.length - 1
            lines.append(f"        if ({self.enable(block.name, last)}) begin")
            lines += self._go(block.name, last, "            ")
            lines.append("        end")
        return lines

    def _go(self, name: str, cycle: int, indent: str) -> list[str]:
        block = self.path.blocks[name]
        end = block.end
        if isinstance(end, Return):
            following = "S_flush" if self.streams.sinks else self.state(self.entry, 0)
            return [f"{indent}state <= {following};"]
        if isinstance(end, Jump):
            return self._enter(name, end.target, cycle, indent)
        condition = self.path.value(end.condition, name, cycle)
        return [
            f"{indent}if ({condition}) begin",
            *self._enter(name, end.then, cycle, indent + "    "),
            f"{indent}end else begin",
            *self._enter(name, end.other, cycle, indent + "    "),
            f"{indent}end",
        ]

    def _enter(self, source: str, target: str, cycle: int, indent: str) -> list[str]:
        """From a cycle of `source` to the start of `target`; blocks without work are passed by."""
        block, before = self.path.blocks[target], source
        while self._idle(block.name):
            assert isinstance(block.end, Jump)
            block, before = self.path.blocks[block.end.target], block.name
        target = block.name
        at = block.preds.index(before)
        lines = [
            f"{indent}{self.path._phi_register(phi)} <= "
            f"{self.path.value(phi.args[at], source, cycle)};"
            for phi in block.phis
        ]
        lines += [f"{indent}{line}" for line in self.instances.entered(target, source, cycle)]
        lines.append(f"{indent}{self._to(self.state(target, 0))}")
        if self.schedules[target].interval:
            lines.append(f"{indent}run{self.number[target]} <= 1;")
        return lines

    def _to(self, state: str) -> str:
        return f"state <= {state};{self.units.entered(state)}"

    def _idle(self, name: str) -> bool:
        """Whether a block does nothing but jump."""
        block = self.path.blocks[name]
        busy = any(op.kind != "const" for op in block.ops)
        return not busy and isinstance(block.end, Jump) and name != self.entry

    def _loop_steps(self, name: str) -> list[str]:
        """A pipelined loop: iterations start at the interval as long as the condition holds."""
        block, schedule = self.path.blocks[name], self.schedules[name]
        interval = schedule.interval
        assert interval is not None
        run, length = f"run{self.number[name]}", schedule.length
        again = f"again{self.number[name]}"
        end = block.end
        if isinstance(end, Branch):
            condition = self.path.value(end.condition, name, interval - 1)
            stay = condition if end.then == name else f"!{condition}"
            target = end.other if end.then == name else end.then
        else:
            stay, target = "1'b1", name
        lines = [f"        if ({self._in(name)}) begin"]
        moved = f"{{{run}[{length - 2}:0], {again}}}" if length > 1 else again
        if self.streams.held(name):
            fire, rest = self.enable(name, 0), f"{run}[{length - 2}:1], " if length > 2 else ""
            moved = f"{{{rest}{fire}, {again} || ({run}[0] && !{fire})}}"
        lines.append(f"            {run} <= {moved};")
        lines.append("        end")
        if target != name:
            empty = f"{run}[{length - 2}:0] == 0 && " if length > 1 else ""
            lines.append(f"        if ({run}[{length - 1}] && {empty}!{again}) begin")
            lines += self._enter(name, target, length - 1, "            ")
            lines.append("        end")
        self.again[again] = f"{self.enable(name, interval - 1)} && {stay}"
        return lines

    def _in(self, block: str) -> str:
        return f"state == {self.state(block, 0)}"

    def _loop_phis(self) -> list[str]:
        """A pipelined loop's phis get the value for the next iteration when it is made."""
        lines = []
        for block in self.function.blocks:
            schedule = self.schedules[block.name]
            if not schedule.interval:
                continue
            at = block.preds.index(block.name)
            for phi in block.phis:
                if f"r{phi.id}" not in self.path.registers:
                    continue
                cycle = self.path.updated(phi)
                value = self.path.value(phi.args[at], block.name, cycle)
                when = self.enable(block.name, cycle)
                lines.append(f"        if ({when}) r{phi.id} <= {value};")
        return lines

    def registers(self) -> list[str]:
        """The moves of values from wires to registers, and from register to register."""
        done: set[str] = set()
        lines: list[str] = []
        while left := [r for n, r in self.path.registers.items() if n not in done]:
            for register in left:
                done.add(register.name)
                if register.source:
                    when = self.enable(register.block, register.cycle)
                    lines.append(f"        if ({when}) {register.name} <= {register.source};")
        return lines

    def _declarations(self) -> list[str]:
        registers = [f"    reg {_range(r.bits)}{r.name};" for r in self.path.registers.values()]
        again = [f"    wire {name};" for name in self.again]
        memories = self.ports.declarations()
        units = self.units.declarations()
        instances = self.instances.declarations()
        memories += self.streams.declarations()
        return [*self.wires, *units, *registers, *instances, *memories, *again]


def _range(bits: int) -> str:
    return f"[{bits - 1}:0] " if bits > 1 else ""


def write(
    function: Function, schedules: Mapping[str, Schedule], shared: Sequence[Unit] = ()
) -> str:
    """The Verilog of a function."""
    return Writer(function, schedules, shared).text()
