"""What goes through a stream: the fields of a C++ value, side by side in one word."""

from dataclasses import dataclass
from itertools import product
from math import prod

from tools.hls.build import Builder
from tools.hls.debug_types import Field
from tools.hls.ir import Op
from tools.hls.signature import Parameter


@dataclass(frozen=True)
class Part:
    """A number in a C++ value: `bits` from bit `offset` on, in a place of `room` bits."""

    offset: int
    bits: int
    room: int
    signed: bool


@dataclass(frozen=True)
class Beats:
    """A stream, or an array of them at every `stride` bytes, and the layout of what they carry."""

    names: tuple[str, ...]
    stride: int
    parts: tuple[Part, ...]

    def packed(self, build: Builder, value: Op) -> Op:
        """The word of a beat from the bytes of the C++ value."""
        total: Op | None = None
        at, bits = 0, sum(p.bits for p in self.parts)
        for part in self.parts:
            moved = build.binary("lshr", value, build.const(part.offset, value.bits))
            field = build.resize(build.resize(moved, part.bits, False), bits, False)
            placed = build.binary("shl", field, build.const(at, bits)) if at else field
            total = build.binary("or", total, placed) if total else placed
            at += part.bits
        assert total is not None
        return total

    def unpacked(self, build: Builder, beat: Op, bits: int) -> Op:
        """The bytes of the C++ value, in so many bits, from the word of a beat."""
        total: Op | None = None
        at = 0
        for part in self.parts:
            moved = build.binary("lshr", beat, build.const(at, beat.bits)) if at else beat
            field = build.resize(moved, part.bits, False)
            wide = build.resize(build.resize(field, part.room, part.signed), bits, False)
            placed = wide
            if part.offset:
                placed = build.binary("shl", wide, build.const(part.offset, bits))
            total = build.binary("or", total, placed) if total else placed
            at += part.bits
        assert total is not None
        return total


def beats(parameter: Parameter) -> Beats:
    """The layout of a stream's parameter."""
    places: list[tuple[int, Field]] = []
    for item in parameter.fields:
        for index in product(*map(range, item.shape)):
            inner = sum(i * s for i, s in zip(index, item.strides_bits, strict=True))
            places.append((item.offset_bits + inner, item))
    ends = [offset for offset, _ in places[1:]] + [parameter.type.size_bits]
    parts = tuple(
        Part(offset, item.bits, max(item.bits, min(container(item), end - offset)), item.signed)
        for (offset, item), end in zip(places, ends, strict=True)
    )
    assert prod(parameter.shape) == len(parameter.arguments())
    names = tuple(argument.name for argument in parameter.arguments())
    return Beats(names, parameter.type.stride_bits // 8, parts)


def container(item: Field) -> int:
    """The bits of the C++ type that holds a number."""
    bits = item.bits
    whole = max(8, 1 << (bits - 1).bit_length()) if bits <= 128 else -(-bits // 64) * 64
    return max(whole, item.room_bits)
