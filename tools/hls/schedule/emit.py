"""Verilog of operators: expressions, and a set of operators as a combinational module."""

import zlib
from collections.abc import Callable, Collection, Sequence

from tools.hls.schedule.graph import Bit, Graph, Node, Word

Place = tuple[str, int, int]
"""A bit of a Verilog vector: its name, the index, and the vector's width."""
Where = Callable[[int, int], Place]
"""Where a node's bit is found."""
_SYMBOLS = {
    "add": "+", "sub": "-", "mul": "*", "and": "&", "or": "|", "xor": "^", "shl": "<<",
    "lshr": ">>", "eq": "==", "ne": "!=", "ult": "<", "ule": "<=", "udiv": "/", "urem": "%",
}  # fmt: skip
_SIGNED = {"slt": "<", "sle": "<=", "sdiv": "/", "srem": "%"}


def word_text(word: Word, where: Where) -> str:
    """A word as a Verilog expression: slices of vectors and constants, joined."""
    parts: list[str] = []
    place = len(word)
    while place:
        place, text = _run(word, place, where)
        parts.append(text)
    return parts[0] if len(parts) == 1 else "{" + ", ".join(parts) + "}"


def _run(word: Word, end: int, where: Where) -> tuple[int, str]:
    """The longest run of bits below `end` that is one constant, slice or repetition."""
    top = word[end - 1]
    if isinstance(top, int):
        start = end
        while start and isinstance(word[start - 1], int):
            start -= 1
        digits = "".join(str(bit) for bit in reversed(word[start:end]))
        return start, f"{end - start}'b{digits}"
    start = end - 1
    name, index, width = where(*top)
    if start and word[start - 1] == top:
        while start and word[start - 1] == top:
            start -= 1
        return start, f"{{{end - start}{{{_slice(name, index, index, width)}}}}}"
    low = index
    while start and _next_below(word[start - 1], name, low, where):
        start -= 1
        low -= 1
    return start, _slice(name, index, low, width)


def _next_below(bit: Bit, name: str, index: int, where: Where) -> bool:
    return isinstance(bit, tuple) and where(*bit)[:2] == (name, index - 1)


def _slice(name: str, high: int, low: int, width: int) -> str:
    if high - low + 1 == width:
        return name
    return f"{name}[{high}]" if high == low else f"{name}[{high}:{low}]"


def expression(node: Node, where: Where) -> str:
    """What an operator computes."""
    texts = [word_text(word, where) for word in node.operands]
    if node.kind == "select":
        return f"{texts[0]} ? {texts[1]} : {texts[2]}"
    a, b = texts
    if node.kind == "ashr":
        return f"$signed({a}) >>> {b}"
    if node.kind in _SIGNED:
        text = f"$signed({a}) {_SIGNED[node.kind]} $signed({b})"
    else:
        text = f"{a} {_SYMBOLS[node.kind]} {b}"
    if node.kind in ("udiv", "sdiv", "urem", "srem"):
        zero = f"{{{node.bits}{{1'b1}}}}" if node.kind.endswith("div") else a
        return f"{b} == {len(node.operands[1])}'d0 ? {zero} : $unsigned({text})"
    return text


def inside(graph: Graph, members: Collection[int]) -> str:
    """The operators `members` as a module `m`, whose text does not depend on their numbers.

    Its inputs are the bits that come from elsewhere, its outputs those that go elsewhere. Nodes are
    named in an order that follows from the structure, so that equal pieces of unrolled code have
    equal texts.
    """
    order = _canonical(graph, members)
    names = {node: f"v{n}" for n, node in enumerate(order)}
    sources: dict[int, list[int]] = {}
    for index in order:
        for word in graph.nodes[index].operands:
            for bit in word:
                if isinstance(bit, tuple) and bit[0] not in names:
                    bits = sources.setdefault(bit[0], [])
                    if bit[1] not in bits:
                        bits.append(bit[1])
    inputs = {node: (f"i{n}", sorted(bits)) for n, (node, bits) in enumerate(sources.items())}

    def where(node: int, bit: int) -> Place:
        if node in names:
            return names[node], bit, graph.nodes[node].bits
        name, bits = inputs[node]
        return name, bits.index(bit), len(bits)

    ports = [f"input [{len(bits) - 1}:0] {name}" for name, bits in inputs.values()]
    lines = []
    for index in order:
        node = graph.nodes[index]
        lines.append(f"wire [{node.bits - 1}:0] {names[index]} = {expression(node, where)};")
    for number, (index, bits) in enumerate(_leaving(graph, order)):
        leaving: Word = tuple((index, bit) for bit in bits)
        ports.append(f"output [{len(bits) - 1}:0] o{number}")
        lines.append(f"assign o{number} = {word_text(leaving, where)};")
    return "module m(" + ", ".join(ports) + ");\n" + "\n".join(lines) + "\nendmodule\n"


def ends_of(graph: Graph, members: Collection[int], start: int, end: int) -> tuple[int, int]:
    """The nodes that a bit of the inputs and one of the outputs of `inside` belong to."""
    order = _canonical(graph, members)
    chosen = set(order)
    sources: dict[int, set[int]] = {}
    for index in order:
        for word in graph.nodes[index].operands:
            for bit in word:
                if isinstance(bit, tuple) and bit[0] not in chosen:
                    sources.setdefault(bit[0], set()).add(bit[1])
    first = [node for node, bits in sources.items() for _ in bits]
    last = [node for node, bits in _leaving(graph, order) for _ in bits]
    return first[start], last[end]


def _leaving(graph: Graph, order: Sequence[int]) -> list[tuple[int, list[int]]]:
    """The members' bits that are used elsewhere."""
    chosen = set(order)
    elsewhere = {bit for bit in graph.kept if bit[0] in chosen}
    for index in order:
        for user in graph.users[index]:
            if user not in chosen:
                for word in graph.nodes[user].operands:
                    elsewhere.update(b for b in word if isinstance(b, tuple) and b[0] == index)
    return [
        (index, bits)
        for index in order
        if (bits := sorted(bit for node, bit in elsewhere if node == index))
    ]


def _canonical(graph: Graph, members: Collection[int]) -> list[int]:
    """The members, operands first, by their structure and then by their place in the graph."""
    level: dict[int, int] = {}
    shape: dict[int, int] = {}
    for index in sorted(members):
        node = graph.nodes[index]
        level[index] = 1 + max((level.get(s, 0) for s in node.sources), default=0)
        operands = tuple(tuple(_shape(bit, shape) for bit in word) for word in node.operands)
        shape[index] = _stable(repr((node.kind, node.bits, operands)))
    return sorted(members, key=lambda index: (level[index], shape[index], index))


def _shape(bit: Bit, shape: dict[int, int]) -> object:
    return (shape.get(bit[0], 0), bit[1]) if isinstance(bit, tuple) else bit


def _stable(text: str) -> int:
    """A hash that is the same in every process."""
    return zlib.crc32(text.encode())
