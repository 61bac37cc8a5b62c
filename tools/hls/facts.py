"""What the engine did, as JSON values: latency, loops, operators, memories and the schedule."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from tools.hls.clock_estimate import estimated_mhz
from tools.hls.dependences import result_latency
from tools.hls.ir import COMPARE, Function, LoopPragmas, Op
from tools.hls.latency import Latency, Span, least_cycles
from tools.hls.loops import loops
from tools.hls.modulo import Schedule
from tools.hls.requests import accesses
from tools.hls.sharing import Unit
from tools.hls.timing import Clock, source_bits
from tools.report import Diagnostic

_FREE = frozenset({"const", "phi", "input", "zext", "sext", "trunc"})
_SHIFTS = frozenset({"shl", "lshr", "ashr"})
_MOST_SHOWN = 2_000
"""Operations in the schedule that is shown."""


def facts(
    function: Function,
    schedules: Mapping[str, Schedule],
    units: Sequence[Unit],
    clock: Clock,
    said: Sequence[Diagnostic],
) -> dict[str, Any]:
    """`latency`, `least_cycles` (a bound for it), `estimated_mhz`, `loops`, `operators`, `shared`
    ones, `memories`, `bursts`, `schedule` and `diagnostics`; `calls` and their `interval` where the
    top itself is to be pipelined.

    Cycles are counted from `ap_start` to `ap_done`; those of an unknown number are None.
    """
    latency = Latency(function, schedules)
    whole = latency.whole()
    return {
        "latency": _span(whole),
        "least_cycles": least_cycles(function, schedules),
        "period_ns": clock.period_ns,
        "estimated_mhz": estimated_mhz(function, schedules, units, clock),
        "loops": _loops(function, schedules, latency),
        "operators": _operators(function),
        "shared": [_shared(unit) for unit in units],
        "memories": [
            {"name": m.name, "place": _place(m.place, m.async_read), "words": m.words,
             "bits": m.bits, "ports": m.ports}
            for m in function.memories.values()
        ],
        "bursts": accesses(function),
        "schedule": _schedule(function, schedules),
        **_calls(function, schedules),
        "diagnostics": [asdict(d) for d in said],
    }  # fmt: skip


def _span(span: Span) -> dict[str, int | None]:
    return {"min": span.least, "max": span.most}


def _calls(function: Function, schedules: Mapping[str, Schedule]) -> dict[str, Any]:
    """How calls follow one another, where PIPELINE of the top asks for it."""
    if function.overlap is None:
        return {}
    schedule = schedules[function.blocks[0].name]
    interval = schedule.interval if function.overlaps else None
    why = function.overlap.why or schedule.why
    found = {"calls": {"asked": function.overlap.interval, "ii": interval, "why": why}}
    return found | ({"interval": {"min": interval, "max": interval}} if interval else {})


def _place(place: str, registers: bool) -> str:
    return {"argument": "interface", "rom": "rom"}.get(place, "registers" if registers else "ram")


def _loops(
    function: Function, schedules: Mapping[str, Schedule], latency: Latency
) -> list[dict[str, Any]]:
    found = []
    for loop in reversed(loops(function)):
        pragmas, schedule = function.loops.get(loop.header), schedules[loop.header]
        pipelined = schedule.interval is not None
        found.append(
            {
                "name": _loop_name(pragmas),
                "block": loop.header,
                "line": pragmas.line if pragmas else 0,
                "trips": _span(latency.trips[loop.header]),
                "latency": _span(latency.loop[loop.header]),
                "pipelined": pipelined,
                "ii": schedule.interval,
                "least_ii": schedule.least,
                "depth": schedule.length if pipelined else None,
                "why": schedule.why or (pragmas.apart if pragmas else ""),
                "asked": pragmas.interval if pragmas else None,
                "unrolled": pragmas.unrolled if pragmas else 1,
            }
        )
    return found


def _loop_name(pragmas: LoopPragmas | None) -> str:
    """A loop's label, or where it is."""
    if pragmas is None:
        return "loop without a line"
    return pragmas.label or f"loop at line {pragmas.line}"


def _operators(function: Function) -> list[dict[str, Any]]:
    ops = function.by_id()
    counts = Counter(_operator(op, ops) for op in ops.values() if _is_operator(op, ops))
    return [
        {"kind": kind, "bits": bits, "count": count}
        for (kind, bits), count in sorted(counts.items())
    ]


def _shared(unit: Unit) -> dict[str, Any]:
    """An operator, how many operations it serves, and at which lines."""
    lines = sorted({use.op.line for use in unit.uses if use.op.line})
    return {"kind": unit.uses[0].op.kind, "widths": list(unit.widths), "bits": unit.bits,
            "serves": len(unit.uses), "lines": lines}  # fmt: skip


def _is_operator(op: Op, ops: Mapping[int, Op]) -> bool:
    of_others = op.kind in {"load", "read", "empty", "full", "call"}
    return op.bits > 0 and not of_others and not _is_wire(op, ops)


def _is_wire(op: Op, ops: Mapping[int, Op]) -> bool:
    """Whether an operation takes no hardware: it only says which bits go where."""
    by_constant = op.kind in _SHIFTS and ops[op.args[1]].kind == "const"
    return op.kind in _FREE or by_constant


def _operator(op: Op, ops: Mapping[int, Op]) -> tuple[str, int]:
    if op.kind in COMPARE or op.kind in ("clz", "ctz"):
        return op.kind, ops[op.args[0]].bits
    if op.kind == "mul":
        return op.kind, max(source_bits(a, ops) for a in op.args)
    return op.kind, op.bits


def _schedule(function: Function, schedules: Mapping[str, Schedule]) -> list[dict[str, Any]]:
    """The operations of each block with their cycles; wires are left out."""
    found, ops = [], function.by_id()
    for block in function.blocks:
        schedule = schedules[block.name]
        shown = [op for op in block.body if op.id in schedule.cycles and not _is_wire(op, ops)]
        if not shown:
            continue
        found.append(
            {
                "block": block.name,
                "cycles": schedule.length,
                "ii": schedule.interval,
                "operations": [
                    {"kind": op.kind, "name": op.name, "bits": op.bits, "line": op.line,
                     "cycle": schedule.cycles[op.id], "latency": result_latency(op, function)}
                    for op in shown[:_MOST_SHOWN]
                ],
            }
        )  # fmt: skip
    return found
