"""How long an operator takes on ECP5, from a table that was measured once: for quick estimates.

`python -m tools.hls.schedule.characterise` makes the table, `ecp5_delays.json`, anew. ISDC measures
the operators of its graph themselves instead.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tools.errors import RequestError
from tools.hls.schedule.ecp5 import CLOCK_TO_OUT_PS, LAST_ROUTE_PS

TABLE = Path(__file__).with_name("ecp5_delays.json")
WIRES = frozenset({"const", "input", "phi", "zext", "sext", "trunc", "output", "store", "write"})
"""What takes no time itself."""
BLOCK_RAM_OUT_PS = 5_609
"""From the clock to the data of a DP16KD without output register, as nextpnr has it."""
REGISTER_PS = CLOCK_TO_OUT_PS + LAST_ROUTE_PS
"""What the registers at both ends take of a clock period."""
_LIKE = {"sle": "slt", "ule": "ult", "ne": "eq", "and": "xor", "or": "xor"}


def of(
    kind: str,
    bits: int,
    operand_bits: Sequence[int] = (),
    const_operand: bool = False,
    target: str = "ecp5",
) -> float:
    """The delay in picoseconds of an operator of `tools.hls.ir.Kind`, and the wires to it.

    `operand_bits` are the operands' significant widths (before an extension), for comparisons and
    products; without them, they are the result's. `const_operand` says that the second operand is a
    constant. Widths between measured ones are interpolated. Memory accesses have their own
    figures (`BLOCK_RAM_OUT_PS`), and 0 here. Raises `RequestError` for another target.
    """
    if not target.startswith("ecp5"):
        raise RequestError(f"there is no table of delays for {target!r}; choose an ecp5 target")
    if kind in WIRES or (const_operand and kind in ("shl", "lshr", "ashr")):
        return 0.0
    table = _table()
    name = _LIKE.get(kind, kind)
    if name == "mul":
        return _product(table, bits, operand_bits or (bits, bits), const_operand)
    if const_operand and f"{name} const" in table:
        name = f"{name} const"
    if name not in table:
        return 0.0
    compared = name.split()[0] in ("eq", "ult", "slt")
    return _at(table[name], max(operand_bits) if compared and operand_bits else bits)


def memory_out(words: int, bits: int, distributed: bool) -> float:
    """From the clock (block RAM) or the address (LUTs) to a word that is read, in picoseconds."""
    if not distributed:
        return BLOCK_RAM_OUT_PS
    levels = max(1, (words - 1).bit_length() - 3)
    return of("select", bits) * levels


def _product(
    table: Mapping[str, Mapping[int, float]],
    bits: int,
    operand_bits: Sequence[int],
    const_operand: bool,
) -> float:
    """By the wider operand: products of the widths of both, or cut to that of one."""
    wide = max(operand_bits[:1] if const_operand else operand_bits)
    if const_operand:
        return _at(table["mul const"], bits)
    return _at(table["mul" if bits > wide else "mul low"], wide)


def _at(measured: Mapping[int, float], bits: int) -> float:
    """The delay at a width, between the measured ones on a line, and beyond them on the last."""
    widths = sorted(measured)
    if bits <= widths[0]:
        return measured[widths[0]]
    above = next((w for w in widths if w >= bits), widths[-1])
    below = widths[widths.index(above) - 1]
    slope = (measured[above] - measured[below]) / (above - below)
    return measured[below] + slope * (bits - below)


@cache
def _table() -> dict[str, dict[int, float]]:
    text = json.loads(TABLE.read_text())
    return {name: {int(w): ps for w, ps in row.items()} for name, row in text.items()}
