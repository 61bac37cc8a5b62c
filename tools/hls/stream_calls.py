"""The calls that `hls::stream` makes, as operations of the IR: a beat is one operation."""

from typing import TYPE_CHECKING

from tools.errors import ToolError
from tools.hls import ll
from tools.hls.beats import Beats
from tools.hls.ir import Op

if TYPE_CHECKING:
    from tools.hls.lower import Lowering


def stream_call(lower: "Lowering", call: ll.Instruction) -> Op | None:
    """A word of a read or a write of a stream, or a question about it."""
    name, layout = _stream(lower, call)
    build, stream = lower.build, lower.function.streams[name]
    kind = call.detail.removeprefix("siliwright_")
    if kind in ("empty", "full"):
        return build.add(kind, 1, name=name)  # type: ignore[arg-type]
    word, words = call.args[1].number, call.args[2].number
    assert word is not None and words is not None
    bits = 64 * words
    if kind == "read":
        if word == 0:
            beat = build.add("read", stream.bits, name=name)
            lower.beats[name] = layout.unpacked(build, beat, bits)
        whole = lower.beats[name]
        moved = build.binary("lshr", whole, build.const(64 * word, bits)) if word else whole
        return build.add("trunc", 64, moved)
    value = build.resize(lower.operand(call.args[3]), bits, False)
    value = build.binary("shl", value, build.const(64 * word, bits)) if word else value
    total = build.binary("or", lower.beats[name], value) if word else value
    lower.beats[name] = total
    if word == words - 1:
        build.add("write", 0, layout.packed(build, total), name=name)
    return None


def _stream(lower: "Lowering", call: ll.Instruction) -> tuple[str, Beats]:
    """The name of the stream that a call is about, and its layout."""
    pointer = lower.pointer(call.args[0])
    layout = lower.layouts.get(pointer.object)
    if layout is None:
        raise ToolError(f"line {call.line}: {pointer.object!r} is not a stream that is known here")
    if pointer.form.terms:
        raise ToolError(
            f"line {call.line}: which stream of the array {pointer.object!r} is meant depends on a "
            "variable; unroll the loop, or choose among the streams with a switch"
        )
    number = pointer.form.constant // layout.stride
    if not 0 <= number < len(layout.names):
        raise ToolError(f"line {call.line}: the array {pointer.object!r} has no stream {number}")
    return layout.names[number], layout
