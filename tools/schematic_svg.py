"""A layered drawing of boxes and wires as SVG: data flows from left to right."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

_PIN, _CHAR, _GAP_X, _GAP_Y, _PAD = 15, 6.7, 90, 22, 20
_LONGEST = 30
_WAY = "way"
"""The kind of a box that is not seen: where a wire crosses a column."""
_FILL = {
    "input": ("#d7eef0", "#1f7f88"),
    "output": ("#fbe7d3", "#b0651a"),
    "cell": ("#f4f6f7", "#5b6a72"),
    "state": ("#e5e3f5", "#5b50a8"),
    "module": ("#e3f1e0", "#3d7d36"),
}


@dataclass(frozen=True)
class Box:
    """A box with its pins; `title` is what a pointer shows."""

    name: str
    label: str
    kind: str
    title: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    @property
    def shown(self) -> str:
        return self.label if len(self.label) <= _LONGEST else f"{self.label[: _LONGEST - 1]}…"

    @property
    def bare(self) -> bool:
        """Whether the pins have no names."""
        return self.inputs in ((), ("",)) and self.outputs in ((), ("",))

    @property
    def width(self) -> float:
        if self.kind == _WAY:
            return 0
        ends = [*self.inputs, *self.outputs]
        pins = 0 if self.bare else 2 * max((len(pin) for pin in ends), default=0) + 2
        return max(len(self.shown) + 3, pins) * _CHAR

    @property
    def height(self) -> float:
        if self.kind == _WAY:
            return 0
        rows = 0 if self.bare else max(len(self.inputs), len(self.outputs))
        return 24 + rows * _PIN

    def pin_y(self, pin: str, out: bool) -> float:
        if self.bare:
            return self.height / 2
        return 24 + (self.outputs if out else self.inputs).index(pin) * _PIN + _PIN / 2 - 2


@dataclass(frozen=True)
class Wire:
    """A wire of `bits` bits, 0 where nobody counts them, from an output pin to an input pin."""

    source: str
    source_pin: str
    target: str
    target_pin: str
    bits: int


def svg(boxes: Sequence[Box], wires: Sequence[Wire], title: str) -> str:
    """The drawing, complete in itself; all names are escaped."""
    columns = _columns(boxes, wires)
    routed = _routed(columns, wires)
    places, width, height = _places(_ordered(columns, [s for way in routed for s in way]))
    by_name = {box.name: box for column in columns for box in column}
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family="monospace" font-size="11">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>',
    ]
    lines += [_wire(wire, way, by_name, places) for wire, way in zip(wires, routed, strict=True)]
    lines += [_box(box, *places[box.name]) for box in boxes]
    return "\n".join([*lines, "</svg>", ""])


def _columns(boxes: Sequence[Box], wires: Sequence[Wire]) -> list[list[Box]]:
    """Boxes by their distance from the inputs; wires that close a loop do not count."""
    after: dict[str, list[str]] = defaultdict(list)
    for wire in wires:
        after[wire.source].append(wire.target)
    order = _forward([box.name for box in boxes], after)
    position = {name: index for index, name in enumerate(order)}
    rank = dict.fromkeys(order, 0)
    for name in order:
        for target in after[name]:
            if position[target] > position[name]:
                rank[target] = max(rank[target], rank[name] + 1)
    last = max(rank.values(), default=0)
    for box in boxes:
        if box.kind == "input":
            rank[box.name] = 0
        if box.kind == "output":
            rank[box.name] = last
    ranked = sorted(boxes, key=lambda box: rank[box.name])
    return [list(group) for _, group in groupby(ranked, key=lambda box: rank[box.name])]


def _routed(columns: list[list[Box]], wires: Sequence[Wire]) -> list[list[Wire]]:
    """The pieces of each wire, which lead it between the boxes of the columns that it crosses.

    It has a place of its own in each of these, shared with the wires of the same pin.
    """
    rank = {box.name: at for at, column in enumerate(columns) for box in column}
    ways: list[list[Wire]] = []
    for wire in wires:
        pieces, last, pin = [], wire.source, wire.source_pin
        for at in range(rank[wire.source] + 1, rank[wire.target]):
            name = f"{wire.source}\n{wire.source_pin}\n{at}"
            if name not in rank:
                rank[name] = at
                columns[at].append(Box(name, "", _WAY, "", ("",), ("",)))
            pieces.append(replace(wire, source=last, source_pin=pin, target=name, target_pin=""))
            last, pin = name, ""
        ways.append([*pieces, replace(wire, source=last, source_pin=pin)])
    return ways


def _forward(names: Sequence[str], after: Mapping[str, Sequence[str]]) -> list[str]:
    """The names in an order in which most wires lead forward: depth first, last one out first."""
    done: list[str] = []
    seen: set[str] = set()
    for start in names:
        todo = [(start, False)]
        while todo:
            name, left = todo.pop()
            if left:
                done.append(name)
            elif name not in seen:
                seen.add(name)
                todo.append((name, True))
                todo += [(target, False) for target in after.get(name, ())]
    return done[::-1]


def _ordered(columns: list[list[Box]], wires: Sequence[Wire]) -> list[list[Box]]:
    """Within each column, boxes near the middle of what they are wired to."""
    beside: dict[str, list[str]] = defaultdict(list)
    for wire in wires:
        beside[wire.source].append(wire.target)
        beside[wire.target].append(wire.source)
    place = {
        box.name: index / len(column) for column in columns for index, box in enumerate(column)
    }

    def middle(box: Box) -> float:
        found = [place[name] for name in beside[box.name]]
        return sum(found) / len(found) if found else place[box.name]

    for sweep in range(6):
        for column in columns if sweep % 2 == 0 else columns[::-1]:
            column.sort(key=middle)
            place.update({box.name: (i + 0.5) / len(column) for i, box in enumerate(column)})
    return columns


def _places(columns: list[list[Box]]) -> tuple[dict[str, tuple[float, float]], float, float]:
    """The upper left corner of each box, and the size of the drawing."""
    tall = [sum(box.height + _GAP_Y for box in column) for column in columns]
    height = max(tall, default=0) + 2 * _PAD
    places: dict[str, tuple[float, float]] = {}
    x = float(_PAD)
    for column, own in zip(columns, tall, strict=True):
        wide = max(box.width for box in column)
        y = (height - own) / 2
        for box in column:
            places[box.name] = (x + (wide - box.width) / 2, y)
            y += box.height + _GAP_Y
        x += wide + _GAP_X
    return places, max(x - _GAP_X + _PAD, 2 * _PAD), height


def _wire(
    wire: Wire,
    way: Sequence[Wire],
    boxes: Mapping[str, Box],
    places: Mapping[str, tuple[float, float]],
) -> str:
    source, target = boxes[wire.source], boxes[wire.target]
    stroke = 1.0 if wire.bits == 1 else 1.8
    ends = f"{source.label} {wire.source_pin} to {target.label} {wire.target_pin}"
    about = f"{ends}, {wire.bits} bit" if wire.bits else ends
    path = "".join(_curve(piece, boxes, places) for piece in way)
    return (
        f'<path d="{path}" fill="none" stroke="#7b8a92" stroke-width="{stroke}">'
        f"<title>{escape(about)}</title></path>"
    )


def _curve(wire: Wire, boxes: Mapping[str, Box], places: Mapping[str, tuple[float, float]]) -> str:
    source, target = boxes[wire.source], boxes[wire.target]
    x0, y0 = places[wire.source]
    x1, y1 = places[wire.target]
    x0, y0 = x0 + source.width, y0 + source.pin_y(wire.source_pin, True)
    y1 += target.pin_y(wire.target_pin, False)
    bend = max(30.0, abs(x1 - x0) / 2 if x1 >= x0 else 60.0)
    return f"M{x0:.0f} {y0:.0f}C{x0 + bend:.0f} {y0:.0f} {x1 - bend:.0f} {y1:.0f} {x1:.0f} {y1:.0f}"


def _box(box: Box, x: float, y: float) -> str:
    fill, line = _FILL[box.kind]
    text = (
        f'<text x="{x + box.width / 2:.0f}" y="{y + 16:.0f}" text-anchor="middle" '
        f'font-weight="bold" fill="#1d2529">{escape(box.shown)}</text>'
    )
    pins = ""
    if not box.bare:
        for side, names, at, anchor in (
            (False, box.inputs, x + 4, "start"),
            (True, box.outputs, x + box.width - 4, "end"),
        ):
            for pin in names:
                pins += (
                    f'<text x="{at:.0f}" y="{y + box.pin_y(pin, side) + 4:.0f}" '
                    f'text-anchor="{anchor}" fill="#44525a">{escape(pin)}</text>'
                )
    return (
        f'<g><title>{escape(box.title)}</title><rect x="{x:.0f}" y="{y:.0f}" '
        f'width="{box.width:.0f}" height="{box.height:.0f}" rx="3" fill="{fill}" '
        f'stroke="{line}"/>{text}{pins}</g>'
    )
