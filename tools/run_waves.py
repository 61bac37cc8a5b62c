"""Read a waveform and print it as JSON: `python run_waves.py FILE START END GLOB...`.

It runs as a program of its own, because what it parses may be hostile to a parser. END below 0 is
the end of the file. Values are numbers, or strings of bits where some are x or z.
"""

import json
import sys
from fnmatch import fnmatchcase
from typing import Any

MOST_CHANGES = 400_000
"""Changes that are printed in all; a signal that begins beyond them has none."""


def chosen(path: str, globs: list[str]) -> bool:
    """Whether a signal's full name, or the end of it after a dot, is meant by a pattern.

    Wildcards are `*` and `?`; brackets stand for themselves, as in `a[3]`.
    """
    return any(
        fnmatchcase(path, pattern) or fnmatchcase(path, f"*.{pattern}")
        for pattern in (glob.replace("[", "[[]") for glob in globs)
    )


def window(changes: Any, start: int, end: int, room: int) -> list[tuple[int, Any]]:
    """The changes from `start` to `end`, led by the value that holds at `start`."""
    found: list[tuple[int, Any]] = []
    for time, value in changes:
        if time > end or len(found) >= room:
            break
        if time <= start:
            found = [(start, value)]
        else:
            found.append((time, value))
    return found


def main() -> None:
    from pywellen import Waveform

    wave = Waveform(sys.argv[1])
    start, last = int(sys.argv[2]), int(sys.argv[3])
    end = last if last >= 0 else sys.maxsize
    # The library writes an array's element as `a.[3]`.
    variables = {v.full_name.replace(".[", "["): v for v in wave.all_vars()}
    room, traces, latest = MOST_CHANGES, {}, 0
    for path, variable in variables.items():
        if chosen(path, sys.argv[4:]):
            traces[path] = window(variable.signal, start, end, room)
            room -= len(traces[path])
            latest = max([latest, *(time for time, _ in traces[path])])
    scale = wave.timescale
    seconds = scale.factor * 10.0 ** scale.unit.to_exponent() if scale else 0.0
    listed = [
        {"path": path, "bits": v.bitwidth or 0, "kind": v.var_type} for path, v in variables.items()
    ]
    result = {"format": wave.file_format, "unit_s": seconds, "latest": latest, "signals": listed}
    print(json.dumps({**result, "traces": traces, "complete": room > 0}))


if __name__ == "__main__":
    main()
