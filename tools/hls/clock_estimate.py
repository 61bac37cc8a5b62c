"""The clock that a schedule should reach: that of the longest way within one of its cycles."""

from collections.abc import Mapping, Sequence

from tools.hls.dependences import result_latency
from tools.hls.ir import Block, Function
from tools.hls.modulo import FREE, Schedule
from tools.hls.multipliers import choosing_ns
from tools.hls.operation_delays import OperationDelays
from tools.hls.sharing import Unit
from tools.hls.timing import Clock


def estimated_mhz(
    function: Function, schedules: Mapping[str, Schedule], units: Sequence[Unit], clock: Clock
) -> float | None:
    """The clock in MHz, with the technology's margin for wires; None where no cycle has logic.

    It is less than the clock that was asked where a single operation takes longer than a period,
    as a block RAM's word does above 150 MHz on ECP5.
    """
    choosing = {use.op.id: choosing_ns(clock, len(u.uses)) for u in units for use in u.uses}
    longest = max(
        (_longest(function, b, schedules[b.name], choosing, clock) for b in function.blocks),
        default=0.0,
    )
    if not longest:
        return None
    return 1000 / (longest * (1 + clock.delays.margin) + clock.delays.register_ps / 1000)


def _longest(
    function: Function,
    block: Block,
    schedule: Schedule,
    choosing: Mapping[int, float],
    clock: Clock,
) -> float:
    """Nanoseconds between two registers, on the longest way through a block's operations."""
    ops = [op for op in block.body if op.kind not in FREE]
    delays = OperationDelays(function, ops, clock)
    late: dict[int, tuple[int, float]] = {}
    """By operation, the cycle in which its value is made, and when in it."""
    found = 0.0
    for op in ops:
        cycle = schedule.cycles[op.id]
        start = max(
            (late[arg][1] for arg in delays.operands(op) if late.get(arg, (-1,))[0] == cycle),
            default=0.0,
        )
        start += choosing.get(op.id, 0.0)
        end = start + (delays.wire(op) if start else 0.0) + delays.own(op)
        found = max(found, end + delays.behind.get(op.id, 0.0))
        latency = result_latency(op, function)
        late[op.id] = (cycle + latency, delays.out(op) if latency else end)
        found = max(found, late[op.id][1])
    return found
