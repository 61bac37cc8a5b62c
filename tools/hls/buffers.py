"""What the buffers between tasks are built of, which the schedules of both tasks count on."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from tools.hls.ir import Function
from tools.hls.memories import Ports
from tools.hls.modulo import Schedule
from tools.hls.storage import style
from tools.hls.timing import Clock
from tools.hls.uses import found_in


def choose_buffers(
    function: Function, buffers: Collection[str], filled: Mapping[str, int], clock: Clock
) -> None:
    """Give a style to those of a task's arguments that are `buffers`, before it is scheduled.

    `filled` has those whose writer is scheduled already, and at how many ports it stores. The
    writer itself, of whose reader nothing is known yet, counts on stores from both sides: then a
    word that it reads back comes latest.
    """
    used = found_in(function)
    for name in used.loads | used.stores:
        if name not in buffers:
            continue
        memory = function.memories[name]
        stores = filled.get(name, 1) + (name in used.stores)
        twice = replace(memory, words=2 * memory.words)
        function.memories[name] = replace(memory, style=style(twice, stores, clock))


def filled_by(function: Function, schedules: Mapping[str, Schedule]) -> dict[str, int]:
    """At how many ports a scheduled function stores to each of its arguments.

    One that it reads as well counts as two: the halves of the buffer have ports for both tasks.
    """
    ports = Ports(function, schedules)
    used = found_in(function)
    return {
        name: 2 if name in used.loads else len({ports.of[op.id] for op in ports.all[name]})
        for name in used.stores
    }
