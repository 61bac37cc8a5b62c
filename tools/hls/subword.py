"""Accesses to a part of a word, such as one byte of an `int`, at an index that is not constant."""

from dataclasses import replace
from typing import TYPE_CHECKING

from tools.hls.ir import Op
from tools.hls.place import Form

if TYPE_CHECKING:
    from tools.hls.access import Accesses
    from tools.hls.objects import Pointer


def whole_word(
    lower: "Accesses", pointer: "Pointer", bits: int
) -> tuple["Pointer", int, Op] | None:
    """The word that an access is a part of, its width, and by how many bits the part is moved.

    None when the address is that of a whole element, or of a constant part. The access is aligned,
    as C++ demands, and so lies within one word.
    """
    object = lower.objects.get(pointer.object)
    if object is None or len(object.leaves) != 1 or lower.has_piece(pointer):
        return None
    leaf = object.leaves[0][0]
    size = leaf.strides[-1] if leaf.strides else 0
    if size & (size - 1) or bits >= 8 * size:
        return None
    build, form = lower.build, pointer.form.plus(Form({}, -leaf.offset))
    exact = {id: factor for id, factor in form.terms.items() if factor % size == 0}
    rest = {id: factor for id, factor in form.terms.items() if factor % size}
    byte = lower.word(Form(rest, form.constant), 64)
    words = build.binary("ashr", byte, build.const(size.bit_length() - 1, 64))
    within = build.binary("and", byte, build.const(size - 1, 64))
    moved = build.binary("shl", within, build.const(3, 64))
    there = replace(pointer, form=Form({**exact, words.id: size}, leaf.offset))
    return there, 8 * size, build.resize(moved, 8 * size, False)


def load_part(lower: "Accesses", found: tuple["Pointer", int, Op], bits: int) -> Op:
    there, width, moved = found
    whole = lower.load(there, width)
    return lower.build.resize(lower.build.binary("lshr", whole, moved), bits, False)


def store_part(lower: "Accesses", found: tuple["Pointer", int, Op], value: Op) -> None:
    """Read the word, put the part in its place, and write it back."""
    there, width, moved = found
    build = lower.build
    ones, every = build.const((1 << value.bits) - 1, width), build.const((1 << width) - 1, width)
    kept = build.binary("xor", build.binary("shl", ones, moved), every)
    others = build.binary("and", lower.load(there, width), kept)
    part = build.binary("shl", build.resize(value, width, False), moved)
    lower.store(there, build.binary("or", others, part))
