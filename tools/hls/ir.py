"""The word-level IR of the HLS engine: functions of blocks of operations on words of any width.

A function is in static single assignment form. Its blocks hold operations in an order in which
every operand comes first; a block ends with a jump, a branch or a return. Loops are found from the
blocks (`loops.py`). `text.py` prints a function and reads it back, `check.py` says what is wrong
with one, `interpret.py` runs one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from prompts.bus import Bus

Style = Literal["", "block", "distributed"]
Kind = Literal[
    "const",  # `value`, taken modulo 2**bits
    "input",  # a scalar argument `name`, stable during a call
    "phi",  # one operand for each predecessor, in the order of `Block.preds`
    "add", "sub", "mul", "udiv", "sdiv", "urem", "srem",
    "and", "or", "xor", "shl", "lshr", "ashr",
    "eq", "ne", "ult", "ule", "slt", "sle",
    "select",  # (condition, if true, if false)
    "zext", "sext",
    "trunc",  # the low bits
    "clz", "ctz",  # the zeros in front of the highest, behind the lowest one: of 0 all its bits
    "load",  # (address[, predicate]) of `name`; the value comes a cycle later
    "store",  # (address, value[, predicate]) to `name`; fewer bits go to bit `value` onwards
    "output",  # (value[, predicate]): a scalar result `name`, its last value counts
    "read",  # ([predicate]) of the stream `name`
    "write",  # (value[, predicate]) to the stream `name`
    "empty", "full",  # whether a read or a write of the stream `name` would wait
    "call",  # of the kept function `name`, at `Function.sites[value]`; alone in its block
]  # fmt: skip

COMMUTATIVE = frozenset({"add", "mul", "and", "or", "xor", "eq", "ne"})
COMPARE = frozenset({"eq", "ne", "ult", "ule", "slt", "sle"})
BINARY = COMPARE | {
    "add", "sub", "mul", "udiv", "sdiv", "urem", "srem", "and", "or", "xor", "shl", "lshr", "ashr",
}  # fmt: skip
PURE = BINARY | {"select", "zext", "sext", "trunc", "clz", "ctz"}
EFFECTS = frozenset({"store", "output", "read", "write", "call"})
"""Operations that stay even when nobody uses their result."""
MOST_REGISTERS = 4096
"""Bits of an array that can be kept in registers."""
ORDERED = EFFECTS | {"load", "empty", "full"}
"""Operations on state, whose order among those on the same state counts."""


@dataclass(frozen=True)
class Op:
    """One operation. `bits` is the width of its result (0: none); `args` are operations' ids.

    A shift by the width or more gives 0 (or the sign, for `ashr`); a division by zero gives all
    ones and leaves the dividend as the remainder. `predicate` says that the last operand is one bit
    and that the operation does nothing when that bit is 0. `line` is the line of the source.
    """

    id: int
    kind: Kind
    bits: int
    args: tuple[int, ...] = ()
    value: int = 0
    name: str = ""
    predicate: bool = False
    line: int = 0

    def with_args(self, args: tuple[int, ...]) -> "Op":
        if args == self.args:
            return self
        return Op(
            self.id, self.kind, self.bits, args, self.value, self.name, self.predicate, self.line
        )

    @property
    def condition(self) -> int | None:
        """The id of the predicate."""
        return self.args[-1] if self.predicate else None


@dataclass(frozen=True)
class Jump:
    target: str


@dataclass(frozen=True)
class Branch:
    """To `then` if the operation `condition` is 1, else to `other`."""

    condition: int
    then: str
    other: str
    line: int = 0


@dataclass(frozen=True)
class Return:
    """The end of a call; `value` is the id of the return value, or None."""

    value: int | None = None


End = Jump | Branch | Return


@dataclass
class Block:
    name: str
    preds: list[str] = field(default_factory=list)
    ops: list[Op] = field(default_factory=list)
    end: End = field(default_factory=Return)

    @property
    def phis(self) -> list[Op]:
        return [op for op in self.ops if op.kind == "phi"]

    @property
    def body(self) -> list[Op]:
        """The operations that are no phis."""
        return [op for op in self.ops if op.kind != "phi"]

    @property
    def call(self) -> Op | None:
        """The call of a kept function, for which the block waits."""
        return next((op for op in self.ops if op.kind == "call"), None)

    def successors(self) -> list[str]:
        if isinstance(self.end, Jump):
            return [self.end.target]
        if isinstance(self.end, Branch):
            return [self.end.then, self.end.other]
        return []


@dataclass(frozen=True)
class Memory:
    """An array: `words` of `bits`. `place` tells where it lives.

    `argument`: the caller's, behind `ap_memory` ports; `ram`: inside, kept between calls if
    `keeps` (static), with `initial` contents at power-up; `rom`: constant. `ports` is how many
    accesses there can be in a cycle. An `async_read` memory is built of registers or LUTs: its
    loads take no cycle.
    """

    name: str
    bits: int
    words: int
    place: Literal["argument", "ram", "rom"]
    initial: tuple[int, ...] = ()
    keeps: bool = False
    ports: int = 2
    async_read: bool = False
    direction: Literal["in", "out", "inout"] = "inout"
    line: int = 0
    origin: str = ""
    """The global variable of LLVM's that it is, or a part of: two may have one name here."""
    style: Style = ""
    """What to build it of: as the source asks, which `asked` tells, or as `storage` chooses.

    An argument that has one is a buffer between tasks, is behind a slave's bus, or belongs to a
    function that is kept apart.
    """
    asked: bool = False
    bus: Bus | None = None
    """What an argument is behind, if it is no port of the core."""
    handed: bool = False
    """Whether a kept function that is called uses it too."""
    bank_of: str = ""
    """The partitioned array that this is a bank of; an argument's banks have the same ports."""

    @property
    def argument(self) -> str:
        """The name of the whole array."""
        return self.bank_of or self.name

    @property
    def is_outside(self) -> bool:
        """Whether it is the caller's: its ports are the design's own border."""
        return self.place == "argument" and not self.style

    @property
    def is_remote(self) -> bool:
        """Whether it is memory behind an AXI4 master."""
        return self.bus is not None and self.bus.kind == "m_axi"

    @property
    def address_bits(self) -> int:
        return 32 if self.is_remote else max(1, (self.words - 1).bit_length())


@dataclass(frozen=True)
class Stream:
    """An AXI4-Stream or, with `fifo`, the ports of a FIFO, which can be used on both sides.

    One to a `memory` behind an AXI4 master has a `role` there: `ar`, `r`, `aw` or `w`; what is
    read (`r`) is taken `latency` cycles after it is asked for.
    """

    name: str
    bits: int
    direction: Literal["in", "out", "inout"]
    last: bool = True
    fifo: bool = False
    memory: str = ""
    role: str = ""
    latency: int = 0


Order = Literal["", "raw", "war", "waw"]
"""A read after a write, a write after a read, a write after a write; "" is any of them."""


@dataclass(frozen=True)
class Carried:
    """What the source says of a memory's dependences from one iteration to a later one: there are
    none or, with a `distance`, none that is less than so many iterations later. With `within` it
    says that there are none within an iteration."""

    memory: str
    distance: int = 0
    order: Order = ""
    within: bool = False


@dataclass(frozen=True)
class LoopPragmas:
    """What the source asks of a loop, by the name of its header block."""

    label: str = ""
    line: int = 0
    pipeline: bool | None = None  # None: not said
    interval: int | None = None
    trips: tuple[int, int] | None = None  # LOOP_TRIPCOUNT min, max
    carried: frozenset[Carried] = frozenset()
    flatten: bool = True  # False: LOOP_FLATTEN off
    unroll: bool = True  # False: UNROLL says how often, also once
    unrolled: int = 1  # iterations of the source in one, where the engine chose that
    least: int = 0  # the cycles that one iteration is to take (LATENCY)
    count: int | None = None  # the trip count, of a loop whose test does not tell
    rounds: frozenset[tuple[int, int]] = frozenset()
    """Of a flattened nest: bits that are 1 in the first of every so many iterations."""
    apart: str = ""
    """Why it is no pipeline together with the loop within it, where nobody has tried."""


@dataclass(frozen=True)
class Allocation:
    """At most `limit` operators for the operations of a kind, in the source's lines `first` to
    `last`; 0, 0 for everywhere. The clock makes `pieces` of each."""

    kind: Kind
    limit: int
    first: int = 0
    last: int = 0
    pieces: int = 1

    def covers(self, op: Op) -> bool:
        inside = not self.last or self.first <= op.line <= self.last
        return op.kind == self.kind and inside


@dataclass(frozen=True)
class Binding:
    """What the source asks of the operators of a kind in some of its lines: to be made of look-up
    tables alone, and to take so many cycles at least."""

    kind: Kind
    lines: frozenset[int]
    fabric: bool = False
    latency: int = 0

    def covers(self, op: Op) -> bool:
        return op.kind == self.kind and op.line in self.lines


@dataclass(frozen=True)
class Site:
    """A call of a kept function: the scalar inputs that it gives, in the order of the call's
    operands, and the caller's memory that each memory of the callee is."""

    callee: str
    line: int
    inputs: tuple[str, ...]
    memories: Mapping[str, str]


@dataclass(frozen=True)
class Callee:
    """A kept function with its own module, as its callers see it: what it `accesses` through
    each port of each memory, its scalar inputs with their bits, and the cycles from its start to
    its end."""

    name: str
    module: str
    accesses: Mapping[str, tuple[frozenset[str], ...]]
    inputs: Mapping[str, int]
    return_bits: int
    cycles: tuple[int, int | None]


@dataclass(frozen=True)
class Overlap:
    """PIPELINE of the top: the interval asked between its calls, and why they do not overlap, if
    they do not. Of a top that runs `free`, without control ports, nobody asks when a call ends.
    """

    interval: int
    why: str = ""
    free: bool = False


@dataclass
class Function:
    """A function; `blocks[0]` is its entry."""

    name: str
    blocks: list[Block]
    memories: dict[str, Memory] = field(default_factory=dict)
    streams: dict[str, Stream] = field(default_factory=dict)
    loops: dict[str, LoopPragmas] = field(default_factory=dict)
    arguments: list[tuple[str, int]] = field(default_factory=list)
    """Scalar inputs, with their widths, in the order of the parameters."""
    outputs: list[tuple[str, int]] = field(default_factory=list)
    """Scalar outputs likewise."""
    return_bits: int = 0
    allocations: list[Allocation] = field(default_factory=list)
    bindings: list[Binding] = field(default_factory=list)
    least_cycles: int = 0  # that a call is to take
    sites: list[Site] = field(default_factory=list)
    callees: dict[str, Callee] = field(default_factory=dict)
    """The kept functions that it calls, by their names, once they are compiled."""
    overlap: Overlap | None = None

    @property
    def overlaps(self) -> bool:
        """Whether a call may begin before the one before has ended: its one block is a pipeline."""
        return self.overlap is not None and not self.overlap.why

    def carried(self, header: str, memory: str) -> list[Carried]:
        """What the source says of a memory's dependences between a loop's iterations."""
        found = self.loops.get(header, LoopPragmas())
        return [rule for rule in found.carried if rule.memory == memory]

    def allocation(self, op: Op) -> int | None:
        """The place of the allocation that an operation counts for."""
        return next((i for i, a in enumerate(self.allocations) if a.covers(op)), None)

    def block(self, name: str) -> Block:
        return next(b for b in self.blocks if b.name == name)

    def ops(self) -> Iterator[Op]:
        for block in self.blocks:
            yield from block.ops

    def by_id(self) -> dict[int, Op]:
        return {op.id: op for block in self.blocks for op in block.ops}

    def users(self) -> dict[int, list[Op]]:
        """The operations that use each operation."""
        users: dict[int, list[Op]] = {op.id: [] for op in self.ops()}
        for op in self.ops():
            for arg in dict.fromkeys(op.args):
                users[arg].append(op)
        return users


def use_counts(function: Function) -> dict[int, int]:
    """How often each operation's result is an operand, a condition of a branch or returned."""
    found = dict.fromkeys(function.by_id(), 0)
    for block in function.blocks:
        ends = (getattr(block.end, "condition", None), getattr(block.end, "value", None))
        for id in (*(a for op in block.ops for a in op.args), *ends):
            if id is not None:
                found[id] += 1
    return found
