"""LATENCY pragmas: a call is made as long as its least, and what lasts too long is said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tools.hls.ir import Function, Return
from tools.hls.latency import Latency
from tools.hls.modulo import Schedule
from tools.hls.pragmas import Pragma, Scope
from tools.report import Diagnostic


def least(found: Iterable[Scope], top: str) -> int:
    """The cycles that a call of the top takes at least."""
    asked = [p.number("min", 0) or 0 for s, p in _pragmas(found) if _is_top(s, top)]
    return max(asked, default=0)


def padded(function: Function, schedules: Mapping[str, Schedule]) -> dict[str, Schedule]:
    """The schedules with cycles at a call's end, so that it takes the least that is asked."""
    made = dict(schedules)
    if not function.least_cycles:
        return made
    missing = function.least_cycles - Latency(function, schedules).whole().least
    for block in function.blocks:
        if isinstance(block.end, Return) and missing > 0:
            schedule = made[block.name]
            made[block.name] = replace(schedule, length=schedule.length + missing)
    return made


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
            reached = _iteration(latency, header)
        elif scope.name in inner:
            continue
        else:
            inlined = "is inlined" if scope.kind == "function" else "is unrolled or part of another"
            yield _said(pragma, f"has no effect: the {scope.kind} {inlined}")
            continue
        most, least = pragma.number("max"), pragma.number("min")
        if most is not None and (reached is None or reached > most):
            what = "an unknown number of" if reached is None else str(reached)
            yield _said(pragma, f"max={most} is not met: it takes {what} cycles")
        if least is not None and reached is not None and reached < least:
            yield _said(pragma, f"min={least} has no effect on a loop: it takes {reached} cycles")


def not_heeded(found: Iterable[Scope]) -> Iterator[Diagnostic]:
    """The warnings where there is no one function to look at."""
    for _, pragma in _pragmas(found):
        yield _said(pragma, "has no effect in a dataflow region")


def _pragmas(found: Iterable[Scope]) -> Iterator[tuple[Scope, Pragma]]:
    return ((s, p) for s in found for p in s.pragmas if p.kind == "latency")


def _is_top(scope: Scope, top: str) -> bool:
    return scope.kind == "function" and scope.name == top


def _iteration(latency: Latency, header: str | None) -> int | None:
    """The cycles of one iteration of a loop, at most."""
    assert header is not None
    if latency.schedules[header].interval is not None:
        return latency.schedules[header].length
    cycles, trips = latency.loop[header].most, latency.trips[header].most
    return None if cycles is None or not trips else -(-cycles // trips)


def _said(pragma: Pragma, why: str) -> Diagnostic:
    return Diagnostic("warning", f"LATENCY {why}", pragma.file, pragma.line, "PRAGMA")
