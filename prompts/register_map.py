"""Where arguments are in the address space of an AXI4-Lite slave: the layout that Vitis has.

Control is at 0x00 to 0x0c. From 0x10 on each scalar has its words of 32 bits and a word that is
reserved or, for an output, tells whether it was written. Arrays come last, each at a multiple of
its size; elements are padded to 8, 16, 32, 64 ... bits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Role = Literal["in", "out", "return", "memory"]
FIRST = 0x10


@dataclass(frozen=True)
class Item:
    """A scalar, or an array of so many `words` of `bits`, to be given a place."""

    name: str
    role: Role
    bits: int
    words: int = 1

    @property
    def container(self) -> int:
        """The bits that an element takes in the address space."""
        return max(8, 1 << (self.bits - 1).bit_length())


@dataclass(frozen=True)
class Register:
    """An item's place: its first byte, its bytes, and the offset of an output's valid bit."""

    item: Item
    offset: int
    span: int
    valid: int | None = None

    @property
    def words(self) -> int:
        """Words of 32 bits."""
        return -(-self.span // 4)


@dataclass(frozen=True)
class RegisterMap:
    """The registers of a slave, the scalars' first; `control` says that it starts calls."""

    bundle: str
    registers: tuple[Register, ...]
    control: bool

    @property
    def address_bits(self) -> int:
        ends = [register.offset + register.span for register in self.registers]
        return max(4, (max(ends, default=FIRST) - 1).bit_length())

    def rows(self) -> list[dict[str, Any]]:
        """The map as a table; `words` is None for what is no array."""
        rows = [_row(*row) for row in _CONTROL] if self.control else []
        for register in self.registers:
            rows += _rows(register)
        return rows


_CONTROL = (
    (0x00, "CTRL", 32, "RW", "0 ap_start, 1 ap_done (cleared when read), 2 ap_idle, "
     "3 ap_ready (cleared when read), 7 auto_restart, 9 interrupt"),
    (0x04, "GIE", 32, "RW", "0 global interrupt enable"),
    (0x08, "IER", 32, "RW", "interrupts enabled: 0 ap_done, 1 ap_ready"),
    (0x0C, "ISR", 32, "RW", "interrupts pending: 0 ap_done, 1 ap_ready; writing a 1 toggles"),
)  # fmt: skip


def _row(
    offset: int, name: str, bits: int, access: str, meaning: str,
    words: int | None = None, span: int = 4,
) -> dict[str, Any]:  # fmt: skip
    return {
        "offset": offset, "name": name, "bits": bits, "access": access, "meaning": meaning,
        "words": words, "span": span,
    }  # fmt: skip


def _rows(register: Register) -> list[dict[str, Any]]:
    item = register.item
    if item.role == "memory":
        meaning = f"{item.words} words of {item.container} bits"
        return [_row(register.offset, item.name, item.bits, "RW", meaning, item.words,
                     register.span)]  # fmt: skip
    access = "RW" if item.role == "in" else "R"
    found = [_row(register.offset, item.name, item.bits, access, "data", span=register.span)]
    if register.valid is not None:
        meaning = f"0 {item.name}_ap_vld (cleared when read)"
        found.append(_row(register.valid, f"{item.name}_ctrl", 1, "R", meaning))
    return found


def layout(bundle: str, items: Sequence[Item], control: bool) -> RegisterMap:
    """Give every item its place: the return value first, then scalars, then arrays."""
    scalars = sorted((i for i in items if i.role != "memory"), key=lambda i: i.role != "return")
    placed, at = list[Register](), FIRST
    for item in scalars:
        span = 4 * -(-item.bits // 32)
        valid = at + span if item.role == "out" else None
        placed.append(Register(item, at, span, valid))
        at += span + (12 if item.role == "out" else 4)
    for item in items:
        if item.role == "memory":
            span = max(4, 1 << (item.words * item.container // 8 - 1).bit_length())
            at = -(-at // span) * span
            placed.append(Register(item, at, span))
            at += span
    return RegisterMap(bundle, tuple(placed), control)
