"""Copies and fillings of arrays and structures (memcpy, memmove, memset), at once or in loops."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.hls import ll
from tools.hls.ir import Branch, Jump, Op
from tools.hls.place import Form

if TYPE_CHECKING:
    from tools.hls.lower import Lowering
    from tools.hls.objects import Piece, Pointer

_PIECEWISE = 64
"""Bytes up to which a copy or a filling is done at once, without a loop."""
_MOST_PIECES = 4096
"""Bytes up to which a copy between arrays of different elements is done at all."""


@dataclass(frozen=True)
class Run:
    """Equal pieces at equal distances: `count` of `bits`, `stride` bytes apart, from byte `at`."""

    at: int
    stride: int
    count: int
    bits: int


def copy(lower: "Lowering", call: ll.Instruction) -> None:
    """A copy; between arrays of equal elements in loops, one for each field."""
    size = call.args[2].number
    if size is None:
        raise lower.refused("a copy whose size is not constant is not supported")
    target, source = lower.pointer(call.args[0]), lower.pointer(call.args[1])
    pieces = lower.pieces(target, 8 * size)
    runs = list(_runs(pieces))
    if size > _PIECEWISE and runs == list(_runs(lower.pieces(source, 8 * size))):
        for run in runs:
            _repeat(lower, run, lambda by, run=run: lower.store(  # type: ignore[misc]
                _moved(target, run.at, by), lower.load(_moved(source, run.at, by), run.bits)
            ))  # fmt: skip
        return
    if size > _MOST_PIECES:
        raise lower.refused(
            f"a copy of {size} bytes between arrays of different elements; copy element by element"
        )
    # What the source has between its fields is nobody's.
    pieces = [p for p in pieces if p.bits > 8 or lower.has_piece(source.at(p.at // 8))]
    values = [lower.load(source.at(p.at // 8), p.bits) for p in pieces]
    for piece, value in zip(pieces, values, strict=True):
        lower.store(target.at(piece.at // 8), value)


def fill(lower: "Lowering", call: ll.Instruction) -> None:
    """Every byte becomes the same constant."""
    byte, size = call.args[1].number, call.args[2].number
    if size is None or byte is None:
        raise lower.refused("an array is set with a size that is not constant")
    target = lower.pointer(call.args[0])
    pieces = lower.pieces(target, 8 * size)
    runs = _runs(pieces) if size > _PIECEWISE else (Run(p.at // 8, 0, 1, p.bits) for p in pieces)
    for run in runs:
        filled = int.from_bytes(bytes([byte & 255]) * (-(-run.bits // 8)), "little")

        def store(by: Form, run: Run = run, filled: int = filled) -> None:
            lower.store(_moved(target, run.at, by), lower.build.const(filled, run.bits))

        _repeat(lower, run, store)


def _moved(pointer: "Pointer", at: int, by: Form) -> "Pointer":
    return pointer.at(at).plus(by)


def _runs(pieces: list["Piece"]) -> Iterator[Run]:
    """The pieces of each field, joined where each is the next word."""
    fields: dict[int, list[Piece]] = {}
    for piece in pieces:
        fields.setdefault(id(piece.leaf), []).append(piece)
    for found in fields.values():
        while found:
            stride = (found[1].at - found[0].at) // 8 if len(found) > 1 else 0
            count = 1
            while count < len(found) and _follows(found[count - 1], found[count], stride):
                count += 1
            yield Run(found[0].at // 8, stride, count, found[0].bits)
            found = found[count:]


def _follows(before: "Piece", piece: "Piece", stride: int) -> bool:
    return (
        piece.at - before.at == 8 * stride
        and (piece.start, piece.bits) == (before.start, before.bits)
        and piece.word == before.word.plus(Form({}, 1))
    )


def _repeat(lower: "Lowering", run: Run, body: Callable[[Form], None]) -> None:
    """`body` for each piece of a run, by how far it is from the first; in a loop of its own."""
    build = lower.build
    if run.count == 1:
        body(Form())
        return
    bits = run.count.bit_length() + 1
    before = build.block
    loop, after = lower.new_block("copy"), lower.new_block("copied")
    zero, one = build.const(0, bits), build.const(1, bits)
    before.end = Jump(loop.name)
    build.block = loop
    index: Op = build.add("phi", bits)
    body(Form({build.resize(index, 64, False).id: run.stride}))
    following = build.binary("add", index, one)
    more = build.binary("ne", following, build.const(run.count, bits))
    loop.end = Branch(more.id, loop.name, after.name, build.line)
    filled = index.with_args((zero.id, following.id))
    loop.ops[loop.ops.index(index)] = filled
    build.ops[index.id] = filled
    build.block = after
