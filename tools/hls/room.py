"""Whether the FIFOs of streams that a function keeps to itself hold what it puts into them."""

from collections.abc import Mapping, Sequence
from math import prod

from tools.errors import ToolError
from tools.hls.channels import Channel
from tools.hls.ir import Function, Return
from tools.hls.latency import Latency
from tools.hls.loops import Loop, dominators, loops
from tools.hls.modulo import Schedule


def check_room(
    function: Function, schedules: Mapping[str, Schedule], streams: Sequence[Channel]
) -> None:
    """Raises `ToolError` for a stream that surely gets more words before it is read than its FIFO
    holds: the hardware would wait for ever, whatever C simulation does."""
    latency = Latency(function, schedules)
    found = loops(function)
    dominated = dominators(function)
    ends = [b.name for b in function.blocks if isinstance(b.end, Return) and b.name in dominated]
    for channel in streams:
        for argument in channel.parameter.arguments():
            count = 0
            for block in function.blocks:
                writes = sum(op.kind == "write" and op.name == argument.name and not op.predicate
                             for op in block.ops)  # fmt: skip
                around = [loop for loop in found if block.name in loop.blocks]
                always = all(_outermost(around, block.name) in dominated[end] for end in ends)
                if not writes or not always or _is_read(function, around, argument.name):
                    continue
                count += writes * prod(latency.trips[loop.header].least for loop in around)
            if count > channel.depth:
                raise ToolError(
                    f"line {channel.line}: {count} words are written to the stream "
                    f"{channel.parameter.name!r} before it is read, and its FIFO holds "
                    f"{channel.depth}: say STREAM depth={count}, or let DATAFLOW run its writer "
                    "and its reader at once"
                )


def _outermost(around: Sequence[Loop], block: str) -> str:
    return max(around, key=lambda loop: len(loop.blocks)).header if around else block


def _is_read(function: Function, around: Sequence[Loop], name: str) -> bool:
    """Whether a loop around a write reads the stream too."""
    inside = {block for loop in around for block in loop.blocks}
    return any(
        op.kind == "read" and op.name == name
        for block in function.blocks
        if block.name in inside
        for op in block.ops
    )
