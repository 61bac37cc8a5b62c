"""How long operators take, from tables that were measured by synthesis: for chaining in a cycle.

`python -m tools.hls.schedule.characterise` makes the tables of `tables/` anew, with the synthesis
that ISDC's feedback comes from. ISDC measures the operators of its graph themselves instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from pydantic import TypeAdapter

from tools.errors import RequestError

TABLES = Path(__file__).with_name("tables")
WIRES = frozenset({"const", "input", "phi", "zext", "sext", "trunc", "output", "store", "write"})
"""What takes no time itself."""
BLOCK_BITS = 1024
"""The size from which a memory is usually a block RAM, where the technology has such."""
_LIKE = {"slt": "ult", "sle": "ult", "ule": "ult", "ne": "eq", "and": "xor", "or": "xor",
         "ctz": "clz"}  # fmt: skip
_WORDS_OF_A_LUT = 16


@dataclass(frozen=True)
class Delays:
    """A technology's figures in picoseconds: operators by kind and width.

    `register_ps` is what the registers at both ends take of a clock period, and `block_ram_ps` the
    time from the clock to the data of a block RAM, None where there are none. `ram_wire_ps` is what
    a wire to a memory takes, and `margin` the part by which paths may be longer when the wires of a
    whole design are placed.
    """

    name: str
    register_ps: float
    operators: Mapping[str, Mapping[int, float]]
    block_ram_ps: float | None = None
    ram_wire_ps: float = 0.0
    margin: float = 0.0

    def of(
        self,
        kind: str,
        bits: int,
        operand_bits: Sequence[int] = (),
        const_operand: bool = False,
    ) -> float:
        """The delay of an operator of `tools.hls.ir.Kind`, and of the wires to it.

        `operand_bits` are the operands' significant widths (before an extension), for comparisons
        and products; without them, they are the result's. `const_operand` says that the second
        operand is a constant. Widths between measured ones are interpolated. Memory accesses have
        figures of their own, and 0 here.
        """
        if kind in WIRES or (const_operand and kind in ("shl", "lshr", "ashr")):
            return 0.0
        table = self.operators
        name = _LIKE.get(kind, kind)
        if name == "mul":
            return self._product(bits, operand_bits or (bits, bits), const_operand)
        if const_operand and f"{name} const" in table:
            name = f"{name} const"
        if name not in table:
            return 0.0
        compared = name.split()[0] in ("eq", "ult", "clz")
        return _at(table[name], max(operand_bits) if compared and operand_bits else bits)

    def _product(self, bits: int, operand_bits: Sequence[int], const_operand: bool) -> float:
        """By the wider operand: products of the widths of both, or cut to that of one."""
        wide = max(operand_bits[:1] if const_operand else operand_bits)
        if const_operand:
            return _at(self.operators["mul const"], bits)
        if bits <= wide:
            return _at(self.operators["mul low"], wide)
        narrow = self.operators.get("mul narrow", {})
        if narrow and min(operand_bits) < min(narrow) <= wide:
            # Its two multipliers and the adder behind them are not always side by side.
            return _at(narrow, wide) + self.ram_wire_ps
        return _at(self.operators["mul"], wide)

    @cached_property
    def lut_inputs(self) -> int:
        """How many bits one look-up table, with the multiplexers beside it, joins; 0: has none."""
        logic = self.operators.get("logic", {})
        together = [n for n, ps in logic.items() if ps < 1.5 * logic[2]]
        return max(together, default=0) if 4 in together else 0

    def logic(self, inputs: int) -> float:
        """The delay of any function of so many bits."""
        return _at(self.operators["logic"], max(2, inputs))

    def memory_in(self, words: int, bits: int) -> float:
        """From an address to the word that it chooses, within the cycle of the access."""
        levels = max(0, (words - 1).bit_length() - (_WORDS_OF_A_LUT - 1).bit_length())
        first = self.of("select", bits) if self.block_ram_ps is not None else 0.0
        if self.block_ram_ps is None:
            levels = (words - 1).bit_length()
        return first + self.of("select", bits) * levels


def shipped(name: str) -> Delays:
    """The table of that name, as it was measured once. Raises `RequestError` for another."""
    path = TABLES / f"{name}.json"
    if not path.is_file():
        there = ", ".join(sorted(p.stem for p in TABLES.glob("*.json")))
        raise RequestError(f"there is no table of delays {name!r}; choose one of {there}")
    return _read(path)


@cache
def _read(path: Path) -> Delays:
    return TypeAdapter(Delays).validate_json(path.read_text())


def _at(measured: Mapping[int, float], bits: int) -> float:
    """The delay at a width, between the measured ones on a line, and beyond them on the last."""
    widths = sorted(measured)
    if bits <= widths[0]:
        return measured[widths[0]]
    above = next((w for w in widths if w >= bits), widths[-1])
    below = widths[widths.index(above) - 1]
    slope = (measured[above] - measured[below]) / (above - below)
    return measured[below] + slope * (bits - below)
