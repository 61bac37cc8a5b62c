"""Loads and stores: what is at a pointer, put together from words of memories and from ports."""

from collections.abc import Mapping
from dataclasses import replace

from prompts.interface import RETURN
from tools.errors import ToolError
from tools.hls.addresses import Addresses
from tools.hls.bounds import Index
from tools.hls.build import Builder
from tools.hls.ir import Function, Memory, Op
from tools.hls.objects import Access, Object, Piece, Pointer, Port
from tools.hls.place import Form, is_sure, within
from tools.hls.subword import load_part, store_part, whole_word


class Accesses:
    """The accesses of one function to its objects, made where `build` stands."""

    def __init__(self, function: Function, build: Builder, objects: Mapping[str, Object]) -> None:
        self.function = function
        self.build = build
        self.objects: dict[str, Object] = dict(objects)
        self.accesses: dict[int, Access] = {}
        self.results: dict[str, dict[int, Op]] = {}
        """The parts of scalar results that are known, by their first bit."""
        self.returned: Op | None = None
        self.flags: dict[int, frozenset[str]] = {}
        """What LLVM knows of operations' results."""
        self.addresses = Addresses(build, self.flags)
        self.indices: list[Index] = []

    def refused(self, sentence: str) -> ToolError:
        """An error that tells where it is."""
        return ToolError(f"line {self.build.line}: {sentence}" if self.build.line else sentence)

    def word(self, form: Form, bits: int) -> Op:
        """A linear form as an operation of `bits`, modulo 2**bits."""
        return self.addresses.word(form, bits)

    def counts(self, memory: str) -> tuple[int, ...]:
        """The extents of the array that a memory is."""
        for object in self.objects.values():
            for leaf, place, _ in object.leaves:
                if isinstance(place, Memory) and place.name == memory:
                    return leaf.counts
        raise KeyError(memory)

    def pieces(self, pointer: Pointer, bits: int) -> list[Piece]:
        """The parts of memories and ports that an access of so many bits is made of."""
        object = self.objects.get(pointer.object)
        if object is None:
            raise self.refused(f"{pointer.object!r} is not an array")
        found: list[Piece] = []
        at = 0
        while at < bits:
            piece = self._piece(object, pointer.at(at // 8), at, bits - at)
            if piece is not None:
                found.append(piece)
            # A gap between fields, or behind a number of no whole bytes, holds nothing.
            at += -(-piece.bits // 8) * 8 if piece else 8
        if not found:
            raise self.refused(
                f"an access of {bits} bits to {pointer.object!r} does not match its elements; read "
                "and write whole elements"
            )
        return found

    def share_an_array(self, first: Pointer, second: Pointer) -> bool:
        """Whether two pointers are into the same array, and not into two fields of a structure."""
        if first.object != second.object:
            return False
        object = self.objects.get(first.object)
        if object is None or not (object.knows(first) and object.knows(second)):
            return True  # the address of an access will tell
        return object.around(first.start) == object.around(second.start)

    def has_piece(self, pointer: Pointer) -> bool:
        """Whether a pointer is to an element, or to a constant byte of one."""
        return self._piece(self.objects[pointer.object], pointer, 0, 8) is not None

    def _piece(self, object: Object, pointer: Pointer, at: int, left: int) -> Piece | None:
        found = [
            (leaf, place, is_signed, there)
            for leaf, place, is_signed in object.leaves
            if (there := within(pointer.form, leaf, pointer.home)) is not None
        ]
        if object.tells_gaps(pointer):
            found = [f for f in found if is_sure(pointer.form, f[0], object.span)]
        if not found:
            return None
        if not object.knows(pointer):
            signs = [object.signs(pointer, leaf, left, byte) for leaf, _, _, (_, byte) in found]
            found = [f for f, sign in zip(found, signs, strict=True) if sign == max(signs)]
        chosen = object.chosen(pointer, [f[0] for f in found])
        if not chosen and len(object.leaves) > 1 and not pointer.form.terms:
            return None  # a gap between fields
        likely = [f for f in found if f[0] in chosen]
        leaf, place, is_signed, (word_form, byte) = (likely or found)[0]
        bits = min(leaf.bits - 8 * byte, left)
        return Piece(leaf, place, is_signed, word_form, 8 * byte, bits, at)

    def load(self, pointer: Pointer, bits: int) -> Op:
        """The value at a pointer, put together from the parts that it is made of."""
        if word := whole_word(self, pointer, bits):
            return load_part(self, word, bits)
        total: Op | None = None
        for piece in self.pieces(pointer, bits):
            value = self.build.resize(self._whole(pointer, piece), piece.leaf.bits, piece.signed)
            if piece.start:
                by = self.build.const(piece.start, value.bits)
                value = self.build.binary("lshr", value, by)
            value = self.build.resize(self.build.resize(value, piece.bits, False), bits, False)
            if piece.at:
                value = self.build.binary("shl", value, self.build.const(piece.at, bits))
            total = self.build.binary("or", total, value) if total else value
        assert total is not None
        return total

    def _whole(self, pointer: Pointer, piece: Piece) -> Op:
        """The word that a piece is of."""
        place = piece.place
        if isinstance(place, Port):
            return self.build.add("input", place.bits, name=place.given)
        address = self._address(pointer, piece, place)
        made = self.build.add("load", self._bits(pointer, piece), address, name=place.name)
        self.accesses[made.id] = Access(pointer.at((piece.at - piece.start) // 8), piece.leaf)
        return made

    def store(self, pointer: Pointer, value: Op) -> None:
        """Write a value; part of a word where it is no more than that."""
        if word := whole_word(self, pointer, value.bits):
            store_part(self, word, value)
            return
        for piece in self.pieces(pointer, max(8, value.bits)):
            part = value
            if piece.at:
                part = self.build.binary("lshr", part, self.build.const(piece.at, part.bits))
            part = self.build.resize(part, piece.bits, False)
            width = self._bits(pointer, piece)
            bits = min(piece.bits, width - piece.start)
            if bits <= 0:
                continue  # beyond the number's own bits
            part = self.build.resize(part, bits, False)
            if isinstance(piece.place, Port):
                self._result(piece.place, piece.start, part)
                continue
            address = self._address(pointer, piece, piece.place)
            made = self.build.add("store", 0, address, part, name=piece.place.name)
            there = pointer.at((piece.at - piece.start) // 8)
            self.accesses[made.id] = Access(there, piece.leaf)
            if bits < width:
                self.start_at(made, piece.start)

    def _bits(self, pointer: Pointer, piece: Piece) -> int:
        """The bits of the word that a piece is of, as it is accessed."""
        in_doubt = self.objects[pointer.object].is_in_doubt(pointer)
        return piece.leaf.bits if in_doubt else piece.place.bits

    def _address(self, pointer: Pointer, piece: Piece, place: Memory) -> Op:
        form = piece.word
        if not form.terms and not 0 <= form.constant < place.words:
            raise self.refused(
                f"{place.name!r} has {place.words} elements, and number {form.constant} is used; "
                "mind the bounds of the index"
            )
        if not self.objects[pointer.object].is_in_doubt(pointer):
            self.indices.append(Index(self.build.block.name, self.build.line, place, form))
        return self.word(form, place.address_bits)

    def start_at(self, store: Op, start: int) -> None:
        """Make a store one of a part of the word, from bit `start`."""
        made = replace(store, value=start)
        self.build.ops[store.id] = made
        self.build.block.ops[-1] = made

    def _result(self, port: Port, start: int, part: Op) -> None:
        """Part of a scalar result: an output once all of it is known."""
        parts = self.results.setdefault(port.result, {})
        parts[start] = part
        if sum(p.bits for p in parts.values()) < port.bits:
            return
        total: Op | None = None
        for at, op in sorted(parts.items()):
            wide = self.build.resize(op, port.bits, False)
            moved = self.build.binary("shl", wide, self.build.const(at, port.bits)) if at else wide
            total = self.build.binary("or", total, moved) if total else moved
        assert total is not None
        parts.clear()
        if port.result == RETURN:
            self.returned = total
        else:
            self.build.add("output", 0, total, name=port.result)
