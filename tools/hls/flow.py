"""Loops that hardware cannot be made of: without a way out, or with two ways in."""

from collections.abc import Mapping

from tools.errors import ToolError
from tools.hls.ir import Branch, Function
from tools.hls.loops import endless, order, side_entry


def refuse_flow(function: Function, latches: Mapping[str, int]) -> None:
    """Refuse a loop that no way leads out of, or that is entered at two places.

    `latches` are the lines of loops by the blocks that end their iterations.
    """
    if stuck := endless(function):
        raise ToolError(
            f"{_where(function, stuck, latches)}a loop has no way out, so that no call would ever "
            "end; let it end by a count or a condition"
        )
    if entry := side_entry(function):
        raise ToolError(
            f"{_where(function, entry, latches)}a goto leads into a loop past its beginning; enter "
            "the loop at its beginning, with a condition for what the first round leaves out"
        )


def _where(function: Function, name: str, latches: Mapping[str, int]) -> str:
    """The line of a block, or of one that comes soon after it."""
    names = order(function)
    for block in map(function.block, names[names.index(name) :]):
        end = block.end.line if isinstance(block.end, Branch) else 0
        lines = (latches.get(block.name, 0), *(op.line for op in block.ops), end)
        if line := next((line for line in lines if line), 0):
            return f"line {line}: "
    return ""
