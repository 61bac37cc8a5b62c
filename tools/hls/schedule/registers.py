"""What stands at both ends of a stage: a Liberty file's flip-flops, and what drives and loads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tools.errors import RequestError

_UNITS = {"ns": 1000.0, "ps": 1.0}
_CELL = re.compile(r'^\s*cell\s*\(\s*"?(\w+)"?\s*\)\s*\{', re.MULTILINE)
_FLOP = re.compile(r"^\s*ff\s*\(", re.MULTILINE)
_TIMING = re.compile(r"timing\s*\(\s*\"?(\w*)\"?\s*\)\s*\{")
_TYPE = re.compile(r'timing_type\s*:\s*"?(\w+)"?')
_TABLE = re.compile(
    r"(?P<kind>cell_rise|cell_fall|rise_constraint|fall_constraint)\s*\([^)]*\)\s*\{"
    r"(?P<body>[^{}]*)\}"
)
_VALUES = re.compile(r"values\s*\((?P<values>[^)]*)\)", re.DOTALL)
_FUNCTION = re.compile(r'\bfunction\s*:\s*"\(?(\w+)\)?"')
_AREA = re.compile(r'^\s*area\s*:\s*"?([\d.eE+-]+)', re.MULTILINE)
_CAPACITANCE = re.compile(r'^[^\n]*?(?<!_)\bcapacitance\s*:\s*"?([\d.eE+-]+)', re.MULTILINE)
_LOAD_UNIT = re.compile(r"capacitive_load_unit\s*\(\s*([\d.eE+-]+)\s*,\s*\"?(ff|pf)", re.IGNORECASE)
_SPECIAL = re.compile(r"clk|dly|lpflow|probe", re.IGNORECASE)
_LOADS = 3
_PINS_BEYOND_DATA = re.compile(r"\b(clear|preset)\s*:|scan|\bSCD\b", re.IGNORECASE)


def register_ps(liberty: str) -> float:
    """Clock to output plus set-up, in picoseconds, of the plain D flip-flop that takes least.

    Both are the lower quartiles of their tables, so at the slews and loads of a small fan-out, the
    worse of rising and falling; what a large one takes is measured with the driving cell. Raises
    `RequestError` when the library has no such flip-flop.
    """
    unit = re.search(r'time_unit\s*:\s*"?1(ns|ps)', liberty)
    scale = _UNITS[unit[1]] if unit else 1000.0
    sums = [
        scale * (max(outputs) + max(0.0, *setups))
        for body in _flops(liberty)
        if (outputs := list(_quartiles(body, "edge", "cell_")))
        and (setups := list(_quartiles(body, "setup_rising", "")))
    ]
    if not sums:
        raise RequestError("the Liberty file has no plain D flip-flop with timing")
    return min(sums)


@dataclass(frozen=True)
class Boundary:
    """The cell that drives a stage's inputs, and the load of its outputs in femtofarads."""

    cell: str
    load_ff: float


def boundary(liberty: str) -> Boundary:
    """The library's smallest buffer, and three times the load of its input.

    That is about what OpenROAD's flows assume of what is outside a block: `buf_1` and 5 fF for
    sky130. Raises `RequestError` when the library has no buffer.
    """
    unit = _LOAD_UNIT.search(liberty)
    scale = float(unit[1]) * (1000.0 if unit[2].lower() == "pf" else 1.0) if unit else 1000.0
    found = [
        (float(area[1]), name, scale * float(load[1]))
        for name, body in _cells(liberty)
        if not _SPECIAL.search(name)
        and not _FLOP.search(body)
        and (function := _FUNCTION.search(body))
        and re.search(rf'pin\s*\(\s*"?{function[1]}"?\s*\)', body)
        and (area := _AREA.search(body))
        and (load := _CAPACITANCE.search(body))
    ]
    if not found:
        raise RequestError("the Liberty file has no buffer to drive the inputs of a stage")
    _, name, load_ff = min(found)
    return Boundary(name, _LOADS * load_ff)


def _cells(liberty: str) -> Iterator[tuple[str, str]]:
    """The name and text of each cell."""
    return _parts(_CELL, liberty)


def _parts(head: re.Pattern[str], text: str) -> Iterator[tuple[str, str]]:
    """What is captured by each head, and the text behind it up to the next one."""
    parts = head.split(text)[1:]
    return zip(parts[::2], parts[1::2], strict=True)


def _flops(liberty: str) -> Iterator[str]:
    """The text of each cell that is a flip-flop without clear, preset or scan."""
    for _, body in _cells(liberty):
        if _FLOP.search(body) and not _PINS_BEYOND_DATA.search(body):
            yield body


def _quartiles(body: str, timing_type: str, table: str) -> Iterator[float]:
    """The lower quartile of each table whose name begins so, in timing groups of a type."""
    for _, group in _parts(_TIMING, body):
        kind = _TYPE.search(group)
        if not kind or timing_type not in kind[1]:
            continue
        for found in _TABLE.finditer(group):
            if found["kind"].startswith(table) and (values := _VALUES.search(found["body"])):
                numbers = [float(n) for n in re.findall(r"-?[\d.]+(?:[eE][+-]?\d+)?", values[1])]
                yield sorted(numbers)[(len(numbers) - 1) // 4]
