"""Verilog of a scheduled graph: a pipeline that takes a call in every cycle."""

from collections.abc import Iterable, Sequence

from tools.hls.schedule.emit import Place, Where, expression, word_text
from tools.hls.schedule.graph import Graph, Word

Kept = dict[int, dict[int, list[int]]]
"""For each stage, the bits of each node that registers at its end keep."""


def pipeline(graph: Graph, stages: Sequence[int], depth: int, name: str) -> str:
    """The scheduled graph as a module that takes a call in every cycle.

    `ap_vld_in` says that the inputs, ports `NAME_in`, are a call's; its outputs, `NAME_out`, are
    there `depth - 1` cycles later with `ap_vld_out`. Nothing is reset but the valid bits.
    """
    last = depth - 1
    ports = ["input ap_clk", "input ap_rst", "input ap_vld_in", "output ap_vld_out"]
    ports += [f"input [{node.bits - 1}:0] {node.name}_in" for node in graph.inputs]
    ports += [f"output [{len(word) - 1}:0] {port}_out" for port, word in graph.outputs]
    kept = _kept_bits(graph, stages, last)
    lines = [_valid(last)]
    for stage in range(last + 1):
        where = _finder(graph, stages, kept, stage)
        lines.append(f"// stage {stage}")
        for node in graph.operators:
            if stages[node.index] == stage:
                text = expression(node, where)
                lines.append(f"wire [{node.bits - 1}:0] n{node.index} = {text};")
        for index, bits in kept.get(stage, {}).items():
            word: Word = tuple((index, bit) for bit in bits)
            register = f"n{index}_r{stage}"
            lines.append(f"reg [{len(bits) - 1}:0] {register};")
            lines.append(f"always @(posedge ap_clk) {register} <= {word_text(word, where)};")
    where = _finder(graph, stages, kept, last)
    lines += [f"assign {port}_out = {word_text(word, where)};" for port, word in graph.outputs]
    head = f"module {name}(\n    " + ",\n    ".join(ports) + "\n);\n"
    return head + "\n".join(lines) + "\nendmodule\n"


def _valid(last: int) -> str:
    if not last:
        return "assign ap_vld_out = ap_vld_in;"
    shifted = f"{{valid[{last - 2}:0], ap_vld_in}}" if last > 1 else "ap_vld_in"
    return (
        f"reg [{last - 1}:0] valid;\n"
        f"always @(posedge ap_clk) valid <= ap_rst ? {last}'d0 : {shifted};\n"
        f"assign ap_vld_out = valid[{last - 1}];"
    )


def _kept_bits(graph: Graph, stages: Sequence[int], last: int) -> Kept:
    until: dict[tuple[int, int], int] = dict.fromkeys(graph.kept, last)
    for node in graph.operators:
        for used in _bits(node.operands):
            until[used] = max(until.get(used, 0), stages[node.index])
    kept: Kept = {}
    for (index, bit), end in sorted(until.items()):
        for stage in range(stages[index], end):
            kept.setdefault(stage, {}).setdefault(index, []).append(bit)
    return kept


def _bits(words: Iterable[Word]) -> set[tuple[int, int]]:
    return {bit for word in words for bit in word if isinstance(bit, tuple)}


def _finder(graph: Graph, stages: Sequence[int], kept: Kept, stage: int) -> Where:
    """Where a stage finds bits: a wire or port of its own, or a register at its start."""

    def where(index: int, bit: int) -> Place:
        node = graph.nodes[index]
        if stages[index] == stage:
            return f"{node.name}_in" if node.kind == "input" else f"n{index}", bit, node.bits
        bits = kept[stage - 1][index]
        return f"n{index}_r{stage - 1}", bits.index(bit), len(bits)

    return where
