"""LATENCY pragmas: a call, and an iteration of a loop, are made as long as their least; what lasts
too long is said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tools.hls.ir import Function, LoopPragmas, Return
from tools.hls.latency import Latency
from tools.hls.loops import loops
from tools.hls.modulo import Schedule
from tools.hls.pragmas import Pragma, Scope
from tools.report import Diagnostic


def least(found: Iterable[Scope], top: str) -> int:
    """The cycles that a call of the top takes at least."""
    return max((longest(scope.pragmas) for scope in found if _is_top(scope, top)), default=0)


def longest(pragmas: Iterable[Pragma]) -> int:
    """The greatest least latency that the pragmas of one scope ask for."""
    asked = (p.number("min", 0) or 0 for p in pragmas if p.kind == "latency")
    return max(asked, default=0)


def padded(function: Function, schedules: Mapping[str, Schedule]) -> dict[str, Schedule]:
    """The schedules with idle cycles behind what takes less than is asked: iterations of loops,
    inner before outer, and then the call as a whole."""
    made = dict(schedules)
    for loop in loops(function):
        asked = function.loops.get(loop.header, LoopPragmas()).least
        latency = Latency(function, made) if asked else None
        if latency is None or loop.header not in latency.loop:
            continue
        last = loop.header if latency.is_idle(loop.latch) else loop.latch
        made[last] = _lengthened(made[last], asked - latency.iteration[loop.header].least)
    if function.least_cycles:
        missing = function.least_cycles - Latency(function, made).whole().least
        for block in function.blocks:
            if isinstance(block.end, Return):
                made[block.name] = _lengthened(made[block.name], missing)
    return made


def _lengthened(schedule: Schedule, cycles: int) -> Schedule:
    return replace(schedule, length=schedule.length + max(0, cycles))


def unmet(
    function: Function, schedules: Mapping[str, Schedule], found: Iterable[Scope], top: str
) -> Iterator[Diagnostic]:
    """Warnings about the pragmas that do not hold, with what was reached."""
    latency = Latency(function, schedules)
    inner = set(function.callees)
    headers = {pragmas.line: header for header, pragmas in function.loops.items()}
    for scope, pragma in _pragmas(found):
        if _is_top(scope, top):
            reached = latency.whole().most
        elif scope.kind == "loop" and (header := headers.get(scope.line)) in latency.loop:
            assert header is not None
            reached = latency.iteration[header].most
        elif scope.name in inner:
            continue
        else:
            inlined = "is inlined" if scope.kind == "function" else "is unrolled or part of another"
            yield _said(pragma, f"has no effect: the {scope.kind} {inlined}")
            continue
        most = pragma.number("max")
        if most is not None and (reached is None or reached > most):
            what = "an unknown number of" if reached is None else str(reached)
            yield _said(pragma, f"max={most} is not met: it takes {what} cycles")


def not_heeded(found: Iterable[Scope]) -> Iterator[Diagnostic]:
    """The warnings where there is no one function to look at."""
    for _, pragma in _pragmas(found):
        yield _said(pragma, "has no effect in a dataflow region")


def _pragmas(found: Iterable[Scope]) -> Iterator[tuple[Scope, Pragma]]:
    return ((s, p) for s in found for p in s.pragmas if p.kind == "latency")


def _is_top(scope: Scope, top: str) -> bool:
    return scope.kind == "function" and scope.name == top


def _said(pragma: Pragma, why: str) -> Diagnostic:
    return Diagnostic("warning", f"LATENCY {why}", pragma.file, pragma.line, "PRAGMA")
