"""Waveforms (VCD, FST, GHW): their signals, what these do in a window, and where two differ."""

import json
import threading
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from tools.errors import ToolError
from tools.plan import Command, Outcome, Plan, carry_out
from tools.process import Limits
from tools.report import Report

Radix = Literal["hex", "decimal", "signed", "binary"]
Value = int | float | str
"""A string holds bits of which some are x or z, or the text of a string variable."""
MOST_BYTES = 512 << 20
_WIDEST = 40
"""Columns of a table; more do not help a reader."""


@dataclass(frozen=True)
class Signal:
    """A signal of a waveform: its full name, and its width (0 for numbers and texts)."""

    path: str
    bits: int
    kind: str


@dataclass(frozen=True)
class Window:
    """What signals do between two times, in units of `unit_s` seconds (0 when not known).

    A trace holds changes as (time, value); the first one may have happened before the window.
    """

    signals: tuple[Signal, ...]
    traces: Mapping[str, Sequence[tuple[int, Value]]]
    unit_s: float
    latest: int
    complete: bool

    def times(self) -> list[int]:
        """When any of the traces changes."""
        return sorted({time for trace in self.traces.values() for time, _ in trace})

    def bits(self, path: str) -> int:
        return next(signal.bits for signal in self.signals if signal.path == path)


def signals(path: Path, glob: str = "*") -> tuple[Signal, ...]:
    """The signals whose full name, or the end of it after a dot, matches the glob."""
    chosen = _read(path, (glob,), 0, 0)[0]
    return tuple(signal for signal in chosen.signals if signal.path in chosen.traces)


def window(path: Path, globs: Sequence[str], start: int = 0, end: int = -1) -> Window:
    """The changes of the signals between two times; `end` below 0 is the end of the file.

    Raises `ToolError` for a file that is no waveform and, with the nearest names, for a glob that
    matches no signal.
    """
    return _read(path, globs, start, end)[0]


def value_at(trace: Sequence[tuple[int, Value]], time: int) -> Value | None:
    """The value that holds at a time; None before the first one."""
    index = bisect_right(trace, time, key=lambda change: change[0])
    return trace[index - 1][1] if index else None


def first_mismatch(path: Path, a: str, b: str) -> int | None:
    """The first time at which two signals have different, defined values; None when never."""
    return _difference(window(path, (a, b)), a, b)


def table(
    path: Path,
    globs: Sequence[str],
    start: int = 0,
    end: int = -1,
    radix: Radix = "hex",
    rows: int = 60,
) -> str:
    """The window as a compact text: a row for each time at which one of the signals changes."""
    return _table(window(path, globs, start, end), radix, rows)


def waves(
    file: str,
    glob: str = "*",
    *,
    start: int = 0,
    end: int = -1,
    radix: Radix = "hex",
    rows: int = 60,
    differ: tuple[str, ...] = (),
    time_s: float = 60.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> Report:
    """Read a waveform file (VCD, FST or GHW), such as the `waves.vcd` of a traced co-simulation.

    `glob` is a list of patterns with `*` and `?`, separated by spaces, for full names or the ends
    of them after a dot: `start done y_*`. The log is a table of the signals' values, one row for
    each time at which one of them changes, at most `rows` rows, from `start` to `end` (below 0: to
    the end). With the names of two signals, `differ` asks for the first time at which they differ.
    Metrics: `signals` of the file, `shown`, `first_difference` (a time; only when there is one).
    Details: `unit_s` (seconds of a unit of time) and `paths` of what is shown.
    """
    if differ and len(differ) != 2:
        raise ToolError("differ takes the names of two signals")
    if rows < 1:
        raise ToolError(f"rows = {rows} is below 1; give the rows that the table may have")
    found, outcome, plan = _read(
        Path(file), (*glob.split(), *differ), start, end, time_s, stop, cache
    )
    metrics = {"signals": float(len(found.signals)), "shown": float(len(found.traces))}
    summary = f"{len(found.traces)} of {len(found.signals)} signals"
    if differ:
        time = _difference(found, *differ)
        summary += f"; {differ[0]} and {differ[1]} "
        summary += "do not differ" if time is None else f"first differ at {time}"
        metrics |= {} if time is None else {"first_difference": float(time)}
    return Report(
        "waves",
        "passed",
        summary,
        metrics=metrics,
        details={"unit_s": found.unit_s, "paths": list(found.traces)},
        versions=plan.versions(),
        command=plan.text(),
        log=_table(found, radix, rows),
        wall_s=outcome.wall_s,
        cached=outcome.cached,
    )


def text_of(value: Value | None, bits: int, radix: Radix) -> str:
    """A value as it is read: `x` where it is not known, bits as they are where some are x or z."""
    if value is None:
        return "-"
    if isinstance(value, float | str):
        return str(value)
    match radix:
        case "hex":
            return f"{value:0{max(1, -(-bits // 4))}x}"
        case "binary":
            return f"{value:0{max(1, bits)}b}"
        case "signed" if bits > 1 and value >> (bits - 1):
            return str(value - (1 << bits))
        case _:
            return str(value)


def _read(
    path: Path,
    globs: Sequence[str],
    start: int,
    end: int,
    time_s: float = 60.0,
    stop: threading.Event | None = None,
    cache: bool = True,
) -> tuple[Window, Outcome, Plan]:
    plan = Plan(
        files={"waves": _content(path)},
        commands=(Command("wellen", ("waves", str(start), str(end), *globs)),),
        limits=Limits(time_s=time_s, output_bytes=128 << 20),
    )
    outcome = carry_out(plan, stop, cache)
    if outcome.returncode:
        raise ToolError(
            f"{path.name!r} cannot be read as a waveform (VCD, FST or GHW); it may be cut off"
        )
    said = json.loads(outcome.stdout)
    found = Window(
        tuple(Signal(**signal) for signal in said["signals"]),
        {name: [(t, v) for t, v in trace] for name, trace in said["traces"].items()},
        said["unit_s"],
        said["latest"],
        said["complete"],
    )
    for glob in globs:
        _check(glob, found)
    return found, outcome, plan


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise ToolError(f"there is no file {str(path)!r}; give the path of a waveform")
    if path.stat().st_size > MOST_BYTES:
        raise ToolError(f"{path.name!r} has over {MOST_BYTES >> 20} MB; record a shorter run")
    return path.read_bytes()


def _check(glob: str, found: Window) -> None:
    """Raise `ToolError` for a plain name that no signal has, and when no signal is shown."""
    name = glob.rpartition(".")[2]
    plain = not set("*?") & set(glob)
    shown = any(p == glob or p.endswith(f".{glob}") for p in found.traces)
    if shown or (found.traces and not plain):
        return
    ends = {signal.path.rpartition(".")[2]: signal.path for signal in found.signals}
    near = [ends[end] for end in get_close_matches(name.strip("*?"), ends, 3, 0.4)]
    hint = f"; the nearest are {', '.join(near)}" if near else ""
    raise ToolError(f"no signal is named {glob!r}{hint}")


def _path(found: Window, name: str) -> str:
    """The signal of that full name, else the first one whose full name ends so."""
    if name in found.traces:
        return name
    return next(path for path in found.traces if path.endswith(f".{name}"))


def _difference(found: Window, a: str, b: str) -> int | None:
    left, right = (found.traces[_path(found, name)] for name in (a, b))
    for time in sorted({t for trace in (left, right) for t, _ in trace}):
        values = value_at(left, time), value_at(right, time)
        if all(isinstance(v, int | float) for v in values) and values[0] != values[1]:
            return time
    return None


def _table(found: Window, radix: Radix, rows: int) -> str:
    paths = list(found.traces)[:_WIDEST]
    common = _common(paths)
    times = found.times()
    cells = [["time", *(path.removeprefix(common) for path in paths)]]
    for time in times[:rows]:
        values = (
            text_of(value_at(found.traces[path], time), found.bits(path), radix) for path in paths
        )
        cells.append([str(time), *values])
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [f"in {common.rstrip('.')}"] if common else []
    for row in cells:
        padded = (text.rjust(wide) for text, wide in zip(row, widths, strict=True))
        lines.append("  ".join(padded))
    if len(times) > rows:
        lines.append(f"({len(times) - rows} more times; start at {times[rows]} to see them)")
    if len(found.traces) > len(paths):
        lines.append(f"({len(found.traces) - len(paths)} more signals; give a narrower glob)")
    if not found.complete:
        lines.append("(the window holds more changes than were read; give a narrower one)")
    return "\n".join(lines)


def _common(paths: Sequence[str]) -> str:
    """The scope that all the paths share, with its dot."""
    scopes = {path.rpartition(".")[0] for path in paths}
    return f"{scope}." if len(scopes) == 1 and (scope := next(iter(scopes))) else ""
