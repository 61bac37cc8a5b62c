"""Random kernels with streams, memory behind AXI and registers, of one process or of tasks."""

from dataclasses import dataclass, replace

from fuzz.program import Program
from fuzz.sequential import CLOCKS, Sequential
from fuzz.source import Counter, Place, Scope
from fuzz.statements import Parameter
from fuzz.testbench import Argument, testbench

HEADER = '#include <stdint.h>\n#include "ap_int.h"\n#include "hls_stream.h"\n'


@dataclass(frozen=True)
class Channel:
    """What goes from one place to another: a stream of tokens, or an array of as many elements."""

    name: str
    type: str
    tokens: int
    is_stream: bool

    @property
    def parameter(self) -> str:
        if self.is_stream:
            return f"hls::stream<{self.type}> &{self.name}"
        return f"{self.type} {self.name}[{self.tokens}]"

    @property
    def place(self) -> Place:
        return Place(f"{self.name}[{{}}]", self.type, (self.tokens,), False)


class Protocols(Sequential):
    """Kernels in which each channel is read or written once in each iteration of a loop."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed, self.types_of(seed))
        self.tokens = self.one(4, 6, 8, 12)

    @staticmethod
    def types_of(seed: int) -> str:
        return ("plain", "wide")[seed % 2]

    def channel(self, stream_chance: float, name: str = "") -> Channel:
        kind = self.whole_kind()
        return Channel(name or self.fresh("c"), kind, self.tokens, self.chance(stream_chance))

    def moved(self, inputs: list[Channel], outputs: list[Channel], scope: Scope) -> None:
        """A loop that takes from all inputs, and gives to all outputs, in each iteration."""
        counter = Counter(self.fresh("i"), 0, self.tokens - 1)
        name = counter.name
        inner = scope.inner(counter, rounds=self.tokens)
        inner = replace(inner, may_leave=False, may_return=False)
        inner.places.extend(c.place for c in inputs if not c.is_stream)
        with self.block(f"for (int {name} = 0; {name} < {self.tokens}; {name}++)"):
            if self.chance(0.5):
                self.pragma(self.one("PIPELINE II=1", "PIPELINE II=2", "PIPELINE off"))
            for channel in inputs:
                if channel.is_stream:
                    given = self.fresh("q")
                    self.line(f"{channel.type} {given} = {channel.name}.read();")
                    inner.places.append(Place(given, channel.type))
            if self.chance(0.7):
                self.statements(inner, 2, 2)
            used = "".join(f" ^ {p.text.format(name)}" for p in inner.places if p.text[0] == "q")
            for channel in outputs:
                value = self.converted(channel.type, inner, 2) + used * (channel is outputs[0])
                if channel.is_stream:
                    self.line(f"{channel.name}.write({value});")
                else:
                    self.line(f"{channel.name}[{name}] = {value};")

    def finished(self, arguments: list[Argument], calls: int = 4) -> Program:
        text = HEADER + "\n".join(self.lines) + "\n"
        return Program(text, testbench(arguments, {}, calls), self.one(*CLOCKS))

    def argument(self, channel: Channel, is_output: bool) -> Argument:
        tokens = -self.tokens if is_output else self.tokens
        return Argument(
            channel.name, channel.type, channel.parameter,
            () if channel.is_stream else (self.tokens,), tokens if channel.is_stream else 0,
        )  # fmt: skip


class Ports(Protocols):
    """One process whose arguments are behind all kinds of ports."""

    def program(self) -> Program:
        inputs = [self.channel(1.0) for _ in range(self.random.randint(0, 2))]
        outputs = [self.channel(1.0) for _ in range(self.random.randint(0, 2))]
        arguments = [self.argument(c, False) for c in inputs]
        arguments += [self.argument(c, True) for c in outputs]
        scope = Scope([], result=self.whole_kind(), may_return=False)
        pragmas = [f"INTERFACE {self.one('axis', 'ap_fifo')} port={a.name}" for a in arguments]
        for number in range(self.random.randint(0 if arguments else 1, 2)):
            name, kind, size = f"p{number}", self.plain_type(), self.one(8, 16, 20)
            bundle = self.one("", f" bundle=g{number}")
            arguments.append(Argument(name, kind, f"{kind} *{name}", (size,)))
            pragmas.append(f"INTERFACE m_axi port={name} depth={size}{bundle}")
            scope.places.append(Place(f"{name}[{{}}]", kind, (size,)))
        is_lite = self.chance(0.5)
        for number in range(self.random.randint(0, 2)):
            kind = self.plain_type()
            arguments.append(Argument(f"s{number}", kind, f"{kind} s{number}"))
            scope.places.append(Place(f"s{number}", kind))
            pragmas += [f"INTERFACE s_axilite port=s{number}"] * is_lite
        pragmas += ["INTERFACE s_axilite port=return"] * is_lite
        with self.block(f"{scope.result} top({', '.join(a.text for a in arguments)})"):
            for pragma in pragmas:
                self.pragma(pragma)
            for _ in range(self.one(0, 1, 1)):
                self.declared(scope)
            self.loops(inputs, outputs, scope)
            self.line(f"return {self.converted(scope.result, scope, 1)};")
        return self.finished(arguments)

    def loops(self, inputs: list[Channel], outputs: list[Channel], scope: Scope) -> None:
        if inputs and outputs and self.chance(0.3):
            kept = Channel(self.fresh("m"), self.any_kind(), self.tokens, False)
            self.line(f"{kept.type} {kept.name}[{self.tokens}];")
            self.moved(inputs, [kept], scope)
            self.statements(scope, 1, 2)
            self.moved([kept], outputs, scope)
        elif inputs or outputs:
            self.moved(inputs, outputs, scope)
        if self.chance(0.6) or not (inputs or outputs):
            self.statements(scope, 2, 3)


class Tasks(Protocols):
    """A dataflow region: tasks in a row, joined by streams and arrays, some around the next one."""

    def program(self) -> Program:
        count = self.random.randint(2, 4)
        given = [self.channel(0.5) for _ in range(self.random.randint(1, 2))]
        taken = [self.channel(0.5) for _ in range(self.random.randint(1, 2))]
        scalar = self.one("", self.plain_type())
        between: list[Channel] = []
        around: list[Channel] = []
        calls, inputs = [], given
        for number in range(count):
            is_last = number == count - 1
            outputs = taken if is_last else [self.channel(0.6) for _ in range(self.one(1, 1, 2))]
            late, around = around, []
            if number < count - 2 and self.chance(0.3):
                around = [self.channel(1.0)]
            calls.append(self.task(inputs, [*outputs, *around], "" if number else scalar))
            between += [*around, *([] if is_last else outputs)]
            inputs = [*outputs, *late]
        arguments = [self.argument(c, False) for c in given]
        arguments += [self.argument(c, True) for c in taken]
        if scalar:
            arguments.append(Argument("s", scalar, f"{scalar} s"))
        with self.block(f"void top({', '.join(a.text for a in arguments)})"):
            self.pragma("DATAFLOW")
            for channel in between:
                # Ways that meet again need FIFOs that hold what the others still work on.
                self.declare_channel(channel, len(between) == count - 1)
            for call in calls:
                self.line(call)
        return self.finished(arguments)

    def declare_channel(self, channel: Channel, may_be_short: bool) -> None:
        if channel.is_stream:
            self.line(f"hls::stream<{channel.type}> {channel.name};")
            if not may_be_short or self.chance(0.5):
                depth = self.one(2, 3, 16) if may_be_short else self.tokens
                self.pragma(f"STREAM variable={channel.name} depth={depth}")
            return
        self.line(f"{channel.type} {channel.name}[{self.tokens}];")
        if self.chance(0.3):
            self.cut(channel.name, (self.tokens,))

    def task(self, inputs: list[Channel], outputs: list[Channel], scalar: str) -> str:
        """Write a task, and return its call."""
        name = self.fresh("task")
        names = {c: self.fresh("q") for c in (*inputs, *outputs)}
        reads, writes = ([replace(c, name=names[c]) for c in side] for side in (inputs, outputs))
        parameters = [c.parameter for c in (*reads, *writes)]
        scope = Scope([], may_return=False)
        if scalar:
            parameters.append(f"{scalar} s")
            scope.places.append(Parameter("s", scalar).place)
        with self.block(f"static void {name}({', '.join(parameters)})"):
            self.moved(reads, writes, scope)
        given = [c.name for c in (*inputs, *outputs)] + ["s"] * bool(scalar)
        return f"{name}({', '.join(given)});"


def ports(seed: int) -> Program:
    return Ports(seed).program()


def tasks(seed: int) -> Program:
    return Tasks(seed).program()
