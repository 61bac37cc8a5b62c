"""The calls that `hls::stream` makes, as operations of the IR: a beat is one operation.

Of an array of streams by an index that varies each stream has an operation, which counts when the
index is its number.
"""

from typing import TYPE_CHECKING

from prompts.interface import Interface
from tools.errors import ToolError
from tools.hls import ll
from tools.hls.beats import Beats
from tools.hls.build import Builder
from tools.hls.ir import Function, Op

if TYPE_CHECKING:
    from tools.hls.lower import Lowering


def stream_call(lower: "Lowering", call: ll.Instruction) -> Op | None:
    """A word of a read or a write of a stream, or a question about it."""
    layout, meant = _streams(lower, call)
    build, stream = lower.build, lower.function.streams[layout.names[0]]
    kind = call.detail.removeprefix("siliwright_")
    if kind in ("empty", "full"):
        return _chosen(build, [(build.add(kind, 1, name=name), here) for name, here in meant])  # type: ignore[arg-type]
    word, words = call.args[1].number, call.args[2].number
    assert word is not None and words is not None
    bits, key = 64 * words, meant[0][0] if len(meant) == 1 else "|".join(layout.names)
    if kind == "read":
        if word == 0:
            beats = [
                (build.add("read", stream.bits, name=name, predicate=here), here)
                for name, here in meant
            ]
            lower.beats[key] = layout.unpacked(build, _chosen(build, beats), bits)
        whole = lower.beats[key]
        moved = build.binary("lshr", whole, build.const(64 * word, bits)) if word else whole
        return build.add("trunc", 64, moved)
    value = build.resize(lower.operand(call.args[3]), bits, False)
    value = build.binary("shl", value, build.const(64 * word, bits)) if word else value
    total = build.binary("or", lower.beats[key], value) if word else value
    lower.beats[key] = total
    if word == words - 1:
        packed = layout.packed(build, total)
        for name, here in meant:
            build.add("write", 0, packed, name=name, predicate=here)
    return None


def _chosen(build: Builder, values: list[tuple[Op, Op | None]]) -> Op:
    """Of the values of several streams the one of the stream that is meant."""
    chosen = values[-1][0]
    for value, here in reversed(values[:-1]):
        assert here is not None
        chosen = build.add("select", value.bits, here, value, chosen)
    return chosen


def _streams(lower: "Lowering", call: ll.Instruction) -> tuple[Beats, list[tuple[str, Op | None]]]:
    """The layout of a call's stream and its name; of an array of streams by a varying index all
    names, each with the condition that it is the one."""
    pointer, build = lower.pointer(call.args[0]), lower.build
    layout = lower.layouts.get(pointer.object)
    if layout is None:
        raise ToolError(f"line {call.line}: {pointer.object!r} is not a stream that is known here")
    number = pointer.form.over(layout.stride)
    if pointer.form.terms and number is not None:
        index = lower.word(number, 32)
        return layout, [
            (name, build.binary("eq", index, build.const(place, 32)))
            for place, name in enumerate(layout.names)
        ]
    constant = pointer.form.constant // layout.stride
    if number is None or not 0 <= constant < len(layout.names):
        raise ToolError(f"line {call.line}: the array {pointer.object!r} has no stream {constant}")
    return layout, [(layout.names[constant], None)]


def check_ways(function: Function, interface: Interface) -> None:
    """Refuses a stream of the top that goes another way than was read out of the top's text."""
    given = {a.name: a.direction for a in interface.arguments if a.kind == "stream"}
    for op in function.ops():
        way = {"read": "in", "empty": "in", "write": "out", "full": "out"}.get(op.kind)
        if way and given.get(op.name, way) != way:
            raise ToolError(
                f"line {op.line}: which way the stream {op.name!r} goes cannot be told from the "
                "top's text; read or write it there by its name, or in a function that it is "
                "handed to by its name"
            )
