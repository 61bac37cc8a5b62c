"""A network of tasks that run at once, and the FIFOs, buffers and values that join them."""

from collections.abc import Sequence
from dataclasses import dataclass

from prompts.port import Port
from tools.hls.ir import Style
from tools.hls.latency import Span, exactly


@dataclass(frozen=True)
class Task:
    """A function with a module of its own.

    `takes` says that it uses the caller's inputs during its run: the call's `ap_ready` waits for
    it. `gives` says that it writes memories or scalars of the caller's: it begins a call only when
    the calls before are done.
    """

    name: str
    module: str
    line: int
    ports: tuple[Port, ...]
    span: Span
    takes: bool
    gives: bool


@dataclass(frozen=True)
class Fifo:
    """A stream from one task to another, or back to itself."""

    name: str
    bits: int
    depth: int
    writer: int
    reader: int


@dataclass(frozen=True)
class Buffer:
    """An array that one task fills and the next one uses: twice there, for two calls."""

    name: str
    bits: int
    words: int
    address_bits: int
    writer: int
    reader: int
    style: Style = ""


@dataclass(frozen=True)
class Value:
    """A scalar of each call, in a queue: from the task `writer`, or from the caller (None).

    `port` is the name of the reader's port, `source` that of the writer's or of the top's port.
    """

    name: str
    bits: int
    writer: int | None
    reader: int
    port: str
    source: str


Link = Fifo | Buffer | Value


@dataclass(frozen=True)
class Network:
    """The tasks, in the order of their calls in the source, and what joins them."""

    name: str
    tasks: tuple[Task, ...]
    fifos: tuple[Fifo, ...]
    buffers: tuple[Buffer, ...]
    values: tuple[Value, ...]

    @property
    def links(self) -> tuple[Link, ...]:
        return (*self.fifos, *self.buffers, *self.values)

    @property
    def most_calls(self) -> int:
        """Calls that can be under way at once."""
        return len(self.tasks) + 1

    def latency(self) -> Span:
        """Cycles from a call's start to its end, when the calls before are done.

        Tasks that streams join run at once, and wait for each other as the data decide: then the
        most is not known.
        """
        ends: list[Span] = []
        for number, task in enumerate(self.tasks):
            start = exactly(0)
            for before in self.before(number):
                start = later(start, ends[before] + exactly(1))
            if any(v.reader == number and v.writer is None for v in self.values):
                start = later(start, exactly(1))
            ends.append(start + task.span)
        whole = exactly(0)
        for end in ends:
            whole = later(whole, end)
        waits = any(fifo.writer != fifo.reader for fifo in self.fifos)
        return Span(whole.least, None if waits else whole.most)

    def before(self, number: int) -> Sequence[int]:
        """The tasks that must have ended before a task begins."""
        joined: tuple[Link, ...] = (*self.buffers, *self.values)
        return [c.writer for c in joined if c.reader == number and c.writer is not None]

    def interval(self) -> Span:
        """Cycles from one call to the next, of many: those of the slowest task, and a cycle."""
        slowest = exactly(0)
        for task in self.tasks:
            slowest = later(slowest, task.span + exactly(1))
        return Span(slowest.least, None if self.fifos else slowest.most)


def later(first: Span, second: Span) -> Span:
    """The later one of two."""
    ends = (first.most, second.most)
    most = None if ends[0] is None or ends[1] is None else max(ends[0], ends[1])
    return Span(max(first.least, second.least), most)
