"""The interface of an accelerator: its arguments, and the Verilog ports and C++ parameters of each.

The conventions are those Vitis HLS users know: `ap_ctrl_hs` control, `ap_none` and `ap_vld`
scalars, `ap_memory` arrays and AXI4-Stream, so that one harness can drive any design.
The harness is `tools/cosim.py`.
"""

from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from prompts.beat import Channel, beat_ports
from prompts.bus import Bus, axi_ports, axilite_ports
from prompts.handshake import CONTROL, CallProtocol, Handshake, control_ports, scalar_ports
from prompts.port import Port
from prompts.register_map import Item, RegisterMap, layout
from prompts.verilog_text import RESERVED

Kind = Literal["scalar", "memory", "stream"]
Direction = Literal["in", "out", "inout"]
Split = Literal["none", "partition", "reshape"]
Values = NDArray[np.int64]
UNBOUNDED = 1 << 31
"""The extent of an array in memory whose size nobody says: as far as an index reaches."""
RETURN = "ap_return"
"""The name of the argument that is the function's return value."""


def port_name(name: str) -> str:
    """The stem of a parameter's ports: the words of Verilog get an ending, as in Vitis."""
    return f"{name}_r" if name in RESERVED else name


@dataclass(frozen=True)
class Cut:
    """Dimension `dim` of an array (counted from 1) cut into `factor` slots.

    Cyclically, element i is in slot i modulo `factor`; in blocks, each slot has a run of elements.
    """

    dim: int
    factor: int
    block: bool = False

    def apply(self, index: Values, extent: int) -> tuple[Values, Values, int]:
        """The slot of each index along the dimension, the index within it, and a slot's extent."""
        within = -(-extent // self.factor)
        if self.block:
            return index // within, index % within, within
        return index % self.factor, index // self.factor, within


@dataclass(frozen=True)
class Argument:
    """One argument of the top function.

    `bits` and `signed` are one element's; `shape` is empty for a scalar. A `split` array is cut
    cyclically by `factor` along dimension `dim`, or as `cuts` say: `partition` gives each slot a
    bank with ports of its own, `reshape` packs the slots into one word, slot 0 lowest. With
    `registers` every element has scalar ports of its own. A memory with two `accesses` a cycle has
    a second port. A stream has a TLAST where `last` says so, which marks a call's last beat; with
    `fifo` the ports of a FIFO; with `channels` ports for each part of a beat; if it `varies`, a
    call has at most so many beats. A scalar can have a `handshake`. With a `bus` it is behind AXI,
    and has no ports of its own. `ap_return` is the return value.
    """

    name: str
    kind: Kind
    direction: Direction
    bits: int
    signed: bool = True
    shape: tuple[int, ...] = ()
    split: Split = "none"
    factor: int = 1
    dim: int = 1
    cuts: tuple[Cut, ...] = ()
    registers: bool = False
    accesses: Literal[1, 2] = 1
    last: bool = True
    fifo: bool = False
    varies: bool = False
    channels: tuple[Channel, ...] = ()
    handshake: Handshake = ""
    bus: Bus | None = None

    def __post_init__(self) -> None:
        if self.kind == "stream" and self.direction == "inout":
            raise ValueError(f"argument {self.name!r}: a stream is either read or written")
        if self.split != "none" and not self.cuts:
            object.__setattr__(self, "cuts", (Cut(self.dim, self.factor),))
        if self.cuts and self.split == "none":
            raise ValueError(f"argument {self.name!r} is cut; say 'partition' or 'reshape'")
        for cut in self.cuts:
            if not 1 <= cut.dim <= len(self.shape):
                raise ValueError(f"argument {self.name!r} has no dimension {cut.dim} to split")
        if self.registers and (self.split != "partition" or self.words != 1):
            raise ValueError(f"argument {self.name!r}: registers need one element in each bank")

    @property
    def count(self) -> int:
        """The number of elements."""
        return prod(self.shape)

    @property
    def slots(self) -> int:
        """Banks of a partitioned array, lanes of a reshaped one."""
        return prod(cut.factor for cut in self.cuts)

    @property
    def banks(self) -> int:
        return self.slots if self.split == "partition" else 1

    @property
    def lanes(self) -> int:
        """Elements in one word."""
        return self.slots if self.split == "reshape" else 1

    @property
    def word_bits(self) -> int:
        return self.bits * self.lanes

    @property
    def words(self) -> int:
        """Words in one bank, or beats of a stream in one call."""
        extents = list(self.shape)
        for cut in self.cuts:
            extents[cut.dim - 1] = -(-extents[cut.dim - 1] // cut.factor)
        return prod(extents)

    @property
    def address_bits(self) -> int:
        return max(1, (self.words - 1).bit_length())

    @property
    def tdata_bits(self) -> int:
        """A stream's data width: whole bytes, but for a FIFO's ports and packed side channels."""
        if self.fifo or self.channels:
            return self.word_bits
        return -(-self.word_bits // 8) * 8

    def bank_names(self) -> list[str]:
        """The stem of each bank's ports."""
        if self.split != "partition":
            return [self.name]
        slots = product(*(range(cut.factor) for cut in self.cuts))
        return [f"{self.name}_{'_'.join(map(str, slot))}" for slot in slots]

    def ports(self) -> list[Port]:
        """The argument's own ports; those of a bus are the interface's."""
        if self.bus:
            direct = self.bus.kind == "m_axi" and self.bus.offset == "direct"
            return [Port(f"{self.name}_offset", "input", 64)] if direct else []
        if self.kind == "stream":
            return self._stream_ports()
        scalar = self.kind == "scalar" or self.registers
        each = self._scalar_ports if scalar else self._memory_ports
        return [port for stem in self.bank_names() for port in each(stem)]

    def _scalar_ports(self, stem: str) -> list[Port]:
        if stem == RETURN:
            return [Port(stem, "output", self.bits)]
        both = self.direction == "inout"
        return [
            port
            for is_input, ending in ((True, "_i"), (False, "_o"))
            if both or is_input == (self.direction == "in")
            for port in scalar_ports(
                f"{stem}{ending if both else ''}", is_input, self.bits, self.handshake
            )
        ]

    def _stream_ports(self) -> list[Port]:
        name, bits = self.name, self.tdata_bits
        if self.fifo:
            return self._fifo_ports()
        if self.channels:
            return beat_ports(name, self.channels, self.direction == "in")
        if self.direction == "in":
            return [
                Port(f"{name}_TDATA", "input", bits),
                Port(f"{name}_TVALID", "input", 1),
                Port(f"{name}_TREADY", "output", 1),
            ]
        return [
            Port(f"{name}_TDATA", "output", bits),
            Port(f"{name}_TVALID", "output", 1),
            Port(f"{name}_TREADY", "input", 1),
            *([Port(f"{name}_TLAST", "output", 1)] if self.last else []),
        ]

    def _fifo_ports(self) -> list[Port]:
        name, bits = self.name, self.word_bits
        if self.direction == "in":
            return [
                Port(f"{name}_dout", "input", bits),
                Port(f"{name}_empty_n", "input", 1),
                Port(f"{name}_read", "output", 1),
            ]
        return [
            Port(f"{name}_din", "output", bits),
            Port(f"{name}_full_n", "input", 1),
            Port(f"{name}_write", "output", 1),
        ]

    def _memory_ports(self, stem: str) -> list[Port]:
        return [
            port
            for number in range(self.accesses)
            for port in (
                Port(f"{stem}_address{number}", "output", self.address_bits),
                Port(f"{stem}_ce{number}", "output", 1),
                Port(f"{stem}_we{number}", "output", 1),
                Port(f"{stem}_d{number}", "output", self.word_bits),
                Port(f"{stem}_q{number}", "input", self.word_bits),
            )
            if not (self.direction == "in" and port.name.endswith((f"_we{number}", f"_d{number}")))
            if not (self.direction == "out" and port.name.endswith(f"_q{number}"))
        ]

    @property
    def container(self) -> int:
        """The bits that an element takes in memory behind a bus."""
        return max(8, 1 << (self.bits - 1).bit_length())

    def items(self) -> list[Item]:
        """What the argument has in the registers of an AXI4-Lite slave."""
        if self.bus and self.bus.kind == "m_axi":
            return [Item(self.name, "in", 64)]
        if self.name == RETURN:
            return [Item(RETURN, "return", self.bits)]
        if self.kind == "memory":
            return [Item(self.name, "memory", self.bits, self.words)]
        if self.direction == "inout":
            return [Item(f"{self.name}_i", "in", self.bits),
                    Item(f"{self.name}_o", "out", self.bits)]  # fmt: skip
        return [Item(self.name, self.direction, self.bits)]

    def place(self) -> tuple[Values, Values]:
        """For each element in row-major order: its slot (bank or lane), and its word address."""
        if not self.shape:
            return np.zeros(1, np.int64), np.zeros(1, np.int64)
        index = list(np.indices(self.shape).reshape(len(self.shape), -1))
        extents = list(self.shape)
        slot = np.zeros(self.count, np.int64)
        for cut in self.cuts:
            axis = cut.dim - 1
            inner, index[axis], extents[axis] = cut.apply(index[axis], extents[axis])
            slot = slot * cut.factor + inner
        address = np.ravel_multi_index(tuple(index), tuple(extents))
        return slot.astype(np.int64), address.astype(np.int64)

    def words_of(self, values: Values) -> list[list[int]]:
        """An array's elements as unsigned words: one list for each bank."""
        banks = [[0] * self.words for _ in range(self.banks)]
        mask = (1 << self.bits) - 1
        slots, addresses = self.place()
        partition = self.split == "partition"
        elements = np.asarray(values).reshape(-1)
        for value, slot, address in zip(elements, slots, addresses, strict=True):
            bank, lane = (int(slot), 0) if partition else (0, int(slot))
            banks[bank][int(address)] |= (int(value) & mask) << (lane * self.bits)
        return banks

    def element_of(self, bank: int, address: int, lane: int) -> tuple[int, ...]:
        """The indices of the element that a word's lane holds, for messages about a mismatch."""
        slots, addresses = self.place()
        slot = bank if self.split == "partition" else lane
        found = np.flatnonzero((slots == slot) & (addresses == address))
        if not len(found) or not self.shape:
            return ()
        return tuple(int(i) for i in np.unravel_index(int(found[0]), self.shape))

    def value_of(self, raw: int) -> int:
        """An element's bits as a number."""
        raw &= (1 << self.bits) - 1
        return raw - (1 << self.bits) if self.signed and raw >> (self.bits - 1) else raw

    def ctype(self) -> str:
        return f"ap_{'' if self.signed else 'u'}int<{self.bits}>"

    def parameter(self) -> str:
        """The argument as a C++ parameter."""
        if self.kind == "stream":
            beat = f"ap_uint<{self.word_bits}>" if self.lanes > 1 else self.ctype()
            return f"hls::stream<{beat} > &{self.name}"
        if not self.shape:
            return f"{self.ctype()} {'&' if self.direction != 'in' else ''}{self.name}"
        const = "const " if self.direction == "in" else ""
        return f"{const}{self.ctype()} {self.name}" + "".join(f"[{n}]" for n in self.shape)

    def pragmas(self) -> list[str]:
        """The HLS pragmas that give this argument its ports."""
        if self.name == RETURN:
            return []
        if self.bus:
            return _bus_pragmas(self, self.bus)
        mode = {"scalar": "ap_none", "memory": "ap_memory", "stream": "axis"}[self.kind]
        if self.kind == "scalar" and (self.handshake or self.direction != "in"):
            mode = self.handshake or "ap_vld"
        if self.fifo:
            mode = "ap_fifo"
        lines = [f"#pragma HLS INTERFACE {mode} port={self.name}"]
        for cut in self.cuts if self.kind == "memory" else ():
            extent = self.shape[cut.dim - 1]
            how = f"{'block' if cut.block else 'cyclic'} factor={cut.factor}"
            how = "complete" if self.registers and cut.factor == extent else how
            lines.append(
                f"#pragma HLS ARRAY_{self.split.upper()} variable={self.name} {how} dim={cut.dim}"
            )
        return lines


def _bus_pragmas(argument: Argument, bus: Bus) -> list[str]:
    head = f"#pragma HLS INTERFACE {bus.kind} port={argument.name} bundle={bus.bundle}"
    if bus.kind == "s_axilite":
        return [head]
    lines = [
        f"{head} offset={bus.offset} depth={argument.count} latency={bus.latency} "
        f"max_read_burst_length={bus.read_burst} max_write_burst_length={bus.write_burst}"
    ]
    if bus.offset == "slave":
        lines.append(f"#pragma HLS INTERFACE s_axilite port={argument.name} bundle={bus.registers}")
    return lines


_WITHOUT_REGISTERS = {("m_axi", "direct"), ("m_axi", "off")}


@dataclass(frozen=True)
class Interface:
    """A top function's name and its arguments, in the order of its parameters.

    With a `control` bundle calls are started through registers of that AXI4-Lite slave, else by
    the ports of `calls`.
    """

    top: str
    arguments: tuple[Argument, ...]
    control: str = ""
    calls: CallProtocol = "ap_ctrl_hs"

    @property
    def inputs(self) -> tuple[Argument, ...]:
        return tuple(a for a in self.arguments if a.direction != "out")

    @property
    def outputs(self) -> tuple[Argument, ...]:
        return tuple(a for a in self.arguments if a.direction != "in")

    def ports(self) -> list[Port]:
        """All ports of the Verilog top, control first."""
        buses = [
            *(p for m in self.register_maps() for p in axilite_ports(m.bundle, m.address_bits)),
            *(p for name, bits in self.masters().items() for p in axi_ports(name, bits)),
        ]
        own = [port for argument in self.arguments for port in argument.ports()]
        if not self.control:
            return [*control_ports(self.calls), *own, *buses]
        return [*CONTROL[:2], Port("interrupt", "output", 1), *own, *buses]

    def masters(self) -> dict[str, int]:
        """The bundles of AXI4 masters, with the bits of their data."""
        found: dict[str, int] = {}
        for argument in self.arguments:
            if argument.bus and argument.bus.kind == "m_axi":
                name = argument.bus.bundle
                found[name] = max(found.get(name, 32), argument.container)
        return found

    def register_maps(self) -> list[RegisterMap]:
        """The registers of each AXI4-Lite slave."""
        items: dict[str, list[Item]] = {self.control: []} if self.control else {}
        for argument in self.arguments:
            if not argument.bus or (argument.bus.kind, argument.bus.offset) in _WITHOUT_REGISTERS:
                continue
            bus = argument.bus
            name = bus.bundle if bus.kind == "s_axilite" else bus.registers
            items.setdefault(name, []).extend(argument.items())
        return [layout(name, held, name == self.control) for name, held in items.items()]

    def verilog_header(self) -> str:
        """The module header that a Verilog top must have."""
        lines = ",\n".join(f"    {port.declaration()}" for port in self.ports())
        return f"module {self.top} (\n{lines}\n);"

    def signature(self) -> str:
        """The C++ signature that an HLS top must have."""
        returned = [a.ctype() for a in self.arguments if a.name == RETURN]
        parameters = ", ".join(a.parameter() for a in self.arguments if a.name != RETURN)
        return f"{returned[0] if returned else 'void'} {self.top}({parameters})"

    def pragmas(self) -> list[str]:
        lines = [line for argument in self.arguments for line in argument.pragmas()]
        if self.control:
            lines.append(f"#pragma HLS INTERFACE s_axilite port=return bundle={self.control}")
        elif self.calls != "ap_ctrl_hs":
            lines.append(f"#pragma HLS INTERFACE {self.calls} port=return")
        return lines
