"""Accesses to a part of a word, such as one byte of an `int`, at an index that is not constant."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tools.hls.build import Builder
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
    size = leaf.strides[-1] if leaf.strides else -(-leaf.bits // 8)
    if bits >= 8 * size:
        return None
    build, form = lower.build, pointer.form.plus(Form({}, -leaf.offset))
    if not leaf.strides:
        words, byte = Form(), lower.word(form, 64)
    else:
        words, byte = _divided(lower, form, size)
    moved = build.binary("shl", byte, build.const(3, 64))
    there = replace(pointer, form=words.plus(Form({}, leaf.offset)))
    return there, 8 * size, build.resize(moved, 8 * size, False)


def _divided(lower: "Accesses", form: Form, size: int) -> tuple[Form, Op]:
    """The place of the word of `size` bytes that a place is in, and the byte within it."""
    build = lower.build
    exact = Form({id: factor for id, factor in form.terms.items() if factor % size == 0})
    rest = Form({id: factor for id, factor in form.terms.items() if factor % size}, form.constant)
    if size & (size - 1) == 0:
        byte = lower.word(rest, 64)
        words = build.binary("ashr", byte, build.const(size.bit_length() - 1, 64))
        within = build.binary("and", byte, build.const(size - 1, 64))
        return exact.plus(Form({words.id: size})), within
    if rest.constant >= 0 and _most(build, rest) < size:
        return exact, lower.word(rest, 64)
    place, by = lower.word(form, 32), build.const(size, 32)
    words, within = (build.binary(kind, place, by) for kind in ("udiv", "urem"))
    return Form({build.resize(words, 64, False).id: size}), build.resize(within, 64, False)


def _most(build: Builder, form: Form) -> int:
    """What a sum of terms without a sign is never above, as far as their operations tell."""
    least = min(form.terms.values(), default=0)
    tops = [factor * _bound(build.ops, build.ops[id]) for id, factor in form.terms.items()]
    return sum(tops) + form.constant if least >= 0 else 1 << 64


def _bound(ops: Mapping[int, Op], op: Op) -> int:
    """A number that an operation's result, read without a sign, is never above."""
    everything = (1 << op.bits) - 1
    args = [ops[a] for a in op.args]
    if op.kind == "const":
        return op.value
    if op.kind == "zext":
        return _bound(ops, args[0])
    if op.kind == "and":
        return min(_bound(ops, a) for a in args)
    if op.kind == "lshr" and args[1].kind == "const":
        return _bound(ops, args[0]) >> args[1].value
    if op.kind == "urem" and args[1].kind == "const" and args[1].value:
        return min(_bound(ops, args[0]), args[1].value - 1)
    return everything


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
