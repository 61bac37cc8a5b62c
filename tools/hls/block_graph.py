"""The logic between a block's registers and memories as a graph of operators, for feedback."""

from dataclasses import dataclass

from tools.hls.ir import Block, Branch, Function, Op, Return
from tools.hls.schedule.graph import (
    OPERATORS,
    Bit,
    Graph,
    Node,
    Word,
    partly_routed,
    routed,
    without_dead,
)


@dataclass(frozen=True)
class BlockGraph:
    """`ops` are the operations by node: inputs of the graph are what registers and memories give.

    `sinks` are the operations that take words without being operators, with the nodes of these.
    """

    graph: Graph
    ops: tuple[int, ...]
    sinks: tuple[tuple[int, tuple[int, ...]], ...]


def block_graph(function: Function, block: Block) -> BlockGraph | None:
    """The graph of a block; None where it has an operator that feedback does not know."""
    by_id = function.by_id()
    words: dict[int, Word] = {}
    nodes: list[Node] = []
    outputs: list[tuple[str, Word]] = []

    def source(op: Op) -> Word:
        if op.kind == "const":
            return tuple((op.value >> bit) & 1 for bit in range(op.bits))
        nodes.append(Node(len(nodes), "input", op.bits, (), f"x{op.id}", op.line))
        return tuple((len(nodes) - 1, bit) for bit in range(op.bits))

    def word(id: int) -> Word:
        if id not in words:
            words[id] = source(by_id[id])
        return words[id]

    for op in block.body:
        if op.kind in ("const", "input"):
            continue
        args = [word(arg) for arg in op.args]
        through = routed(op, args) if op.bits else None
        if through is not None:
            words[op.id] = through
        elif op.kind in OPERATORS:
            routes, args = partly_routed(op, args)
            nodes.append(Node(len(nodes), op.kind, routes.count(None), tuple(args), f"x{op.id}",
                              op.line))  # fmt: skip
            own: list[Bit] = [(len(nodes) - 1, bit) for bit in range(routes.count(None))]
            words[op.id] = tuple(own.pop(0) if bit is None else bit for bit in routes)
        elif op.kind in ("clz", "ctz"):
            return None
        else:
            outputs += [(f"s{op.id}_{n}", args[n]) for n in range(len(args))]
    leaving = [i for b in function.blocks for i in _used(b, block)]
    outputs += [(f"k{id}", words[id]) for id in dict.fromkeys(leaving) if id in words]
    graph = without_dead(Graph(function.name, tuple(nodes), tuple(outputs)))
    sinks = tuple(
        (int(name[1:].split("_")[0]), tuple({bit[0] for bit in found if isinstance(bit, tuple)}))
        for name, found in graph.outputs
        if name[0] == "s"
    )
    return BlockGraph(graph, tuple(int(node.name[1:]) for node in graph.nodes), sinks)


def _used(user: Block, block: Block) -> list[int]:
    """The values that a block uses in another cycle or another block than that which made them."""
    phis = [arg for phi in user.phis for arg in phi.args]
    end = user.end
    ends = [end.condition] if isinstance(end, Branch) else []
    if isinstance(end, Return) and end.value is not None:
        ends.append(end.value)
    inside = [] if user is block else [arg for op in user.body for arg in op.args]
    return [*phis, *ends, *inside]
