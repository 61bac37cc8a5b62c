"""What each memory is built of: decided once, for the schedule and for the Verilog.

A block RAM's word is there several nanoseconds after the clock's edge, that of a memory in look-up
tables at once. Synthesis is told which it is, so that it does what the schedule counts on.
"""

from collections import Counter
from dataclasses import replace

from tools.hls.ir import Function, Memory, Style
from tools.hls.schedule.delays import BLOCK_BITS
from tools.hls.timing import Clock

_FEWEST_BITS = 64
"""Up to here a memory is flip-flops when two stores meet in a cycle."""
_QUICK_BITS = 4 * BLOCK_BITS
"""Up to here look-up tables replace block RAMs that are too slow for the clock."""


def choose_rams(function: Function, clock: Clock) -> None:
    """Give a style to the function's own memories, where the source asks for none.

    It is to be called again after stores were doubled: look-up tables take one store in a cycle.
    """
    for name, memory in function.memories.items():
        if memory.place != "argument" and not memory.async_read and not memory.asked:
            stores = _stores(memory, function) if memory.ports > 1 else 1
            function.memories[name] = replace(memory, style=style(memory, stores, clock))


def style(memory: Memory, stores: int, clock: Clock) -> Style:
    """What suits a memory with so many stores in a cycle."""
    if clock.delays.block_ram_ps is None:
        return ""
    bits = memory.words * memory.bits
    if memory.place == "rom":
        return "block" if bits >= BLOCK_BITS else ""
    if stores > 1:
        return "block" if bits > _FEWEST_BITS else ""
    late = clock.delays.block_ram_ps / 1000 > clock.budget_ns
    return "distributed" if bits < (_QUICK_BITS if late else BLOCK_BITS) else "block"


def _stores(memory: Memory, function: Function) -> int:
    """The most stores to a memory that may meet in a cycle, which are those of one block."""
    return max(
        Counter(op.name for op in block.body if op.kind == "store")[memory.name]
        for block in function.blocks
    )
