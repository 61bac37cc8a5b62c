"""Shared operators in Verilog: a multiplier, and in front of it what chooses whose turn it is.

A register says for each user that its cycle has come, so that the choice takes no more than a
multiplexer: the bits of a pipeline's stages, or, for states, one that is set on the way into the
state. The user that nothing is said of has its turn whenever no other one has.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tools.hls.expression import factors
from tools.hls.ir import Op
from tools.hls.sharing import Unit, Use

if TYPE_CHECKING:
    from tools.hls.verilog import Writer


class Units:
    def __init__(self, writer: "Writer", units: Sequence[Unit]) -> None:
        self.writer = writer
        self.units = [(f"unit{i}", self._last_first(unit)) for i, unit in enumerate(units)]
        self.serving = {
            use.op.id: f"{name}[{use.op.bits - 1}:0]" if use.op.bits < unit.bits else name
            for name, unit in self.units
            for use in unit.uses
        }
        self.marks: dict[str, str] = {}
        """The registers of states that units look at, by state."""
        for _, unit in self.units:
            for use in unit.uses[1:]:
                self._turn(use)

    def _last_first(self, unit: Unit) -> Unit:
        """With its use in the state which waits for a call in front, which cannot have a mark."""
        entry = self.writer.entry
        uses = sorted(unit.uses, key=lambda use: (use.block, use.cycle) != (entry, 0))
        return replace(unit, uses=tuple(uses))

    def _turn(self, use: Use) -> str:
        """The register that says that it is the cycle of a use."""
        if self.writer.overlapped:
            return self.writer.overlapped.enable(use.cycle)
        if self.writer.schedules[use.block].interval:
            return f"run{self.writer.number[use.block]}[{use.cycle}]"
        state = self.writer.state(use.block, use.cycle)
        return self.marks.setdefault(state, f"in_{state}")

    def value(self, op: Op) -> str | None:
        """The expression of a product that a unit computes."""
        return self.serving.get(op.id)

    def declarations(self) -> list[str]:
        lines = [f"    reg {mark};" for mark in self.marks.values()]
        for name, unit in self.units:
            a, b = unit.widths
            lines += [
                f"    wire signed [{a - 1}:0] {name}_a;",
                f"    wire signed [{b - 1}:0] {name}_b;",
                f"    wire signed [{unit.bits - 1}:0] {name};",
            ]
        return lines

    def logic(self) -> list[str]:
        lines = []
        for name, unit in self.units:
            given = [self._factors(use, unit.widths) for use in unit.uses]
            turns = [self._turn(use) for use in unit.uses[1:]]
            for side, letter in enumerate("ab"):
                chosen = _chosen([pair[side] for pair in given], turns)
                lines.append(f"    assign {name}_{letter} = {chosen};")
            lines.append(f"    assign {name} = {name}_a * {name}_b;")
        return lines

    def _factors(self, use: Use, widths: tuple[int, int]) -> tuple[str, str]:
        path, (first, second) = self.writer.path, use.order
        of_operands = widths if first == 0 else widths[::-1]
        texts = factors(
            use.op, path.ops, lambda id: path.value(id, use.block, use.cycle), of_operands
        )
        return texts[first], texts[second]

    def entered(self, state: str) -> str:
        """What is to be done besides on the way into a state."""
        return f" {self.marks[state]} <= 1'b1;" if state in self.marks else ""

    def left(self) -> list[str]:
        """Done in every cycle that is not waited in, before a state is entered."""
        return [f"        {mark} <= 1'b0;" for mark in self.marks.values()]


def _chosen(texts: Sequence[str], turns: Sequence[str]) -> str:
    """The first of the texts, or that of the turn; equal ones are chosen together."""
    found = texts[0]
    for text in dict.fromkeys(texts[1:]):
        if text == texts[0]:
            continue
        when = " || ".join(t for t, other in zip(turns, texts[1:], strict=True) if other == text)
        found = f"{when} ? {text} : {found}" if "||" not in when else f"({when}) ? {text} : {found}"
    return found
