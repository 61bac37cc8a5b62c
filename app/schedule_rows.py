"""A kernel's schedule, from the details of a report, as rows of bars over clock cycles."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

Details = Mapping[str, Any]
By = Literal["operations", "source lines"]
TEXT_SHOWN = 44
"""Letters of a source line at the left of its row."""
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "Multiply, divide": ("mul", "udiv", "sdiv", "urem", "srem"),
    "Add, subtract": ("add", "sub"),
    "Memory": ("load", "store"),
    "Ports, streams": ("output", "read", "write", "empty", "full"),
    "Logic, shift": ("and", "or", "xor", "shl", "lshr", "ashr", "clz", "ctz"),
    "Compare, select": ("eq", "ne", "ult", "ule", "slt", "sle", "select"),
}
_GROUP_OF = {kind: group for group, kinds in _GROUPS.items() for kind in kinds}
OTHER = "Other"
GROUPS = (*_GROUPS, OTHER)


@dataclass(frozen=True)
class Block:
    """A block of the schedule; its name is plain, and the only one of that kind in its part."""

    name: str
    part: str
    """The task, or the kept function, that it is of."""
    header: str
    cycles: int
    interval: int | None
    operations: Sequence[Details]


@dataclass(frozen=True)
class Bar:
    """What takes the cycles from `begin` on; `lane` counts from the top of its row."""

    group: str
    begin: int
    cycles: int
    about: tuple[str, ...]
    lane: int = 0


@dataclass(frozen=True)
class Row:
    """Bars beside each other, and above each other in as many lanes as they need."""

    label: str
    bars: Sequence[Bar]

    @property
    def lanes(self) -> int:
        return 1 + max(bar.lane for bar in self.bars)


def blocks(details: Details) -> list[Block]:
    """The blocks of a report's schedule, none when it has no schedule."""
    found = details.get("schedule") or ()
    seen: Counter[tuple[str, str]] = Counter()
    made = []
    for item in found:
        part, name = part_of(item), _name(item, details.get("loops") or ())
        seen[part, name] += 1
        count = seen[part, name]
        made.append(
            Block(
                f"{name} ({count})" if count > 1 else name,
                part,
                item["block"],
                item["cycles"],
                item["ii"],
                item["operations"],
            )
        )
    return made


def part_of(item: Details) -> str:
    """The task of a dataflow region, or the kept function, that a loop or a block is of."""
    name: str = item.get("task") or item.get("function") or ""
    return name


def _name(item: Details, loops: Sequence[Details]) -> str:
    """A block's loop, or the lines of its operations."""
    place = part_of(item), item["block"]
    if own := [loop for loop in loops if (part_of(loop), loop["block"]) == place]:
        name: str = own[0]["name"]
        return name
    lines = [op["line"] for op in item["operations"] if op["line"]]
    if not lines:
        return "control"
    first, last = min(lines), max(lines)
    return f"line {first}" if first == last else f"lines {first} to {last}"


def rows(block: Block, sources: Mapping[str, str], by: By) -> list[Row]:
    """The block's rows: an operation each by its cycle, or a line of the source each."""
    # A line number says no file: with several files its text is not known.
    lines = next(iter(sources.values())).splitlines() if len(sources) == 1 else []
    if by == "operations":
        ordered = sorted(block.operations, key=lambda op: op["cycle"])
        return [Row(_label(op), [_bar([op], lines)]) for op in ordered]
    apart: dict[int, list[Details]] = {}
    for op in block.operations:
        apart.setdefault(op["line"], []).append(op)
    # What stems from no line, such as the merging of branches, comes last.
    numbers = sorted(apart, key=lambda line: (line == 0, line))
    return [
        Row(_line_label(line, lines), _laid_out(_merged(apart[line], lines))) for line in numbers
    ]


def _label(op: Details) -> str:
    what = f"{op['kind']} {op['name']}".rstrip()
    return f"{what} · line {op['line']}" if op["line"] else what


def _line_label(line: int, lines: Sequence[str]) -> str:
    text = _text(line, lines)
    short = text if len(text) <= TEXT_SHOWN else f"{text[: TEXT_SHOWN - 1]}…"
    return f"{line}: {short}" if short else f"line {line}" if line else "no line"


def _text(line: int, lines: Sequence[str]) -> str:
    return lines[line - 1].strip() if 0 < line <= len(lines) else ""


def _merged(ops: Sequence[Details], lines: Sequence[str]) -> list[Bar]:
    """A bar for the operations of one group that take the same cycles."""
    together: dict[tuple[int, int, int], list[Details]] = {}
    for op in ops:
        key = (op["cycle"], GROUPS.index(_group(op)), op["latency"])
        together.setdefault(key, []).append(op)
    return [_bar(together[key], lines) for key in sorted(together)]


def _group(op: Details) -> str:
    return _GROUP_OF.get(op["kind"], OTHER)


def _bar(ops: Sequence[Details], lines: Sequence[str]) -> Bar:
    """The bar of operations alike in group and cycles; a latency of 0 is within one cycle."""
    first = ops[0]
    begin, cycles = first["cycle"], max(1, first["latency"])
    counts = Counter((op["kind"], op["name"], op["bits"]) for op in ops)
    about = [
        (f"{count} × " if count > 1 else "")
        + f"{kind} {name}".rstrip()
        + (f", {bits} bit{'s' if bits > 1 else ''}" if bits else "")
        for (kind, name, bits), count in counts.items()
    ]
    line = first["line"]
    where = f"line {line}: {_text(line, lines)}".rstrip(": ") if line else "no line of the source"
    when = f"cycle {begin}" if cycles == 1 else f"cycles {begin} to {begin + cycles - 1}"
    return Bar(_group(first), begin, cycles, (*about, where, when))


def _laid_out(bars: Sequence[Bar]) -> list[Bar]:
    """The bars, given by growing begin, in the first lanes that are free."""
    ends: list[int] = []
    placed = []
    for bar in bars:
        lane = next((i for i, end in enumerate(ends) if end <= bar.begin), len(ends))
        ends[lane : lane + 1] = [bar.begin + bar.cycles]
        placed.append(replace(bar, lane=lane))
    return placed
