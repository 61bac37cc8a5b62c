"""Straight-line code as a graph of operators joined by wires, bit for bit.

Extensions, truncations, shifts by constants and masks are wires: they take no time and no register.
What is left are operators, and for each operand bit where it comes from. So the registers that a
schedule needs are known exactly: one for each bit that is still wanted, and each stage it is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tools.errors import ToolError
from tools.hls.ir import COMPARE, Function, Op

Bit = tuple[int, int] | int
"""The node and which of its bits, or a constant 0 or 1."""
Word = tuple[Bit, ...]
"""Least significant bit first."""
SHIFTS = frozenset({"shl", "lshr", "ashr"})
LOGIC = frozenset({"and", "or", "xor"})
OPERATORS = COMPARE | SHIFTS | {
    "add", "sub", "mul", "udiv", "sdiv", "urem", "srem", "and", "or", "xor", "select",
}  # fmt: skip


@dataclass(frozen=True)
class Node:
    """An input, or an operator on words. `index` is its place in `Graph.nodes`."""

    index: int
    kind: str
    bits: int
    operands: tuple[Word, ...] = ()
    name: str = ""
    line: int = 0

    @cached_property
    def sources(self) -> tuple[int, ...]:
        """The nodes that it depends on."""
        found = (bit[0] for word in self.operands for bit in word if isinstance(bit, tuple))
        return tuple(sorted(set(found)))


@dataclass(frozen=True)
class Graph:
    """Operators in an order in which every operand comes first, and the results by name."""

    name: str
    nodes: tuple[Node, ...]
    outputs: tuple[tuple[str, Word], ...]

    @cached_property
    def inputs(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.kind == "input")

    @cached_property
    def operators(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.kind != "input")

    @cached_property
    def users(self) -> tuple[tuple[int, ...], ...]:
        """For each node, the operators that use it."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for node in self.nodes:
            for source in node.sources:
                found[source].append(node.index)
        return tuple(map(tuple, found))

    @cached_property
    def kept(self) -> frozenset[tuple[int, int]]:
        """The bits of nodes that results are made of."""
        return frozenset(b for _, word in self.outputs for b in word if isinstance(b, tuple))

    @cached_property
    def groups(self) -> tuple[tuple[int, int, tuple[int, ...], bool], ...]:
        """Bits of a node with the same users: (node, how many, users, whether in a result)."""
        wanted: dict[tuple[int, int], list[int]] = {}
        for node in self.operators:
            for word in node.operands:
                for bit in word:
                    if isinstance(bit, tuple):
                        wanted.setdefault(bit, []).append(node.index)
        counted: dict[tuple[int, tuple[int, ...], bool], int] = {}
        for bit in dict.fromkeys([*wanted, *sorted(self.kept)]):
            key = (bit[0], tuple(sorted(set(wanted.get(bit, ())))), bit in self.kept)
            counted[key] = counted.get(key, 0) + 1
        return tuple((node, n, users, kept) for (node, users, kept), n in counted.items())


def graph_of(function: Function) -> Graph:
    """The graph of a function of one block, without memories and streams.

    Raises `ToolError` when it has more than that.
    """
    if len(function.blocks) != 1:
        raise ToolError(
            f"{function.name!r} is not straight-line code: it has {len(function.blocks)} blocks; "
            "unroll its loops"
        )
    words: dict[int, Word] = {}
    nodes: list[Node] = []
    outputs: list[tuple[str, Word]] = []
    for op in function.blocks[0].ops:
        args = [words[arg] for arg in op.args]
        if op.kind == "output" and not op.predicate:
            outputs.append((op.name, args[0]))
        elif (through := routed(op, args)) is not None:
            words[op.id] = through
        elif op.kind == "input" or op.kind in OPERATORS:
            routes, args = partly_routed(op, args)
            bits = routes.count(None)
            nodes.append(Node(len(nodes), op.kind, bits, tuple(args), op.name, op.line))
            own = iter(range(bits))
            words[op.id] = tuple(
                (nodes[-1].index, next(own)) if bit is None else bit for bit in routes
            )
        else:
            raise ToolError(f"line {op.line}: a {op.kind!r} is no straight-line arithmetic")
    value = getattr(function.blocks[0].end, "value", None)
    if value is not None:
        outputs.append(("ap_return", words[value]))
    return without_dead(Graph(function.name, tuple(nodes), tuple(outputs)))


def routed(op: Op, args: Sequence[Word]) -> Word | None:
    """The result of an operation that is wires alone, or None."""
    if op.kind == "const":
        return tuple((op.value >> bit) & 1 for bit in range(op.bits))
    if op.kind == "trunc":
        return args[0][: op.bits]
    if op.kind in ("zext", "sext"):
        fill: Bit = args[0][-1] if op.kind == "sext" else 0
        return args[0] + (fill,) * (op.bits - len(args[0]))
    if op.kind in SHIFTS and (distance := _constant(args[1])) is not None:
        return _shifted(op.kind, args[0], distance)
    if op.kind in LOGIC:
        bits = [_combined(op.kind, a, b) for a, b in zip(*args, strict=True)]
        return None if None in bits else tuple(bit for bit in bits if bit is not None)
    return None


def partly_routed(op: Op, args: list[Word]) -> tuple[list[Bit | None], list[Word]]:
    """The bits of a result that are wires, None for those of the operator, and its operands."""
    routes: list[Bit | None] = [None] * op.bits
    if op.kind in LOGIC:
        routes = [_combined(op.kind, a, b) for a, b in zip(*args, strict=True)]
    elif op.kind == "select":
        routes = [a if a == b else None for a, b in zip(args[1], args[2], strict=True)]
    elif op.kind in ("add", "sub"):
        for place, (a, b) in enumerate(zip(*args, strict=True)):
            if b != 0 and (a != 0 or op.kind == "sub"):
                break
            routes[place] = b if b != 0 else a
    else:
        return routes, args
    own = [place for place, bit in enumerate(routes) if bit is None]
    return routes, [
        word if op.kind == "select" and n == 0 else tuple(word[place] for place in own)
        for n, word in enumerate(args)
    ]


def _shifted(kind: str, word: Word, distance: int) -> Word:
    distance = min(distance, len(word))
    if kind == "shl":
        return (0,) * distance + word[: len(word) - distance]
    fill: Bit = word[-1] if kind == "ashr" else 0
    return word[distance:] + (fill,) * distance


def _combined(kind: str, a: Bit, b: Bit) -> Bit | None:
    """A bit of a logic operation that is a wire or a constant, or None."""
    if isinstance(a, int):
        a, b = b, a
    if not isinstance(b, int):
        return a if a == b and kind != "xor" else 0 if a == b else None
    if kind == "and":
        return a if b else 0
    if kind == "or":
        return 1 if b else a
    return (a ^ b if isinstance(a, int) else None) if b else a


def _constant(word: Word) -> int | None:
    """The value of a word of constants."""
    if not all(isinstance(bit, int) for bit in word):
        return None
    return sum(bit << place for place, bit in enumerate(word) if isinstance(bit, int))


def without_dead(graph: Graph) -> Graph:
    """The graph without operators that no result depends on; inputs stay."""
    live = {bit[0] for bit in graph.kept}
    for node in reversed(graph.nodes):
        if node.index in live:
            live.update(node.sources)
    kept = [node for node in graph.nodes if node.index in live or node.kind == "input"]
    return _renumbered(graph, kept)


def _renumbered(graph: Graph, kept: Iterable[Node]) -> Graph:
    new: dict[int, int] = {}
    nodes = []
    for node in kept:
        new[node.index] = len(new)
        words = tuple(_moved(word, new) for word in node.operands)
        nodes.append(Node(new[node.index], node.kind, node.bits, words, node.name, node.line))
    outputs = tuple((name, _moved(word, new)) for name, word in graph.outputs)
    return Graph(graph.name, tuple(nodes), outputs)


def _moved(word: Word, new: dict[int, int]) -> Word:
    return tuple((new[bit[0]], bit[1]) if isinstance(bit, tuple) else bit for bit in word)
