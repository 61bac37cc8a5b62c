"""How many cycles a scheduled function takes: exact where its loops' trip counts are constant."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tools.hls.ir import Function, Jump, Return
from tools.hls.loops import Loop, dominators, loops, order
from tools.hls.modulo import Schedule
from tools.hls.trips import trip_count


@dataclass(frozen=True)
class Span:
    """The least and the most of something; `most` is None when it has no known end."""

    least: int
    most: int | None

    def __add__(self, other: "Span") -> "Span":
        most = None if self.most is None or other.most is None else self.most + other.most
        return Span(self.least + other.least, most)

    def times(self, other: "Span") -> "Span":
        most = None if self.most is None or other.most is None else self.most * other.most
        return Span(self.least * other.least, most)

    def either(self, other: "Span") -> "Span":
        most = None if self.most is None or other.most is None else max(self.most, other.most)
        return Span(min(self.least, other.least), most)


_DRAIN = 3


def least_cycles(function: Function, schedules: Mapping[str, Schedule]) -> int | None:
    """A bound that no schedule goes below: the function's pipelined loops alone, each iteration at
    the least interval, without their depth. None where their trip counts are not constant."""
    bare = {
        name: Schedule({}, schedule.least or 0, schedule.least)
        for name, schedule in schedules.items()
    }
    whole = Latency(function, bare).whole() + exactly(1)
    return whole.most if whole.least == whole.most else None


def exactly(count: int) -> Span:
    return Span(count, count)


@dataclass
class Latency:
    """The cycles (`loop`) and iterations (`trips`) of each loop whose blocks are scheduled, and the
    cycles of one iteration."""

    function: Function
    schedules: Mapping[str, Schedule]
    trips: dict[str, Span] = field(default_factory=dict)
    loop: dict[str, Span] = field(default_factory=dict)
    iteration: dict[str, Span] = field(default_factory=dict)
    _around: dict[str, Loop] = field(default_factory=dict)
    """The outermost loop that each block is in, of those that are done."""

    def __post_init__(self) -> None:
        self.ops = self.function.by_id()
        self.blocks = {b.name: b for b in self.function.blocks}
        self.order = order(self.function)
        for loop in loops(self.function):
            if any(name not in self.schedules for name in loop.blocks):
                continue
            self.trips[loop.header] = self._trips(loop)
            self.loop[loop.header] = self._cycles(loop)
            self._around |= dict.fromkeys(loop.blocks, loop)

    def whole(self) -> Span:
        """The cycles from a call's start to its end, when no stream makes it wait."""
        ends = self._ends(self.order[0], set(self.order))
        found = [s for n, s in ends.items() if isinstance(self.blocks[n].end, Return)]
        if not found:
            return Span(0, None)
        span = found[0]
        for other in found[1:]:
            span = span.either(other)
        return span + Span(-1, -1) + self._drain(ends)

    def _drain(self, ends: Mapping[str, Span]) -> Span:
        """The cycles behind the last state in which an AXI4-Stream's last beat is marked and taken;
        one where a call has written none."""
        streams = self.function.streams.values()
        outs = {s.name for s in streams if s.direction == "out" and not s.fifo}
        if not outs:
            return exactly(0)
        if self.function.overlaps:
            return exactly(1)  # its mark goes with the beat
        always = dominators(self.function)
        returns = [n for n in ends if isinstance(self.blocks[n].end, Return)]
        sure = any(
            op.kind == "write" and op.name in outs and not op.predicate
            for name in set.intersection(*(always[n] for n in returns))
            for op in self.blocks[name].ops
        )
        return exactly(_DRAIN) if sure else Span(1, _DRAIN)

    def _ends(self, start: str, inside: set[str]) -> dict[str, Span]:
        """The cycles from `start` to the end of each block; loops within are taken whole."""
        begins, ends = {start: exactly(0)}, dict[str, Span]()
        for name in self.order:
            if name not in begins:
                continue
            loop = self._around.get(name)
            members = loop.blocks if loop else {name}
            span = begins[name] + (self.loop[loop.header] if loop else self._block(name))
            for member in members:
                ends[member] = span
                for target in self.blocks[member].successors():
                    if target in inside and target not in members and target != start:
                        old = begins.get(target)
                        begins[target] = old.either(span) if old else span
        return ends

    def is_idle(self, name: str) -> bool:
        """Whether a block does nothing but jump: it is passed by."""
        block = self.blocks[name]
        busy = any(op.kind != "const" for op in block.ops) or name == self.order[0]
        return not busy and isinstance(block.end, Jump)

    def _block(self, name: str) -> Span:
        block = self.blocks[name]
        if self.is_idle(name):
            return exactly(0)
        if block.call:
            return Span(*self.function.callees[block.call.name].cycles) + exactly(1)
        return exactly(self.schedules[name].length)

    def _cycles(self, loop: Loop) -> Span:
        trips, schedule = self.trips[loop.header], self.schedules[loop.header]
        if schedule.interval is not None:
            self.iteration[loop.header] = exactly(schedule.length)
            again = trips + Span(-1, -1)
            return again.times(exactly(schedule.interval)) + exactly(schedule.length)
        ends = self._ends(loop.header, loop.blocks)
        self.iteration[loop.header] = once = ends.get(loop.latch, Span(0, None))
        whole = trips.times(once)
        leaving = [ends[name].least for name in self._exits(loop) if name in ends]
        return Span(min([whole.least, *leaving]), whole.most)

    def _exits(self, loop: Loop) -> list[str]:
        """The blocks besides the latch from which the loop can be left."""
        return [
            name
            for name in loop.blocks - {loop.latch}
            if any(target not in loop.blocks for target in self.blocks[name].successors())
        ]

    def _trips(self, loop: Loop) -> Span:
        count = trip_count(self.function, self.ops, loop)
        if count is not None:
            return Span(1 if self._exits(loop) else count, count)
        pragmas = self.function.loops.get(loop.header)
        if pragmas and pragmas.trips and pragmas.trips[1]:
            return Span(*pragmas.trips)
        return Span(1, None)
