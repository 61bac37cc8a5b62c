"""What a Liberty file's flip-flops take of a clock period: clock to output, and set-up."""

import re
from collections.abc import Iterator

from tools.errors import RequestError

_UNITS = {"ns": 1000.0, "ps": 1.0}
_CELL = re.compile(r'^\s*cell\s*\(\s*"?(\w+)"?\s*\)\s*\{', re.MULTILINE)
_FLOP = re.compile(r"^\s*ff\s*\(", re.MULTILINE)
_TIMING = re.compile(r"timing\s*\(\s*\"?\w*\"?\s*\)\s*\{")
_TYPE = re.compile(r'timing_type\s*:\s*"?(\w+)"?')
_TABLE = re.compile(
    r"(?P<kind>cell_rise|cell_fall|rise_constraint|fall_constraint)\s*\([^)]*\)\s*\{"
    r"(?P<body>[^{}]*)\}"
)
_VALUES = re.compile(r"values\s*\((?P<values>[^)]*)\)", re.DOTALL)
_PINS_BEYOND_DATA = re.compile(r"\b(clear|preset)\s*:|scan|\bSCD\b", re.IGNORECASE)


def register_ps(liberty: str) -> float:
    """Clock to output plus set-up, in picoseconds, of the plain D flip-flop that takes least.

    Both are the middle entries of their tables, so at a middling slew and load, the worse of
    rising and falling. Raises `RequestError` when the library has no such flip-flop.
    """
    unit = re.search(r'time_unit\s*:\s*"?1(ns|ps)', liberty)
    scale = _UNITS[unit[1]] if unit else 1000.0
    sums = [
        scale * (max(outputs) + max(0.0, *setups))
        for body in _flops(liberty)
        if (outputs := list(_middles(body, "edge", "cell_")))
        and (setups := list(_middles(body, "setup_rising", "")))
    ]
    if not sums:
        raise RequestError("the Liberty file has no plain D flip-flop with timing")
    return min(sums)


def _flops(liberty: str) -> Iterator[str]:
    """The text of each cell that is a flip-flop without clear, preset or scan."""
    heads = [*_CELL.finditer(liberty)]
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        body = liberty[head.end() : after.start() if after else len(liberty)]
        if _FLOP.search(body) and not _PINS_BEYOND_DATA.search(body):
            yield body


def _middles(body: str, timing_type: str, table: str) -> Iterator[float]:
    """The middle value of each table whose name begins so, in timing groups of a type."""
    starts = [*_TIMING.finditer(body)]
    for start, after in zip(starts, [*starts[1:], None], strict=True):
        group = body[start.end() : after.start() if after else len(body)]
        kind = _TYPE.search(group)
        if not kind or timing_type not in kind[1]:
            continue
        for found in _TABLE.finditer(group):
            if found["kind"].startswith(table) and (values := _VALUES.search(found["body"])):
                numbers = [float(n) for n in re.findall(r"-?[\d.]+(?:[eE][+-]?\d+)?", values[1])]
                yield sorted(numbers)[(len(numbers) - 1) // 2]
